"""The same totals, for many spans at once: how they are put together is found out once for all spans alike.

Which figures a total is made of depends on what there is (whether a channel has its own likes, posts, a budget) and not on how
much. So spans of one shape are worked out once with letters in place of numbers, by the very code that works out one span;
for each span the numbers are then put in. What cannot be said with letters is left to `Totals` (see `Shapes.program_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import accumulate
from typing import Any

from metrics.kpi.catalog import KPIS
from metrics.kpi.measures import MEASURES
from metrics.kpi.prepared import Preparation, Prepared
from metrics.kpi.results import NotANumber
from metrics.totals.figures import Figure
from metrics.totals.records import Cell, Measured, Records
from metrics.totals.scoped import PLATFORMS_OWN, Totals, from_rows
from metrics.totals.summed import scaled, sums_of

# The span itself, and the one before it.
SPANS = 2
MOST_PROGRAMS = 5_000
CALLED = (Preparation.LEDGER, Preparation.BUDGET, Preparation.POSTS, Preparation.PLAN)

Atom = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """A sum of figures that stand for any numbers."""

    terms: Mapping[Atom, Fraction]
    constant: Fraction = Fraction(0)

    def __add__(self, other: Letters | Fraction | int) -> Letters:
        if not isinstance(other, Letters):
            return Letters(self.terms, self.constant + other)
        terms = dict(self.terms)
        for atom, times in other.terms.items():
            terms[atom] = terms.get(atom, Fraction(0)) + times
        return Letters(terms, self.constant + other.constant)

    __radd__ = __add__

    def __mul__(self, factor: Fraction | int) -> Letters:
        return Letters({atom: times * factor for atom, times in self.terms.items()}, self.constant * factor)

    def __truediv__(self, divisor: int) -> Letters:
        return self * Fraction(1, divisor)

    def __sub__(self, other: Letters | Fraction | int) -> Letters:
        return self + other * -1

    def __rsub__(self, other: Fraction | int) -> Letters:
        return self * -1 + other


@dataclass
class Column:
    """One measure in one ledger and currency: its sums up to each piece of time, and the bit that says that it is there."""

    sums: list[Any]
    bit: int


@dataclass
class Stock:
    """One stock: the last piece with a figure, up to and with each piece; of each figure its currency, and that as a bit."""

    values: dict[int, Any]
    latest: list[int]
    currency: dict[int, str]
    bits: dict[int, int]


@dataclass(eq=False)
class Program:
    """How the inputs of each KPI follow from the figures. `apart` are KPIs that are worked out one by one."""

    atoms: list[Atom]
    sums: list[tuple[Fraction, list[tuple[Any, int]]]]  # constant, then (how often, number of the atom)
    kpis: list[tuple[str, list[tuple[str, int | None]], dict[str, str]]]  # inputs as numbers of sums, and their currencies
    apart: list[str] = field(default_factory=list)
    lines: Any = None  # what whoever puts the numbers in made of it, to use again


_programs: dict[Any, Program] = {}
_bits: dict[Atom, int] = {}
"""Measure, subject and currency, as a bit in the masks that tell shapes apart."""


class Shapes:
    """The shapes of all spans that some records were read for."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.pieces = len(records.timeline.cuts) + 1
        self.columns: dict[Atom, Column] = {}
        self.stocks: dict[Atom, Stock] = {}
        self.has_long = {key[0] for key, book in records.figures.items() if book.long}
        self._seen: dict[Any, Any] = {}
        self._places: dict[Any, list[tuple[str, Any, int]]] = {}
        # Columns, stocks, and which columns have a figure in each piece.
        self._of: dict[tuple[str, int | None], tuple[list[Atom], list[Atom], list[int]]] = defaultdict(
            lambda: ([], [], [0] * self.pieces)
        )
        if len(_programs) >= MOST_PROGRAMS or len(_bits) >= MOST_PROGRAMS:
            _programs.clear()
            _bits.clear()
        for (channel, measure, subject), book in sorted(
            records.figures.items(), key=lambda item: (item[0][0] or 0, *item[0][1:])
        ):
            self._take("own", channel, measure, subject, book)
        for (channel, measure), book in sorted(records.posts.items()):
            self._take("posts", channel, measure, "", book)
        self.calls = [
            (name, way)
            for name, measure in MEASURES.items()
            for way in measure.prepared
            if way.kind in CALLED and _may(records, way)
        ]
        self.of_each_channel = [(name, way) for name, way in self.calls if MEASURES[name].family in PLATFORMS_OWN]

    def _take(self, ledger: str, channel: int | None, measure: str, subject: str, book: Measured) -> None:
        columns, stocks, filled = self._of[ledger, channel]
        for currency, sums in sorted(sums_of(book).items()):
            values, bit = [0] * self.pieces, _bit(measure, subject, currency)
            for piece, value in sums.items():
                values[piece] = value
                filled[piece] |= bit
            key = (ledger, channel, measure, subject, currency)
            self.columns[key] = Column(list(accumulate(values, initial=0)), bit)
            columns.append(key)
        if book.last:
            latest = list(accumulate((piece if piece in book.last else -1 for piece in range(self.pieces)), max))
            values = {piece: scaled(cell.value) for piece, cell in book.last.items()}
            currency = {piece: cell.currency for piece, cell in book.last.items()}
            bits = {piece: _bit(measure, subject, name) for piece, name in currency.items()}
            key = (ledger, channel, measure, subject)
            self.stocks[key] = Stock(values, latest, currency, bits)
            stocks.append(key)

    # --- what there is

    def program_of(self, found: Totals) -> tuple[Program, list[Any]] | None:
        """How the scope and span is put together, and its numbers; None where only `Totals` knows.

        What belongs to a campaign by key is such a case. Figures of several days are, too: whether one counts depends on the very days. So is a span of one day.
        """
        if (
            found.scope.is_narrow
            or found.span.days == 1
            or not self.has_long.isdisjoint({None, *(channel.pk for channel in found.channels)})
        ):
            return None
        spans = [found.pieces, found.records.timeline.pieces(found.span.previous)]
        called = self._called(found)
        shape = (
            type(found).__name__,
            found.scope.channels is None,
            found.scope.strategy is None,
            found.currency,
            self._there("own", None, spans) if found.scope.channels is None else None,
            tuple((channel.platform.slug, self._of_channel(channel.pk, spans)) for channel in found.channels),
            tuple(name for name, value in called.items() if value is not None),
        )
        program = _programs.get(shape)
        if program is None:
            program = _programs[shape] = _write(found, self, spans, called)
        return program, self._numbers(program, tuple(channel.pk for channel in found.channels), spans, called)

    def _of_channel(self, channel: int, spans: list[range]) -> Any:
        return (
            self._there("own", channel, spans),
            self._there("posts", channel, spans),
            bool(self.records.posts_of(channel)),
        )

    def _there(self, ledger: str, channel: int | None, spans: list[range]) -> Any:
        """Which columns and stocks have a figure in each of the spans, and which stocks had one before."""
        if (ledger, channel) not in self._of:
            return None
        key = (ledger, channel, spans[0].start, spans[0].stop, spans[1].start)
        if key not in self._seen:
            _columns, stocks, filled = self._of[ledger, channel]
            edges = [0] * (SPANS + 1)
            for name, number, piece in self._edges(stocks, spans):
                edges[number] |= self.stocks[name].bits[piece]
            self._seen[key] = (*(_mask(filled, span) for span in spans), *edges)
        return self._seen[key]

    def present(self, ledger: str, channel: int | None, spans: list[range]) -> tuple[list[tuple[int, Atom]], Any]:
        if (ledger, channel) not in self._of:
            return [], []
        columns, stocks, filled = self._of[ledger, channel]
        masks = [_mask(filled, span) for span in spans]
        there = [(number, name) for number, mask in enumerate(masks) for name in columns if self.columns[name].bit & mask]
        return there, [(name, number, self.stocks[name].currency[piece]) for name, number, piece in self._edges(stocks, spans)]

    def _edges(self, stocks: Iterable[Atom], spans: list[range]) -> Iterator[tuple[Atom, int, int]]:
        """The pieces with the last figures of stocks that can matter: in each span, and before the earlier one (SPANS)."""
        ends = [(number, span.stop - 1, span.start) for number, span in enumerate(spans)]
        ends.append((SPANS, spans[-1].start - 1, 0))
        for name in stocks:
            latest = self.stocks[name].latest
            for number, end, start in ends:
                piece = latest[end] if end >= 0 else -1
                if piece >= start:
                    yield name, number, piece

    def _called(self, found: Totals) -> dict[Atom, Any]:
        """What the ledger, the budget, the plan and the calendar say of the scope and of each of its channels."""
        values: dict[Atom, Any] = {}
        for name, way in self.calls:
            values[way, -1] = _value(found, name, way)
        for position, channel in enumerate(found.channels):
            for name, way in self.of_each_channel:
                # The same for all scopes that the channel is in, but for strategies, to which some rows belong by key.
                key = (way, channel.pk, found.scope.strategy, found.span)
                if key not in self._seen:
                    self._seen[key] = _value(found.channel(channel), name, way)
                values[way, position] = self._seen[key]
        return values

    # --- the numbers

    def _numbers(self, program: Program, channels: tuple[int, ...], spans: list[range], called: Mapping[Atom, Any]) -> list[Any]:
        places = self._places.get((program, channels))
        if places is None:
            places = self._places[program, channels] = [self._place(atom, channels) for atom in program.atoms]
        ends = [(span.start, span.stop) for span in spans]
        befores = [stop - 1 for _start, stop in ends] + [ends[-1][0] - 1]
        numbers: list[Any] = []
        for kind, book, number in places:
            if kind == "sum":
                start, stop = ends[number]
                numbers.append(book[stop] - book[start])
            elif kind == "last":
                numbers.append(book.values[book.latest[befores[number]]])
            else:
                numbers.append(called[book, number])
        return numbers

    def _place(self, atom: Atom, channels: tuple[int, ...]) -> tuple[str, Any, int]:
        """Where the numbers of a letter stand, for these channels."""
        match atom:
            case ("call", way, position):
                return "call", way, position
            case ("sum", ledger, position, measure, subject, currency, number):
                channel = None if position < 0 else channels[position]
                return "sum", self.columns[ledger, channel, measure, subject, currency].sums, number
        _last, ledger, position, measure, subject, number = atom
        return "last", self.stocks[ledger, None if position < 0 else channels[position], measure, subject], number


