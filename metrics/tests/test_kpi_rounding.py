"""Rounding: once, ties away from zero, any length, no negative zero."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.kpi.terms import Unit, rounded

always_the_same = settings(derandomize=True, deadline=None, database=None, max_examples=150)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ("12.345", "12.35"),
        ("12.344999999999999999999999999999999999", "12.34"),
        ("-12.345", "-12.35"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("-0.0049", "0.00"),
        ("0", "0.00"),
        ("99.995", "100.00"),
        ("123456789012345678901234567890123456789.005", "123456789012345678901234567890123456789.01"),
    ],
)
def test_ties_go_away_from_zero(exact: str, shown: str) -> None:
    assert f"{Unit.PERCENT.round(Fraction(exact)):f}" == shown


def test_counts_have_no_decimals_and_ratios_four() -> None:
    assert f"{Unit.COUNT.round(Fraction(5, 2)):f}" == "3"
    assert f"{Unit.COUNT.round(Fraction(-5, 2)):f}" == "-3"
    assert f"{Unit.RATIO.round(Fraction(10, 3)):f}" == "3.3333"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
@always_the_same
def test_rounding_agrees_with_decimal(figure: Decimal) -> None:
    expected = figure.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=Context(prec=60))
    assert rounded(Fraction(figure), 2) == expected


@given(st.fractions())
@always_the_same
def test_rounding_moves_a_figure_by_half_a_place_at_most(exact: Fraction) -> None:
    figure = rounded(exact, 4)
    assert abs(Fraction(figure) - exact) <= Fraction(1, 20000)
    assert not (figure == 0 and figure.is_signed())


def test_every_unit_has_a_label_in_all_languages() -> None:
    for unit in Unit:
        assert unit.label.en and unit.label.uz and unit.label.ru
