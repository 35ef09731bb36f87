from datetime import date, timedelta

import pytest

from metrics.period_presets import BY_NAME, Step, has_weekday_rhythm
from metrics.periods import Span

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("7", date(2026, 3, 24), date(2026, 3, 30)),
        ("28", date(2026, 3, 3), date(2026, 3, 30)),
        ("90", date(2025, 12, 31), date(2026, 3, 30)),
        ("month", date(2026, 3, 1), TODAY),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), TODAY),
        ("week", date(2026, 3, 30), TODAY),
        ("last_week", date(2026, 3, 23), date(2026, 3, 29)),
        ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("year", date(2026, 1, 1), TODAY),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_presets_name_days(name, start, end):
    assert BY_NAME[name].span(TODAY) == Span(start, end)


@pytest.mark.parametrize(
    ("days", "step"), [(28, Step.DAY), (100, Step.DAY), (101, Step.WEEK), (400, Step.WEEK), (401, Step.MONTH)]
)
def test_a_longer_span_has_longer_steps(days, step):
    assert Step.fitting(Span(TODAY, TODAY + timedelta(days=days - 1))) is step


@pytest.mark.parametrize(
    ("preset", "span", "weekdays"),
    [
        ("28", Span(date(2026, 3, 3), date(2026, 3, 30)), True),
        ("week", Span(date(2026, 3, 30), TODAY), True),
        ("last_month", Span(date(2026, 2, 1), date(2026, 2, 28)), False),
        ("90", Span(date(2025, 12, 31), date(2026, 3, 30)), False),
        ("own", Span(date(2025, 1, 1), date(2025, 12, 30)), False),
    ],
)
def test_whole_weeks_are_compared_by_weekdays_and_months_by_dates(preset, span, weekdays):
    assert has_weekday_rhythm(preset, span) is weekdays
