"""When a watched figure is looked at, and whether it left its bounds. Pure: dates and numbers in, spans and verdicts out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from metrics.periods import DAY, Span, month_of, week_of

# How many full spans back a figure that came late is still worth an alert.
SPANS_BACK = {"daily": 7, "weekly": 4, "monthly": 2}


def full_spans(rhythm: str, today: date) -> Iterator[Span]:
    """The spans of the rhythm (“daily”, “weekly”, “monthly”) that are over, the newest first. KeyError for another rhythm.

    Today is never over; a week runs from Monday to Sunday, a month is one of the calendar.
    """
    span = _last_full(rhythm, today)
    for _ in range(SPANS_BACK[rhythm]):
        yield span
        span = _last_full(rhythm, span.start)


def _last_full(rhythm: str, day: date) -> Span:
    """The newest span that ended before `day`."""
    match rhythm:
        case "daily":
            return Span(day - DAY, day - DAY)
        case "weekly":
            return week_of(week_of(day).start - DAY)
        case "monthly":
            return month_of(month_of(day).start - DAY)
    raise KeyError(rhythm)


def earliest_day(today: date) -> date:
    """The first day that any rhythm looks back to."""
    return min(span.start for rhythm in SPANS_BACK for span in full_spans(rhythm, today))


@dataclass(frozen=True, slots=True)
class Crossing:
    """The bound that a figure crossed."""

    bound: Decimal
    is_below: bool


def crossed(value: Decimal, at_least: Decimal | None, at_most: Decimal | None) -> Crossing | None:
    """Which bound the figure crossed; None within them. A figure that equals its bound keeps it."""
    if at_least is not None and value < at_least:
        return Crossing(at_least, is_below=True)
    if at_most is not None and value > at_most:
        return Crossing(at_most, is_below=False)
    return None
