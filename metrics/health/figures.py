"""Small questions about figures that several rules ask. Pure."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from metrics.kpi import KPIS, MEASURES, Family, Klass

NOTHING_CHOSEN: Mapping[str, Klass] = MappingProxyType({})
# Measures that only show attention, as KPIs of the vanity class do. Clicks lead somewhere.
_ATTENTION = (Family.CONTENT, Family.AUDIENCE)
_LEADS_ON = frozenset({
    "link_clicks", "total_clicks", "phone_clicks", "direct_messages", "app_installs", "app_opens", "reviews", "ugc_posts",
})  # fmt: skip


Classes = Mapping[str, Klass]
"""The classes of KPIs that administrators set otherwise."""


def klass_of(kpi: str, classes: Classes) -> Klass:
    return classes.get(kpi, KPIS[kpi].klass)


def classes_in_force(rows: Iterable[tuple[str, str]]) -> Classes:
    """What administrators chose. A retired name or class counts for nothing."""
    return {kpi: Klass(klass) for kpi, klass in rows if kpi in KPIS and klass in set(Klass)}


def is_vanity(metric: str, classes: Classes = NOTHING_CHOSEN) -> bool:
    """Whether a KPI or measure shows attention and nothing that came of it."""
    if metric in KPIS:
        return klass_of(metric, classes) is Klass.VANITY
    return metric in MEASURES and MEASURES[metric].family in _ATTENTION and metric not in _LEADS_ON


def leads_to_business(metric: str, classes: Classes = NOTHING_CHOSEN) -> bool:
    """Whether it shows what people do. A control figure shows the plan: neither the one nor the other."""
    if metric in KPIS:
        return klass_of(metric, classes) is Klass.BEHAVIOUR
    return metric in MEASURES and not is_vanity(metric, classes) and MEASURES[metric].family is not Family.PLAN


def share(part: int, whole: int) -> Fraction:
    """In per cent; 0 of nothing is 0."""
    return Fraction(100 * part, whole) if whole else Fraction(0)
