from datetime import date

import pytest

from metrics.periods import Span, Timeline, joined, last_days, month_of, months, quarter_of, week_of, weeks


def test_a_span_counts_both_ends():
    assert Span(date(2026, 1, 1), date(2026, 1, 31)).days == 31


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Span(date(2026, 1, 2), date(2026, 1, 1))


def test_the_previous_span_is_as_long_and_touches():
    march = month_of(date(2026, 3, 9))
    assert march.previous == Span(date(2026, 1, 29), date(2026, 2, 28))
    assert march.previous.days == march.days


@pytest.mark.parametrize("day, last", [(date(2024, 2, 10), 29), (date(2026, 2, 28), 28), (date(2026, 12, 31), 31)])
def test_a_month_ends_on_its_last_day(day, last):
    assert month_of(day).end.day == last


def test_a_week_begins_on_monday():
    assert week_of(date(2026, 11, 22)) == Span(date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.parametrize(
    "month, last", [(2, date(2026, 3, 31)), (4, date(2026, 6, 30)), (9, date(2026, 9, 30)), (12, date(2026, 12, 31))]
)
def test_a_quarter_ends_with_its_third_month(month, last):
    assert quarter_of(date(2026, month, 15)).end == last


def test_months_and_weeks_touch_the_asked_days():
    assert [month.start for month in months(date(2025, 12, 31), date(2026, 2, 1))] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert [week.start for week in weeks(date(2026, 1, 1), date(2026, 1, 5))] == [date(2025, 12, 29), date(2026, 1, 5)]


def test_the_last_days_leave_today_out():
    assert last_days(7, date(2026, 11, 22)) == Span(date(2026, 11, 15), date(2026, 11, 21))


def test_joined_spans_that_touch_become_one():
    january, february, april = (month_of(date(2026, number, 1)) for number in (1, 2, 4))
    assert joined([april, february, january]) == [Span(january.start, february.end), april]


def test_a_timeline_makes_every_span_a_run_of_pieces():
    month, week = month_of(date(2026, 1, 1)), week_of(date(2026, 1, 31))
    timeline = Timeline([month, week])
    assert timeline.whole == Span(date(2026, 1, 1), date(2026, 2, 1))
    assert list(timeline.pieces(month)) == [1, 2]
    assert list(timeline.pieces(week)) == [2, 3]
    assert timeline.piece(date(2025, 12, 31)) == 0


def test_a_timeline_opens_with_the_first_span_of_which_everything_counts():
    january = month_of(date(2026, 1, 1))
    timeline = Timeline([january], before=[january.previous])
    assert (timeline.opens, timeline.whole.start) == (january.start, january.previous.start)


def test_a_timeline_refuses_a_span_it_was_not_made_for():
    with pytest.raises(ValueError, match="not asked for"):
        Timeline([month_of(date(2026, 1, 1))]).pieces(month_of(date(2026, 2, 1)))


# --- a year before


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        (date(2026, 3, 5), date(2026, 3, 20), Span(date(2025, 3, 5), date(2025, 3, 20))),
        (date(2028, 2, 29), date(2028, 3, 10), Span(date(2027, 2, 28), date(2027, 3, 10))),
        (date(2028, 2, 1), date(2028, 2, 29), Span(date(2027, 2, 1), date(2027, 2, 28))),
        (date(2029, 2, 1), date(2029, 2, 28), Span(date(2028, 2, 1), date(2028, 2, 29))),
        (date(2026, 1, 1), date(2026, 12, 31), Span(date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_the_year_before_keeps_dates_and_whole_months(start, end, before):
    assert Span(start, end).year_before() == before


def test_the_year_before_by_weekdays_begins_on_the_same_weekday():
    week = Span(date(2026, 3, 9), date(2026, 3, 15))
    before = week.year_before(weekdays=True)
    assert (before.start.weekday(), before.end.weekday(), before.days) == (0, 6, 7)
    assert before == Span(date(2025, 3, 10), date(2025, 3, 16))
