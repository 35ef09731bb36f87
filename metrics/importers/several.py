"""Files with several tables: what they are together, and reading them one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .files import Found
from .recognition import Kind, Place, Recognition
from .rows import Event, Refusal, Skipped, Unreadable
from .tables import Record, Sheet, TextSheet

# What a refused table is refused for when it is no figures at all: any other reason tells more about the file.
_SAYS_LITTLE = frozenset({"not_recognised", "empty", "no_rows", "image", "pdf", "web_page", "json", "binary", "bad_encoding"})
_MAY_BE_MAPPED = "no_measure"
MOST_TABLES = 500

Reader = Callable[[Sheet, Recognition], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Stretch(Sheet):
    """Some lines of a sheet that is read once, from its beginning to its end, table after table."""

    ahead: _Ahead
    place: Place

    def records(self) -> Iterator[Record]:
        for record in self.ahead.until(self.place.last):
            if record.line >= self.place.first:
                yield record


class _Ahead:
    """Records of a sheet; the one that belongs to the next table is kept for it."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self._kept: Record | None = None

    def until(self, last: int) -> Iterator[Record]:
        while record := self._kept or next(self._records, None):
            self._kept = None
            if last and record.line > last:
                self._kept = record
                return
            yield record


def placed(found: Found, recognition: Recognition, before: int, lines: int) -> list[Recognition]:
    """The tables of one sheet, told where they stand in the upload."""
    return [
        replace(
            part,
            title=": ".join(filter(None, (found.title, part.title))),
            place=replace(part.place, member=found.member, page=found.page, before=before, lines=lines),
        )
        for part in _written_like(found.sheet, recognition).parts
    ]


def _written_like(sheet: Sheet | None, recognition: Recognition) -> Recognition:
    """A text is cut into cells in the same way when it is read: that was found out once."""
    if not isinstance(sheet, TextSheet):
        return recognition
    parts = tuple(_written_like(sheet, part) for part in recognition.tables)
    return replace(recognition, tables=parts, encoding=sheet.encoding, delimiter=sheet.delimiter, wrapped=sheet.wrapped)


def together(tables: Sequence[Recognition]) -> Recognition:
    """What the file is as a whole."""
    if len(tables) == 1:
        return tables[0]
    if len(tables) > MOST_TABLES:
        return Recognition(refused=Refusal("too_many_tables", {"limit": MOST_TABLES}))
    usable = [table for table in tables if table.refused is None]
    if not usable:
        telling = next((table for table in tables if table.refused and table.refused.code not in _SAYS_LITTLE), tables[0])
        return replace(telling, title="", tables=tuple(tables), columns=_columns(tables))
    kinds = {table.kind for table in usable}
    return replace(
        usable[0],
        title="",
        tables=tuple(tables),
        platforms=tuple(dict.fromkeys(platform for table in usable for platform in table.platforms)),
        kind=kinds.pop() if len(kinds) == 1 else Kind.MIXED,
        columns=_columns(tables),
    )


def _columns(tables: Sequence[Recognition]) -> tuple:
    """The columns that give figures, or would if somebody said what they mean."""
    open_ones = (table for table in tables if table.refused is None or table.refused.code == _MAY_BE_MAPPED)
    return tuple(column for table in open_ones for column in table.columns)


def events(found: list[Found], recognition: Recognition, read_one: Reader) -> Iterator[Event]:
    """Everything in all tables, in their order, each event with the number of its table."""
    sheets = {(each.member, each.page): each.sheet for each in found}
    numbered = enumerate(recognition.parts)
    for where, tables in groupby(numbered, key=lambda item: (item[1].place.member, item[1].place.page)):
        sheet = sheets.get(where)
        yield from _of_sheet(sheet, list(tables), read_one)


def _of_sheet(sheet: Sheet | None, tables: list[tuple[int, Recognition]], read_one: Reader) -> Iterator[Event]:
    ahead = _Ahead(sheet.records()) if sheet and tables[0][1].place.last else None
    for number, table in tables:
        part = Stretch(ahead, table.place) if ahead else sheet
        for event in _set_aside(part, table) if table.refused else _readable(part, table, read_one):
            yield replace(event, table=number) if number else event


def _readable(sheet: Sheet | None, table: Recognition, read_one: Reader) -> Iterator[Event]:
    if sheet is None:
        raise Unreadable("cannot_open")
    return read_one(sheet, table)


def _set_aside(sheet: Sheet | None, table: Recognition) -> Iterator[Event]:
    """The rows of a refused table, so that none is missing without a reason."""
    assert table.refused is not None
    code = "breakdown_table" if table.refused.code == "breakdown" else "table_set_aside"
    params = {**table.refused.params, "table": table.title, "reason_code": table.refused.code}
    if sheet is None:
        yield Skipped(0, code, params)
        return
    for record in sheet.records():
        if record.line > table.header_line and not record.is_blank:
            yield Skipped(record.line, code, params)
