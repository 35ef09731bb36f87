"""Stored KPI values: which of them are out of date, and computing those again.

A period is stored for the brand, each channel and each strategy, where at least one input was measured; months as far
back as figures go, weeks for the last half year.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from brands.models import Brand, Channel
from calendar_app.models import Publication
from metrics.bulk import Target, put
from metrics.kpi.catalog import KPIS
from metrics.kpi.results import Result, Status
from metrics.models import KpiValue, LedgerEntry, Observation, StalePeriod
from metrics.models.values import Period
from metrics.period_presets import EARLIEST
from metrics.periods import Span, months, weeks
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Strategy

log = logging.getLogger(__name__)

WEEKS_KEPT = 26
DAYS_AHEAD = 366
LONGEST_EXACT = 200
BIGGEST_VALUE = Decimal(10) ** 26

_FIELDS = ("brand", "channel", "strategy", "kpi", "period", "start", "end", "status", "value", "exact", "inputs", "computed_at")
_TARGETS = {
    owner: Target(KpiValue, _FIELDS, f"one_value_per_{owner}_kpi_and_period") for owner in ("brand", "channel", "strategy")
}


def mark_stale(brand: Brand, channel: Channel | None, start: date, end: date) -> None:
    """KPI values of these days must be computed again, for the channel (None: whatever the brand has) and all it belongs to."""
    StalePeriod.objects.create(brand=brand, channel=channel, start=start, end=end)


def recompute_stale() -> int:
    """Compute what is marked, brand by brand; how many brands. Two workers at once do the work twice at worst."""
    brands = Brand.objects.filter(pk__in=StalePeriod.objects.values("brand")).order_by("pk")
    for brand in brands:
        _one_after_another(brand, _recompute_marked)
    return len(brands)


def _recompute_marked(brand: Brand) -> None:
    marks = list(StalePeriod.objects.filter(brand=brand))
    if marks:
        everything = any(mark.channel_id is None for mark in marks)
        channels = None if everything else {mark.channel_id for mark in marks if mark.channel_id}
        recompute(brand, min(mark.start for mark in marks), max(mark.end for mark in marks), channels)
        # Only the marks that were read: one made meanwhile may speak of figures that were not.
        StalePeriod.objects.filter(pk__in=[mark.pk for mark in marks]).delete()


def recompute_all() -> int:
    """Compute every stored value of every brand again; how many brands."""
    brands = Brand.objects.order_by("pk")
    for brand in brands:
        _one_after_another(brand, _recompute_everything)
    return len(brands)


def _recompute_everything(brand: Brand) -> None:
    if first := first_day(brand):
        recompute(brand, first, brand.today())


def _one_after_another(brand: Brand, act: Callable[[Brand], None]) -> None:
    """What goes wrong with one brand is written down, and the others still get their values."""
    try:
        act(brand)
    except Exception:
        log.exception("The KPI values of brand %s could not be computed", brand.pk)


def first_day(brand: Brand) -> date | None:
    """The first day that anything was measured, published, earned or spent."""
    days = [
        Observation.objects.filter(brand=brand).aggregate(first=Min("start"))["first"],
        LedgerEntry.objects.filter(brand=brand).aggregate(first=Min("date"))["first"],
    ]
    moment = Publication.objects.filter(brand=brand, published_at__isnull=False).aggregate(first=Min("published_at"))["first"]
    if moment:
        days.append(moment.astimezone(brand.zone).date())
    return min((day for day in days if day), default=None)


@dataclass(frozen=True)
class _Stored:
    """A scope and a period that values are stored for."""

    scope: Scope
    period: Period
    span: Span

    @property
    def target(self) -> str:
        return "channel" if self.scope.channels else "strategy" if self.scope.strategy else "brand"

    @property
    def owner(self) -> tuple[int | None, int | None]:
        channel = self.scope.channels[0].pk if self.scope.channels else None
        return channel, self.scope.strategy.pk if self.scope.strategy else None


def recompute(brand: Brand, start: date, end: date, channels: set[int] | None = None) -> None:
    """Compute the months and weeks from `start` on again; of `channels` only, where the change was theirs.

    Up to today, not up to `end`: a later month opens with what an earlier one closed with.
    """
    today = brand.today()
    # A year typed wrongly must not cost thousands of months that no page shows.
    start, end = max(start, EARLIEST), min(max(end, today), today + timedelta(days=DAYS_AHEAD))
    stored = [*_to_store(brand, start, end, channels)]
    if not stored:
        return
    computed_at = timezone.now()
    found = totals_of(brand, dict.fromkeys(item.span for item in stored), dict.fromkeys(item.scope for item in stored))
    rows: dict[str, list[tuple]] = {name: [] for name in _TARGETS}
    for item in stored:
        # Let go of each as soon as it is worked out: what lies about in memory also slows down what comes after.
        rows[item.target] += _values(brand, item, found.pop((item.scope, item.span)), computed_at)
    with transaction.atomic():
        for name, target in _TARGETS.items():
            put(target, rows[name])
        _forget(brand, stored, computed_at)


def _to_store(brand: Brand, start: date, end: date, channels: set[int] | None) -> Iterator[_Stored]:
    oldest_week = brand.today() - timedelta(weeks=WEEKS_KEPT)
    spans = [(Period.MONTH, month) for month in months(start, end)]
    spans += [(Period.WEEK, week) for week in weeks(max(start, oldest_week), end)] if end >= oldest_week else []
    for scope in _scopes(brand, channels):
        for period, span in spans:
            if scope.strategy is None or span.overlaps(Span(scope.strategy.start, scope.strategy.end)):
                yield _Stored(scope, period, span)


def _scopes(brand: Brand, channels: set[int] | None) -> list[Scope]:
    own = brand.channels.all() if channels is None else brand.channels.filter(pk__in=channels)
    strategies = Strategy.objects.filter(brand=brand).exclude(status=Strategy.Status.ARCHIVED)
    if channels is not None:
        strategies = strategies.filter(strategy_channels__channel__in=channels).distinct()
    return [Scope(), *(Scope(channels=(channel,)) for channel in own), *(Scope(strategy=strategy) for strategy in strategies)]


def _values(brand: Brand, item: _Stored, found: Totals, computed_at: datetime) -> Iterator[tuple]:
    channel, strategy = item.owner
    for kpi in KPIS.values():
        if not found.may_know(kpi.name):
            continue
        inputs = found.inputs(kpi.name)
        if all(figure.value is None for figure in inputs.values()):
            continue
        status, value, exact = _answer(kpi.name, found.result(kpi.name))
        figures = {name: None if figure.value is None else str(figure.value) for name, figure in inputs.items()}
        yield (
            brand.pk, channel, strategy, kpi.name, item.period.value, item.span.start, item.span.end,
            status, value, exact, figures, computed_at,
        )  # fmt: skip


def _answer(kpi: str, result: Result) -> tuple[str, Decimal | None, str]:
    value = result.rounded(KPIS[kpi].unit)
    if value is not None and abs(value) >= BIGGEST_VALUE:
        return Status.INVALID_INPUT.value, None, ""
    exact = _text(result.exact)
    return result.status.value, value, exact if len(exact) <= LONGEST_EXACT else ""


def _text(exact: Fraction | None) -> str:
    return "" if exact is None else str(exact)


def _forget(brand: Brand, stored: Iterable[_Stored], computed_at: datetime) -> None:
    """What has no measured input any more is missing. The row stays: a finding may point to it."""
    spans = {(item.period.value, item.span) for item in stored}
    channels = {item.owner[0] for item in stored if item.owner[0]}
    strategies = {item.owner[1] for item in stored if item.owner[1]}
    owners = Q(channel=None, strategy=None) | Q(channel__in=channels) | Q(strategy__in=strategies)
    old = KpiValue.objects.filter(owners, brand=brand, computed_at__lt=computed_at).exclude(status=Status.MISSING_INPUT)
    for period in Period:
        wanted = [span for name, span in spans if name == period]
        if wanted:
            starts = {span.start for span in wanted}
            old.filter(period=period, start__in=starts).update(
                status=Status.MISSING_INPUT.value, value=None, exact="", inputs={}, computed_at=computed_at
            )
