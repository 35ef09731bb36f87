"""Inputs of the two KPIs that sum over rows before they divide.

Their formulas stay ratios of two prepared measures; here these are prepared from inputs typed in one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from .measures import MEASURES
from .results import Figures, NotANumber, Number, Problem, Result, number, numbers

RawFigures = Mapping[str, Number | Sequence[Number | None] | None]
"""Figures by name, where some are lists of figures (one per week)."""


class RawInputs(Protocol):
    """`names` are accepted; `prepare` answers the prepared measures, or the result that stands in their way."""

    @property
    def names(self) -> tuple[str, ...]: ...

    @property
    def lists(self) -> tuple[str, ...]:
        """The names that take a list of figures."""
        ...

    def prepare(self, figures: RawFigures) -> Figures | Result: ...


def singles(figures: RawFigures) -> Figures:
    """The figures, none of which may be a list. Raises NotANumber."""
    single: dict[str, Number | None] = {}
    for name, figure in figures.items():
        if isinstance(figure, Sequence) and not isinstance(figure, str):
            raise NotANumber(f"{name}: one number is needed, not a list")
        single[name] = figure
    return single


@dataclass(frozen=True, slots=True)
class WeightedScores:
    """Scores from 0 to 1 and a weight for each, named `w_` and the score; a weight left out is the default."""

    scores: tuple[str, ...]
    score_sum: str
    weight_sum: str
    default_weight: Fraction

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.scores, *self._weights)

    @property
    def lists(self) -> tuple[str, ...]:
        return ()

    @property
    def _weights(self) -> tuple[str, ...]:
        return tuple(f"w_{score}" for score in self.scores)

    def prepare(self, figures: RawFigures) -> Figures | Result:
        given = numbers(singles(figures), self.names)
        missing = [score for score in self.scores if given[score] is None]
        if missing:
            return Result.refused(Problem.MISSING, *missing)
        known = {name: self.default_weight if figure is None else figure for name, figure in given.items()}
        negative = [name for name, figure in known.items() if figure < 0]
        if negative:
            return Result.refused(Problem.NEGATIVE, *negative)
        too_high = [score for score in self.scores if not MEASURES[score].allows(known[score])]
        if too_high:
            return Result.refused(Problem.OUT_OF_RANGE, *too_high)
        products = (known[score] * known[weight] for score, weight in zip(self.scores, self._weights, strict=True))
        return {
            self.score_sum: sum(products, Fraction(0)),
            self.weight_sum: sum((known[weight] for weight in self._weights), Fraction(0)),
        }


@dataclass(frozen=True, slots=True)
class WeekByWeek:
    """Two lists, one figure a week: what was planned, and what was done. More in one week never repairs another."""

    planned: str
    done: str
    planned_sum: str
    kept_sum: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.planned, self.done)

    @property
    def lists(self) -> tuple[str, ...]:
        return self.names

    def prepare(self, figures: RawFigures) -> Figures | Result:
        weeks = {name: _weeks(name, figures.get(name)) for name in self.names}
        missing = [name for name, week in weeks.items() if week is None or None in week]
        if missing:
            return Result.refused(Problem.MISSING, *missing)
        known = {name: [figure for figure in week or () if figure is not None] for name, week in weeks.items()}
        negative = [name for name, week in known.items() if any(figure < 0 for figure in week)]
        if negative:
            return Result.refused(Problem.NEGATIVE, *negative)
        planned, done = known[self.planned], known[self.done]
        if len(planned) != len(done):
            return Result.refused(Problem.UNEQUAL_LENGTH, *self.names)
        return {
            self.kept_sum: sum(map(min, planned, done), Fraction(0)),
            self.planned_sum: sum(planned, Fraction(0)),
        }


def _weeks(name: str, figures: Number | Sequence[Number | None] | None) -> list[Fraction | None] | None:
    """The weekly figures; a single number is one week, nothing is None. Raises NotANumber."""
    if isinstance(figures, Sequence) and not isinstance(figures, str):
        try:
            return [number(figure) for figure in figures]
        except NotANumber as error:
            raise NotANumber(f"{name}: {error}") from None
    week = numbers({name: figures}, (name,))[name]
    return None if week is None else [week]
