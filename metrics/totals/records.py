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
from functools import cached_property

from brands.models import Brand
from metrics.kpi.prepared import Preparation, Prepared
from metrics.periods import Span, Timeline
from metrics.totals import reading
from metrics.totals.figures import Figure, Source
from metrics.totals.reading import Ledger, Row
from strategies.models import BudgetLine


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
    """A figure reported for several days at once; `stands_apart` where no single one of them was reported, too."""

    span: Span
    value: Fraction
    currency: str
    stands_apart: bool = False


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


Key = tuple[int | None, str, str]
"""Channel (None: the brand itself), measure, subject."""


class Records:
    """Everything that totals are worked out from, for one brand and all the spans that will be asked for.

    `before` are spans that are read for growths alone. Without `measured` the figures of the brand, its channels and all its
    posts are left unread: whoever asks about one campaign or post alone has no use for them.
    """

    of_whole = Source.BRAND  # what figures are that belong to no channel
    drawn_on: Fraction | None = None  # a campaign's share of the budget lines it draws on

    def __init__(
        self,
        brand: Brand,
        spans: Iterable[Span],
        lines: Iterable[BudgetLine] | None = None,
        *,
        before: Iterable[Span] = (),
        measured: bool = True,
    ) -> None:
        self.brand = brand
        self.timeline = Timeline(spans, before)
        self.figures: dict[Key, Measured] = defaultdict(Measured)
        self.posts: dict[tuple[int, str], Measured] = defaultdict(Measured)
        self.published: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        self.subjects: dict[str, set[str]] = defaultdict(set)
        self._read_others(lines)
        if measured:
            self._read_figures()

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

    @property
    def whole(self) -> Records:
        """The books of the whole brand, which those of a campaign or post were taken from."""
        return self

    def said(self, found: object, way: Prepared, figure: Figure) -> Figure:
        """A figure that rows of other kinds gave, as it goes into a total: as it is, where figures are numbers."""
        return figure

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

    def _read_figures(self) -> None:
        self._keep(reading.figures(self.brand, self.timeline))

    def _keep(self, rows: Iterable[Row]) -> None:
        """A stock's last figure has the day it is of; what was reported for several days, its span."""
        for ledger, channel, measure, subject, currency, piece, value, first, last, days in rows:
            number = Fraction(value)
            if ledger == Ledger.POSTS:
                self.posts[channel, measure].daily[piece].append(Cell(number, first, last, days, currency))
                continue
            book = self._measured(channel, measure, subject)
            if ledger == Ledger.DAYS:
                book.daily[piece].append(Cell(number, first, last, days, currency))
            elif ledger == Ledger.LAST:
                book.last[piece] = Cell(number, last, last, days, currency)
            else:
                book.long.append(LongFigure(Span(first, last), number, currency, stands_apart=bool(days)))

    def _read_others(self, lines: Iterable[BudgetLine] | None) -> None:
        found = reading.others(self.brand, self.timeline, with_budget=lines is None)
        self.channels, self.plan, self.slot_plans = found.channels, found.plan, found.slot_plans
        self.budget = found.budget if lines is None else list(lines)
        self.money = found.money
        for channel, day, number in found.published:
            self.published[channel][day] = number

    def _measured(self, channel: int | None, measure: str, subject: str) -> Measured:
        # A channel's figures are its own whatever subject a file named; the brand's are apart by subject.
        subject = "" if channel else subject
        if subject:
            self.subjects[measure].add(subject)
        return self.figures[channel, measure, subject]
