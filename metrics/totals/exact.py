"""Sums that no database rounds."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db import models

# SQLite adds decimals as binary fractions, and refuses integer sums beyond 64 bits. Whole numbers add exactly, so the upper
# and the lower bits of the whole part, and the decimal places of each figure are added apart. Most figures are whole, and
# stored so. (`>>` and `&` cut a figure's decimal places off, as CAST does.)
_LOWER_BITS = 20
_SQLITE = (
    f"SUM(%(expressions)s >> {_LOWER_BITS}) || '|' || SUM(%(expressions)s & {2**_LOWER_BITS - 1}) || '|' || "
    "SUM(CASE WHEN typeof(%(expressions)s) = 'integer' THEN 0 "
    "ELSE CAST(ROUND((%(expressions)s - CAST(%(expressions)s AS INTEGER)) * %(parts)s) AS INTEGER) END)"
)


def added(values: Iterable[Fraction]) -> Fraction:
    """The sum of the figures. Most are whole, and whole numbers add many times faster than fractions do."""
    figures = list(values)
    # What stands in for a number while a total is written with letters has no parts (see `shapes.py`).
    if all(type(figure) is Fraction and figure.denominator == 1 for figure in figures):
        return Fraction(sum(figure.numerator for figure in figures))
    return sum(figures, Fraction(0))


class ExactDecimalField(models.DecimalField):
    """A decimal that comes from the database as it is, or in the parts that SQLite adds up."""

    def get_internal_type(self) -> str:
        # Not Django's DecimalField, whose SQLite converter expects a binary fraction.
        return "TextField"

    def from_db_value(self, value: Decimal | str | None, expression, connection) -> Decimal | None:
        return exact(value, self.decimal_places) if isinstance(value, str) else value


def exact(value: str, places: int) -> Decimal:
    """A sum that came as text: as it is, or in the parts that SQLite adds up."""
    if "|" not in value:
        return Decimal(value)
    upper, lower, parts = map(int, value.split("|"))
    whole = (upper << _LOWER_BITS) + lower
    return Decimal(whole) + Decimal(parts).scaleb(-places) if parts else Decimal(whole)


class ExactSum(models.Aggregate):
    """The exact sum of a column of decimals with so many places.

    Name no more than the column has: SQLite keeps fifteen digits of a figure, and what it makes of the places after them
    would be added up, too.
    """

    function = "SUM"
    arity = 1

    def __init__(self, expression: str, places: int = 6, **extra) -> None:
        super().__init__(expression, output_field=ExactDecimalField(max_digits=40, decimal_places=places), **extra)

    def as_sqlite(self, compiler, connection, **extra):
        parts = 10**self.output_field.decimal_places
        return super().as_sql(compiler, connection, template=_SQLITE, parts=parts, **extra)
