"""An alert as people read it: the figure, the bound it crossed, where and when, and what was planned for it."""

from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from brands.models import Brand
from brands.templatetags.ui import span
from metrics.insight.anomalies import Unusual
from metrics.insight.robust import Interval
from metrics.insight.words import against
from metrics.kpi import KPIS, MEASURES
from metrics.models import Alert
from metrics.readings import in_unit, label_of, metric_is_money, unit_of
from strategies.gates import step_url
from strategies.models import WatchItem

PARTS = ("channel__platform", "item__channel__platform", "item__owner", "item__risk__owner", "taken_by", "settled_by", "strategy")
URGENCY = Case(
    When(state=Alert.State.OPEN, then=Value(0)), When(state=Alert.State.SEEN, then=Value(1)), default=Value(2)
)  # fmt: skip


def title_of(alert: Alert) -> str:
    """One sentence in the active language: “Leads: 12, agreed: not below 20”, “Views on TikTok: 1,240 against 310–480 …”."""
    if alert.is_unusual_day:
        words = {"figure": label_of(alert.measure), "where": alert.channel, "against": _against(alert, *_range_of(alert))}
        return _("%(figure)s on %(where)s: %(against)s") % words
    words = {
        "figure": label_of(alert.metric),
        "where": alert.where,
        "value": in_unit(alert.value, unit_of(alert.metric), alert.brand.currency),
        "bound": bound_of(alert),
    }
    if alert.where is None:
        return _("%(figure)s: %(value)s, agreed: %(bound)s") % words
    return _("%(figure)s on %(where)s: %(value)s, agreed: %(bound)s") % words


def _range_of(alert: Alert) -> tuple[Decimal, Decimal, Decimal]:
    return alert.value, alert.usual_low or Decimal(0), alert.usual_high or Decimal(0)


def _against(alert: Alert, value: Decimal, low: Decimal, high: Decimal) -> str:
    return against(Unusual(alert.start, float(value), Interval(float(low), float(high)), 0, 0))


def also_of(alert: Alert) -> list[str]:
    """The other figures that were unusual on the same day."""
    return [f"{label_of(name)}: {_against(alert, *map(Decimal, figures))}" for name, *figures in alert.also]


def usual_of(alert: Alert) -> str:
    _value, low, high = (in_unit(figure, unit_of(alert.measure)) for figure in _range_of(alert))
    return _("Usual on such a weekday: %(low)s to %(high)s.") % {"low": low, "high": high}


def bound_of(alert: Alert) -> str:
    return _bound(alert.bound, alert.metric, alert.brand.currency, is_lowest=alert.is_below)


def bounds_of(item: WatchItem, currency: str) -> str:
    """What was agreed for a watched figure; empty where nothing was."""
    bounds = ((item.at_least, True), (item.at_most, False))
    said = [_bound(bound, item.metric, currency, is_lowest=lowest) for bound, lowest in bounds if bound is not None]
    return ", ".join(said)


def _bound(bound: Decimal, metric: str, currency: str, *, is_lowest: bool) -> str:
    words = {"bound": in_unit(bound, unit_of(metric), currency)}
    return _("not below %(bound)s") % words if is_lowest else _("not above %(bound)s") % words


def days_of(alert: Alert) -> str:
    return span(alert.start, alert.end)


def listed(brand: Brand, *, money: bool) -> QuerySet[Alert]:
    """Alerts with all that a list of them shows: open ones first, then those in hand, then settled ones, newest first."""
    found = brand.alerts.select_related(*PARTS).order_by(URGENCY, "-end", "-pk")
    return found if money else found.exclude(item__metric__in=_money_metrics()).exclude(measure__in=_money_metrics())


def _money_metrics() -> list[str]:
    return [name for name in {**KPIS, **MEASURES} if metric_is_money(name)]


def tell(alert: Alert, brand: Brand) -> Alert:
    """Give the row the words its templates show."""
    alert.brand = brand
    if alert.strategy:
        alert.strategy.brand = brand
    alert.label, alert.value_shown = label_of(alert.metric), in_unit(alert.value, unit_of(alert.metric), brand.currency)
    alert.days, alert.title = days_of(alert), title_of(alert)
    alert.bound_shown = usual_of(alert) if alert.is_unusual_day else bound_of(alert)
    return alert


def working_url(alert: Alert) -> str:
    """Where the figure is worked out from what was measured."""
    asked = {"start": alert.start.isoformat(), "end": alert.end.isoformat()}
    if alert.where:
        asked["channel"] = str(alert.where.pk)
    slug, metric = alert.brand.slug, alert.metric
    if alert.is_unusual_day:
        return f"{reverse('metrics:insight', args=[slug])}?{urlencode(asked)}"
    page = reverse("metrics:working", args=[slug, metric]) if metric in KPIS else reverse("metrics:results", args=[slug])
    return f"{page}?{urlencode(asked)}"


def incident_url(alert: Alert) -> str:
    """A new incident that begins with what the alert says; empty where no strategy is concerned."""
    if alert.strategy is None:
        return ""
    offered = {"new": "1", "title": title_of(alert)}
    if alert.item and alert.item.risk_id:
        offered["risk"] = str(alert.item.risk_id)
    if alert.where:
        offered["channel"] = str(alert.where.pk)
    return step_url(alert.strategy, "incidents", f"?{urlencode(offered)}#incident")
