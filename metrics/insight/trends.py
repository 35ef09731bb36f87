"""Whether a figure rises or falls: the Theil–Sen slope over weeks, with its interval. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist, median

from metrics.insight.robust import CONFIDENCE, Declined, Interval

FEWEST_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Slope:
    """The change per week. `is_clear` where the whole interval lies on one side of none."""

    per_week: float
    interval: Interval
    weeks: int

    @property
    def is_clear(self) -> bool:
        return 0.0 not in self.interval


def slope(values: Sequence[float | None]) -> Slope | Declined:
    """The median of the slopes between all pairs of weeks; a week without a figure is left out, not taken for none."""
    known = [(week, value) for week, value in enumerate(values) if value is not None]
    if len(known) < FEWEST_WEEKS:
        return Declined("weeks", len(known), FEWEST_WEEKS)
    slopes = sorted((later[1] - one[1]) / (later[0] - one[0]) for one, later in combinations(known, 2))
    return Slope(median(slopes), _interval(slopes, len(known)), len(known))


def _interval(slopes: Sequence[float], weeks: int) -> Interval:
    """From ranks, after Sen: how many pairs may point the other way by chance."""
    spread = math.sqrt(weeks * (weeks - 1) * (2 * weeks + 5) / 18)
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * spread
    low = max(0, math.floor((len(slopes) - reach) / 2))
    high = min(len(slopes) - 1, math.ceil((len(slopes) + reach) / 2))
    return Interval(slopes[low], slopes[high])
