"""Files that somebody put together from several: a second table, with other columns, begins under the first.

Each table is recognised on its own. The same heading once more begins no new table; the reader skips it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .cells import CellError, is_missing, number
from .columns import Layout
from .recognition import Recognition
from .rows import Unreadable
from .several import MOST_TABLES, Stretch, together
from .tables import Record, Sheet
from .words import plain

_FEWEST_CELLS = 2


@dataclass(frozen=True, slots=True)
class Lines(Sheet):
    """The lines of a sheet from ``first`` to ``last``."""

    sheet: Sheet
    first: int
    last: int

    def records(self) -> Iterator[Record]:
        for record in self.sheet.records():
            if record.line > self.last:
                return
            if record.line >= self.first:
                yield record


@dataclass(frozen=True, slots=True)
class Kept(Sheet):
    """The records of a sheet that can be read only once, kept so that they can be read again."""

    kept: tuple[Record, ...]

    def records(self) -> Iterator[Record]:
        yield from self.kept


def rereadable(sheet: Sheet) -> Sheet:
    return Kept(tuple(sheet.records())) if isinstance(sheet, Stretch) else sheet


def apart(
    sheet: Sheet, found: Recognition, layouts: Sequence[Layout], recognise: Callable[[Sheet], Recognition | None]
) -> Recognition:
    """``found`` itself, or its tables where headings of other tables of these layouts stand further down."""
    starts = list(_starts(sheet, found, layouts)) if not found.tables else []
    if len(starts) >= MOST_TABLES:
        raise Unreadable("too_many_tables", limit=MOST_TABLES)
    if not starts:
        return found
    bounds = [0, *(start - 1 for start in starts), sheet.length()]
    tables = []
    for before, last in pairwise(bounds):
        table = recognise(Lines(sheet, before + 1, last)) or found
        tables.append(replace(table, place=replace(table.place, first=before + 1, last=last)))
    return together(tables)


def _starts(sheet: Sheet, found: Recognition, layouts: Sequence[Layout]) -> Iterator[int]:
    """The lines on which another heading stands."""
    heading = [plain(column.header) for column in found.columns]
    for record in sheet.records():
        if record.line <= found.header_line or not may_be_heading(record):
            continue
        cells = [plain(cell) for cell in record.trimmed()]
        if cells != heading and any(layout.fits(record.cells) for layout in layouts):
            heading = cells
            yield record.line


def may_be_heading(record: Record) -> bool:
    """Words only: rows of figures have figures."""
    cells = [cell for cell in record.cells if cell]
    return len(cells) >= _FEWEST_CELLS and not any(map(_is_figure, cells))


def _is_figure(cell: str) -> bool:
    if is_missing(cell):
        return True
    try:
        return number(cell, fractions=True) is not None
    except CellError as error:
        return error.code != "not_a_number"
