"""Trying an import without storing anything: what would come of it, to the last sum.

Of rows that say the same thing twice the later one counts. What would be stored is kept in a temporary database on disk, so that a file of a million rows fits as well as one of ten.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

from . import read, recognise
from .recognition import ReadOptions, Recognition
from .rows import Event, Refusal, Row, Unreadable

_EXACT = 80
_TABLES = """
CREATE TABLE stored (
    identity TEXT PRIMARY KEY, measure TEXT, value TEXT, part INTEGER, line INTEGER, start TEXT, finish TEXT
) WITHOUT ROWID;
CREATE TABLE repeated (part INTEGER, line INTEGER, PRIMARY KEY (part, line)) WITHOUT ROWID;
"""
_REPEATED = "INSERT OR IGNORE INTO repeated SELECT part, line FROM stored WHERE identity = ?"
_PUT = "INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?, ?, ?)"
# A table’s number and a line’s as one number, so that lines of all tables are told apart and counted.
_LINES = "count(DISTINCT part << 40 | line)"


@dataclass(frozen=True, slots=True)
class Settled:
    """``rows`` counts the lines that give at least one stored figure, ``skipped`` all the rest by reason.

    ``tables`` are the same of each table that gave anything, by its number.
    """

    rows: int
    date_min: date | None
    date_max: date | None
    sums: dict[str, Decimal]
    skipped: dict[str, int]
    tables: dict[int, Settled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file is and what would come of it; ``settled`` is None where the file was refused."""

    recognition: Recognition
    settled: Settled | None = None
    refused: Refusal | None = None


def try_out(path: Path, options: ReadOptions | None = None) -> Trial:
    """Recognise and read the file at ``path`` to its end, storing nothing."""
    recognition = recognise(path)
    if recognition.refused:
        return Trial(recognition, refused=recognition.refused)
    try:
        return Trial(recognition, settle(read(path, recognition, options=options)))
    except Unreadable as error:
        return Trial(recognition, refused=error.refusal)


def identity(row: Row) -> str:
    """What two rows share that say the same thing: whose figure, which measure, which days.

    A post's lifetime figure has no days of its own.
    """
    whose = row.subject.key if row.subject else f"{row.start}/{row.end}"
    return "\x1f".join((row.platform, row.channel, row.measure, "post" if row.subject else "days", whose))


def settle(events: Iterable[Event]) -> Settled:
    """Read ``events`` to their end and tell what would be stored of them."""
    skipped: Counter[tuple[int, str]] = Counter()
    database = sqlite3.connect("")
    try:
        database.executescript(_TABLES)
        for event in events:
            if isinstance(event, Row):
                _put(database, event)
            else:
                skipped[event.table, event.reason_code] += 1
        for part, count in database.execute("SELECT part, count(*) FROM repeated GROUP BY part"):
            skipped[part, "duplicate"] = count
        parts = {part for (part,) in database.execute("SELECT DISTINCT part FROM stored")} | {part for part, _ in skipped}
        return replace(_settled(database, skipped), tables={part: _settled(database, skipped, part) for part in sorted(parts)})
    finally:
        database.close()


def _put(database: sqlite3.Connection, row: Row) -> None:
    key = identity(row)
    database.execute(_REPEATED, (key,))
    days = (row.start.isoformat(), row.end.isoformat())
    database.execute(_PUT, (key, row.measure, str(row.value), row.table, row.line, *days))


def _settled(database: sqlite3.Connection, skipped: Counter[tuple[int, str]], part: int | None = None) -> Settled:
    """What is stored of one table, or of all of them."""
    only, values = ("", ()) if part is None else ("WHERE part = ?", (part,))
    sums: dict[str, Decimal] = {}
    with localcontext() as context:
        context.prec = _EXACT
        for measure, value in database.execute(f"SELECT measure, value FROM stored {only}", values):
            sums[measure] = sums.get(measure, Decimal(0)) + Decimal(value)
    rows, first, last = database.execute(f"SELECT {_LINES}, min(start), max(finish) FROM stored {only}", values).fetchone()
    reasons: Counter[str] = Counter()
    for (number, reason), count in skipped.items():
        reasons[reason] += count if part in (None, number) else 0
    return Settled(
        rows,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
        dict(sorted(sums.items())),
        dict(sorted((+reasons).items())),
    )