def _bit(measure: str, subject: str, currency: str) -> int:
    return _bits.setdefault((measure, subject, currency), 1 << len(_bits))


def _mask(filled: list[int], span: range) -> int:
    found = 0
    for mask in filled[span.start : span.stop]:
        found |= mask
    return found


def _may(records: Records, way: Prepared) -> bool:
    return way.kind.value in records.present


def _value(found: Totals, name: str, way: Prepared) -> Any:
    value = from_rows(found, MEASURES[name], way).value
    return None if value is None else scaled(value)


class Lettered(Records):
    """Records of one scope and span with letters for numbers: what `Totals` is made from to write a program."""

    def __init__(self, found: Totals, shapes: Shapes, spans: list[range], called: Mapping[Atom, Any]) -> None:
        real = found.records
        self.brand, self.timeline, self.channels = real.brand, real.timeline, real.channels
        self.money, self.budget, self.plan, self.slot_plans = real.money, real.budget, real.plan, real.slot_plans
        self.published = real.published
        self.figures, self.posts, self.subjects = defaultdict(Measured), defaultdict(Measured), defaultdict(set)
        self.called = called
        self.positions = {channel.pk: position for position, channel in enumerate(found.channels)}
        if found.scope.channels is None:
            self._letter(shapes, "own", None, spans)
        for channel in found.channels:
            self._letter(shapes, "own", channel.pk, spans)
            self._letter(shapes, "posts", channel.pk, spans)
        self._with_posts = {channel.pk for channel in found.channels if real.posts_of(channel.pk)}

    def posts_of(self, channel: int) -> list[Measured]:
        # A channel with posts of other days is not one without posts.
        return super().posts_of(channel) or [Measured()] * (channel in self._with_posts)

    def said(self, found: Totals, way: Prepared, figure: Figure) -> Figure:
        alone = found.scope.channels is not None and len(self.positions) > 1
        position = self.positions[found.channels[0].pk] if alone else -1
        return figure if figure.value is None else replace(figure, value=Letters({("call", way, position): Fraction(1)}))

    def _letter(self, shapes: Shapes, ledger: str, channel: int | None, spans: list[range]) -> None:
        position = -1 if channel is None else self.positions[channel]
        day = self.timeline.whole.start
        filled, edges = shapes.present(ledger, channel, spans)
        for number, (_ledger, _channel, measure, subject, currency) in filled:
            value = Letters({("sum", ledger, position, measure, subject, currency, number): Fraction(1)})
            book = self._book(ledger, channel, measure, subject)
            book.daily[spans[number].start].append(Cell(value, day, day, 1, currency))
        for (_ledger, _channel, measure, subject), number, currency in edges:
            value = Letters({("last", ledger, position, measure, subject, number): Fraction(1)})
            piece = spans[number].stop - 1 if number < SPANS else spans[-1].start - 1
            self._book(ledger, channel, measure, subject).last[piece] = Cell(value, day, day, 1, currency)

    def _book(self, ledger: str, channel: int | None, measure: str, subject: str) -> Measured:
        return self.posts[channel, measure] if ledger == "posts" else self._measured(channel, measure, subject)


