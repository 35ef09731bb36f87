from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.kpi import KPIS
from metrics.kpi.results import Status
from metrics.kpi.what_if import LEVERS, WhatIf

FIGURES = {
    "investment": Fraction(500),
    "visits": Fraction(2000),
    "customers": Fraction(12),
    "revenue": Fraction(1200),
    "cogs": Fraction(300),
}


def test_the_levers_follow_from_what_was_measured():
    found = WhatIf.measured(FIGURES)
    assert found.levers == {
        "investment": 500, "visits": 2000, "conversion": Fraction(6, 10), "order_value": 100, "goods_share": 25,
    }  # fmt: skip


def test_untouched_levers_give_the_measured_return():
    found = WhatIf.measured(FIGURES)
    measured = KPIS["roi"].calculate({name: FIGURES[name] for name in ("revenue", "cogs", "investment")})
    assert found.roi.exact == measured.exact == 80
    assert found.return_on_spend.exact == 240


def test_a_better_conversion_raises_revenue_and_goods_alike():
    figures = WhatIf(*map(Fraction, (500, 2000, "1.2", 100, 25))).figures
    assert (figures["customers"], figures["revenue"], figures["cogs"], figures["net_profit"]) == (24, 2400, 600, 1300)


@pytest.mark.parametrize("lever", LEVERS)
def test_without_a_lever_there_is_no_return_and_it_is_named(lever):
    levers = WhatIf.measured(FIGURES).levers | {lever: None}
    found = WhatIf(**levers)
    assert found.missing == (lever,)
    assert found.roi.status is Status.MISSING_INPUT


def test_where_nothing_was_sold_the_order_value_is_unknown_and_not_nothing():
    found = WhatIf.measured(FIGURES | {"customers": Fraction(0), "revenue": Fraction(0), "cogs": Fraction(0)})
    assert (found.conversion, found.order_value, found.goods_share) == (0, None, None)


def test_without_spend_the_return_has_no_denominator():
    assert WhatIf(*map(Fraction, (0, 2000, 1, 100, 25))).roi.status is Status.ZERO_DENOMINATOR


def test_at_the_conversion_that_is_enough_nothing_is_lost():
    found = WhatIf.measured(FIGURES)
    assert found.enough_conversion.exact == Fraction(1, 3)
    assert WhatIf(**(found.levers | {"conversion": found.enough_conversion.exact})).roi.exact == 0


def test_at_the_order_value_that_is_enough_nothing_is_lost():
    found = WhatIf.measured(FIGURES)
    assert WhatIf(**(found.levers | {"order_value": found.enough_order_value.exact})).figures["net_profit"] == 0


def test_goods_that_cost_all_they_bring_are_never_enough():
    found = WhatIf(*map(Fraction, (500, 2000, 1, 100, 100)))
    assert not found.enough_conversion.ok
    assert not found.enough_order_value.ok


def test_visits_that_follow_spend_keep_their_price():
    more = WhatIf.measured(FIGURES).with_spend(Fraction(750))
    assert more.visits == 3000
    assert more.roi.exact == WhatIf.measured(FIGURES).roi.exact


def test_visits_stay_where_nothing_was_spent_before():
    assert WhatIf(*map(Fraction, (0, 2000, 1, 100, 25))).with_spend(Fraction(9)).visits == 2000


def test_each_lever_is_moved_alone():
    found = WhatIf.measured(FIGURES)
    moved = dict(found.moved(Fraction(10), visits_follow=False))
    assert {name: one.levers[name] for name, one in moved.items()} == {
        name: value * Fraction(11, 10) for name, value in found.levers.items()
    }
    assert all(one.levers[other] == found.levers[other] for name, one in moved.items() for other in LEVERS if other != name)


positive = st.fractions(min_value=Fraction(1, 100), max_value=10**6)


@given(positive, positive, positive, positive, st.fractions(min_value=0, max_value=99))
def test_what_is_enough_is_exactly_enough(investment, visits, conversion, order_value, goods):
    found = WhatIf(investment, visits, conversion, order_value, goods)
    enough = found.enough_conversion.exact
    assert WhatIf(investment, visits, enough, order_value, goods).figures["net_profit"] == 0
    assert (found.roi.exact >= 0) == (conversion >= enough)


@given(positive, positive, positive, positive)
def test_without_goods_return_on_spend_is_roi_and_a_hundred(investment, visits, conversion, order_value):
    found = WhatIf(investment, visits, conversion, order_value, Fraction(0))
    assert found.return_on_spend.exact == found.roi.exact + 100
