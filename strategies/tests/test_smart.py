"""The five letters, judged on plain values."""

from datetime import date
from decimal import Decimal

import pytest

from strategies.smart import Draft, Letter, Reason, compounded, judge

START, END = date(2027, 2, 1), date(2027, 7, 31)
WHOLE = Draft("followers", True, Decimal(8200), Decimal(12000), True, START, END, True)


def changed(**changes) -> Draft:
    fields = {name: getattr(WHOLE, name) for name in Draft.__dataclass_fields__}
    return Draft(**(fields | changes))


def test_a_whole_goal_scores_five():
    assert judge(WHOLE).score == 5


@pytest.mark.parametrize(
    ("changes", "letter", "reason"),
    [
        ({"metric": ""}, Letter.SPECIFIC, Reason.NO_METRIC),
        ({"has_place": False}, Letter.SPECIFIC, Reason.NO_PLACE),
        ({"value": None}, Letter.MEASURABLE, Reason.NO_NUMBER),
        ({"baseline": None}, Letter.MEASURABLE, Reason.NO_TODAY),
        ({"serves_business": False}, Letter.RELEVANT, Reason.NOT_LINKED),
        ({"deadline": None}, Letter.TIME_BOUND, Reason.NO_DEADLINE),
        ({"deadline": START}, Letter.TIME_BOUND, Reason.ENDS_BEFORE_START),
        ({"value": Decimal(20000)}, Letter.ACHIEVABLE, Reason.OVER_LIMIT),
        ({"baseline": Decimal(0)}, Letter.ACHIEVABLE, Reason.UNKNOWN_CHANGE),
    ],
)
def test_what_is_missing_costs_its_letter(changes, letter, reason):
    verdict = judge(changed(**changes)).of(letter)
    assert (verdict.is_met, verdict.reason) == (False, reason)


def test_the_pace_is_reckoned_for_a_year():
    # +46.34 % in 181 days
    assert round(WHOLE.change, 1) == Decimal("46.3")
    assert round(WHOLE.change_per_year, 1) == Decimal("93.5")


def test_exactly_a_hundred_per_cent_a_year_is_achievable():
    year = changed(baseline=Decimal(500), value=Decimal(1000), start=date(2027, 1, 1), deadline=date(2027, 12, 31))
    assert judge(year).of(Letter.ACHIEVABLE) == (Letter.ACHIEVABLE, True, Reason.WITHIN_LIMIT)


def test_one_day_less_and_it_is_not():
    year = changed(baseline=Decimal(500), value=Decimal(1000), start=date(2027, 1, 1), deadline=date(2027, 12, 30))
    assert not judge(year).of(Letter.ACHIEVABLE).is_met


def test_a_fall_is_judged_by_its_size():
    assert judge(changed(baseline=Decimal(95), value=Decimal(60))).of(Letter.ACHIEVABLE).is_met
    assert not judge(changed(baseline=Decimal(95), value=Decimal(30))).of(Letter.ACHIEVABLE).is_met


def test_a_figure_below_zero_is_compared_with_its_size():
    assert changed(baseline=Decimal(-10), value=Decimal(-5)).change == 50


def test_a_confirmed_leap_is_achievable():
    verdict = judge(changed(value=Decimal(20000), is_confirmed=True)).of(Letter.ACHIEVABLE)
    assert verdict.reason is Reason.CONFIRMED


def test_confirming_nothing_achieves_nothing():
    assert not judge(changed(value=None, is_confirmed=True)).of(Letter.ACHIEVABLE).is_met


def test_a_threshold_needs_no_value_of_today():
    assert judge(changed(needs_today=False, baseline=None)).of(Letter.MEASURABLE).reason is Reason.NUMBER


def test_a_quarter_more_each_month_is_fifteenfold_in_a_year():
    assert round(compounded(Decimal(25), 12), 2) == Decimal("14.55")
