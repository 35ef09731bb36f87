"""The month's frame in one query says what each of its sources says when asked alone; on either database."""

from datetime import date, timedelta

import pytest

from brands.models import Brand
from calendar_app import key_dates
from calendar_app.models import KeyDate
from calendar_app.month import Month
from calendar_app.month_frame import month_frame
from calendar_app.tests.conftest import local

# The last day shown of its month: what comes near lies beyond it.
TODAY = date(2027, 1, 31)


@pytest.fixture
def dates(brand, monkeypatch) -> list[KeyDate]:
    monkeypatch.setattr(Brand, "today", lambda self: TODAY)
    starts = {"Today": 0, "Near": 3, "Nearer": 9, "Yearly": 12, "Far": 15, "Past": -1}
    rows = [KeyDate(brand=brand, name=name, kind="launch", start=TODAY + timedelta(days=days)) for name, days in starts.items()]
    rows[3].start, rows[3].repeats_yearly = rows[3].start.replace(year=2020), True
    return KeyDate.objects.bulk_create(rows)


def ahead(brand, month=None) -> list[str]:
    return [mark.name for mark in month_frame(brand, month or Month.of(TODAY)).dates_ahead if mark.is_own]


def test_what_comes_near_is_shown_beyond_the_end_of_the_month(brand, dates):
    assert ahead(brand) == ["Today", "Near", "Nearer", "Yearly"]
    assert month_frame(brand, Month.of(TODAY)).dates_ahead == key_dates.waiting(brand)


def test_a_post_keeps_it_by_the_brands_day(brand, dates, write):
    # Half an hour past midnight there is still the day before elsewhere, and would keep that day's date.
    write("Late tea", at=local(brand, TODAY + timedelta(days=10), 0, 30))
    assert ahead(brand) == ["Today", "Near", "Nearer"]
    assert month_frame(brand, Month.of(TODAY)).dates_ahead == key_dates.waiting(brand)


def test_what_may_pass_is_not_asked_for(brand, dates, marketer):
    (mark,) = (mark for mark in key_dates.waiting(brand) if mark.name == "Nearer")
    key_dates.pass_over(brand, mark, marketer)
    assert ahead(brand) == ["Today", "Near", "Yearly"]


def test_only_the_month_of_today_asks(brand, dates):
    frame = month_frame(brand, Month.of(TODAY).following)
    assert frame.dates_ahead == []
    assert [mark.name for mark in frame.marks[TODAY + timedelta(days=15)] if mark.is_own] == ["Far"]


def test_the_grid_shows_its_own_days_only(brand, dates):
    month = Month.of(TODAY)
    shown = month_frame(brand, month).marks
    assert max(shown) <= month.shown()[1] and [mark.name for mark in shown[TODAY] if mark.is_own] == ["Today"]


def test_a_month_long_past_looks_up_the_holidays_of_its_own_years(brand, dates, monkeypatch):
    asked = []
    monkeypatch.setattr(key_dates.public_holidays, "in_year", lambda country, year, language: asked.append(year) or ())
    month_frame(brand, Month.of(date(2019, 5, 1)))
    assert asked == [2019]
