from dataclasses import dataclass
from datetime import date

import pytest

from calendar_app.month import LANES, Month, grid, week_days
from strategies.weeks import monday

MARCH = Month(2027, 3)
TODAY = date(2027, 3, 17)


@dataclass
class Span:
    pk: int
    name: str
    start: date
    end: date


def days(weeks):
    return {day.date: day for week in weeks for day in week.days}


def test_a_month_is_whole_weeks_from_monday_to_sunday():
    weeks = grid(MARCH, TODAY, {}, {})
    assert [len(week.days) for week in weeks] == [7] * 5
    assert weeks[0].days[0].date == date(2027, 3, 1)
    assert weeks[-1].days[-1].date == date(2027, 4, 4)


def test_february_of_a_common_year_can_be_exactly_four_weeks():
    assert len(grid(Month(2027, 2), TODAY, {}, {})) == 4


def test_days_of_the_neighbours_are_out_and_past_days_are_gone():
    found = days(grid(MARCH, TODAY, {}, {}))
    assert found[date(2027, 4, 1)].is_out and not found[date(2027, 3, 31)].is_out
    assert found[date(2027, 3, 16)].is_gone and not found[TODAY].is_gone
    assert [day for day in found.values() if day.is_today] == [found[TODAY]]


def test_only_weeks_without_a_day_ahead_are_past():
    assert [week.is_past for week in grid(MARCH, TODAY, {}, {})] == [True, True, False, False, False]


def test_what_is_not_shown_is_counted():
    day = days(grid(MARCH, TODAY, {TODAY: ["a", "b", "c"]}, {TODAY: 8}))[TODAY]
    assert day.chips == ["a", "b", "c"] and day.more == 5


def test_a_campaign_is_one_segment_a_day_named_where_it_starts_and_on_mondays():
    found = days(grid(MARCH, TODAY, {}, {}, [Span(1, "Navroʻz", date(2027, 3, 10), date(2027, 3, 16))]))
    segments = {day: cell.segments[0] for day, cell in found.items() if cell.segments}
    assert sorted(segments) == [date(2027, 3, number) for number in range(10, 17)]
    assert [day.day for day, segment in segments.items() if segment.is_named] == [10, 15]
    assert [day.day for day, segment in segments.items() if segment.starts] == [10]
    assert [day.day for day, segment in segments.items() if segment.ends] == [16]


def test_campaigns_at_the_same_time_lie_side_by_side_and_no_more_than_fit():
    spans = [Span(number, str(number), date(2027, 3, 8), date(2027, 3, 14)) for number in range(4)]
    found = days(grid(MARCH, TODAY, {}, {}, spans))
    assert [segment.lane for segment in found[date(2027, 3, 9)].segments] == list(range(LANES))


def test_a_campaign_keeps_its_lane_after_another_ended():
    spans = [Span(1, "a", date(2027, 3, 8), date(2027, 3, 9)), Span(2, "b", date(2027, 3, 8), date(2027, 3, 12))]
    cell = days(grid(MARCH, TODAY, {}, {}, spans))[date(2027, 3, 11)]
    assert cell.segments[0] is None and cell.segments[1].campaign.name == "b"


def test_a_campaign_to_the_end_of_time_is_drawn():
    found = days(grid(MARCH, TODAY, {}, {}, [Span(1, "a", date.min, date.max)]))
    assert all(cell.segments for cell in found.values())


def test_months_follow_each_other_over_the_year():
    assert Month(2026, 12).following == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert Month(2027, 2).last == date(2027, 2, 28)


@pytest.mark.parametrize(
    "words", ["", "2027", "2027-13", "2027-00", "2027-3", "20270-3", "abcd-ef", "9999-12", "0001-01", "2027-03-01", "२०२७-०३"]
)
def test_what_is_not_a_month_is_refused(words):
    with pytest.raises(ValueError):
        Month.parse(words)


def test_a_week_begins_on_monday():
    assert monday(date(2027, 3, 21)) == date(2027, 3, 15)
    assert [day.day for day in week_days(TODAY)] == [15, 16, 17, 18, 19, 20, 21]
