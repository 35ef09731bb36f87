"""A report as a workbook: a sheet for each section, figures as numbers and days as days, and a sheet with the notes."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from brands.cells import MARKS
from metrics.reports.blocks import table_of
from metrics.tables import Cell, Column, Table, words

BOLD = Font(bold=True)
HEAD = PatternFill("solid", fgColor="E3F0F0")
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
NARROWEST, WIDEST = 10, 60
LONGEST_TITLE = 31
LONGEST_TEXT = 32_000  # a cell takes 32,767 characters
MOST_DIGITS = 15  # a spreadsheet keeps no more of a number


def workbook_of(said: dict[str, Any]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    with translation.override(said["language"]):
        _cover(book.active, said)
        for section in said["sections"]:
            _sheet(book, section["title"], section["blocks"], section["why"])
        if "notes" not in {section["name"] for section in said["sections"]}:
            _sheet(book, _("Sources and formulas"), said["notes"])
    book.save(file)
    return file.getvalue()


def _cover(sheet: Worksheet, said: dict[str, Any]) -> None:
    sheet.title = _title(_("Report"), [])
    rows = [(_("Report"), said["name"]), (_("Brand"), said["brand"]), (_("About"), said["about"])]
    days = [(_("From"), said["start"]), (_("To"), said["end"]), (_("As of"), said["as_of"])]
    for number, (label, value) in enumerate([*rows, *days], start=1):
        _write(sheet, number, 1, words(label)).font = BOLD
        _write(sheet, number, 2, Cell(value, value, "day", "yyyy-mm-dd") if number > len(rows) else words(value))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 48


def _sheet(book: Workbook, title: str, blocks: Sequence[dict[str, Any]], why: str = "") -> None:
    sheet = book.create_sheet(_title(title, book.sheetnames))
    sentences = [sentence for block in blocks if block["kind"] == "words" for sentence in block["sentences"]]
    row = 1
    for number, table in enumerate(_joined([table_of(block) for block in blocks if block["kind"] != "words"])):
        row = _table(sheet, row, table, is_first=number == 0)
    for sentence in [*sentences, *([why] if why else [])]:
        _write(sheet, row, 1, words(sentence))
        row += 1
    _set_widths(sheet)


def _joined(tables: Sequence[Table]) -> Iterator[Table]:
    """Tables with the same number of columns of the same kinds become one, which says in front what each row belongs to."""
    waiting: list[Table] = []
    for table in tables:
        if waiting and _shape(waiting[0]) != _shape(table):
            yield _one(waiting)
            waiting = []
        waiting.append(table)
    if waiting:
        yield _one(waiting)


def _shape(table: Table) -> list[str]:
    # A figure's column is called after it in a chart, and after nothing else that differs.
    return [column.label if not column.is_number or i > 1 else "" for i, column in enumerate(table.columns)]


def _one(tables: list[Table]) -> Table:
    first = tables[0]
    if len(tables) == 1:
        return first
    same = len({table.columns[1].label for table in tables}) == 1
    figure = first.columns[1] if same else Column(pgettext("number", "Figure"), is_number=True)
    rows = [[words(table.caption), *row] for table in tables for row in table.rows]
    notes = dict.fromkeys(table.note for table in tables if table.note)
    return Table("", [Column(_("What")), first.columns[0], figure, *first.columns[2:]], rows, " ".join(notes))


def _table(sheet: Worksheet, row: int, table: Table, *, is_first: bool) -> int:
    """Write the table from a row on; the first free row after it. The head of the first stays in sight."""
    if not is_first:
        row += 1
        _write(sheet, row, 1, words(table.caption)).font = BOLD
        row += 1
    for place, column in enumerate(table.columns, start=1):
        head = _write(sheet, row, place, words(column.label))
        head.font, head.fill = BOLD, HEAD
        head.alignment = Alignment(horizontal="right" if column.is_number else "left", vertical="top", wrap_text=True)
    if is_first:
        sheet.freeze_panes = sheet.cell(row + 1, 2)
    for cells in table.rows:
        row += 1
        for place, cell in enumerate(cells, start=1):
            _write(sheet, row, place, cell)
    if table.note:
        row += 1
        _write(sheet, row, 1, words(table.note))
    return row + 1


def _write(sheet: Worksheet, row: int, column: int, cell: Cell):
    """One cell. Text is written as text, whatever it begins with: nothing in it is ever worked out."""
    written = sheet.cell(row, column)
    if cell.value is None or cell.value == "":
        return written
    if cell.kind == "text":
        written.value = ILLEGAL_CHARACTERS_RE.sub("", cell.value)[:LONGEST_TEXT]
        written.data_type = "s"
        written.quotePrefix = cell.value.startswith(MARKS)
        return written
    written.value = _number(cell.value) if cell.kind == "number" else parse_date(cell.value)
    written.number_format = cell.pattern or "General"
    return written


def _number(value: str) -> Decimal | int:
    number = Decimal(value)
    if number == number.to_integral_value() and len(value) <= MOST_DIGITS:
        return int(number)
    return number


def _title(wanted: str, taken: Sequence[str]) -> str:
    """A name that a sheet may have: short, without brackets and slashes, each once."""
    name = wanted.translate(FORBIDDEN).strip(" '")[:LONGEST_TITLE] or _("Report")
    known, number, title = {one.casefold() for one in taken}, 1, name
    while title.casefold() in known:
        number += 1
        title = f"{name[: LONGEST_TITLE - 4]} {number}"
    return title


def _set_widths(sheet: Worksheet) -> None:
    """As wide as what stands in a column; sentences below a table do not widen its first column."""
    for index, cells in enumerate(sheet.iter_cols(), start=1):
        longest = max((len(_shown(cell.value)) for cell in cells if len(_shown(cell.value)) <= WIDEST), default=NARROWEST)
        sheet.column_dimensions[get_column_letter(index)].width = min(max(longest + 2, NARROWEST), WIDEST)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
