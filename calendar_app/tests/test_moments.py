from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from calendar_app.moments import NoSuchTime, moment, moment_or_later, span

LONDON, TASHKENT = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tashkent")
FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)


def test_a_time_on_the_clock_is_a_moment():
    assert moment(date(2027, 3, 17), time(19), TASHKENT).at == datetime(2027, 3, 17, 14, tzinfo=UTC)


def test_a_time_that_the_clocks_jump_over_does_not_exist():
    with pytest.raises(NoSuchTime):
        moment(FORWARD, time(1, 30), LONDON)
    assert moment(FORWARD, time(2), LONDON).at == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_one():
    first = moment(BACK, time(1, 30), LONDON)
    assert first.happens_twice and first.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not moment(BACK, time(2), LONDON).happens_twice


def test_without_refusing_a_missing_time_is_an_hour_later():
    assert moment_or_later(FORWARD, time(1, 30), LONDON).astimezone(LONDON).time() == time(2, 30)


def test_the_day_of_a_clock_change_has_23_or_25_hours():
    for day, hours in ((FORWARD, 23), (BACK, 25)):
        start, end = span(day, day, LONDON)
        assert (end - start).total_seconds() / 3600 == hours
