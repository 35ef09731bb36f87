"""The figures of one file, ready to be stored: in a temporary database on disk, so that no file is too long for it.

Of rows that say the same thing twice the later one counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from calendar_app.imported_posts import FoundPost
from metrics.importers import Event, PostSubject, Row, RowError, Skipped

_TABLES = """
CREATE TABLE figure (
    owner TEXT, what TEXT, measure TEXT, start TEXT, finish TEXT, value TEXT, currency TEXT, line INTEGER, post TEXT,
    part INTEGER, PRIMARY KEY (owner, what, measure)
) WITHOUT ROWID;
CREATE TABLE post (
    owner TEXT, key TEXT, platform_id TEXT, permalink TEXT, published_at TEXT, text TEXT, format TEXT, PRIMARY KEY (owner, key)
) WITHOUT ROWID;
CREATE TABLE stored (owner TEXT, what TEXT, measure TEXT, value TEXT, PRIMARY KEY (owner, what, measure)) WITHOUT ROWID;
"""
_PUT = "INSERT OR REPLACE INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_POST = "INSERT OR REPLACE INTO post VALUES (?, ?, ?, ?, ?, ?, ?)"
_LONGEST_ID, _LONGEST_LINK = 100, 500
# A table’s number and a line’s as one number, so that lines of all tables are told apart and counted.
_LINES = "count(DISTINCT part << 40 | line)"

BRAND = "brand"
"""The owner of figures of the brand as a whole; other owners are a channel's number, or UNKNOWN and what the file says."""
UNKNOWN = "?"
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class Issue:
    """A row or cell that is not stored, and why; `is_error` where it should have been."""

    line: int
    code: str
    column: str = ""
    raw: str = ""
    params: tuple[tuple[str, object], ...] = ()
    is_error: bool = True
    table: int = 0


@dataclass(frozen=True, slots=True)
class Staged:
    """One figure as it will be stored. `post` is the key of the post it is of."""

    measure: str
    start: date
    end: date
    value: Decimal
    currency: str
    line: int
    post: str
    table: int = 0


