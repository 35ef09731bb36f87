"""Small statistics that one wild figure does not rule. Pure; floats, because an interval is no exact thing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, median

# What the median absolute deviation is multiplied by to mean the same as a standard deviation.
MAD_TO_DEVIATION = 1.4826
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Declined:
    """No answer, and why: `have` and `need` are counts of what `reason` names."""

    reason: str
    have: int = 0
    need: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the truth lies, as likely as the method says."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def overlaps(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


def spread(values: Sequence[float], centre: float | None = None) -> float:
    """The usual distance from the centre: the median absolute deviation, on the scale of a standard deviation."""
    if not values:
        return 0.0
    middle = median(values) if centre is None else centre
    return MAD_TO_DEVIATION * median(abs(value - middle) for value in values)


def student(degrees: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors a two-sided interval reaches, for a spread that was itself estimated.

    Hill's expansion about the normal distribution; exact formulas for one and two degrees, where it is poor.
    """
    tail = (1 + confidence) / 2
    if degrees <= 1:
        return math.tan(math.pi * (tail - 0.5))
    if degrees == 2:
        share = 2 * tail - 1
        return share * math.sqrt(2 / (1 - share * share))
    z, n = NormalDist().inv_cdf(tail), degrees
    first = (z**3 + z) / (4 * n)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    return z + first + second + third


def rolling_mean(values: Sequence[float | None], days: int) -> list[float | None]:
    """The mean of the `days` up to each place; a gap where fewer than half of them are known."""
    means: list[float | None] = []
    for end in range(1, len(values) + 1):
        known = [value for value in values[max(0, end - days) : end] if value is not None]
        means.append(fmean(known) if end >= days and 2 * len(known) > days else None)
    return means
