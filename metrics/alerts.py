"""Watched figures that left their bounds: found, written down once for each span, told to whoever watches them.

Safe to run twice and at the same time: the table holds one alert per watched figure and span, a notification goes out
once per key, and both are written in one transaction.
"""

import logging
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from brands import webhooks
from brands.models import Brand, Membership, Role, User
from brands.notifications import in_each_language, notify
from metrics.alert_words import title_of
from metrics.kpi import KPIS, MEASURES
from metrics.models import Alert
from metrics.periods import Span
from metrics.readings import Reading, metric_is_money
from metrics.totals import Figure, Scope, Totals, totals_of
from metrics.watching import crossed, earliest_day, full_spans
from strategies.models import Strategy, WatchItem

log = logging.getLogger(__name__)

BIGGEST_VALUE = Decimal(10) ** 20
State = Alert.State


def raise_everywhere() -> int:
    """Look at the watched figures of every brand that has bounds; how many alerts are new."""
    brands = Brand.objects.filter(pk__in=_bounded().values("strategy__brand")).order_by("pk")
    return sum(_one_after_another(brand) for brand in brands)


def _one_after_another(brand: Brand) -> int:
    """What goes wrong with one brand is written down, and the others are still looked after."""
    try:
        return raise_alerts(brand)
    except Exception:
        log.exception("The watched figures of brand %s could not be looked at", brand.pk)
        return 0


def _bounded():
    return WatchItem.objects.filter(Q(at_least__isnull=False) | Q(at_most__isnull=False))


def raise_alerts(brand: Brand) -> int:
    """Write down which watched figures left their bounds in the newest span they are known for; how many are new."""
    today = brand.today()
    items = _bounded().filter(strategy__brand=brand, strategy__start__lte=today, strategy__end__gte=earliest_day(today))
    items = items.exclude(strategy__status=Strategy.Status.ARCHIVED)
    found = [alert for item, known in _known(brand, list(items.select_related("strategy", "channel__platform", "owner")))
             if (alert := _alert(brand, item, known))]  # fmt: skip
    return _write(brand, found)


Known = tuple[Span, Decimal]


def _known(brand: Brand, items: list[WatchItem]) -> Iterable[tuple[WatchItem, Known]]:
    """Each item with the newest of its spans that has a figure; items without one are left out: missing is not zero."""
    spans = {item.pk: _spans(item, brand) for item in items}
    wanted = {span for several in spans.values() for span in several}
    if not wanted:
        return
    scopes = {item.pk: _scope(item) for item in items}
    totals = totals_of(brand, wanted, set(scopes.values()))
    for item in items:
        values = ((span, _value(item.metric, totals[scopes[item.pk], span])) for span in spans[item.pk])
        if known := next(((span, value) for span, value in values if value is not None), None):
            yield item, known


def _spans(item: WatchItem, brand: Brand) -> list[Span]:
    """Full spans within the strategy: a total over half a week says nothing about a bound for the whole."""
    whole = Span(item.strategy.start, item.strategy.end)
    return [span for span in full_spans(item.rhythm, brand.today()) if whole.covers(span)]


def _scope(item: WatchItem) -> Scope:
    return Scope(channels=(item.channel,)) if item.channel else Scope(strategy=item.strategy)


def _value(metric: str, found: Totals) -> Decimal | None:
    """The figure as people read it, rounded by its unit; None where it is missing or does not reach to the end."""
    if metric in KPIS:
        reading = Reading(KPIS[metric], found)
        return reading.value if reading.result.ok and _is_told(found, reading.inputs.values()) else None
    if metric not in MEASURES:
        return None
    figure = found.figure(metric)
    if figure.value is None or not _is_told(found, [figure]):
        return None
    return MEASURES[metric].unit.round(Fraction(figure.value))


