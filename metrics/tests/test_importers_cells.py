from datetime import date, datetime
from decimal import Decimal

import pytest

from metrics.importers.cells import BIGGEST, CellError, is_missing, is_rounded_id, moment, number
from metrics.importers.wide import checked
from metrics.kpi.measures import MEASURES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("1234", "1234"),
        ("+7", "7"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("117.0", "117.0"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1\u202f234\u202f567", "1234567"),
        ("1’234", "1234"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("3,5", "3.5"),
        ("0,750", "0.750"),
        (str(BIGGEST), str(BIGGEST)),
    ],
)
def test_a_number_is_read_exactly(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "--", "–", "—", "N/A", "n/a", "NAN", "NaN", "undefined", "null", "None", "#N/A", "\u00a0"]
)
def test_what_a_platform_writes_for_nothing_is_missing_and_not_zero(text: str) -> None:
    assert number(text) is None
    assert is_missing(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12a", "not_a_number"),
        ("1,23,4", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("٣", "not_a_number"),
        ("1.234", "ambiguous_number"),
        ("1.000", "ambiguous_number"),
        ("1.2K", "abbreviated_number"),
        ("3 тыс.", "abbreviated_number"),
        ("6.5E+3", "rounded_number"),
        ("3.4%", "percentage"),
        ("3,4 %", "percentage"),
        ("3.апр", "spreadsheet_date"),
        ("3-Apr", "spreadsheet_date"),
        ("Apr-25", "spreadsheet_date"),
        (str(BIGGEST + 1), "too_big"),
        ("9" * 60, "too_big"),
        ("1e999999999", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("=1+1", "not_a_number"),
    ],
)
def test_a_cell_that_is_no_certain_number_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        number(text)
    assert caught.value.code == code


def test_three_places_after_a_point_are_a_fraction_where_fractions_are_usual() -> None:
    assert number("1.234", fractions=True) == Decimal("1.234")


@pytest.mark.parametrize(
    ("measure", "text", "code"),
    [
        ("likes", "-1", "negative"),
        ("likes", "1.5", "not_whole"),
        ("authenticity", "1.5", "out_of_range"),
        ("watch_seconds", "0.1234567", "too_precise"),
    ],
)
def test_a_number_that_its_measure_cannot_have_is_refused(measure: str, text: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        checked(text, MEASURES[measure])
    assert caught.value.code == code


def test_a_float_without_a_fraction_is_a_count() -> None:
    assert str(checked("117.0", MEASURES["likes"])) == "117"


def test_net_new_followers_may_be_below_zero() -> None:
    assert checked("-3", MEASURES["net_new_followers"]) == -3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-08-26", date(2025, 8, 26)),
        ("2025/08/26", date(2025, 8, 26)),
        ("20250826", date(2025, 8, 26)),
        ("26.08.2025", date(2025, 8, 26)),
        ("Tue, Aug 26, 2025", date(2025, 8, 26)),
        ("Mon Feb 17 2025", date(2025, 2, 17)),
        ("26 August 2025", date(2025, 8, 26)),
        ("26-Aug-2025", date(2025, 8, 26)),
        ("8 de marzo de 2025", date(2025, 3, 8)),
        ("3 апреля 2025 г.", date(2025, 4, 3)),
        ("4 мая 2025", date(2025, 5, 4)),
        ("3 yanvar 2025", date(2025, 1, 3)),
        ("2025-01-01T01:00:00", date(2025, 1, 1)),
        ("2020-02-14 11:54 +0000", date(2020, 2, 14)),
        ("2025-01-01T23:30:00-11:00", date(2025, 1, 1)),
        ("13/04/2025", date(2025, 4, 13)),
        ("04/13/2025", date(2025, 4, 13)),
        ("04/04/2025", date(2025, 4, 4)),
    ],
)
def test_a_date_is_read_and_never_moved_to_another_zone(text: str, day: date) -> None:
    assert moment(text).day == day


def test_the_order_that_is_given_decides_about_slashes() -> None:
    assert moment("03/04/2025", order="mdy").day == date(2025, 3, 4)
    assert moment("03/04/2025", order="dmy").day == date(2025, 4, 3)


def test_a_clock_time_is_kept_where_there_is_one() -> None:
    assert moment("03/18/2025 09:48", order="mdy").time == datetime(2025, 3, 18, 9, 48)
    assert moment("03/18/2025 09:48 PM").time == datetime(2025, 3, 18, 21, 48)
    assert moment("2025-03-18").time is None


def test_a_year_completes_a_date_that_has_none() -> None:
    assert moment("April 12", year=2025).day == date(2025, 4, 12)
    assert moment("8 de marzo", year=2025).day == date(2025, 3, 8)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("April 12", "no_year"),
        ("03/04/2025", "ambiguous_date"),
        ("2025-02-30", "bad_date"),
        ("13/13/2025", "bad_date"),
        ("1999-01-01", "bad_date"),
        ("2101-01-01", "bad_date"),
        ("2025-01-01 25:00", "bad_date"),
        ("45658", "bad_date"),
        ("Lifetime", "bad_date"),
        ("", "bad_date"),
        ("1" * 100_000, "bad_date"),
        ("Foo 12, 2025", "bad_date"),
    ],
)
def test_what_is_no_certain_date_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        moment(text)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["6.49E+17", "6,49E+17", "1E17"])
def test_an_id_in_scientific_notation_was_rounded(text: str) -> None:
    assert is_rounded_id(text)
    assert not is_rounded_id("649293177409679360")
