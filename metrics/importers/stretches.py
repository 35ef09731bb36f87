"""Cutting a text into the tables that stand in it one under the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from .recognition import Place, Recognition
from .tables import Record, Sheet

SAMPLE = 300


@dataclass(slots=True)
class Stretch:
    """Some lines under a title, the first of them a heading. ``head`` are its first records; the rest is only counted."""

    title: str
    first: int
    last: int
    head: list[Record] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None

    def add(self, record: Record) -> None:
        self.last = record.line
        if len(self.head) < SAMPLE and not record.is_blank:
            self.head.append(record)

    @property
    def place(self) -> Place:
        return Place(first=self.first, last=self.last)


@dataclass(frozen=True, slots=True)
class Excerpt(Sheet):
    """The first records of a stretch, to recognise it by."""

    kept: list[Record]

    def records(self) -> Iterator[Record]:
        return iter(self.kept)


def as_one(tables: list[Recognition]) -> Recognition | None:
    """The answer of an importer whose sheets hold several tables."""
    if not tables:
        return None
    return tables[0] if len(tables) == 1 else Recognition(importer=tables[0].importer, tables=tuple(tables))
