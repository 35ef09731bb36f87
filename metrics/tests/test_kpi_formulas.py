"""Formulas: what they refuse, what they compute, how they are printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.kpi.formulas import DEEPEST_TREE, LONGEST_TEXT, Formula, FormulaError
from metrics.kpi.results import NotANumber, Status, number

always_the_same = settings(derandomize=True, deadline=None, database=None, max_examples=150)

REFUSED = [
    "",
    "   ",
    "a b",
    "a +",
    "(a",
    "a)",
    "()",
    "f(a)",
    "a.b",
    "a[0]",
    "a ** 2",
    "a // b",
    "a % b",
    "a @ b",
    "+a",
    "~a",
    "not a",
    "a and b",
    "a if b else c",
    "a < b",
    "a == b",
    "a := 1",
    "lambda: 1",
    "a, b",
    "[a]",
    "'a'",
    '"a"',
    "f'{a}'",
    "None",
    "True",
    "1e3",
    "1e999999999",
    "0x10",
    "1_000",
    "1j",
    ".5",
    "5.",
    "A",
    "_a",
    "а",  # Cyrillic
    "a\n+ b",
    "a # b",
    "a\x00b",
    "__import__",
    "await a",
    "1 .real",
    "-" * (DEEPEST_TREE + 1) + "a",
    "(" * 220 + "a" + ")" * 220,
    "+".join(["a"] * (DEEPEST_TREE + 2)),
    "a" * (LONGEST_TEXT + 1),
    "1" * (LONGEST_TEXT + 1),
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:20]))
def test_what_is_not_arithmetic_is_refused_when_built(text: str) -> None:
    with pytest.raises(FormulaError):
        Formula(text)


@given(st.text(max_size=60))
@always_the_same
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        formula = Formula(text)
    except FormulaError:
        return
    assert formula.evaluate(dict.fromkeys(formula.inputs, 1)).status in set(Status)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 / 4 / 2", 1),
        ("8 / (4 / 2)", 4),
        ("5 - 3 - 1", 1),
        ("5 - (3 - 1)", 3),
        ("-2 * -3", 6),
        ("-(2 - 5)", 3),
        ("0.1 + 0.2", Fraction(3, 10)),
        (" 1 / 3 ", Fraction(1, 3)),
    ],
)
def test_arithmetic_is_exact(text: str, expected: Fraction) -> None:
    assert Formula(text).evaluate({}).exact == expected


def test_inputs_are_named_once_in_order() -> None:
    assert Formula("(b - a) / a * 100 + c - b").inputs == ("b", "a", "c")


def test_missing_figures_are_named_before_a_zero_denominator() -> None:
    result = Formula("a / b + c").evaluate({"b": 0, "c": ""})
    assert (result.status, result.names) == (Status.MISSING_INPUT, ("a", "c"))


def test_a_zero_denominator_names_its_figures() -> None:
    result = Formula("a / (b - c) * 100").evaluate({"a": 1, "b": 2, "c": "2.0"})
    assert (result.status, result.exact, result.names) == (Status.ZERO_DENOMINATOR, None, ("b", "c"))


def test_a_figure_that_is_no_number_is_the_callers_mistake() -> None:
    with pytest.raises(NotANumber, match=r"^a: "):
        Formula("a + b").evaluate({"a": "many", "b": 1})


@pytest.mark.parametrize(
    "text",
    [
        "a / b * 100",
        "(a - b - c) / (b - d) * 100",
        "a - (b - c)",
        "a / (b * c)",
        "-(a + b) * c",
        "a - -b",
        "a * (b + -c)",
    ],
)
def test_brackets_are_printed_where_the_meaning_needs_them(text: str) -> None:
    printed = Formula(text).in_words()
    again = printed.replace("−", "-").replace("×", "*").replace("÷", "/")
    figures = {"a": 17, "b": 3, "c": 5, "d": 11}
    assert Formula(again).evaluate(figures) == Formula(text).evaluate(figures)
    assert "((" not in printed


def test_words_are_the_labels_of_the_measures() -> None:
    formula = Formula("interactions / reach * 100")
    assert formula.in_words() == "interactions ÷ reach × 100"
    assert formula.in_words("uz") == "oʻzaro harakatlar ÷ qamrov × 100"
    assert formula.in_words("ru") == "взаимодействия ÷ охват × 100"
    assert Formula("no_such_measure * 2").in_words() == "no such measure × 2"


def test_working_shows_the_numbers_as_the_page_writes_them() -> None:
    formula = Formula("(likes + comments) / views * 100")
    figures = {"likes": "300", "comments": 40, "views": Decimal("8000")}
    assert formula.with_numbers(figures, lambda number: f"{number:,.0f}") == "(300 + 40) ÷ 8,000 × 100"
    assert formula.with_numbers({"likes": "0.5", "views": 0}) == "(0.5 + —) ÷ 0 × 100"


def test_negative_numbers_stand_in_brackets_after_a_sign() -> None:
    assert Formula("a - b").with_numbers({"a": "-2", "b": "-3"}) == "−2 − (−3)"


def test_a_long_quotient_is_cut_only_in_the_working() -> None:
    assert Formula("a").with_numbers({"a": Fraction(1, 3)}) == "0." + "3" * 28


def test_a_rate_is_a_fraction_with_a_factor() -> None:
    stacked = Formula("(a + b) / (c - d) * 100").fraction
    assert stacked is not None and stacked.factor is not None
    assert (stacked.top.text, stacked.bottom.text, stacked.factor.text) == ("a + b", "c - d", "100")


def test_a_plain_quotient_has_no_factor_and_a_difference_is_no_fraction() -> None:
    stacked = Formula("a / b").fraction
    assert stacked is not None and stacked.factor is None
    assert Formula("a - b").fraction is None
    assert Formula("a * b").fraction is None


@st.composite
def formula_texts(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["a", "b", "c", "2", "0.5"]))
    left, right = draw(formula_texts(depth=depth - 1)), draw(formula_texts(depth=depth - 1))
    minus = draw(st.sampled_from(["", "-"]))
    return f"({minus}{left} {draw(st.sampled_from('+-*/'))} {right})"


@given(formula_texts(), *[st.fractions(-50, 50, max_denominator=9)] * 3)
@always_the_same
def test_a_printed_formula_means_what_it_meant(text: str, a: Fraction, b: Fraction, c: Fraction) -> None:
    figures = {"a": a, "b": b, "c": c}
    printed = Formula(text).in_words().replace("−", "-").replace("×", "*").replace("÷", "/")
    assert Formula(printed).evaluate(figures).exact == Formula(text).evaluate(figures).exact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        (" 12.50 ", Fraction(25, 2)),
        ("-0", 0),
        ("+3", 3),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1e3", 1000),
        ("2.5E-2", Fraction(1, 40)),
        (7, 7),
        (Decimal("0.10"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("9" * 60, int("9" * 60)),
    ],
)
def test_numbers_are_read_exactly(text: str, expected: Fraction) -> None:
    assert number(text) == expected


@pytest.mark.parametrize("missing", [None, "", "  ", "\t"])
def test_blank_is_missing_not_zero(missing: str | None) -> None:
    assert number(missing) is None


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "1 000",
        "1_000",
        "NaN",
        "inf",
        "-Infinity",
        "1e100",
        "1e999999999",
        "0x1",
        "1/2",
        "٣",
        "１２",
        "—",
        "1" * 101,
        True,
        1.5,
        [1],
        Decimal("NaN"),
        Decimal("Infinity"),
    ],
    ids=repr,
)
def test_what_is_not_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        number(text)
