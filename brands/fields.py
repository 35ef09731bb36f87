"""Form fields that read what people type."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats

from brands.templatetags.ui import number

SPACES = re.compile(r"[\s\u00a0\u202f']")


class NumberField(forms.DecimalField):
    """A number in the reader's format or a common one: 1,200.5, 1 200,5 and 1.200,5 are the same.

    A single separator is the decimal one where the reader's language says so; otherwise it groups thousands if
    exactly three digits follow it.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
            return number(Decimal(value)).replace("−", "-")
        return value

    def to_python(self, value):
        if isinstance(value, str):
            value = plain_number(value)
        try:
            return super().to_python(value)
        except (InvalidOperation, OverflowError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def plain_number(typed: str) -> str:
    """`typed` with a point as the decimal separator and nothing between thousands."""
    text = SPACES.sub("", typed).replace("−", "-")
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        decimal, group = (".", ",") if dot > comma else (",", ".")
    else:
        decimal = _lone_separator_as_decimal(text, "." if dot >= 0 else ",")
        group = "," if decimal == "." else "."
    return text.replace(group, "").replace(decimal, ".")


def _lone_separator_as_decimal(text: str, separator: str) -> str:
    other = "," if separator == "." else "."
    if separator == formats.get_format("DECIMAL_SEPARATOR") and text.count(separator) == 1:
        return separator
    groups_thousands = re.fullmatch(rf"-?\d{{1,3}}(?:\{separator}\d{{3}})+", text)
    return other if groups_thousands else separator
