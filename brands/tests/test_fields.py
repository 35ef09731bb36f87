from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from brands.fields import KeptJSONField, NumberField, plain_number
from brands.forms import SeveralRowsField
from brands.models import Platform
from brands.templatetags.ui import number, percent


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "1,200", "1200"),
        ("en", "1,200.5", "1200.5"),
        ("en", "1 200,5", "1200.5"),
        ("en", "1.200,5", "1200.5"),
        ("en", "1.200", "1.200"),
        ("en", "12,5", "12.5"),
        ("en", "1,200,300", "1200300"),
        ("en", "−3", "-3"),
        ("uz", "1,200", "1.200"),
        ("uz", "1.200", "1200"),
        ("uz", "1 200,5", "1200.5"),
        ("uz", "1 000", "1000"),
    ],
)
def test_a_number_is_read_as_its_writer_means_it(language, typed, meant):
    with translation.override(language):
        assert Decimal(plain_number(typed)) == Decimal(meant)


@pytest.mark.parametrize("typed", ["abc", "1.2.3,4,5x", "--3", "NaN", "Infinity", "1e999999999"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        NumberField(max_digits=20, decimal_places=4).clean(typed)


def test_a_number_is_shown_in_the_readers_format():
    field = NumberField()
    with translation.override("en"):
        assert field.prepare_value(Decimal("1200.50")) == "1,200.5"
    with translation.override("uz"):
        assert field.prepare_value(Decimal("1200.50")) == "1\xa0200,5"


@pytest.mark.parametrize(
    ("exact", "places", "shown"),
    [("3.963", 1, "4.0"), ("2.5", 0, "3"), ("-2.5", 0, "−3"), ("-0.4", 0, "0"), ("1234.995", 2, "1,235.00"), ("7", 1, "7.0")],
)
def test_a_number_is_rounded_and_not_cut(exact, places, shown):
    assert number(Decimal(exact), places) == shown
    assert percent(Decimal(exact), places) == f"{shown}\xa0%"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 20, "-1", "x", "²", "0", ""])
def test_a_key_that_no_row_has_is_refused_without_asking_for_more(key):
    field = SeveralRowsField(Platform.objects.all())
    with pytest.raises(ValidationError):
        field.clean([key])


@pytest.mark.parametrize(
    "typed",
    ["[" * 100_000, "NaN", "[-Infinity]", "1e400", "9" * 5000, '"\\u0000"', '{"a\\u0000": 1}', '"\\ud800"', "{", '"\ud800"'],
)
def test_json_that_no_database_keeps_is_refused_and_shown_again(typed):
    field = KeptJSONField()
    with pytest.raises(ValidationError):
        field.clean(typed)
    assert field.prepare_value(field.bound_data(typed, None)) == typed


def test_json_is_read():
    assert KeptJSONField().clean(' {"a": [1, 2.5, null, "oʻ"]} ') == {"a": [1, 2.5, None, "oʻ"]}
