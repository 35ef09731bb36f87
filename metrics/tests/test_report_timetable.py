"""When a report is due: the brand's clock, short months, the nights on which clocks are set."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from metrics.periods import Span
from metrics.reports.timetable import MONTHLY, WEEKLY, due_day, moment_of, next_day, span_before

TASHKENT, BERLIN = ZoneInfo("Asia/Tashkent"), ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-30T03:59", date(2026, 11, 23)),  # Monday, 08:59 in Tashkent
        ("2026-11-30T04:00", date(2026, 11, 30)),  # 09:00
        ("2026-12-06T20:00", date(2026, 11, 30)),  # Monday already, but 01:00
    ],
)
def test_every_monday_at_nine_on_the_brands_clock(now, day):
    assert due_day(WEEKLY, 0, 1, 9, at(now), TASHKENT) == day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-02-28T04:00", date(2026, 2, 28)),
        ("2028-02-29T04:00", date(2028, 2, 29)),
        ("2026-02-28T03:59", date(2026, 1, 31)),
        ("2026-04-30T12:00", date(2026, 4, 30)),
        ("2026-05-30T12:00", date(2026, 4, 30)),
        ("2027-01-15T12:00", date(2026, 12, 31)),
    ],
)
def test_the_31st_is_the_last_day_of_a_shorter_month(now, day):
    assert due_day(MONTHLY, 0, 31, 9, at(now), TASHKENT) == day


def test_the_next_day_follows_the_one_that_is_due():
    assert next_day(MONTHLY, 0, 31, 9, at("2026-01-31T04:00"), TASHKENT) == date(2026, 2, 28)
    assert next_day(MONTHLY, 0, 1, 9, at("2026-11-28T12:00"), TASHKENT) == date(2026, 12, 1)
    assert next_day(WEEKLY, 4, 1, 9, at("2026-11-27T03:59"), TASHKENT) == date(2026, 11, 27)
    assert next_day(WEEKLY, 4, 1, 9, at("2026-11-27T04:00"), TASHKENT) == date(2026, 12, 4)


def test_nine_stays_nine_when_the_clock_is_set():
    assert moment_of(date(2026, 10, 24), 9, BERLIN) == at("2026-10-24T07:00")
    assert moment_of(date(2026, 10, 26), 9, BERLIN) == at("2026-10-26T08:00")


def test_an_hour_that_the_clock_skips_comes_once_after_the_gap():
    assert moment_of(date(2026, 3, 29), 2, BERLIN) == at("2026-03-29T01:00")
    assert due_day(WEEKLY, 6, 1, 2, at("2026-03-29T00:59"), BERLIN) == date(2026, 3, 22)
    assert due_day(WEEKLY, 6, 1, 2, at("2026-03-29T01:00"), BERLIN) == date(2026, 3, 29)


def test_an_hour_that_comes_twice_is_due_at_its_first():
    assert moment_of(date(2026, 10, 25), 2, BERLIN) == at("2026-10-25T00:00")
    for now in ("2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T01:59"):
        assert due_day(WEEKLY, 6, 1, 2, at(now), BERLIN) == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("rhythm", "day", "span"),
    [
        (WEEKLY, date(2026, 11, 30), Span(date(2026, 11, 23), date(2026, 11, 29))),
        (WEEKLY, date(2026, 11, 29), Span(date(2026, 11, 16), date(2026, 11, 22))),
        (MONTHLY, date(2026, 3, 1), Span(date(2026, 2, 1), date(2026, 2, 28))),
        (MONTHLY, date(2026, 1, 31), Span(date(2025, 12, 1), date(2025, 12, 31))),
    ],
)
def test_it_tells_of_the_whole_week_or_month_that_ended_last(rhythm, day, span):
    assert span_before(rhythm, day) == span
