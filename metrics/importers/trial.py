"""Trying an import without storing anything: what would come of it, to the last sum.

Of rows that say the same thing twice the later one counts. What would be stored is kept in a temporary database on disk, so that a file of a million rows fits as well as one of ten.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

from . import read, recognise
from .recognition import ReadOptions, Recognition
from .rows import Event, Refusal, Row, Unreadable

_EXACT = 80
_TABLES = """
CREATE TABLE stored (
    identity TEXT PRIMARY KEY, measure TEXT, value TEXT, line INTEGER, start TEXT, finish TEXT
) WITHOUT ROWID;
CREATE TABLE repeated (line INTEGER PRIMARY KEY);
"""
_REPEATED = "INSERT OR IGNORE INTO repeated SELECT line FROM stored WHERE identity = ?"
_PUT = "INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Settled:
    """``rows`` counts the lines that give at least one stored figure, ``skipped`` all the rest by reason."""

    rows: int
    date_min: date | None
    date_max: date | None
    sums: dict[str, Decimal]
    skipped: dict[str, int]


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
    skipped: Counter[str] = Counter()
    database = sqlite3.connect("")
    try:
        database.executescript(_TABLES)
        for event in events:
            if isinstance(event, Row):
                _put(database, event)
            else:
                skipped[event.reason_code] += 1
        skipped["duplicate"] = database.execute("SELECT count(*) FROM repeated").fetchone()[0]
        return _settled(database, dict(sorted((+skipped).items())))
    finally:
        database.close()


def _put(database: sqlite3.Connection, row: Row) -> None:
    key = identity(row)
    database.execute(_REPEATED, (key,))
    database.execute(_PUT, (key, row.measure, str(row.value), row.line, row.start.isoformat(), row.end.isoformat()))


def _settled(database: sqlite3.Connection, skipped: dict[str, int]) -> Settled:
    sums: dict[str, Decimal] = {}
    with localcontext() as context:
        context.prec = _EXACT
        for measure, value in database.execute("SELECT measure, value FROM stored"):
            sums[measure] = sums.get(measure, Decimal(0)) + Decimal(value)
    rows, first, last = database.execute("SELECT count(DISTINCT line), min(start), max(finish) FROM stored").fetchone()
    return Settled(
        rows,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
        dict(sorted(sums.items())),
        skipped,
    )
