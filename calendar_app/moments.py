"""Wall-clock time in a brand's zone, with its two yearly oddities. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clocks jump over this time on this day."""


@dataclass(frozen=True)
class Moment:
    """A moment in UTC, and whether its zone's clocks show the same time a second time later."""

    at: datetime
    happens_twice: bool = False


def moment(day: date, clock: time, zone: ZoneInfo) -> Moment:
    """The moment at which the zone's clocks show `clock` on `day`; the first one where they show it twice."""
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone)
    if _round_trip(local, zone) != local.replace(tzinfo=None):
        raise NoSuchTime
    return Moment(local.astimezone(UTC), local.utcoffset() != local.replace(fold=1).utcoffset())


def moment_or_later(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Like `moment`, but a time that the clocks jump over becomes the same time by the old clock: 02:30 is 03:30."""
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone).astimezone(UTC)


def span(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments from the start of `first` to the end of `last`, as a half-open span."""
    return moment_or_later(first, time.min, zone), moment_or_later(last + timedelta(days=1), time.min, zone)


def _round_trip(local: datetime, zone: ZoneInfo) -> datetime:
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
