"""What a file turned out to be, before anything is read from it: the importer, the columns, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.kpi.terms import Label

from .messages import message
from .rows import Refusal


class Kind(StrEnum):
    """What the rows are about: days of a channel, posts, or both."""

    DAILY = "daily"
    POST = "post"
    MIXED = "mixed"


class Certainty(StrEnum):
    """How a column's meaning is known."""

    KNOWN = "known"  # this platform's own heading, or the user said so
    BY_NAME = "by_name"  # a word that usually means this
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file, as lists and help pages describe it. ``platform`` is None where a file may hold several."""

    id: str
    title: Label
    platform: str | None
    kind: Kind
    how_to_get: Label


@dataclass(frozen=True, slots=True)
class Column:
    """One column (in a file of one-figure tables: one table), and what becomes of it.

    It gives a ``measure``, plays a ``role`` (``date``, ``post_id``, ``permalink``…), or is left out for ``reason``.
    """

    index: int
    header: str
    first_value: str = ""
    measure: str | None = None
    role: str | None = None
    certainty: Certainty = Certainty.UNKNOWN
    reason: str = ""
    platform: str = ""
    currency: str = ""

    @property
    def reason_en(self) -> str:
        return message(self.reason) if self.reason else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: in which file of an archive, on which page of a workbook, between which lines.

    ``last`` is 0 where the sheet is one table. ``before`` lines of the upload are read before its sheet begins,
    which has about ``lines`` of them (0: not counted).
    """

    member: int = 0
    page: int = 0
    first: int = 0
    last: int = 0
    before: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Recognition:
    """The answer of ``recognise``. What stands below ``date_order`` is for ``read`` alone.

    ``tables`` are there where a file has several, each as if it were a file of its own; the whole then speaks for those
    that are not refused, and is refused only if all are. An importer whose sheets hold several tables answers with
    tables, too: their ``place`` says between which lines, and ``read`` is called for each with a sheet of those lines.
    ``first_day`` and ``last_day`` are what is said over a table whose rows do not say it.
    """

    importer: Importer | None = None
    platforms: tuple[str, ...] = ()
    kind: Kind | None = None
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[Column, ...] = ()
    refused: Refusal | None = None
    language: str = "en"
    date_order: str = ""
    title: str = ""
    tables: tuple[Recognition, ...] = ()
    header_line: int = 0
    wrapped: bool = False
    place: Place = Place()
    first_day: date | None = None
    last_day: date | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that reading the file can give, in column order."""
        return tuple(dict.fromkeys(column.measure for column in self.columns if column.measure))

    @property
    def parts(self) -> tuple[Recognition, ...]:
        """The tables of the file, also where it is one."""
        return self.tables or (self,)

    def lines_read(self, table: int, line: int) -> int:
        """How many lines of the upload are behind a reader who is at this line of this table."""
        return (self.tables[table] if self.tables else self).place.before + line


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user adds to a file: the year of dates that have none, and how to read ``03/04/2025``.

    Where such dates run over New Year, ``year`` is that of the first day. ``until`` is the day on which the file was got:
    where the file would go on after it, ``year`` is taken as that of the last day.
    """

    year: int | None = None
    date_order: str = ""
    until: date | None = None