class Staging:
    """`owner_of(platform, channel)` answers whose a row's figures are; `as_of` is the day that post figures were counted."""

    def __init__(self, owner_of: Callable[[str, str], str], as_of: date, zone: ZoneInfo) -> None:
        self.owner_of = owner_of
        self.as_of = as_of
        self.zone = zone
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.executescript(_TABLES)
        self.database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.database.close()

    # --- in

    def take(self, event: Event) -> Issue | None:
        """Keep the figure of a row; what is not kept comes back with its reason."""
        if isinstance(event, RowError):
            return Issue(event.line, event.reason_code, event.column, event.raw, table=event.table)
        if isinstance(event, Skipped):
            return Issue(event.line, event.reason_code, params=tuple(event.params.items()), is_error=False, table=event.table)
        owner = self.owner_of(event.platform, event.channel)
        if owner == LEFT_OUT:
            return Issue(event.line, "left_out", raw=event.channel or event.platform, is_error=False, table=event.table)
        return self._take_post(owner, event, event.subject) if event.subject else self._put(owner, event, event.end, "")

    def _take_post(self, owner: str, row: Row, subject: PostSubject) -> Issue | None:
        if row.start > self.as_of:
            return Issue(row.line, "published_after_count", raw=row.start.isoformat(), table=row.table)
        link = subject.permalink if is_link(subject.permalink) else ""
        key = subject.platform_id or link
        if not key or len(subject.platform_id) > _LONGEST_ID:
            return Issue(row.line, "no_identity", raw=subject.key[:_LONGEST_ID], table=row.table)
        at = subject.published_at or datetime.combine(row.start, time(12))
        values = (
            owner,
            key,
            subject.platform_id,
            link,
            at.isoformat(),
            subject.text.replace("\0", ""),
            format_of(subject.format),
        )
        self.database.execute(_PUT_POST, values)
        return self._put(owner, row, self.as_of, key)

    def _put(self, owner: str, row: Row, end: date, post: str) -> Issue | None:
        what = f"post:{post}" if post else f"{row.start}/{end}"
        same = "SELECT line, part FROM figure WHERE owner = ? AND what = ? AND measure = ?"
        before = self.database.execute(same, (owner, what, row.measure)).fetchone()
        values = (
            owner,
            what,
            row.measure,
            row.start.isoformat(),
            end.isoformat(),
            plain(row.value),
            row.currency,
            row.line,
            post,
            row.table,
        )
        self.database.execute(_PUT, values)
        return Issue(before[0], "duplicate", raw=row.measure, is_error=False, table=before[1]) if before else None

    def compare(self, stored: Iterable[tuple[str, str, str, Decimal]]) -> None:
        """Take in what the database holds already: (owner, what, measure, value)."""
        rows = ((owner, what, measure, plain(value)) for owner, what, measure, value in stored)
        self.database.executemany("INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?)", rows)

    # --- out

    def owners(self) -> list[str]:
        """Whose figures there are."""
        return [owner for (owner,) in self.database.execute("SELECT DISTINCT owner FROM figure ORDER BY owner")]

    def days(self, owner: str) -> tuple[date, date]:
        """The first and the last day that the owner's figures are of; a post's are of the day it went out."""
        sql = "SELECT min(start), max(CASE WHEN post = '' THEN finish ELSE start END) FROM figure WHERE owner = ?"
        first, last = self.database.execute(sql, (owner,)).fetchone()
        return date.fromisoformat(first), date.fromisoformat(last)

    def figures(self, owner: str) -> Iterator[Staged]:
        sql = "SELECT measure, start, finish, value, currency, line, post, part FROM figure WHERE owner = ?"
        for measure, start, end, value, currency, line, post, table in self.database.execute(sql, (owner,)):
            days = (date.fromisoformat(start), date.fromisoformat(end))
            yield Staged(measure, *days, Decimal(value), currency, line, post, table)

    def posts(self, owner: str) -> Iterator[FoundPost]:
        """The posts of an owner that is a channel."""
        sql = "SELECT platform_id, permalink, published_at, text, format FROM post WHERE owner = ?"
        for platform_id, permalink, at, text, form in self.database.execute(sql, (owner,)):
            published = datetime.fromisoformat(at).replace(tzinfo=self.zone)
            yield FoundPost(int(owner), platform_id, permalink, published, text, form)

    def measures(self) -> list[str]:
        return [measure for (measure,) in self.database.execute("SELECT DISTINCT measure FROM figure")]

    def counts(self) -> dict[str, int]:
        """How many figures, from how many lines; new, updated and same beside what `compare` took in."""
        sql = f"""SELECT count(*), {_LINES}, sum(stored.value IS NULL),
                        sum(stored.value IS NOT NULL AND stored.value != figure.value)
                 FROM figure LEFT JOIN stored USING (owner, what, measure)"""
        figures, rows, new, updated = (number or 0 for number in self.database.execute(sql).fetchone())
        return {"figures": figures, "rows": rows, "new": new, "updated": updated, "same": figures - new - updated}

    def rows_by_owner(self) -> dict[str, int]:
        return dict(self.database.execute(f"SELECT owner, {_LINES} FROM figure GROUP BY owner"))

    def sums(self) -> dict[str, Decimal]:
        return _added(self.database.execute("SELECT measure, value FROM figure"))

    def of_table(self, number: int) -> dict[str, object]:
        """What one table of the file gives: rows, figures, days, sums."""
        sql = f"""SELECT count(*), {_LINES}, min(start), max(CASE WHEN post = '' THEN finish ELSE start END)
                  FROM figure WHERE part = ?"""
        figures, rows, first, last = self.database.execute(sql, (number,)).fetchone()
        sums = _added(self.database.execute("SELECT measure, value FROM figure WHERE part = ?", (number,)))
        return {"figures": figures, "rows": rows, "date_min": first, "date_max": last, "sums": sums}


def _added(figures: Iterable[tuple[str, str]]) -> dict[str, Decimal]:
    sums: dict[str, int] = {}
    for measure, value in figures:
        sums[measure] = sums.get(measure, 0) + int(value.replace(".", ""))
    return {measure: Decimal(sums[measure]).scaleb(-6) for measure in sorted(sums)}


def plain(value: Decimal) -> str:
    """The figure in one spelling: six places, no exponent."""
    return f"{value:.6f}"


def is_link(text: str) -> bool:
    """Whether a page may show the text as a link: a file can hold any text under that heading."""
    return text.startswith(("https://", "http://")) and len(text) <= _LONGEST_LINK and not any(mark.isspace() for mark in text)


# In the order in which they are looked for in a platform's own words: an "IG reel" is one, "Photos" are images.
_FORMATS = {
    "reel": "reel",
    "stor": "story",
    "carousel": "carousel",
    "carrossel": "carousel",
    "album": "carousel",
    "live": "live",
    "video": "video",
    "vídeo": "video",
    "photo": "image",
    "image": "image",
    "imagem": "image",
    "link": "link",
    "poll": "poll",
    "text": "text",
}


def format_of(word: str) -> str:
    found = word.casefold()
    return next((form for part, form in _FORMATS.items() if part in found), "")
