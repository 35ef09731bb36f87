"""The days of a recurring series, out of its rule. Pure: a rule in, days out.

A month that lacks the day takes its last one, and what begins on the last day of a month stays on the last day (the 31st,
then 28 February). What begins in the last seven days of a month, on a Friday say, goes out on each month’s last Friday. So
a series that is split at one of its days goes on as it was, save where that day reads both ways: the fourth Friday of a
month that has four.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from dateutil import rrule

DAILY, WEEKLY, MONTHLY, MONTHLY_WEEKDAY = "daily", "weekly", "monthly", "monthly_weekday"
# Whoever wants more makes a second series later: by then the idea has changed.
MOST_POSTS = 366
MOST_YEARS = 3
# Every month has these; later ones fall on the last day of some.
SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Rule:
    """When a series comes back. It ends on a day or after so many times, never both."""

    frequency: str
    start: date
    interval: int = 1
    weekdays: Sequence[int] = ()
    until: date | None = None
    count: int | None = None

    @property
    def last_allowed(self) -> date:
        return latest_end(self.start)

    @property
    def keeps_to_the_end(self) -> bool:
        """Monthly: begins on the last day, or in the last seven days, of its month."""
        days_left = _last_of_month(self.start).day - self.start.day
        return days_left == 0 if self.frequency == MONTHLY else days_left < 7

    @property
    def place_in_month(self) -> int:
        """The second Friday is 2, the last one -1."""
        return -1 if self.keeps_to_the_end else (self.start.day - 1) // 7 + 1

    def days(self) -> list[date]:
        """All days, one more than is allowed at the most: enough to see that there are too many."""
        return list(islice(self._every_day(), MOST_POSTS + 1))

    def is_too_long(self) -> bool:
        days = self.days()
        return len(days) > MOST_POSTS or (bool(days) and days[-1] > self.last_allowed)

    def _every_day(self) -> Iterator[date]:
        start = datetime.combine(self.start, datetime.min.time())
        end = datetime.combine(self.until, datetime.min.time()) if self.until else None
        turns = {DAILY: rrule.DAILY, WEEKLY: rrule.WEEKLY}.get(self.frequency, rrule.MONTHLY)
        rule = rrule.rrule(turns, start, self.interval, rrule.MO, self.count, end, **self._which())
        return (moment.date() for moment in rule)

    def _which(self) -> dict[str, object]:
        if self.frequency == WEEKLY:
            return {"byweekday": tuple(self.weekdays) or (self.start.weekday(),)}
        if self.frequency == MONTHLY_WEEKDAY:
            return {"byweekday": rrule.weekday(self.start.weekday())(self.place_in_month)}
        if self.frequency == MONTHLY and self.keeps_to_the_end:
            return {"bymonthday": -1}
        if self.frequency == MONTHLY and self.start.day > SHORTEST_MONTH:
            return {"bymonthday": tuple(range(SHORTEST_MONTH, self.start.day + 1)), "bysetpos": -1}
        return {}


def latest_end(start: date) -> date:
    """Three years on, less a day."""
    try:
        return start.replace(year=start.year + MOST_YEARS) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(start.year + MOST_YEARS, 2, SHORTEST_MONTH)


def _last_of_month(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)
