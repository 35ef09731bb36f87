"""How far a goal has come, where it should be by now, and what to call the difference."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from .change import Zone, distance
from .formulas import Formula
from .results import Problem, Result
from .terms import Direction, Label

FROM_BASELINE = Formula("(current - baseline) / (target - baseline) * 100")
RISING = Formula("current / target * 100")
FALLING = Formula("target / current * 100")
EXPECTED = Formula("elapsed / total * 100")

ALL = Fraction(100)
ON_TRACK = Fraction(9, 10)
AT_RISK = Fraction(7, 10)


class Pace(StrEnum):
    """How a goal stands against the calendar."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    MISSED = "missed"
    NO_DATA = "no_data"
    NOT_STARTED = "not_started"

    @property
    def label(self) -> Label:
        return _PACE_LABELS[self]


_PACE_LABELS = {
    Pace.ACHIEVED: Label("Achieved", "Erishildi", "Достигнуто"),
    Pace.ON_TRACK: Label("On track", "Rejada", "В графике"),
    Pace.AT_RISK: Label("At risk", "Xavf ostida", "Под угрозой"),
    Pace.BEHIND: Label("Behind", "Ortda", "Отстаёт"),
    Pace.MISSED: Label("Missed", "Bajarilmadi", "Не достигнуто"),
    Pace.NO_DATA: Label("No data", "Maʼlumot yoʻq", "Нет данных"),
    Pace.NOT_STARTED: Label("Not started", "Boshlanmagan", "Не начато"),
}


def progress(
    current: Fraction | None,
    target: Fraction | None,
    *,
    baseline: Fraction | None = None,
    direction: Direction = Direction.UP,
    zone: Zone | None = None,
) -> Result:
    """Progress in per cent, unbounded at both ends.

    With a baseline: the part of the way from it to the target. Without one the goal is a threshold: rising
    current / target, falling target / current; a figure with a target zone is at 100 within it, and else measured
    against the nearer end. A threshold below zero has no percentage: INVALID_INPUT.
    """
    figures = {"current": current, "target": target, "baseline": baseline}
    if baseline is not None:
        return FROM_BASELINE.evaluate(figures)
    if current is None or target is None:
        return RISING.evaluate(figures)
    if direction is Direction.TARGET:
        return _in_zone(current, _zone(target, zone))
    negative = [name for name, figure in figures.items() if figure is not None and figure < 0]
    if target < 0 or (negative and direction is Direction.DOWN):
        return Result.refused(Problem.NEGATIVE, *negative)
    return (RISING if direction is Direction.UP else FALLING).evaluate(figures)


def _zone(target: Fraction, zone: Zone | None) -> Zone:
    """A target set by hand takes the place of the one closed end; a zone closed at both ends stands."""
    lowest, highest = zone or (target, target)
    if lowest is None:
        return (None, target)
    return (target, None) if highest is None else (lowest, highest)


def _in_zone(current: Fraction, zone: Zone) -> Result:
    lowest, highest = zone
    if distance(current, zone) == 0:
        return Result(ALL)
    if lowest is not None and current < lowest:
        return RISING.evaluate({"current": current, "target": lowest})
    return FALLING.evaluate({"current": current, "target": highest})


def is_met(
    current: Fraction | None,
    target: Fraction | None,
    *,
    baseline: Fraction | None = None,
    direction: Direction = Direction.UP,
    zone: Zone | None = None,
) -> bool:
    """Whether the target is reached, also where no percentage exists (a time of 0, a target like the start)."""
    if current is None or target is None:
        return False
    if baseline is not None and baseline != target:
        return current >= target if target > baseline else current <= target
    if direction is Direction.TARGET:
        return distance(current, _zone(target, zone)) == 0
    return current >= target if direction is Direction.UP else current <= target


def expected_progress(elapsed_days: int, total_days: int) -> Result:
    """Where a goal should stand by now, in per cent from 0 to 100; a zero length has no answer before its day."""
    if elapsed_days >= total_days:
        return Result(ALL)
    return EXPECTED.evaluate({"elapsed": max(elapsed_days, 0), "total": total_days})


def pace(made: Result, elapsed_days: int, total_days: int, *, met: bool = False) -> Pace:
    """The status of a goal that has come as far as `made`; `met` is the answer of `is_met`.

    The deadline itself still counts: a goal is missed from the day after.
    """
    if elapsed_days < 0:
        return Pace.NOT_STARTED
    if met or (made.exact is not None and made.exact >= ALL):
        return Pace.ACHIEVED
    if made.exact is None:
        return Pace.NO_DATA
    if elapsed_days > total_days:
        return Pace.MISSED
    expected = expected_progress(elapsed_days, total_days).exact or Fraction(0)
    if made.exact >= ON_TRACK * expected:
        return Pace.ON_TRACK
    return Pace.AT_RISK if made.exact >= AT_RISK * expected else Pace.BEHIND


def pace_on(today: date, made: Result, start: date, deadline: date, *, met: bool = False) -> Pace:
    """The status on a day, for a goal that runs from `start` to `deadline`."""
    return pace(made, (today - start).days, (deadline - start).days, met=met)
