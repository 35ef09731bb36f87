"""What a KPI is: a row that names its formula, and the checks that stand around the formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .formulas import Formula, Pair
from .measures import MEASURES
from .raw_inputs import RawFigures, RawInputs, singles
from .results import Figures, Problem, Result, numbers
from .terms import Direction, Group, Klass, Label, Level, Unit

LECTURE = "Z. Hakimov, “SMM marketing” (lecture)"
GUIDE = "Guide to a social media strategy in eight steps"
FIELD = "Common practice of the field"


# How figures roll up: posts to their channel and campaign, all of them to the strategy and the brand.
BELOW = {
    Level.CHANNEL: (Level.POST,),
    Level.CAMPAIGN: (Level.POST,),
    Level.STRATEGY: (Level.POST, Level.CHANNEL, Level.CAMPAIGN),
    Level.BRAND: (Level.POST, Level.CHANNEL, Level.CAMPAIGN, Level.STRATEGY),
}


@dataclass(frozen=True, slots=True)
class LectureWording:
    """The lecture's own formula, word for word, and why the product's differs from it."""

    quote: str
    reason: Label
    source: str = LECTURE


@dataclass(frozen=True, slots=True)
class Whole:
    """`parts` together are part of `whole`: more than the whole is impossible."""

    parts: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key performance indicator, declared once; pages, forms, tooltips and tests derive from it.

    `inputs` of the formula are names of MEASURES. `target_zone` is for Direction.TARGET: (lowest, highest), None for an
    open end. `part_of` marks true shares. `at_least_zero` names inputs that as measures may be negative but not here.
    `raw` describes other inputs from which the formula's own are summed up. `see_also` names KPIs that belong beside
    this one because it says too little alone.
    """

    name: str
    label: Label
    formula: Formula
    unit: Unit
    direction: Direction
    group: Group
    klass: Klass
    levels: tuple[Level, ...]
    note: Label
    source: str = FIELD
    aim: Label | None = None
    lecture: LectureWording | None = None
    benchmark: Label | None = None
    target_zone: tuple[Fraction | None, Fraction | None] | None = None
    part_of: Whole | None = None
    at_least_zero: frozenset[str] = frozenset()
    raw: RawInputs | None = None
    see_also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = [name for name in self.formula.inputs if name not in MEASURES]
        if unknown:
            raise ValueError(f"{self.name}: no such measure: {', '.join(unknown)}")

    def is_shown_at(self, level: Level) -> bool:
        """Whether it says something at a level: what can be worked out below adds up to what stands above it."""
        return level in self.levels or any(below in self.levels for below in BELOW.get(level, ()))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The measures the KPI is worked out from, in the order of the formula; those of a check come last."""
        checked = (*self.part_of.parts, self.part_of.whole) if self.part_of else ()
        return tuple(dict.fromkeys((*self.formula.inputs, *checked)))

    @property
    def divides_by(self) -> tuple[str, ...]:
        """The measures below the line; empty where nothing is divided."""
        parts = self.formula.fraction
        return parts.bottom.inputs if parts else ()

    @property
    def is_money(self) -> bool:
        """Whether it tells of money, which viewers do not see: also as a ratio of amounts, whose own unit is percent."""
        return any(MEASURES[name].is_money for name in self.inputs)

    @property
    def raw_inputs(self) -> tuple[str, ...]:
        """What `calculate_raw` takes: the inputs themselves unless the KPI sums over rows."""
        return self.raw.names if self.raw else self.inputs

    def calculate(self, figures: Figures, currencies: Mapping[str, str] | None = None) -> Result:
        """The KPI from figures of its inputs. Raises NotANumber for a figure that is no number.

        `currencies` tells the currency of money inputs; two different ones make the result invalid. Order of the
        checks: missing, impossible figures, zero denominator, part over whole (only where the whole is above zero).
        """
        known = numbers(figures, self.inputs)
        missing = tuple(name for name, figure in known.items() if figure is None)
        if missing:
            return Result.refused(Problem.MISSING, *missing)
        exact = {name: figure for name, figure in known.items() if figure is not None}
        return (
            self._impossible(exact) or self._mixed(currencies or {}) or self._more_than_whole(exact, self.formula.evaluate(exact))
        )

    def of_pairs(self) -> Callable[[Mapping[str, Pair]], Pair | None]:
        """A function that gives the exact figure, not reduced, from inputs that are all known, as pairs of whole numbers.

        Its bottom is zero where a denominator was. None is where `calculate` must be asked: wherever one of its other checks
        may have something to say.
        """
        evaluate, bounds, whole = self.formula.of_pairs, self._bounds(), self.part_of

        def quick(figures: Mapping[str, Pair]) -> Pair | None:
            for top, _bottom in figures.values():
                if top < 0:
                    return None
            for name, lowest, highest in bounds:
                if not _at_most(lowest, figures[name]) or not (highest is None or _at_most(figures[name], highest)):
                    return None
            top, bottom = evaluate(figures)
            if whole is not None and bottom and _may_exceed(figures, whole):
                return None
            return (top, bottom) if bottom >= 0 else (-top, -bottom)

        return quick

    def _bounds(self) -> list[tuple[str, Pair, Pair | None]]:
        """The inputs that cannot be any number from zero up, and between which numbers they must be."""
        found = []
        for name in self.inputs:
            lowest, highest = MEASURES[name].lowest, MEASURES[name].highest
            if lowest is None or lowest < 0:
                lowest = Fraction(0)
            if lowest or highest is not None:
                found.append((name, lowest.as_integer_ratio(), None if highest is None else highest.as_integer_ratio()))
        return found

    def calculate_raw(self, figures: RawFigures) -> Result:
        """The KPI from its raw inputs (see `raw_inputs`). Raises NotANumber."""
        prepared = self.prepare(figures)
        return prepared if isinstance(prepared, Result) else self.calculate(prepared)

    def prepare(self, figures: RawFigures) -> Figures | Result:
        """The formula's inputs from raw inputs, or the result that stands in their way. Raises NotANumber."""
        return self.raw.prepare(figures) if self.raw else singles(figures)

    def calculate_over(self, rows: Iterable[Figures]) -> Result:
        """The KPI of several rows (posts, channels) together: the ratio of the sums, never the mean of the rates.

        A figure missing in one row is missing in the sum. Counts of people in more than one row do not add.
        """
        known = [numbers(row, self.inputs) for row in rows]
        people = [name for name in self.inputs if MEASURES[name].counts_people]
        if len(known) > 1 and people:
            return Result.refused(Problem.NOT_ADDITIVE, *people)
        return self.calculate({name: _total(row[name] for row in known) for name in self.inputs})

    def _impossible(self, figures: Mapping[str, Fraction]) -> Result | None:
        """The figures that cannot be: below zero, or out of the range of their measure."""
        negative = [name for name, figure in figures.items() if figure < 0 and not self._may_be_negative(name)]
        if negative:
            return Result.refused(Problem.NEGATIVE, *negative)
        wrong = [name for name, figure in figures.items() if not MEASURES[name].allows(figure)]
        return Result.refused(Problem.OUT_OF_RANGE, *wrong) if wrong else None

    def _may_be_negative(self, name: str) -> bool:
        lowest = MEASURES[name].lowest
        return name not in self.at_least_zero and (lowest is None or lowest < 0)

    def _mixed(self, currencies: Mapping[str, str]) -> Result | None:
        money = [name for name in self.inputs if MEASURES[name].is_money and name in currencies]
        if len({currencies[name] for name in money}) > 1:
            return Result.refused(Problem.MIXED_CURRENCIES, *money)
        return None

    def _more_than_whole(self, figures: Mapping[str, Fraction], result: Result) -> Result:
        """The result, unless its parts are more than a whole that is above zero."""
        if self.part_of is None or not result.ok:
            return result
        parts = sum((figures[name] for name in self.part_of.parts), Fraction(0))
        if parts > figures[self.part_of.whole] > 0:
            return Result.refused(Problem.PART_OVER_WHOLE, *self.part_of.parts, self.part_of.whole)
        return result


def _at_most(one: Pair, other: Pair) -> bool:
    return one[0] * other[1] <= other[0] * one[1]


def _may_exceed(figures: Mapping[str, Pair], whole: Whole) -> bool:
    top, bottom = 0, 1
    for name in whole.parts:
        more, of = figures[name]
        top, bottom = top * of + more * bottom, bottom * of
    return not _at_most((top, bottom), figures[whole.whole])


def _total(figures: Iterable[Fraction | None]) -> Fraction | None:
    """The sum, or None where one of them is missing or there are none."""
    known = list(figures)
    present = [figure for figure in known if figure is not None]
    return sum(present, Fraction(0)) if present and len(present) == len(known) else None
