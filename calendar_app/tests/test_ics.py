"""The calendar file by itself: rules of the zone, escaping, folding."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app.ics import Entry, calendar, clean

FIRST, LAST = date(2026, 8, 1), date(2027, 12, 31)


def entry(at: datetime = datetime(2026, 11, 3, 9, 30, tzinfo=UTC), **said) -> Entry:
    fields = {"uid": "publication-1@example.com", "changed": at, "sequence": 3, "summary": "Tea · Telegram"}
    fields |= {"description": "Hot tea", "url": "https://example.com/1/", "confirmed": True}
    return Entry(at=at, **(fields | said))


def written(*entries: Entry, zone: str = "Asia/Tashkent") -> bytes:
    return calendar("Choyxona", ZoneInfo(zone), entries, FIRST, LAST)


def events(file: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(file).walk("VEVENT")


def test_an_entry_says_when_what_where_and_whether_it_is_settled():
    (event,) = events(written(entry(confirmed=False)))
    assert event["uid"] == "publication-1@example.com"
    assert event["dtstart"].params["TZID"] == "Asia/Tashkent"
    assert event["dtstart"].dt == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert (event["sequence"], event["status"], event["url"]) == (3, "TENTATIVE", "https://example.com/1/")
    assert event["last-modified"].dt == event["dtstamp"].dt == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_zone_of_another_file(monkeypatch):
    """The library keeps the first rules that it ever read of a zone, for all files to come."""
    monkeypatch.setattr(vobject.icalendar, "__tzidMap", {"UTC": vobject.icalendar.utc})


@pytest.mark.parametrize("zone", ["Asia/Tashkent", "Europe/London", "America/Sao_Paulo", "Pacific/Apia", "America/New_York"])
def test_the_rules_of_the_zone_give_every_hour_its_moment(zone):
    """Read by a library that knows nothing of the zone but what the file says."""
    moments = [datetime(2026, 8, 2, tzinfo=UTC) + timedelta(hours=13 * step) for step in range(900)]
    read = vobject.readOne(written(*(entry(at) for at in moments), zone=zone).decode())
    assert [event.dtstart.value.astimezone(UTC) for event in read.vevent_list] == moments


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
def test_both_of_two_same_times_are_their_own_moments(zone):
    change = {"Europe/London": datetime(2026, 10, 25, 1, tzinfo=UTC), "America/New_York": datetime(2026, 11, 1, 6, tzinfo=UTC)}
    moments = [change[zone] + timedelta(minutes=minutes) for minutes in (-60, -30, 0, 30)]
    file = written(*(entry(at) for at in moments), zone=zone)
    assert [event["dtstart"].dt.astimezone(UTC) for event in events(file)] == moments
    assert [event.dtstart.value.astimezone(UTC) for event in vobject.readOne(file.decode()).vevent_list] == moments


def test_lines_are_short_and_end_as_they_must():
    file = written(entry(description="Oʻzbekiston 👩‍👩‍👧 матн\n" * 300))
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")


def test_a_very_long_text_is_cut_with_a_mark():
    (event,) = events(written(entry(description="x" * 70_000)))
    assert len(event["description"]) == 8_000 and event["description"].endswith("…")


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_words_come_back_as_they_were_from_two_libraries(words):
    file = written(entry(summary=words, description=words))
    (event,) = events(file)
    assert str(event["summary"]) == clean(words)
    read = vobject.readOne(file.decode()).vevent
    assert read.summary.value == clean(words)


@pytest.mark.parametrize(
    "words", [r"C:\New, \n; \\", "a\nb\r\nc\rd", "END:VEVENT\r\nEND:VCALENDAR\r\nX:1", "\x00\x07tea\x7f", "\\" * 500]
)
def test_hostile_words_stay_words(words):
    (event,) = events(written(entry(summary=words)))
    assert str(event["summary"]) == clean(words)