def _is_told(found: Totals, figures: Iterable[Figure]) -> bool:
    """Whether the figures reach to the end of the span: Tuesday's file does not yet tell of the week.

    What knows no days (money, posts, the plan) is always complete.
    """
    days = [figure.last for figure in figures]
    if any(day is None or day >= found.span.end for day in days):
        return True
    return any(cover.last is not None and cover.last >= found.span.end for cover in found.coverage)


def _alert(brand: Brand, item: WatchItem, known: Known) -> Alert | None:
    span, value = known
    crossing = crossed(value, item.at_least, item.at_most)
    if crossing is None or abs(value) >= BIGGEST_VALUE:
        return None
    return Alert(
        brand=brand, strategy=item.strategy, item=item, start=span.start, end=span.end, value=value,
        bound=crossing.bound, is_below=crossing.is_below,
    )  # fmt: skip


def _write(brand: Brand, found: list[Alert]) -> int:
    if not found:
        return 0
    items = {alert.item_id: alert.item for alert in found}
    of_these = brand.alerts.filter(item__in=items)
    with transaction.atomic():
        before = set(of_these.values_list("item", "start", "end"))
        fresh = [alert for alert in found if (alert.item_id, alert.start, alert.end) not in before]
        # Another worker may have written the same meanwhile; whoever comes second changes nothing.
        Alert.objects.bulk_create(fresh, ignore_conflicts=True)
        keys = {(alert.item_id, alert.start, alert.end) for alert in fresh}
        stored = [alert for alert in of_these if (alert.item_id, alert.start, alert.end) in keys]
        for alert in stored:
            alert.item, alert.brand, alert.strategy = items[alert.item_id], brand, items[alert.item_id].strategy
        _tell(brand, stored)
    return len(stored)


def _tell(brand: Brand, alerts: list[Alert]) -> None:
    if not alerts:
        return
    memberships = list(brand.memberships.select_related("user"))
    webhooks.emit_all("kpi.alert", [(brand, _facts_of(alert)) for alert in alerts])
    for alert in alerts:
        url = reverse("metrics:alert", args=[brand.slug, alert.pk])
        title = in_each_language(partial(title_of, alert))
        for user in _who(alert.item, memberships):
            notify(user, brand, "alert", f"alert-{alert.pk}", url, {"title": title})


def _facts_of(alert: Alert) -> dict[str, object]:
    return {
        "alert": alert.pk, "strategy": alert.strategy_id, "metric": alert.item.metric, "channel": alert.item.channel_id,
        "start": alert.start, "end": alert.end, "value": f"{alert.value:f}", "bound": f"{alert.bound:f}", "is_below": alert.is_below,
    }  # fmt: skip


def _who(item: WatchItem, memberships: list[Membership]) -> list[User]:
    """Whoever watches the figure, if still in the team (and if money is for them to see); else the leads."""
    owners = [
        membership.user
        for membership in memberships
        if membership.user_id == item.owner_id and (membership.sees_money or not metric_is_money(item.metric))
    ]
    return owners or [membership.user for membership in memberships if membership.may(Role.LEAD)]


# --- what people do with one


def take(alert: Alert, user: User) -> bool:
    """`user` deals with it from now on; False where it is settled already."""
    return _move(alert, (State.OPEN, State.SEEN), state=State.SEEN, taken_by=user)


def settle(alert: Alert, user: User, note: str) -> bool:
    """It is dealt with, and this is what was done; False where somebody else said so first."""
    return _move(
        alert, (State.OPEN, State.SEEN), state=State.SETTLED, note=note, settled_by=user, settled_at=timezone.now()
    )  # fmt: skip


def reopen(alert: Alert) -> bool:
    """It was not over after all. What was done stays written."""
    return _move(alert, (State.SETTLED,), state=State.OPEN, taken_by=None, settled_by=None, settled_at=None)


def _move(alert: Alert, sources: Iterable[str], **changes: object) -> bool:
    moved = Alert.objects.filter(pk=alert.pk, state__in=sources).update(**changes)
    alert.refresh_from_db()
    return bool(moved)
