"""Small questions about figures that several rules ask. Pure."""

from fractions import Fraction

from metrics.kpi import KPIS, MEASURES, Family, Klass

# Measures that only show attention, as KPIs of the vanity class do. Clicks lead somewhere.
_ATTENTION = (Family.CONTENT, Family.AUDIENCE)
_LEADS_ON = frozenset({
    "link_clicks", "total_clicks", "phone_clicks", "direct_messages", "app_installs", "app_opens", "reviews", "ugc_posts",
})  # fmt: skip


def is_vanity(metric: str) -> bool:
    """Whether a KPI or measure shows attention and nothing that came of it."""
    if metric in KPIS:
        return KPIS[metric].klass is Klass.VANITY
    return metric in MEASURES and MEASURES[metric].family in _ATTENTION and metric not in _LEADS_ON


def leads_to_business(metric: str) -> bool:
    """Whether it shows what people do. A control figure shows the plan: neither the one nor the other."""
    if metric in KPIS:
        return KPIS[metric].klass is Klass.BEHAVIOUR
    return metric in MEASURES and not is_vanity(metric) and MEASURES[metric].family is not Family.PLAN


def share(part: int, whole: int) -> Fraction:
    """In per cent; 0 of nothing is 0."""
    return Fraction(100 * part, whole) if whole else Fraction(0)