def _write(found: Totals, shapes: Shapes, spans: list[range], called: Mapping[Atom, Any]) -> Program:
    lettered = type(found)(Lettered(found, shapes, spans, called), found.scope, found.span)
    atoms: dict[Atom, int] = {}
    sums: dict[Any, int] = {}
    program = Program([], [], [])
    for kpi in KPIS:
        try:
            inputs = lettered.inputs(kpi)
        except NotANumber:
            # More than a sum: one of its inputs is itself a KPI, and whether there is one depends on the numbers.
            program.apart.append(kpi)
            continue
        if all(figure.value is None for figure in inputs.values()):
            continue
        currencies = {name: figure.currency for name, figure in inputs.items() if figure.currency}
        numbered = [(name, _number_of(figure.value, atoms, sums)) for name, figure in inputs.items()]
        program.kpis.append((kpi, numbered, currencies))
    program.atoms = list(atoms)
    program.sums = [(constant, list(terms)) for constant, terms in sums]
    return program


def _number_of(value: Letters | Fraction | None, atoms: dict[Atom, int], sums: dict[Any, int]) -> int | None:
    if value is None:
        return None
    letters = value if isinstance(value, Letters) else Letters({}, value)
    terms = tuple((_whole(times), atoms.setdefault(atom, len(atoms))) for atom, times in letters.terms.items())
    return sums.setdefault((scaled(letters.constant), terms), len(sums))


def _whole(times: Fraction) -> Any:
    return times.numerator if times.denominator == 1 else times
