"""Sheets whose cells are put into other words before they are read: hours as seconds, money in one spelling, days in full.

A cell that cannot be put otherwise stays as it is, so that whoever reads it says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from metrics.kpi.measures import MEASURES
from metrics.kpi.terms import Unit

from .cells import CellError, number, tidy
from .glued import rereadable
from .recognition import Column
from .tables import Record, Sheet

# A cell, and the whole record it stands in → the cell as it should be read.
Change = Callable[[str, Record], str]

_FRACTIONS = frozenset({Unit.SECONDS, Unit.MINUTES, Unit.MONEY})
_POINT = re.compile(r"[+-]?[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_COMMA = re.compile(r"[+-]?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|[+-]?[0-9]{1,3}(?:[. '’][0-9]{3})+,[0-9]+")
_BY_POINT = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_BY_COMMA = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[. '’][0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_LONGEST = 40
_THOUSANDS = 3
_UNITS = (
    (re.compile(r"\b(?:hours?|horas?|stunden|heures?|час(?:ы|ов|а)|ore|saat|soat|соат|godziny)\b"), Decimal(3600)),
    (re.compile(r"\b(?:minutes?|minutos?|minuten|минут[аы]?|мин|minuti|dakika|daqiqa|дақиқа)\b"), Decimal(60)),
    (re.compile(r"\b(?:ms|milliseconds?)\b"), Decimal("0.001")),
)


@dataclass(frozen=True, slots=True)
class Rewritten(Sheet):
    """``sheet`` with the cells of some columns changed, below the line of its heading."""

    sheet: Sheet
    changes: Mapping[int, Change]
    header_line: int

    def records(self) -> Iterator[Record]:
        for record in self.sheet.records():
            yield record if record.line <= self.header_line or record.is_blank else self.changed(record)

    def changed(self, record: Record) -> Record:
        cells = list(record.cells)
        for index, change in self.changes.items():
            if index < len(cells) and cells[index]:
                cells[index] = change(cells[index], record)
        return Record(record.line, tuple(cells))


def in_seconds(sheet: Sheet, columns: Iterable[Column], header_line: int) -> Sheet:
    """The sheet with watch time in seconds and money with a point, whatever unit and mark the file has.

    ``1.234`` and ``1,234`` can be read two ways. What other cells of such columns say settles it; where none does, the
    point is taken at its word in a file divided by commas, because platforms write one, and a comma never is.
    """
    wanted = [column for column in columns if column.measure and MEASURES[column.measure].unit in _FRACTIONS]
    if not wanted:
        return sheet
    sheet = rereadable(sheet)
    mark = _mark(sheet, [column.index for column in wanted], header_line)
    return Rewritten(sheet, {column.index: _spelling(mark, column) for column in wanted}, header_line)


def _factor(column: Column) -> Decimal:
    heading = tidy(column.header).casefold()
    is_time = column.measure == "watch_seconds"
    return next((factor for pattern, factor in _UNITS if is_time and pattern.search(heading)), Decimal(1))


def _mark(sheet: Sheet, indexes: list[int], header_line: int) -> str:
    """What divides whole from fraction: "." or ",", "" where cells contradict each other."""
    found: set[str] = set()
    for record in sheet.records():
        if record.line > header_line:
            for index in indexes:
                cell = record.cell(index)
                found |= {"."} if _POINT.fullmatch(cell) else {","} if _COMMA.fullmatch(cell) else set()
        if len(found) > 1:
            return ""
    divided_otherwise = getattr(sheet, "delimiter", ",") not in (",", "")
    return found.pop() if found else "" if divided_otherwise else "."


def _spelling(mark: str, column: Column) -> Change:
    factor, is_money = _factor(column), MEASURES[column.measure or ""].is_money

    def change(cell: str, record: Record) -> str:
        if not mark and _TWO_WAYS.fullmatch(cell):
            # Written so that whoever reads it says that it can be read two ways.
            return cell.replace(",", ".") if is_money else cell.replace(".", ",")
        value = _number(cell, mark)
        return cell if value is None else _unambiguous(f"{value * factor:f}")

    return change


def _unambiguous(number: str) -> str:
    """Never three digits after the point: a reader may take them for thousands."""
    whole, point, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    return whole + (point + fraction + ("0" if len(fraction) == _THOUSANDS else "") if fraction else "")


def _number(cell: str, mark: str) -> Decimal | None:
    text = tidy(cell) if len(cell) <= _LONGEST else ""
    if mark == "." and _BY_POINT.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if mark == "," and _BY_COMMA.fullmatch(text):
        return Decimal(re.sub(r"[. '’]", "", text).replace(",", "."))
    try:
        return number(cell, fractions=True)
    except CellError:
        return None
