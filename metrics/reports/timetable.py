"""When a report is due, and which days it then tells about. Pure: an hour on the brand's clock, days in, days out."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from metrics.periods import DAY, Span, month_of, week_of

WEEKLY, MONTHLY = "weekly", "monthly"


def due_day(rhythm: str, weekday: int, day: int, hour: int, now: datetime, zone: ZoneInfo) -> date:
    """The newest day on which it should have gone out by now."""
    today = now.astimezone(zone).date()
    found = _last(rhythm, weekday, day, today)
    return found if moment_of(found, hour, zone) <= now else _last(rhythm, weekday, day, found - DAY)


def next_day(rhythm: str, weekday: int, day: int, hour: int, now: datetime, zone: ZoneInfo) -> date:
    """The day on which it goes out next."""
    found = due_day(rhythm, weekday, day, hour, now, zone)
    if rhythm == WEEKLY:
        return found + timedelta(days=7)
    return _in_month(month_of(found).end + DAY, day)


def moment_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment of an hour on the brand's clock. One that the clock skips is the first after the gap; of two, the first."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def span_before(rhythm: str, day: date) -> Span:
    """The week or month that ended last before a day."""
    return week_of(day - timedelta(days=7)) if rhythm == WEEKLY else month_of(month_of(day).start - DAY)


def _last(rhythm: str, weekday: int, day: int, today: date) -> date:
    if rhythm == WEEKLY:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    this = _in_month(today, day)
    return this if this <= today else _in_month(month_of(today).start - DAY, day)


def _in_month(month: date, day: int) -> date:
    """That day of the month, or its last one where the month is shorter."""
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))
