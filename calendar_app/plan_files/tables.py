"""From the bytes of a file to the rows of a table, whatever program wrote it. Pure.

Nothing is taken on trust: how large a file is and how large it would become, how many rows and columns it has.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 20_000
WIDEST = 200
DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 12
_NAMED_DELIMITER = re.compile(r'\A"?sep=(.)"?[,;\t]*\r?\n')
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MOSTLY_BINARY = 0.02
_TWO_BYTES = 0.1


class Unreadable(Exception):
    """The file as a whole cannot be read; `code` says why (words.py)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Row:
    """A row of the table as a spreadsheet numbers it, and its cells as they are."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int | None) -> str:
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def read(content: bytes) -> list[Row]:
    """The rows that are not blank; Unreadable where there is no table, or one too large to be a plan."""
    if len(content) > LARGEST:
        raise Unreadable("too_large", limit=LARGEST // 1024 // 1024)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if content.startswith(_MAGIC):
        raise Unreadable("no_table")
    records = _workbook(content) if content.startswith(b"PK") else _text_table(_decoded(content))
    return list(_within_bounds(records))


def _within_bounds(records: Iterable[Iterable[str]]) -> Iterator[Row]:
    for line, cells in enumerate(records, start=1):
        row = Row(line, tuple(cells))
        if len(row.cells) > WIDEST:
            raise Unreadable("too_wide", line=line, limit=WIDEST)
        if line > MOST_ROWS + 1:
            raise Unreadable("too_many_rows", limit=MOST_ROWS)
        if not row.is_blank:
            yield row


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text[:20_000])) > _MOSTLY_BINARY * len(text[:20_000]):
            raise Unreadable("no_table")
        return text
    raise Unreadable("bad_encoding")


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (encoding,)
    # Two bytes a letter, without the mark that says so: every other byte of digits, dividers and Latin letters is empty.
    head = content[:4_000]
    if head.count(0) > _TWO_BYTES * len(head):
        return ("utf-16-le",) if head[1::2].count(0) > head[0::2].count(0) else ("utf-16-be",)
    # Cyrillic or Latin: in Cyrillic text the bytes above 0xC0 come in words, in Latin text they stand alone.
    letters = len(re.findall(rb"[\xc0-\xff]", content))
    in_words = sum(len(word) for word in re.findall(rb"[\xc0-\xff]{3,}", content))
    return ("utf-8", "cp1251" if in_words * 2 > letters else "cp1252", "latin-1")


def _text_table(text: str) -> Iterator[list[str]]:
    named = _NAMED_DELIMITER.match(text)
    delimiter = named[1] if named else _sniffed(text)
    return _records(text[named.end() :] if named else text, delimiter)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for line in range(1, MOST_ROWS + 3):
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("cell_too_long", line=line) from error


def _sniffed(text: str) -> str:
    """The divider that divides most of the first rows, then divides them into most cells."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    widths = []
    try:
        for _number, cells in zip(range(_SNIFFED), _records(text, delimiter), strict=False):
            widths.append(len(cells))
    except Unreadable:
        pass
    return sum(width > 1 for width in widths), max(widths, default=0)


def _workbook(content: bytes) -> Iterator[list[str]]:
    _refuse_bombs(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = next(iter(book.worksheets), None)
        if sheet is None:
            raise Unreadable("no_table")
        # What a sheet says of its own size is not to be believed.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=WIDEST + 1, values_only=True):
            yield _trimmed([_shown(value) for value in cells])
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, ParseError) as error:
        raise Unreadable("broken_workbook") from error


def _refuse_bombs(content: bytes) -> None:
    """Looks at the archive's directory; nothing is unpacked, and zipfile unpacks no more than is said there."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise Unreadable("broken_workbook") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Unreadable("no_table")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable("unpacks_too_large", limit=LARGEST_UNPACKED // 1024 // 1024)


def _shown(value: object) -> str:
    """A cell as text: what a person typed as a day or a number comes back the way our own files write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
