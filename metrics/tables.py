"""A table with figures that leaves a page: the same rows for a report on paper, for a workbook and for a CSV file.

A cell keeps the figure itself and how it reads: what is shown may be rounded, what is taken away is exact.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from brands.cells import guarded
from brands.templatetags.ui import MISSING, day_year, number
from metrics.kpi import Unit
from metrics.readings import in_unit, unit_sign

EXACT_PLACES = 12
UTF8_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is a number, an ISO day or a text; None where nothing was measured. `pattern` is a spreadsheet's format."""

    value: str | None
    shown: str
    kind: str = "text"  # text, number or day
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` names it; `note` says what a reader of it must know. The first column heads the rows."""

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = field(default_factory=list)
    note: str = ""


def columns(*labels: object, numbers: Sequence[object] = ()) -> list[Column]:
    """Columns of words, then those of numbers."""
    return [Column(str(label)) for label in labels] + [Column(str(label), is_number=True) for label in numbers]


def words(value: object) -> Cell:
    text = "" if value is None else str(value)
    return Cell(text, text)


def day_cell(value: date | None) -> Cell:
    return Cell(value.isoformat() if value else None, day_year(value), "day", "yyyy-mm-dd")


def count(value: Fraction | Decimal | int | None) -> Cell:
    """A number without a unit, with as many places as it has."""
    if value is None:
        return Cell(None, MISSING, "number")
    said = exact(value)
    places = len(said.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * min(places, 4) if places else "")
    return Cell(said, number(Decimal(said), min(places, 4)), "number", pattern)


def figure(value: Fraction | Decimal | None, unit: Unit, currency: str = "", *, signed: bool = False) -> Cell:
    """A figure in its unit: exact as a value, rounded as it is shown."""
    sign = unit_sign(unit, currency, signed=signed)
    places = unit.scale
    if (
        value is not None
        and unit is Unit.MONEY
        and unit.round(Fraction(value)) == unit.round(Fraction(value)).to_integral_value()
    ):
        places = 0
    pattern = "#,##0" + ("." + "0" * places if places else "") + (f'" {sign}"' if sign else "")
    shown = in_unit(value, unit, currency, signed=signed)
    return Cell(None if value is None else exact(value), shown, "number", pattern)


def exact(value: Fraction | Decimal | int) -> str:
    """The number in digits: all of them, or twelve places of those that never end."""
    whole = Fraction(value)
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(whole.numerator) / Decimal(whole.denominator)
        rounded = quotient.quantize(Decimal(1).scaleb(-EXACT_PLACES))
        said = format(rounded, "f")
    return (said.rstrip("0").rstrip(".") or "0") if "." in said else said


def csv_lines(table: Table) -> Iterator[str]:
    """The table as CSV, line by line: exact figures with a point, days as ISO writes them, what was not measured empty."""
    writer = csv.writer(_Echo())
    yield UTF8_MARK + writer.writerow([guarded(column.label) for column in table.columns])
    for row in table.rows:
        yield writer.writerow([_bare(cell) for cell in row])


def _bare(cell: Cell) -> str:
    value = cell.value or ""
    return guarded(value) if cell.kind == "text" else value


class _Echo:
    """What csv writes to, when it should hand the line back."""

    def write(self, line: str) -> str:
        return line
