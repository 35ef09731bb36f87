"""Workbooks: .xlsx as a stream of rows, and the old .xls, which is small enough to be read whole.

A cell becomes the text that a CSV file would have in its place, so that importers see no difference. A number that a
spreadsheet can only have rounded (an id of 17 digits) is written the way spreadsheets write it, and refused like there.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import xlrd
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from .rows import Unreadable
from .tables import WIDEST, Record, Sheet

MOST_SHEETS = 60
MOST_ROWS = 1_048_576
MAX_MEGABYTES = 512
MAX_WORDS_MEGABYTES = 64
MAX_OLD_MEGABYTES = 16
MAX_RATIO = 300
_SMALL = 1 << 20
_SURE = 10**15
_DECLARED = 1 << 12
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Workbooks with a password, and documents that are none, are packed the same way as old workbooks.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Page(Sheet):
    """One sheet of the workbook at ``path``. Reading starts anew with each call."""

    path: Path
    number: int
    is_old: bool = False
    title: str = ""

    @property
    def name(self) -> str:
        return self.title

    def records(self) -> Iterator[Record]:
        with _reasons():
            rows = _old_rows(self.path, self.number) if self.is_old else _rows(self.path, self.number)
            for line, row in enumerate(rows, start=1):
                cells = tuple(map(_text, row))
                if len(cells) > WIDEST and any(cells[WIDEST:]):
                    raise Unreadable("too_many_columns", line=line, limit=WIDEST)
                yield Record(line, cells[:WIDEST])

    def likely_length(self) -> int:
        with _reasons():
            if self.is_old:
                with _old_book(self.path) as old:
                    return int(old.sheet_by_index(self.number).nrows)
            with _book(self.path) as book:
                return min(book.worksheets[self.number].max_row or 0, MOST_ROWS)


def is_old(head: bytes) -> bool:
    return head.startswith(_OLD)


def pages(path: Path, *, old: bool) -> list[tuple[str, Page]]:
    """The visible sheets of the workbook at ``path`` with their names; :class:`Unreadable` where it cannot be opened."""
    with _reasons():
        names = _old_names(path) if old else _names(path)
    return [(name, Page(path, number, old, name)) for number, name in names][:MOST_SHEETS]


def check(path: Path) -> None:
    """Look at what is packed in an .xlsx before anything unpacks it: a little file must not become a large one."""
    with _reasons(), zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
        whole = sum(part.file_size for part in parts)
        words = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
        if whole > MAX_MEGABYTES << 20 or words > MAX_WORDS_MEGABYTES << 20:
            raise Unreadable("unpacked_too_large", limit=MAX_MEGABYTES)
        if any(part.file_size > max(_SMALL, MAX_RATIO * part.compress_size) for part in parts):
            raise Unreadable("packed_too_tight")
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("encrypted")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.open(part).read(_DECLARED):
                raise Unreadable("broken_workbook")


def _names(path: Path) -> list[tuple[int, str]]:
    check(path)
    with _book(path) as book:
        sheets = enumerate(book.worksheets)
        return [(number, sheet.title) for number, sheet in sheets if sheet.sheet_state == "visible"]


def _rows(path: Path, number: int) -> Iterator[Iterable[object]]:
    with _book(path) as book:
        sheet = book.worksheets[number]
        assert isinstance(sheet, ReadOnlyWorksheet)
        # What a sheet says of its own size is often wrong, and rows would be filled up to it.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_row=MOST_ROWS, values_only=True)


@contextmanager
def _book(path: Path) -> Iterator[openpyxl.Workbook]:
    # Opened here, because the library goes by the file's name.
    with path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _old_names(path: Path) -> list[tuple[int, str]]:
    with _old_book(path) as book:
        visible = (number for number in range(book.nsheets) if not book._sheet_visibility[number])
        return [(number, book.sheet_names()[number]) for number in visible]


def _old_rows(path: Path, number: int) -> Iterator[Iterable[object]]:
    with _old_book(path) as book:
        sheet = book.sheet_by_index(number)
        for index in range(sheet.nrows):
            yield [_old_cell(cell, book.datemode) for cell in sheet.row(index)]


@contextmanager
def _old_book(path: Path) -> Iterator[xlrd.book.Book]:
    if path.stat().st_size > MAX_OLD_MEGABYTES << 20:
        raise Unreadable("too_large", limit=MAX_OLD_MEGABYTES)
    with xlrd.open_workbook(str(path), logfile=io.StringIO(), on_demand=True) as book:
        yield book


def _old_cell(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        # Below 1 it is a time of day, which is no date.
        return xlrd.xldate_as_datetime(cell.value, datemode) if cell.value >= 1 else timedelta(days=cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return xlrd.error_text_from_code.get(cell.value, "#N/A") if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


@contextmanager
def _reasons() -> Iterator[None]:
    """The libraries raise whatever a broken file makes them stumble over; it all means the same."""
    try:
        yield
    except (Unreadable, GeneratorExit, MemoryError):
        raise
    except xlrd.XLRDError as error:
        raise Unreadable("encrypted" if "encrypted" in str(error).lower() else "broken_workbook") from error
    except Exception as error:
        raise Unreadable("broken_workbook") from error


def is_locked(head: bytes) -> bool:
    return _LOCKED in head


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return str(value).upper()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _SURE else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _clock(value)
        case _:
            return str(value)


def _clock(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
