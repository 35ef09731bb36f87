"""Days that fall out of their weekday's rhythm. Pure: a daily series in, unusual days out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from metrics.insight.robust import Declined, Interval, spread

WEEKS = 8
FEWEST_WEEKS = 5
# How many spreads away from the median a day must be, and the least share of the median that counts as a spread.
THRESHOLD = 4.0
LEAST_SHARE = 0.12
# Below this many in a day, chance alone makes jumps that look large.
LEAST_MEDIAN = 5.0


@dataclass(frozen=True, slots=True)
class Unusual:
    """A day outside what is usual on such a weekday."""

    day: date
    value: float
    usual: Interval
    middle: float
    weeks: int

    @property
    def is_below(self) -> bool:
        return self.value < self.usual.low

    @property
    def score(self) -> float:
        """How many times the half width of the usual it lies from the middle."""
        return abs(self.value - self.middle) / max((self.usual.high - self.middle), 1e-9)


Series = Mapping[date, float]


def judge(series: Series, day: date) -> Unusual | Declined | None:
    """The day where it is unusual, None where it is not, Declined where too little is known to say."""
    same = [series[then] for then in _before(day, 7) if then in series]
    if len(same) < FEWEST_WEEKS:
        return Declined("weeks", len(same), FEWEST_WEEKS)
    middle = median(same)
    if middle < LEAST_MEDIAN:
        return Declined("small", int(middle), int(LEAST_MEDIAN))
    reach = THRESHOLD * max(spread(same), middle * _rhythm_spread(series, day), middle * LEAST_SHARE, math.sqrt(middle))
    usual = Interval(max(0.0, middle - reach), middle + reach)
    value = series[day]
    return None if value in usual else Unusual(day, value, usual, middle, len(same))


def _before(day: date, step: int) -> Iterable[date]:
    return (day - timedelta(days=back) for back in range(step, 7 * WEEKS + 1, step))


def _rhythm_spread(series: Series, day: date) -> float:
    """How far days of all weekdays usually lie from the median of their own, as a share of it.

    Eight figures of one weekday alone may look calmer than they are.
    """
    by_weekday: dict[int, list[float]] = {}
    for then in _before(day, 1):
        if then in series:
            by_weekday.setdefault(then.weekday(), []).append(series[then])
    shares = [value / middle - 1 for several in by_weekday.values() if (middle := median(several)) > 0 for value in several]
    return spread(shares, 0.0)


def unusual_days(series: Series, days: Iterable[date]) -> list[Unusual]:
    """Those of the days that are unusual, in their order; days without a figure are passed over."""
    judged = (judge(series, day) for day in days if day in series)
    return [one for one in judged if isinstance(one, Unusual)]
