"""A channel's cadence spread over the week. Pure: posts per week and shares in, places out.

A starting point to change, by rules of thumb: days apart from each other, hours at which people look, every pillar as
often as its share says, and from four posts a week on some room for what nobody can plan.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from strategies.content import SlotKind

Pillar = TypeVar("Pillar", bound=Hashable)

# Weekdays (Monday is 0) for one to seven posts: as far apart as a week allows, work days first.
DAYS = ((2,), (1, 4), (0, 2, 4), (0, 1, 3, 5), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5, 6))
# The hours at which a platform's people usually look; the first one is taken first.
HOURS: Mapping[str, tuple[int, ...]] = {
    "instagram": (19, 12, 9, 21, 15),
    "telegram": (10, 19, 13, 21, 8),
    "tiktok": (20, 12, 17, 22, 9),
    "facebook": (18, 12, 9, 20, 15),
    "linkedin": (9, 12, 17, 8, 15),
    "youtube": (18, 12, 20, 16, 10),
    "x": (9, 13, 18, 11, 21),
    "threads": (9, 13, 19, 11, 21),
    "pinterest": (20, 21, 14, 11, 17),
}
USUAL_HOURS = (10, 18, 13, 20, 8)
MOST_POSTS = 7 * len(USUAL_HOURS)
RESERVE_FROM = 4  # posts a week: with fewer, one free place would be more than a fifth
RESERVE_SHARE = Decimal("0.15")


@dataclass(frozen=True)
class Place(Generic[Pillar]):
    weekday: int
    time: time
    kind: SlotKind
    pillar: Pillar | None = None


def spread(per_week: Decimal, platform: str, shares: Mapping[Pillar, int]) -> list[Place[Pillar]]:
    """Places for `per_week` posts (rounded, at least one, at most 35), and free ones on top; by weekday and time.

    `shares` are percentages by pillar; none of them, or only zeros, leaves the places without a pillar.
    """
    posts = min(max(int(per_week.quantize(Decimal(1), ROUND_HALF_UP)), 1), MOST_POSTS)
    free = max(1, int((posts * RESERVE_SHARE).quantize(Decimal(1), ROUND_HALF_UP))) if posts >= RESERVE_FROM else 0
    hours = HOURS.get(platform, USUAL_HOURS)
    times = _times(posts, hours)
    pillars = in_turn(shares, posts)
    planned = [Place(*when, SlotKind.PLANNED, pillar) for when, pillar in zip(sorted(times), pillars, strict=True)]
    open_times = [when for when in _times(7 * len(hours), hours) if when not in times]
    kept_free: list[Place[Pillar]] = [Place(*when, SlotKind.REACTIVE) for when in _apart(open_times, free)]
    return sorted([*planned, *kept_free], key=lambda place: (place.weekday, place.time))


def _times(posts: int, hours: tuple[int, ...]) -> list[tuple[int, time]]:
    """Full rounds of seven days at each hour in turn, the rest spread over the week at the next hour."""
    rounds, rest = divmod(posts, 7)
    times = [(day, time(hour)) for hour in hours[:rounds] for day in range(7)]
    return times + ([(day, time(hours[rounds])) for day in DAYS[rest - 1]] if rest else [])


def _apart(times: list[tuple[int, time]], count: int) -> list[tuple[int, time]]:
    """`count` of the times, Friday's first: what happens before the weekend finds room."""
    by_day = sorted(times, key=lambda when: ((when[0] - 4) % 7, times.index(when)))
    days: list[tuple[int, time]] = []
    for when in [*(when for when in by_day if when[0] == 4), *by_day]:
        if len(days) < count and when[0] not in {day for day, _ in days}:
            days.append(when)
    return days


def in_turn(shares: Mapping[Pillar, int], count: int) -> list[Pillar | None]:
    """`count` pillars in the proportion of their shares, mixed as evenly as possible.

    Each turn every pillar gains its share, and the one that has gained most is taken and pays the sum of all.
    """
    weights = {pillar: share for pillar, share in shares.items() if share > 0}
    if not weights:
        return [None] * count
    total, gained = sum(weights.values()), dict.fromkeys(weights, 0)
    turns: list[Pillar | None] = []
    for _turn in range(count):
        for pillar, share in weights.items():
            gained[pillar] += share
        taken = max(gained, key=lambda pillar: gained[pillar])
        gained[taken] -= total
        turns.append(taken)
    return turns
