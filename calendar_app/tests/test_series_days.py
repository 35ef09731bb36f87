"""The days of a series: the rule alone, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app.series import DAILY, MONTHLY, MONTHLY_WEEKDAY, MOST_POSTS, WEEKLY, Rule, latest_end


def days(*args, **kwargs) -> list[str]:
    return [f"{day:%m-%d}" for day in Rule(*args, **kwargs).days()]


def test_every_third_day():
    assert days(DAILY, date(2027, 3, 1), interval=3, until=date(2027, 3, 10)) == ["03-01", "03-04", "03-07", "03-10"]


def test_weekly_on_two_weekdays_begins_with_the_first_of_them():
    assert days(WEEKLY, date(2027, 3, 3), weekdays=(1, 4), count=4) == ["03-05", "03-09", "03-12", "03-16"]


def test_every_second_week_counts_from_the_week_of_the_first_day():
    assert days(WEEKLY, date(2027, 3, 5), interval=2, weekdays=(0, 4), count=4) == ["03-05", "03-15", "03-19", "03-29"]


def test_weekly_without_weekdays_keeps_the_first_day():
    assert days(WEEKLY, date(2027, 3, 2), count=2) == ["03-02", "03-09"]


def test_the_31st_is_the_last_day_of_every_month():
    assert days(MONTHLY, date(2027, 1, 31), count=4) == ["01-31", "02-28", "03-31", "04-30"]


def test_the_30th_is_the_30th_where_there_is_one():
    assert days(MONTHLY, date(2027, 1, 30), count=3) == ["01-30", "02-28", "03-30"]
    assert days(MONTHLY, date(2028, 1, 30), count=3) == ["01-30", "02-29", "03-30"]


def test_the_second_friday_and_the_last_one():
    assert days(MONTHLY_WEEKDAY, date(2027, 1, 8), count=3) == ["01-08", "02-12", "03-12"]
    assert days(MONTHLY_WEEKDAY, date(2027, 1, 29), count=4) == ["01-29", "02-26", "03-26", "04-30"]


def test_ten_thousand_posts_are_seen_as_too_many_without_being_counted():
    rule = Rule(DAILY, date(2027, 1, 1), count=10_000)
    assert len(rule.days()) == MOST_POSTS + 1
    assert rule.is_too_long()


def test_a_series_of_few_posts_over_thirty_years_is_too_long():
    assert Rule(MONTHLY, date(2027, 1, 1), interval=12, count=30).is_too_long()


def test_three_years_are_allowed_to_the_day():
    assert latest_end(date(2028, 2, 29)) == date(2031, 2, 28)
    assert not Rule(WEEKLY, date(2027, 1, 4), until=date(2030, 1, 3)).is_too_long()


@pytest.mark.parametrize("frequency", [DAILY, WEEKLY, MONTHLY, MONTHLY_WEEKDAY])
@settings(max_examples=40)
@given(
    start=st.dates(date(2024, 1, 1), date(2032, 1, 1)),
    interval=st.integers(1, 6),
    length=st.integers(0, 900),
    at=st.integers(0, 60),
)
def test_a_series_split_at_any_day_goes_on_as_it_was(frequency, start, interval, length, at):
    weekdays = (1, 4) if frequency == WEEKLY else ()
    rule = Rule(frequency, start, interval, weekdays, until=start + timedelta(days=length))
    found = rule.days()
    assert found == sorted(set(found))
    reads_both_ways = (frequency == MONTHLY and start.day > 28) or (frequency == MONTHLY_WEEKDAY and 21 < start.day < 29)
    if not found or (reads_both_ways and not rule.keeps_to_the_end):
        return
    day = found[at % len(found)]
    later = Rule(frequency, day, interval, weekdays, until=rule.until)
    whole = [each for each in found if each < day] + later.days()
    assert whole[: MOST_POSTS + 1] == found


@settings(max_examples=60)
@given(start=st.dates(date(2024, 1, 1), date(2032, 1, 1)), count=st.integers(1, 40))
def test_a_monthly_series_has_one_day_in_each_month(start, count):
    found = Rule(MONTHLY, start, count=count).days()
    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + count))
    assert all(day.day == start.day or (day + timedelta(days=1)).day == 1 for day in found)
