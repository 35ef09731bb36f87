"""Form fields that read what people type."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from brands.templatetags.ui import number

# A run of letters or a sign of money: what stands beside the number.
NOT_OF_A_NUMBER = re.compile(r"[^\W\d_]+(?:[ʻ'’][^\W\d_]+)*\.?|[a-z]{0,2}[$€₽₸£]", re.IGNORECASE)
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


class MoneyField(NumberField):
    """An amount in the brand's currency. It may be named beside the number; another one is refused, never converted."""

    # What people write for a currency, besides its code.
    SIGNS: ClassVar[dict[str, tuple[str, ...]]] = {
        "UZS": ("soʻm", "so'm", "so’m", "som", "sum", "сум", "сўм"),
        "USD": ("$", "us$"),
        "EUR": ("€",),
        "RUB": ("₽", "руб", "руб."),
        "KZT": ("₸", "тг"),
        "GBP": ("£",),
    }

    def __init__(self, *, currency: str = "", **kwargs) -> None:
        super().__init__(**kwargs)
        self.currency = currency

    def to_python(self, value):
        if isinstance(value, str):
            value = self._without_currency(value)
        return super().to_python(value)

    def _without_currency(self, typed: str) -> str:
        words = NOT_OF_A_NUMBER.findall(typed.casefold())
        own = {self.currency.casefold(), *self.SIGNS.get(self.currency, ())}
        known = {word for code, signs in self.SIGNS.items() for word in (code.casefold(), *signs)}
        for word in words:
            if word in known - own:
                message = _("Amounts here are in %(currency)s: write the number in %(currency)s.")
                raise ValidationError(message, code="currency", params={"currency": self.currency})
        return NOT_OF_A_NUMBER.sub("", typed.casefold()) if words and set(words) <= own else typed


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


class KeptJSONField(forms.JSONField):
    """JSON that either database keeps: no numbers without end, no NUL, no half letters, nothing nested beyond reading."""

    def to_python(self, value):
        try:
            found = super().to_python(value)
            # Half letters cannot be encoded.
            if b"\\u0000" not in json.dumps(found, allow_nan=False, ensure_ascii=False).encode():
                return found
        except (ValueError, RecursionError):
            pass
        raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})

    def bound_data(self, data, initial):
        try:
            self.to_python(data)
        except ValidationError:
            # Shown again as it was typed: what it stands for might not even be written into a page.
            return InvalidJSONInput(data)
        return super().bound_data(data, initial)
