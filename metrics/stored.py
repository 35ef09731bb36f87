"""Which KPI values are stored: for whom, over which periods, how far back. Everything that stores or forgets asks here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Max, Min

from brands.models import Brand
from calendar_app.models import Publication
from metrics.kpi.measures import MEASURES
from metrics.kpi.prepared import Preparation
from metrics.models import LedgerEntry, Observation
from metrics.models.values import Period
from metrics.period_presets import EARLIEST
from metrics.periods import Span, months, quarters, weeks, years
from metrics.totals import Scope, owned
from strategies.models import Strategy, StrategyChannel

DAYS_AHEAD = 366


@dataclass(frozen=True)
class StoredPeriod:
    """A length that values are stored for; `kept` says for how long they are kept up to date (None: as far back as figures go)."""

    period: Period
    spans: Callable[[date, date], Iterable[Span]]
    kept: timedelta | None = None


STORED_PERIODS = (
    StoredPeriod(Period.WEEK, weeks, timedelta(weeks=26)),
    StoredPeriod(Period.MONTH, months),
    StoredPeriod(Period.QUARTER, quarters),
    StoredPeriod(Period.YEAR, years),
)
OWNERS = ("channel", "strategy", "campaign")
"""The columns that tell whose a value is; the whole brand's has none of them."""

Owner = tuple[int | None, int | None, int | None]


def _periods_before(measure: str) -> int:
    ways = MEASURES[measure].prepared
    return max((_periods_before(name) + (way.kind is Preparation.PREVIOUS) for way in ways for name in way.measures), default=0)


# How many spans before its own a value may be worked out from: growth compares with one.
SPANS_BEFORE = max(map(_periods_before, MEASURES))
# The stocks that a period opens with: a figure counts on in later periods, until there is another.
OPENING = sorted({way.sources[0] for measure in MEASURES.values() for way in measure.prepared if way.kind is Preparation.OPENING})


@dataclass(frozen=True)
class Stored:
    """A scope and a period that values are stored for; `inside` is what of the period belongs to the scope."""

    scope: Scope
    owner: Owner
    channels: frozenset[int] | None  # None: all of the brand
    period: Period
    span: Span
    inside: Span

    @property
    def target(self) -> str:
        return next((name for name, pk in zip(OWNERS, self.owner, strict=True) if pk), "brand")

    @property
    def key(self) -> tuple[Owner, str, date]:
        return self.owner, self.period.value, self.span.start

    @cached_property
    def reach(self) -> Span:
        """All the days whose figures may be in the values, but for what a stock opened with."""
        first = self.inside
        for _span in range(SPANS_BEFORE):
            first = first.previous
        return Span(first.start, self.inside.end)

    def holds(self, channel: int | None) -> bool:
        return channel is None or self.channels is None or channel in self.channels


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


def stored_days(brand: Brand, today: date) -> Span | None:
    """The days that values are stored for: from the first with a figure to today, or to what is dated ahead.

    A year typed wrongly must not cost thousands of months that no page shows.
    """
    first = first_day(brand)
    if first is None:
        return None
    ahead = [
        Observation.objects.filter(brand=brand).aggregate(last=Max("start"))["last"],
        LedgerEntry.objects.filter(brand=brand).aggregate(last=Max("date"))["last"],
    ]
    last = min(max([today, *(day for day in ahead if day)]), today + timedelta(days=DAYS_AHEAD))
    return Span(min(max(first, EARLIEST), last), last)


def oldest_kept(period: StoredPeriod, today: date) -> date:
    """The first day of the oldest span that is still kept up to date."""
    return next(iter(period.spans(today - period.kept, today))).start if period.kept else date.min


def to_store(brand: Brand, days: Span | None, today: date) -> list[Stored]:
    """All that values are stored for."""
    if days is None:
        return []
    spans = [
        (each.period, span)
        for each in STORED_PERIODS
        for span in each.spans(days.start, days.end)
        if span.start >= oldest_kept(each, today)
    ]
    return [item for scope, owner, channels in _scopes(brand) for item in _items(scope, owner, channels, spans)]


def _items(scope: Scope, owner: Owner, channels: frozenset[int] | None, spans: Iterable[tuple[Period, Span]]) -> Iterator[Stored]:
    for period, span in spans:
        runs = scope.strategy or scope.campaign
        if runs is None or span.overlaps(Span(runs.start, runs.end)):
            yield Stored(scope, owner, channels, period, span, owned(scope, span)[1])


def _scopes(brand: Brand) -> Iterator[tuple[Scope, Owner, frozenset[int] | None]]:
    yield Scope(), (None, None, None), None
    for channel in brand.channels.all():
        yield Scope(channels=(channel,)), (channel.pk, None, None), frozenset({channel.pk})
    strategies = Strategy.objects.filter(brand=brand).exclude(status=Strategy.Status.ARCHIVED).order_by("pk")
    used: dict[int, set[int]] = {}
    for strategy, channel in StrategyChannel.objects.filter(strategy__brand=brand).values_list("strategy", "channel"):
        used.setdefault(strategy, set()).add(channel)
    for strategy in strategies:
        yield Scope(strategy=strategy), (None, strategy.pk, None), frozenset(used.get(strategy.pk, ()))
    for campaign in brand.campaigns.order_by("pk"):
        # Its posts may be on any channel.
        yield Scope(campaign=campaign), (None, None, campaign.pk), None
