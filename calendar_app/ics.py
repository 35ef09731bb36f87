"""A calendar as other programs read it (RFC 5545). Pure: entries and a zone in, bytes out.

The zone's rules come from the icalendar library; the entries are written line by line, because a feed of thousands of
posts is asked for several times an hour.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone

LASTS = timedelta(minutes=15)
# Google keeps 8,192 characters of a description; the whole text is one click away.
LONGEST_DESCRIPTION = 8_000
LONGEST_LINE = 75
READ_AGAIN_AFTER = timedelta(hours=1)
# A line break is written as \n; no other control character, nor half of a surrogate pair, may stand in a calendar.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Entry:
    """One post on one channel. `at` and `changed` are moments; `confirmed`: somebody approved it."""

    uid: str
    at: datetime
    changed: datetime
    sequence: int
    summary: str
    description: str
    url: str
    confirmed: bool


def calendar(name: str, zone: ZoneInfo, entries: Iterable[Entry], first: date, last: date) -> bytes:
    """The calendar with the rules of its zone from `first` to `last`, between which all entries lie."""
    return b"".join(_folded(line) for line in _lines(name, zone, entries, first, last))


def clean(text: str) -> str:
    """Text without what calendars cannot hold; every kind of line break is one."""
    return _FORBIDDEN.sub("", _BREAK.sub("\n", text))


def _lines(name: str, zone: ZoneInfo, entries: Iterable[Entry], first: date, last: date) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SMM Planner//calendar//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield f"NAME:{_text(name)}"
    yield f"X-WR-CALNAME:{_text(name)}"
    yield f"X-WR-TIMEZONE:{zone.key}"
    minutes = int(READ_AGAIN_AFTER.total_seconds() // 60)
    yield f"REFRESH-INTERVAL;VALUE=DURATION:PT{minutes}M"
    yield f"X-PUBLISHED-TTL:PT{minutes}M"
    yield from _zone_rules(zone.key, first, last)
    for entry in entries:
        yield from _event(entry, zone)
    yield "END:VCALENDAR"


@lru_cache(maxsize=64)
def _zone_rules(zone: str, first: date, last: date) -> tuple[str, ...]:
    """When the clocks change. A day more on either side: the ends are days in the zone, its changes moments."""
    rules = Timezone.from_tzinfo(ZoneInfo(zone), zone, first - timedelta(days=1), last + timedelta(days=2))
    rules.pop("COMMENT", None)
    return tuple(rules.to_ical().decode().replace("\r\n ", "").split("\r\n"))[:-1]


def _event(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_utc(entry.changed)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART{_local(entry.at, zone)}"
    yield f"DURATION:PT{int(LASTS.total_seconds() // 60)}M"
    yield f"SUMMARY:{_text(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(_short(entry.description))}"
    yield f"URL:{entry.url}"
    yield f"STATUS:{'CONFIRMED' if entry.confirmed else 'TENTATIVE'}"
    # Nobody is busy because a post goes out.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _local(at: datetime, zone: ZoneInfo) -> str:
    """The time on the zone's clock; in UTC where its clocks show that time twice: programs differ in which one they take."""
    local = at.astimezone(zone)
    happens_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f":{_utc(at)}" if happens_twice else f";TZID={zone.key}:{local:%Y%m%dT%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1] + "…"


def _text(words: str) -> str:
    # Not the library's escape_char, which takes the \N of "C:\New" for a line break.
    return clean(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, between characters and not inside of an escaped one."""
    said, start, room, pieces = line.encode(), 0, LONGEST_LINE, []
    while len(said) - start > room:
        end = start + room
        while said[end] & 0xC0 == 0x80:
            end -= 1
        before = said[start:end]
        end -= (len(before) - len(before.rstrip(b"\\"))) % 2
        pieces.append(said[start:end])
        start, room = end, LONGEST_LINE - 1
    return b"\r\n ".join((*pieces, said[start:])) + b"\r\n"
