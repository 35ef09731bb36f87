"""What a plan must keep to, and what its slots come to: dates and numbers only."""

from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace

import pytest

from strategies import cadence_slots, plans
from strategies.cadence_slots import in_turn, spread
from strategies.plans import SlotPlan

JAN, DEC_END = date(2027, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (JAN, 6, date(2027, 6, 30)),
        (JAN, 12, DEC_END),
        (date(2026, 9, 1), 6, date(2027, 2, 28)),
        (date(2027, 9, 1), 6, date(2028, 2, 29)),
        (date(2027, 3, 15), 1, date(2027, 4, 14)),
        (date(2027, 12, 1), 2, date(2028, 1, 31)),
    ],
)
def test_a_plan_of_whole_months_ends_the_day_before_the_next_begins(start, months, last):
    assert plans.last_day(start, months) == last
    assert plans.whole_months(start, last) == months


@pytest.mark.parametrize("end", [date(2027, 6, 29), date(2027, 7, 1), date(2026, 12, 31), JAN])
def test_a_plan_that_ends_in_the_middle_of_a_month_has_no_length(end):
    assert plans.whole_months(JAN, end) is None


def test_seven_months_are_seven():
    assert plans.whole_months(JAN, date(2027, 7, 31)) == 7


def test_a_day_that_a_month_does_not_have_becomes_its_last():
    assert plans.months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert plans.months_later(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert plans.months_later(date(2027, 1, 15), -1) == date(2026, 12, 15)


def test_months_without_an_item_are_gaps():
    filled = [date(2027, 1, 5), date(2027, 3, 1)]
    assert plans.months_without(JAN, date(2027, 4, 30), filled) == [date(2027, 2, 1), date(2027, 4, 1)]


@pytest.mark.parametrize(
    ("standing", "day"),
    [
        ([], date(2027, 2, 1)),
        ([(JAN, date(2027, 6, 30))], date(2027, 7, 1)),
        ([(JAN, DEC_END)], None),
        ([(date(2027, 3, 1), DEC_END)], date(2027, 2, 1)),
    ],
)
def test_the_first_day_that_no_plan_covers(standing, day):
    assert plans.uncovered_from((date(2027, 2, 1), date(2027, 7, 31)), standing) == day


def test_a_plan_for_a_strategy_is_half_a_year_where_that_is_enough():
    assert plans.span_for(date(2027, 2, 10), date(2027, 7, 31)) == (date(2027, 2, 1), date(2027, 7, 31))
    assert plans.span_for(date(2027, 2, 10), date(2027, 8, 1)) == (date(2027, 2, 1), date(2028, 1, 31))


def slot(weekday: int, kind: str = "planned") -> SimpleNamespace:
    return SimpleNamespace(weekday=weekday, kind=kind)


def test_slots_times_weeks_are_the_planned_posts():
    # March 2027 begins on a Monday and has five Mondays, Tuesdays and Wednesdays.
    march = plans.volume([slot(0), slot(4), slot(4, "reactive")], date(2027, 3, 1), date(2027, 3, 31))
    assert (march.per_week, march.free, march.posts) == (2, 1, 5 + 4)
    assert march.weeks == Fraction(31, 7)


@pytest.mark.parametrize(
    ("kinds", "percent", "word"),
    [
        (["planned"] * 9 + ["buffer"], 10, "good"),
        (["planned"] * 4 + ["reactive"], 20, "good"),
        (["planned"] * 6, 0, "low"),
        (["planned"] * 3 + ["buffer", "reactive"], 40, "high"),
        (["planned", "reactive"], 50, "few"),
        ([], None, "few"),
    ],
)
def test_the_reserve_is_held_against_the_advised_share(kinds, percent, word):
    volume = plans.volume([slot(0, kind) for kind in kinds], JAN, date(2027, 1, 31))
    assert (volume.reserve_percent, volume.reserve_word) == (percent, word)


WEEK = {0: 1, 2: 2}


def test_a_day_without_a_slot_is_covered_and_one_outside_is_not():
    days = SlotPlan(1, date(2027, 3, 2), date(2027, 3, 31), WEEK).days(date(2027, 3, 1), date(2027, 3, 3))
    assert days == {date(2027, 3, 2): 0, date(2027, 3, 3): 2}


def test_slots_count_from_the_week_in_which_they_were_made():
    plan = SlotPlan(1, date(2027, 3, 1), date(2027, 3, 31), WEEK, counts_from=date(2027, 3, 15))
    assert min(plan.days(date(2027, 3, 1), date(2027, 3, 31))) == date(2027, 3, 15)


def test_days_that_were_kept_count_as_they_were_planned_then():
    kept = {date(2027, 3, 1): 7}
    plan = SlotPlan(1, date(2027, 3, 1), date(2027, 3, 31), WEEK, kept=kept)
    assert plan.days(date(2027, 3, 1), date(2027, 3, 3)) == {date(2027, 3, 1): 7, date(2027, 3, 2): 0, date(2027, 3, 3): 2}
    switched_off = SlotPlan(1, date(2027, 3, 1), date(2027, 3, 31), WEEK, is_active=False, kept=kept)
    assert switched_off.days(date(2027, 3, 1), date(2027, 3, 31)) == kept


# --- from a cadence to slots


@pytest.mark.parametrize("posts", [*range(1, 15), 21, 35])
def test_a_cadence_becomes_that_many_different_places(posts):
    places = [place for place in spread(Decimal(posts), "telegram", {}) if place.kind == "planned"]
    assert len({(place.weekday, place.time) for place in places}) == posts


@pytest.mark.parametrize(("cadence", "posts"), [("0", 1), ("0.4", 1), ("2.5", 3), ("200", cadence_slots.MOST_POSTS)])
def test_a_cadence_is_rounded_and_bounded(cadence, posts):
    assert sum(place.kind == "planned" for place in spread(Decimal(cadence), "unknown", {})) == posts


def test_three_posts_are_days_apart_at_the_platforms_hour():
    places = spread(Decimal(3), "instagram", {})
    assert [(place.weekday, place.time) for place in places] == [(0, time(19)), (2, time(19)), (4, time(19))]


@pytest.mark.parametrize("posts", [4, 5, 7, 9])
def test_from_four_posts_on_a_tenth_to_a_fifth_is_kept_free(posts):
    places = spread(Decimal(posts), "telegram", {})
    free = sum(place.kind == "reactive" for place in places)
    assert Fraction(1, 10) <= Fraction(free, len(places)) <= Fraction(1, 5)
    assert len({(place.weekday, place.time) for place in places}) == len(places)


def test_pillars_come_by_their_shares_and_mixed():
    turns = in_turn({"a": 50, "b": 30, "c": 20}, 10)
    assert [turns.count(name) for name in "abc"] == [5, 3, 2]
    assert all(one != other or one == "a" for one, other in pairwise(turns))


def test_without_shares_there_is_no_pillar():
    assert in_turn({}, 2) == [None, None] == in_turn({"a": 0}, 2)


# --- PLAN-01


class Rows(list):
    def all(self):
        return self


def planned(channel: int, is_active: bool = True) -> SimpleNamespace:
    return SimpleNamespace(channel_id=channel, is_active=is_active, covers=lambda day: day == JAN)


def strategy(*editorial: SimpleNamespace) -> SimpleNamespace:
    channels = Rows(SimpleNamespace(channel_id=number, channel=f"channel {number}") for number in (1, 2))
    return SimpleNamespace(strategy_channels=channels, editorial_plans=Rows(editorial))


def test_a_channel_without_an_editorial_plan_is_named():
    assert plans.channels_without_editorial_plan(strategy(planned(1)), JAN) == ["channel 2"]
    assert plans.channels_without_editorial_plan(strategy(planned(1), planned(2, is_active=False)), JAN) == ["channel 2"]
    assert plans.channels_without_editorial_plan(strategy(planned(1)), DEC_END) == ["channel 1", "channel 2"]


def test_a_plan_of_the_brand_covers_a_channel_too():
    assert plans.channels_without_editorial_plan(strategy(planned(1)), JAN, [planned(2)]) == []
    assert plans.channels_without_editorial_plan(SimpleNamespace(strategy_channels=Rows(), editorial_plans=Rows()), JAN) == []
