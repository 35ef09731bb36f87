"""From lines to records: which character divides the cells, and three things spreadsheets do to CSV.

* a first line ``sep=,`` that names the divider and is no data (and lies where a spreadsheet saved the file anew);
* every line wrapped once more into one quoted cell (the file was saved from a sheet with a single column);
* cells of many lines, rows with too few or too many cells, blank lines between tables.
"""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from . import source
from .rows import Unreadable

DELIMITERS = (",", ";", "\t", "|")
_NAMED_DELIMITER = re.compile(r'^"?sep=(.)"?[,;\t]*$')
_WRAPPED_CELLS = 3
_WRAPPED_SEEN = 40
_WRAPPED_ROWS = 2
_SNIFFED = 12
_REMEMBERED = 300
WIDEST = 1_000


class Record(NamedTuple):
    """One row of a table: the line of the file on which it begins, and its cells, stripped."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)

    def cell(self, index: int) -> str:
        """The cell at ``index``; a row that ends early has blanks there."""
        return self.cells[index] if index < len(self.cells) else ""

    def trimmed(self) -> tuple[str, ...]:
        """The cells without the empty ones that a spreadsheet adds at the end."""
        if self.cells and self.cells[-1]:
            return self.cells
        last = max((index for index, cell in enumerate(self.cells) if cell), default=-1)
        return self.cells[: last + 1]


class Sheet(ABC):
    """Something that holds tables: a text file, a sheet of a workbook, some lines of either."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """What a sheet of a workbook is called; a text has no name that counts."""
        return ""

    @abstractmethod
    def records(self) -> Iterator[Record]:
        """All records, blank ones too, one at a time; :class:`Unreadable` if the file stops being a table."""

    def head(self, count: int) -> list[Record]:
        """The first ``count`` records that are not blank."""
        return list(islice((record for record in self.records() if not record.is_blank), count))

    def length(self) -> int:
        """How many lines there are, having read them all."""
        return max((record.line for record in self.records()), default=0)

    def likely_length(self) -> int:
        """How many lines there are as far as that can be told without reading them; 0 where it cannot."""
        return 0


@dataclass(slots=True)
class Remembered(Sheet):
    """A sheet whose first records are read once, however many importers look at them: opening a workbook costs more than
    reading them."""

    sheet: Sheet
    first: list[Record] | None = None

    @property
    def name(self) -> str:
        return self.sheet.name

    def records(self) -> Iterator[Record]:
        return self.sheet.records()

    def head(self, count: int) -> list[Record]:
        if count > _REMEMBERED:
            return self.sheet.head(count)
        if self.first is None:
            self.first = self.sheet.head(_REMEMBERED)
        return self.first[:count]

    def likely_length(self) -> int:
        return self.sheet.likely_length()


@dataclass(frozen=True, slots=True)
class TextSheet(Sheet):
    """A text file with tables, and how to cut it into records. Reading starts anew with each call."""

    path: Path
    encoding: str
    delimiter: str
    wrapped: bool = False

    def records(self) -> Iterator[Record]:
        lines = _Counted(source.lines(self.path, self.encoding))
        reader = csv.reader(self._unwrapped(lines), delimiter=self.delimiter)
        while True:
            line = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Unreadable("field_too_long", line=line) from error
            if line == 1 and _NAMED_DELIMITER.match(self.delimiter.join(cells).strip()):
                continue
            if len(cells) > WIDEST:
                raise Unreadable("too_many_columns", line=line, limit=WIDEST)
            yield Record(line, tuple(map(str.strip, cells)))

    def _unwrapped(self, lines: _Counted) -> Iterator[str]:
        if not self.wrapped:
            return lines
        # A wrapped line is one quoted cell; a line that needed no quotes has none, so joining restores it.
        return (self.delimiter.join(cells) + "\n" for cells in csv.reader(lines, delimiter=self.delimiter))


class _Counted:
    """Lines, and how many of them were taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line


def open_sheet(path: Path) -> TextSheet:
    """Find out how ``path`` is written; :class:`Unreadable` where it cannot hold a table."""
    encoding = source.encoding_of(path)
    first = next((line.strip() for line in source.lines(path, encoding) if line.strip()), "")
    if not first:
        raise Unreadable("empty")
    if named := _NAMED_DELIMITER.match(first):
        said = TextSheet(path, encoding, named[1])
        if any(len(record.trimmed()) > 1 for record in said.head(_SNIFFED)):
            return said
    if wrapped := _wrapped_delimiter(first) or _wrapped_below(path, encoding):
        return TextSheet(path, encoding, wrapped, wrapped=True)
    return _best([TextSheet(path, encoding, delimiter) for delimiter in DELIMITERS])


def _wrapped_delimiter(line: str) -> str:
    """The divider inside a line that is itself one quoted cell, or "" where the line is not."""
    if not (line.startswith('"') and line.endswith('"')):
        return ""
    for delimiter in DELIMITERS:
        outer = _cells(line, delimiter)
        if len(outer) == 1 and len(_cells(outer[0], delimiter)) >= _WRAPPED_CELLS:
            return delimiter
    return ""


def _wrapped_below(path: Path, encoding: str) -> str:
    """The same where sentences stand over the heading: each line is one quoted cell, and some of them hold several."""
    lines = islice((line.strip() for line in source.lines(path, encoding) if line.strip()), _WRAPPED_SEEN)
    inside: list[str] = []
    for line in lines:
        if not (len(line) > 1 and line.startswith('"') and line.endswith('"')) or '"' in line[1:-1].replace('""', ""):
            return ""
        inside.append(line[1:-1].replace('""', '"'))
    return next((mark for mark in DELIMITERS if sum(len(_cells(text, mark)) > 1 for text in inside) >= _WRAPPED_ROWS), "")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _best(sheets: list[TextSheet]) -> TextSheet:
    """The sheet whose divider divides most of the first records, then divides them into most cells.

    Where none divides anything, the reason why one of them could not be tried is the better answer.
    """
    best, best_fit, problem = sheets[0], (0, 0), None
    for sheet in sheets:
        try:
            widths = [len(record.cells) for record in sheet.head(_SNIFFED)]
        except Unreadable as error:
            problem = problem or error
            continue
        fit = (sum(width > 1 for width in widths), max(widths, default=0))
        if fit > best_fit:
            best, best_fit = sheet, fit
    if problem and best_fit <= (0, 1):
        raise problem
    return best
