"""Which group of posts does best: a ratio of sums with its interval, and silence where the intervals overlap. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from metrics.insight.robust import Declined, Interval, student

FEWEST_IN_GROUP = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """One post of a group: what people did, and how often it was seen."""

    group: Hashable
    acts: Fraction
    seen: Fraction


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its rate in per cent: the sum of what people did by the sum of views."""

    name: Hashable
    posts: int
    rate: Fraction
    interval: Interval


@dataclass(frozen=True)
class Ranking:
    """Groups, the best first; `few` are those with too few posts to be compared."""

    groups: tuple[Group, ...]
    few: tuple[tuple[Hashable, int], ...]

    @property
    def winner(self) -> Group | None:
        """The best group, if it is clearly better than each other one."""
        best, *others = self.groups
        return None if any(best.interval.overlaps(other.interval) for other in others) else best


def ranking(samples: Iterable[Sample]) -> Ranking | Declined:
    by_group: dict[Hashable, list[Sample]] = defaultdict(list)
    for sample in samples:
        by_group[sample.group].append(sample)
    many = {name: several for name, several in by_group.items() if len(several) >= FEWEST_IN_GROUP}
    if len(many) < 2:
        return Declined("groups", len(many), 2)
    groups = sorted((_group(name, several) for name, several in many.items()), key=lambda one: (-one.rate, str(one.name)))
    few = sorted(
        ((name, len(several)) for name, several in by_group.items() if name not in many), key=lambda one: (-one[1], str(one[0]))
    )
    return Ranking(tuple(groups), tuple(few))


def _group(name: Hashable, several: Sequence[Sample]) -> Group:
    acts, seen = sum((one.acts for one in several), Fraction(0)), sum((one.seen for one in several), Fraction(0))
    rate = acts / seen
    reach = student(len(several) - 1) * _error(several, float(rate), float(seen))
    middle = float(rate) * 100
    return Group(name, len(several), rate * 100, Interval(max(0.0, middle - 100 * reach), middle + 100 * reach))


def _error(several: Sequence[Sample], rate: float, seen: float) -> float:
    """The standard error of a ratio of two sums, from how far each post lies from the common rate.

    Posts are the sample, not views: a thousand people who saw one post do not make a thousand posts.
    """
    squares = math.fsum((float(one.acts) - rate * float(one.seen)) ** 2 for one in several)
    return math.sqrt(squares * len(several) / (len(several) - 1)) / seen
