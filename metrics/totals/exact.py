"""Sums that no database rounds."""

from decimal import Decimal

from django.db import models

# SQLite adds decimals as binary fractions, and refuses integer sums beyond 64 bits. Whole numbers add exactly, so the
# millions, the rest of the whole part, and the decimal places of each figure are added apart.
_SQLITE = (
    "SUM(CAST(%(expressions)s AS INTEGER) / 1000000) || '|' || "
    "SUM(CAST(%(expressions)s AS INTEGER) - CAST(%(expressions)s AS INTEGER) / 1000000 * 1000000) || '|' || "
    "SUM(CAST(ROUND((%(expressions)s - CAST(%(expressions)s AS INTEGER)) * %(parts)s) AS INTEGER))"
)


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
    millions, units, parts = (Decimal(part) for part in value.split("|"))
    return millions * 10**6 + units + parts.scaleb(-places)


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
