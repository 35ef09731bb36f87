"""Spans of days: months, weeks, what lies before a span. Pure: dates in, dates out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
YEAR_OF_WEEKS = timedelta(weeks=52)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` to `end`, both included. Raises ValueError where it would end before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span cannot end ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def previous(self) -> Span:
        """The span of equal length that ends the day before this one starts."""
        return Span(self.start - timedelta(days=self.days), self.start - DAY)

    @property
    def is_of_months(self) -> bool:
        """Whether it is one or several whole calendar months."""
        return self.start.day == 1 and (self.end + DAY).day == 1

    def year_before(self, *, weekdays: bool = False) -> Span:
        """The same days of the year before; with `weekdays` 52 weeks before, so that Mondays meet Mondays.

        Whole months stay whole months, whatever February has; else 29 February becomes 28 February.
        """
        if weekdays:
            return Span(self.start - YEAR_OF_WEEKS, self.end - YEAR_OF_WEEKS)
        if self.is_of_months:
            return Span(_year_before(self.start), _year_before(self.end + DAY) - DAY)
        return Span(_year_before(self.start), _year_before(self.end))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start <= other.end and other.start <= self.end

    def within(self, other: Span) -> Span | None:
        """The days of this span that are also days of the other; None where there are none."""
        return Span(max(self.start, other.start), min(self.end, other.end)) if self.overlaps(other) else None


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def month_of(day: date) -> Span:
    """The calendar month that `day` lies in."""
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=31)).replace(day=1) - DAY)


def week_of(day: date) -> Span:
    """The week, Monday to Sunday, that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def quarter_of(day: date) -> Span:
    """The calendar quarter that `day` lies in."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Span(first, month_of(first + timedelta(days=70)).end)


def year_of(day: date) -> Span:
    """The calendar year that `day` lies in."""
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))


def wholes(of: Callable[[date], Span], start: date, end: date) -> Iterator[Span]:
    """The whole weeks, months, quarters or years (as `of` cuts them) that touch the days, oldest first."""
    whole = of(start)
    while whole.start <= end:
        yield whole
        whole = of(whole.end + DAY)


def months(start: date, end: date) -> Iterator[Span]:
    """The whole months that touch the days from start to end, oldest first."""
    return wholes(month_of, start, end)


def weeks(start: date, end: date) -> Iterator[Span]:
    """The whole weeks that touch the days from start to end, oldest first."""
    return wholes(week_of, start, end)


def quarters(start: date, end: date) -> Iterator[Span]:
    """The whole quarters that touch the days from start to end, oldest first."""
    quarter = quarter_of(start)
    while quarter.start <= end:
        yield quarter
        quarter = quarter_of(quarter.end + DAY)


def years(start: date, end: date) -> Iterator[Span]:
    """The whole years that touch the days from start to end, oldest first."""
    return (year_of(date(year, 1, 1)) for year in range(start.year, end.year + 1))


def last_days(number: int, today: date) -> Span:
    """The `number` full days before `today`: today's figures are not complete."""
    return Span(today - timedelta(days=number), today - DAY)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as can be, oldest first."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end + DAY:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


class Timeline:
    """Days cut into pieces that never overlap, so that each of the given spans is a run of whole pieces.

    A piece is told by its number; what lies before the first cut is piece 0. Of the spans `before` only the figures matter
    that others have grown from: `opens` is the first day of which all do.
    """

    def __init__(self, spans: Iterable[Span], before: Iterable[Span] = ()) -> None:
        spans = list(spans)
        self.opens = min(span.start for span in spans)
        spans += before
        self._known = {span.start for span in spans} | {span.end + DAY for span in spans}
        self.cuts = sorted(self._known)

    @property
    def whole(self) -> Span:
        return Span(self.cuts[0], self.cuts[-1] - DAY)

    def piece(self, day: date) -> int:
        return bisect_right(self.cuts, day)

    def pieces(self, span: Span) -> range:
        """The pieces that make up one of the spans the timeline was made for. Raises ValueError for another span."""
        for cut in (span.start, span.end + DAY):
            if cut not in self._known:
                raise ValueError(f"{span} was not asked for when the figures were read")
        return range(self.piece(span.start), self.piece(span.end) + 1)
