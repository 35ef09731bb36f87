"""How a figure moved against its base period, and whether that is good news."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .terms import Direction, Unit

Zone = tuple[Fraction | None, Fraction | None]
"""Lowest and highest figure that are right; None is an open end."""

LONGEST_COMPOUNDING = 1200


class Tone(StrEnum):
    """The colour of the news."""

    GOOD = "good"
    BAD = "bad"
    FLAT = "flat"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Change:
    """`absolute` in the unit of the figure (for percent: percentage points), `relative` in per cent of the base.

    `relative` is None where the base is zero: growth from nothing has no rate.
    """

    absolute: Fraction
    relative: Fraction | None
    unit: Unit
    tone: Tone

    @property
    def absolute_rounded(self) -> Decimal:
        return self.unit.round(self.absolute)

    @property
    def relative_rounded(self) -> Decimal | None:
        return None if self.relative is None else Unit.PERCENT.round(self.relative)


def change(
    current: Fraction | None,
    base: Fraction | None,
    *,
    unit: Unit,
    direction: Direction,
    zone: Zone | None = None,
) -> Change | None:
    """The change from `base` to `current`, or None where either was not measured.

    A change that the unit rounds to nothing is flat. `zone` is where Direction.TARGET wants the figure; without one a
    change of such a figure is neither good nor bad.
    """
    if current is None or base is None:
        return None
    absolute = current - base
    relative = absolute / abs(base) * 100 if base else None
    moved = unit.round(absolute) != 0
    return Change(absolute, relative, unit, _tone(current, base, direction, zone) if moved else Tone.FLAT)


def _tone(current: Fraction, base: Fraction, direction: Direction, zone: Zone | None) -> Tone:
    if direction is Direction.TARGET:
        gain = distance(base, zone) - distance(current, zone) if zone else Fraction(0)
    else:
        gain = current - base if direction is Direction.UP else base - current
    if gain == 0:
        return Tone.FLAT
    return Tone.GOOD if gain > 0 else Tone.BAD


def distance(figure: Fraction, zone: Zone) -> Fraction:
    """How far the figure is outside its zone; 0 within."""
    lowest, highest = zone
    if lowest is not None and figure < lowest:
        return lowest - figure
    return figure - highest if highest is not None and figure > highest else Fraction(0)


def compound(percent: Fraction, periods: int) -> Fraction:
    """What `percent` growth in each of `periods` periods multiplies a figure by: 25 % a month is × 14.55 in a year.

    Raises ValueError for a number of periods below 0 or above LONGEST_COMPOUNDING.
    """
    if not 0 <= periods <= LONGEST_COMPOUNDING:
        raise ValueError(f"the number of periods must be from 0 to {LONGEST_COMPOUNDING}, not {periods}")
    return (1 + percent / 100) ** periods
