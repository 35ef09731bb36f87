"""Hours and days on which a person wants no letters. Pure: moments in, moments out.

Spans are laid out on the wall clock and compared as instants. So hours that the clocks skip or repeat make one span, never
two: where an hour comes twice, quiet begins, or ends, with the first of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

ONE_DAY = timedelta(days=1)
# Longer than any quiet that leaves a weekday free.
LONGEST = 9


@dataclass(frozen=True)
class Quiet:
    """From `start` to `end`, over midnight where the end comes first, and the whole of some weekdays (Monday is 0)."""

    zone: tzinfo
    start: time | None = None
    end: time | None = None
    days: frozenset[int] = field(default_factory=frozenset)

    def holds(self, moment: datetime) -> bool:
        return self.over(moment) > moment

    def over(self, moment: datetime) -> datetime:
        """The moment itself where it is not quiet, else the one when quiet ends."""
        found = moment.astimezone(UTC)
        spans = sorted(self._spans(found.astimezone(self.zone).date()))
        for begins, ends in spans:
            if begins <= found < ends:
                found = ends
        return found

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for number in range(-1, LONGEST):
            that_day = day + number * ONE_DAY
            if that_day.weekday() in self.days:
                yield self._at(that_day, time()), self._at(that_day + ONE_DAY, time())
            if self.start is not None and self.end is not None:
                last = that_day if self.start < self.end else that_day + ONE_DAY
                yield self._at(that_day, self.start), self._at(last, self.end)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def due_morning(quiet: Quiet, now: datetime, morning: time) -> tuple[date, datetime] | None:
    """The day whose daily letter is due, and up to when it tells; a morning in quiet hours waits for their end.

    None before the morning, and on a day off: the next morning tells what came meanwhile.
    """
    today = now.astimezone(quiet.zone).date()
    for back in range(LONGEST):
        day = today - back * ONE_DAY
        if day.weekday() in quiet.days:
            continue
        moment = quiet.over(datetime.combine(day, morning, quiet.zone))
        if moment <= now and moment.astimezone(quiet.zone).date() == today:
            return day, moment
    return None
