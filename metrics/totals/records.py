"""What a brand recorded over some spans of time, summed in the database: as many queries for any number of rows.

Four ledgers of the same events stand apart and are never added to each other: a channel's own figures, its posts'
latest figures, the brand's own, and a campaign's (`of_campaigns.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache, cached_property

from django.db.models import (
    Case,
    Count,
    Expression,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber, TruncDate

from brands.models import Brand, Channel
from calendar_app import adherence, moments
from metrics.kpi.catalog import KPIS
from metrics.kpi.measures import MEASURES, Join
from metrics.kpi.prepared import Preparation
from metrics.models import LedgerEntry, Observation
from metrics.models.observations import has_newer_snapshot
from metrics.periods import Span, Timeline
from metrics.totals.exact import ExactSum
from metrics.totals.figures import Source
from strategies.joined import joined
from strategies.models import BudgetLine, StrategyChannel

# What is rated in a mention: the dimensions of word of mouth.
RATED = ("authenticity", "timeliness", "accuracy", "depth")
STOCKS = tuple(name for name, measure in MEASURES.items() if measure.join is Join.LAST and measure.recorded)


@dataclass(slots=True)
class Cell:
    """The figures of one measure in one piece of time: their sum, and which days they are of."""

    value: Fraction
    first: date
    last: date
    days: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class LongFigure:
    """A figure reported for several days at once."""

    span: Span
    value: Fraction
    currency: str


@dataclass
class Measured:
    """One measure in one ledger: sums by piece of time, the last figures of a stock, figures of several days."""

    daily: dict[int, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    last: dict[int, Cell] = field(default_factory=dict)
    long: list[LongFigure] = field(default_factory=list)

    def touches(self, span: Span, pieces: range) -> bool:
        """Whether anything was measured in the span."""
        return any(piece in self.daily or piece in self.last for piece in pieces) or any(
            figure.span.overlaps(span) for figure in self.long
        )


@dataclass(frozen=True, slots=True)
class Money:
    """Ledger entries of one kind in one piece of time."""

    kind: str
    is_ad: bool
    currency: str
    channel_id: int | None
    strategy_id: int | None
    campaign_id: int | None
    piece: int
    value: Fraction


Key = tuple[int | None, str, str]
"""Channel (None: the brand itself), measure, subject."""


class Records:
    """Everything that totals are worked out from, for one brand and all the spans that will be asked for.

    Without `measured` the figures of the brand, its channels and all its posts are left unread: whoever asks about one
    campaign or post alone has no use for them.
    """

    of_whole = Source.BRAND  # what figures are that belong to no channel

    def __init__(
        self, brand: Brand, spans: Iterable[Span], lines: Iterable[BudgetLine] | None = None, *, measured: bool = True
    ) -> None:
        self.brand = brand
        self.timeline = Timeline(spans)
        self.channels: dict[int, Channel] = {
            channel.pk: channel for channel in brand.channels.select_related("platform").order_by("platform__position", "handle")
        }
        self.figures: dict[Key, Measured] = defaultdict(Measured)
        self.posts: dict[tuple[int, str], Measured] = defaultdict(Measured)
        self.money: list[Money] = []
        self.published: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        self.subjects: dict[str, set[str]] = defaultdict(set)
        if measured:
            self._read_days()
            self._read_last()
            self._read_long()
            self._read_posts()
        self._read_money()
        self._read_published()
        if lines is None:
            lines = joined(BudgetLine.objects.filter(strategy__brand=brand).select_related("strategy"), "months")
        self.budget = list(lines)
        self.plan = joined(StrategyChannel.objects.filter(strategy__brand=brand).select_related("strategy"), "planned_weeks")
        self.slot_plans = adherence.slot_plans(brand, self.timeline.whole.start, self.timeline.whole.end)

    @cached_property
    def present(self) -> frozenset[str]:
        """The measures that have any figure, and the other kinds of row (Preparation) that there are any of."""
        others = {
            Preparation.LEDGER: self.money,
            Preparation.BUDGET: self.budget,
            Preparation.PLAN: self.plan or self.slot_plans,
            Preparation.POSTS: self.channels,
        }
        figures = {measure for _channel, measure, _subject in self.figures} | {measure for _channel, measure in self.posts}
        return frozenset(figures | {kind.value for kind, rows in others.items() if rows})

    def own(self, channel: int, measure: str) -> Measured | None:
        """The channel's own figures of a measure."""
        return self.figures.get((channel, measure, ""))

    def of_channel(self, channel: int) -> list[tuple[Key, Measured]]:
        return self._by_channel.get(channel, [])

    def posts_of(self, channel: int) -> list[Measured]:
        return self._posts_by_channel.get(channel, [])

    @cached_property
    def _by_channel(self) -> dict[int | None, list[tuple[Key, Measured]]]:
        found: dict[int | None, list[tuple[Key, Measured]]] = defaultdict(list)
        for key, measured in self.figures.items():
            found[key[0]].append((key, measured))
        return found

    @cached_property
    def _posts_by_channel(self) -> dict[int, list[Measured]]:
        found: dict[int, list[Measured]] = defaultdict(list)
        for (channel, _measure), measured in self.posts.items():
            found[channel].append(measured)
        return found

    def _observed(self):
        return Observation.objects.filter(brand=self.brand, publication=None, campaign=None).order_by()

    def _in_time(self) -> Q:
        whole = self.timeline.whole
        return Q(start__gte=whole.start, start__lte=whole.end)

    def _read_days(self) -> None:
        rows = (
            self._observed()
            .filter(self._in_time(), end=F("start"))
            .annotate(piece=piece_of("start", self.timeline))
            .values_list("channel_id", "measure", "subject", "currency", "piece")
            .annotate(total=ExactSum("value"), first=Min("start"), last=Max("start"), days=Count("pk"))
        )
        for channel, measure, subject, currency, piece, value, first, last, days in rows:
            cell = Cell(Fraction(value), first, last, days, currency)
            self._measured(channel, measure, subject).daily[piece].append(cell)

    def _read_last(self) -> None:
        """The last figure of each stock in each piece of time, and before the first."""
        whole = self.timeline.whole
        latest = Window(
            RowNumber(),
            partition_by=["channel", "measure", "subject", "piece"],
            order_by=[F("end").desc(), F("start").desc()],
        )
        stocks = self._observed().filter(measure__in=STOCKS, end__lte=whole.end)
        # Of channels, whose history is long, only the days asked about and what they open with; the brand's own are few.
        asked = stocks.filter(channel__in=self.channels, end__gte=whole.start)
        before = Observation.objects.filter(pk__in=self._last_before(whole.start)).order_by()
        for rows in (asked, stocks.filter(channel=None) | before):
            found = rows.annotate(piece=piece_of("end", self.timeline), rank=latest).filter(rank=1)
            for channel, measure, subject, currency, piece, value, end in found.values_list(
                "channel_id", "measure", "subject", "currency", "piece", "value", "end"
            ):
                self._measured(channel, measure, subject).last[piece] = Cell(Fraction(value), end, end, 1, currency)

    def _last_before(self, day: date) -> list[int]:
        """Each channel's last figure of each stock before the day: looked up one by one, however long the history."""
        own = self._observed().filter(channel=OuterRef("pk"), end__lt=day).order_by("-end", "-start").values("pk")
        last = [Subquery(own.filter(measure=measure)[:1]) for measure in STOCKS]
        return [pk for row in self.brand.channels.order_by().values_list(*last) for pk in row if pk is not None]

    def _read_long(self) -> None:
        rows = (
            self._observed()
            .filter(self._in_time(), end__gt=F("start"), end__lte=self.timeline.whole.end)
            .order_by("start", "pk")
            .values_list("channel_id", "measure", "subject", "currency", "start", "end", "value")
        )
        for channel, measure, subject, currency, start, end, value in rows:
            figure = LongFigure(Span(start, end), Fraction(value), currency)
            self._measured(channel, measure, subject).long.append(figure)

    def _measured(self, channel: int | None, measure: str, subject: str) -> Measured:
        # A channel's figures are its own whatever subject a file named; the brand's are apart by subject.
        subject = "" if channel else subject
        if subject:
            self.subjects[measure].add(subject)
        return self.figures[channel, measure, subject]

    def _read_posts(self) -> None:
        """The newest snapshot of each post, by the day that the post went out."""
        rows = (
            Observation.objects.filter(self._in_time(), ~has_newer_snapshot(), brand=self.brand, publication__isnull=False)
            .order_by()
            .annotate(piece=piece_of("start", self.timeline))
            .values_list("publication__channel_id", "measure", "currency", "piece")
            .annotate(total=ExactSum("value"), first=Min("start"), last=Max("start"), days=Count("pk"))
        )
        for channel, measure, currency, piece, value, first, last, posts in rows:
            self.posts[channel, measure].daily[piece].append(Cell(Fraction(value), first, last, posts, currency))

    def _read_money(self) -> None:
        rows = (
            LedgerEntry.objects.filter(brand=self.brand, date__lte=self.timeline.whole.end)
            .order_by()
            .annotate(piece=piece_of("date", self.timeline))
            .values_list("kind", "is_ad", "currency", "channel_id", "strategy_id", "campaign_id", "piece")
            .annotate(total=ExactSum("amount", places=2))
        )
        self.money = [Money(*row[:-1], Fraction(row[-1])) for row in rows]

    def _read_published(self) -> None:
        zone, whole = self.brand.zone, self.timeline.whole
        rows = (
            self.brand.publications.published_between(*moments.span(whole.start, whole.end, zone))
            .order_by()
            .annotate(day=TruncDate("published_at", tzinfo=zone))
            .values_list("channel_id", "day")
            .annotate(number=Count("pk"))
        )
        for channel, day, count in rows:
            self.published[channel][day] = count


@cache
def origins(measure: str) -> frozenset[str]:
    """What a measure may come from, in the words of `Records.present`."""
    declared = MEASURES[measure]
    found = {measure, declared.stand_in} - {""}
    for way in declared.prepared:
        if way.kind is Preparation.KPI:
            found |= frozenset().union(*map(origins, KPIS[way.sources[0]].inputs))
        elif way.kind is Preparation.RATINGS:
            found |= set(RATED)
        else:
            found |= frozenset({way.kind.value}).union(*map(origins, way.measures))
    return frozenset(found)


def piece_of(column: str, timeline: Timeline) -> Expression:
    """The number of the piece that a row's day lies in: a decision tree, since a row must not try every cut."""
    return _branch(column, timeline.cuts, 0)


def _branch(column: str, cuts: list[date], offset: int) -> Expression:
    if not cuts:
        return Value(offset, output_field=IntegerField())
    middle = len(cuts) // 2
    return Case(
        When(**{f"{column}__lt": cuts[middle]}, then=_branch(column, cuts[:middle], offset)),
        default=_branch(column, cuts[middle + 1 :], offset + middle + 1),
        output_field=IntegerField(),
    )
