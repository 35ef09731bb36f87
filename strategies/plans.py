"""What a plan must keep to, and what its slots add up to. Pure: dates and rows in, dates and numbers out.

Lengths follow the lecture's table of plans: a communication plan covers half a year or a year from the first day of a
month, an editorial plan one month or two inside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

COMMUNICATION_MONTHS = (6, 12)
EDITORIAL_MONTHS = (1, 2)
# Of all slots, how many should be buffer or reactive, in percent.
RESERVE_ADVISED = (10, 20)
REACTIVE, BUFFER = "reactive", "buffer"
DAY = timedelta(days=1)


def month_start(day: date) -> date:
    return day.replace(day=1)


def months_later(day: date, months: int) -> date:
    """The same day of the month that comes `months` after; the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    last = date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY
    return first.replace(day=min(day.day, last.day))


def last_day(start: date, months: int) -> date:
    """The last day of a plan that begins on `start` and runs for `months` whole months."""
    return months_later(start, months) - DAY


def whole_months(start: date, end: date, most: int = 60) -> int | None:
    """How many whole months `start` to `end` makes; None where it ends in the middle of one (or runs for more than `most`)."""
    return next((count for count in range(1, most + 1) if last_day(start, count) == end), None)


def months_of(start: date, end: date) -> list[date]:
    """The first days of the months that the plan touches."""
    months, month = [], month_start(start)
    while month <= end:
        months.append(month)
        month = months_later(month, 1)
    return months


def months_without(start: date, end: date, planned: Iterable[date]) -> list[date]:
    """The months of a communication plan in which nothing is planned."""
    filled = {month_start(day) for day in planned}
    return [month for month in months_of(start, end) if month not in filled]


def overlap(first: tuple[date, date], second: tuple[date, date]) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def holds(outer: tuple[date, date], inner: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@dataclass(frozen=True)
class SlotPlan:
    """An editorial plan as schedule adherence sees it: how many posts it asks for on which day."""

    channel: int
    start: date
    end: date
    weekdays: Mapping[int, int] = field(default_factory=dict)  # weekday (Monday is 0) -> slots that count
    is_active: bool = True
    counts_from: date | None = None
    kept: Mapping[date, int] = field(default_factory=dict)
    strategy: int | None = None

    def days(self, first: date, last: date) -> dict[date, int]:
        """The posts planned on each day that the plan covers, from `first` to `last`.

        Days that were kept count as they were planned then, whatever became of the plan. A day that is missing is not
        covered; a day with 0 is covered and has no slot.
        """
        days = {day: posts for day, posts in self.kept.items() if first <= day <= last}
        if self.is_active:
            begin = max(first, self.start, self.counts_from or self.start)
            for day in days_between(begin, min(last, self.end)):
                days.setdefault(day, self.weekdays.get(day.weekday(), 0))
        return days


@dataclass(frozen=True)
class Volume:
    """What a plan's slots come to."""

    per_week: int  # slots that ask for a post
    free: int  # reactive slots: room that is kept free
    buffers: int
    weeks: Fraction
    posts: int  # slots that ask for a post × the days of the plan they fall on

    @property
    def slots(self) -> int:
        return self.per_week + self.free

    @property
    def reserve(self) -> int:
        return self.free + self.buffers

    @property
    def reserve_percent(self) -> Fraction | None:
        """Buffer and reactive slots, of all slots; None where there is no slot."""
        return Fraction(100 * self.reserve, self.slots) if self.slots else None

    @property
    def reserve_word(self) -> str:
        """low, good or high against what is advised; few where a share says nothing yet."""
        if self.slots < 5:
            return "few"
        low, high = RESERVE_ADVISED
        share = self.reserve_percent or Fraction(0)
        return "low" if share < low else "high" if share > high else "good"


def volume(slots: Iterable[Any], start: date, end: date) -> Volume:
    """Counts rows that have a `weekday` and a `kind`, over the days from `start` to `end`."""
    slots = list(slots)
    asking = [slot for slot in slots if slot.kind != REACTIVE]
    by_weekday: dict[int, int] = {}
    for slot in asking:
        by_weekday[slot.weekday] = by_weekday.get(slot.weekday, 0) + 1
    days = days_between(start, end)
    return Volume(
        per_week=len(asking),
        free=len(slots) - len(asking),
        buffers=sum(slot.kind == BUFFER for slot in asking),
        weeks=Fraction(len(days), 7),
        posts=sum(by_weekday.get(day.weekday(), 0) for day in days),
    )


def channels_without_editorial_plan(strategy: Any, day: date, others: Iterable[Any] = ()) -> list[Any]:
    """PLAN-01: the strategy's channels that no active editorial plan covers on `day`.

    Reads `strategy.strategy_channels.all()` and `strategy.editorial_plans.all()`, so it costs nothing once these are
    prefetched. `others` are further plans of the brand, which name no strategy or another one.
    """
    plans = [*strategy.editorial_plans.all(), *others]
    covered = {plan.channel_id for plan in plans if plan.is_active and plan.covers(day)}
    return [row.channel for row in strategy.strategy_channels.all() if row.channel_id not in covered]


def uncovered_from(span: tuple[date, date], plans: Iterable[tuple[date, date]]) -> date | None:
    """The first day of `span` that no plan covers; None where all are covered."""
    day = span[0]
    for start, end in sorted(plans):
        if start <= day <= end:
            day = end + DAY
    return day if day <= span[1] else None


def span_for(start: date, end: date) -> tuple[date, date]:
    """The communication plan that would suit `start` to `end`: from a month's first day, half a year where that is enough."""
    first = month_start(start)
    half, year = COMMUNICATION_MONTHS
    return (first, last_day(first, half)) if last_day(first, half) >= end else (first, last_day(first, year))
