"""Where a figure will stand on a day ahead, from its last weeks. Pure; what is told is an interval, not a number.

Sums (leads) and levels (followers) are told by the same rule: a sum grows by its weeks, a level by its weeks' changes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, median, variance

from metrics.insight.robust import Declined, Interval, student

FEWEST_WEEKS = 6
WEEKS = 12
# Nobody knows from twelve weeks what a year will bring.
MOST_WEEKS_AHEAD = 26
CONFIDENCE = 0.8
FEWEST_TRIALS = 3


@dataclass(frozen=True, slots=True)
class Backtest:
    """The same rule applied to days that are over: how far off it was, and how often the interval held."""

    steps: int
    trials: int
    median_error: float
    held: int


@dataclass(frozen=True, slots=True)
class Forecast:
    value: float
    interval: Interval
    weeks: int
    weeks_ahead: float
    backtest: Backtest | None

    def chance(self, target: float, *, rising: bool = True) -> float:
        """How likely the target is reached: between 0 and 1."""
        half = (self.interval.high - self.interval.low) / 2
        if half <= 0:
            return float(self.value >= target if rising else self.value <= target)
        deviation = half / NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
        reached = 1 - NormalDist(self.value, deviation).cdf(target)
        return reached if rising else 1 - reached


def forecast(current: float, growth: Sequence[float], days_ahead: int) -> Forecast | Declined:
    """From where it stands, what full weeks brought (the oldest first) and the days that are left."""
    if len(growth) < FEWEST_WEEKS:
        return Declined("weeks", len(growth), FEWEST_WEEKS)
    ahead = days_ahead / 7
    if ahead > MOST_WEEKS_AHEAD:
        return Declined("ahead", math.ceil(ahead), MOST_WEEKS_AHEAD)
    if days_ahead <= 0:
        return Declined("over")
    gained, half, weeks = _gain(growth, ahead)
    interval = Interval(current + gained - half, current + gained + half)
    return Forecast(current + gained, interval, weeks, ahead, backtest(growth, ahead))


def _gain(growth: Sequence[float], ahead: float) -> tuple[float, float, int]:
    """What the days ahead bring, half the width of the interval about it, and how many weeks were looked at.

    Two things are unsure: how each week ahead will fall, and whether the mean of the weeks behind is the true one.
    """
    weeks = growth[-WEEKS:]
    each = variance(weeks)
    deviation = math.sqrt(ahead * each + ahead * ahead * each / len(weeks))
    return ahead * fmean(weeks), student(len(weeks) - 1, CONFIDENCE) * deviation, len(weeks)


def backtest(growth: Sequence[float], ahead: float) -> Backtest | None:
    """The rule, told at the end of each earlier week as if that were today; None with too few weeks to try it on."""
    steps = max(1, min(round(ahead), len(growth) - FEWEST_WEEKS - FEWEST_TRIALS + 1))
    errors, held = [], 0
    for known in range(FEWEST_WEEKS, len(growth) - steps + 1):
        gained, half, _weeks = _gain(growth[:known], steps)
        happened = math.fsum(growth[known : known + steps])
        errors.append(abs(gained - happened) / abs(happened) if happened else math.inf)
        held += abs(gained - happened) <= half
    return Backtest(steps, len(errors), median(errors), held) if len(errors) >= FEWEST_TRIALS else None
