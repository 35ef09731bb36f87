"""The figures of one file, ready to be stored: in a database of their own on disk, so that no file is too long for it.

Of rows that say the same thing twice the later one counts.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from calendar_app.imported_posts import FoundPost
from metrics.importers import Event, PostSubject, Row, RowError

# Rows are added as they come and put in order once, at the end: far cheaper than looking each of them up.
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -40000;
CREATE TABLE figure (
    owner TEXT, post INTEGER, start TEXT, finish TEXT, measure TEXT, value, currency TEXT, line INTEGER, part INTEGER
);
CREATE TABLE post (
    id INTEGER PRIMARY KEY, owner TEXT, key TEXT, platform_id TEXT, permalink TEXT, published_at TEXT, day TEXT, text TEXT,
    format TEXT, UNIQUE (owner, key)
);
CREATE TABLE stored (
    owner TEXT, post INTEGER, start TEXT, finish TEXT, measure TEXT, value, PRIMARY KEY (owner, post, start, finish, measure)
) WITHOUT ROWID;
CREATE TABLE added (part INTEGER, measure TEXT, micro TEXT);
"""
_KEY = "owner, post, start, finish, measure"
_PUT = "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_POST = """INSERT INTO post (owner, key, platform_id, permalink, published_at, day, text, format) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (owner, key) DO UPDATE SET platform_id = excluded.platform_id, permalink = excluded.permalink,
    published_at = excluded.published_at, day = excluded.day, text = excluded.text, format = excluded.format
RETURNING id"""
_REPEATED = f"""CREATE TEMP TABLE repeated AS SELECT figure.rowid AS id
FROM (SELECT {_KEY}, max(rowid) AS last FROM figure GROUP BY {_KEY} HAVING count(*) > 1) AS twice
JOIN figure USING ({_KEY}) WHERE figure.rowid < twice.last"""
# A table's number and a line's as one number, so that the lines of all tables are told apart and counted.
_LINES = "count(DISTINCT part << 40 | line)"
_AT_ONCE = 5_000
_LONGEST_ID, _LONGEST_LINK = 100, 500
_MICRO = 1_000_000

BRAND = "brand"
"""The owner of figures of the brand as a whole; other owners are a channel's number, or UNKNOWN and what the file says."""
UNKNOWN = "?"
LEFT_OUT = "-"
OF_A_ROW = frozenset({"left_out", "no_identity", "post_without_channel", "published_after_count"})
"""Issues that are not of one figure: the whole row has them."""


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


class Staging:
    """`owner_of(platform, channel)` answers whose a row's figures are; `as_of` is the day that post figures were counted.

    Without a `path` the figures are gone at the end; `keep` leaves them where another process finds them.
    """

    def __init__(
        self, owner_of: Callable[[str, str], str], as_of: date, zone: ZoneInfo, path: Path | None = None, *, is_new: bool = True
    ) -> None:
        self.owner_of = owner_of
        self.as_of = as_of
        self.zone = zone
        self.path = path
        self.is_new = is_new
        self.waiting: list[tuple[object, ...]] = []
        self.whose: dict[tuple[str, str], str] = {}
        self.last_post: tuple[str, PostSubject | None, int] = ("", None, 0)
        # Sums in millionths, by table and measure: kept while rows come, so that nobody walks through them again.
        self.added: defaultdict[tuple[int, str], int] = defaultdict(int)
        if is_new:
            self.database = sqlite3.connect(path or "", isolation_level=None)
            self.database.executescript(_TABLES)
            self.database.execute("BEGIN")
        else:
            assert path is not None
            self.database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
            self.added.update(
                ((table, measure), int(micro)) for table, measure, micro in self.database.execute("SELECT * FROM added")
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.database.close()
        if self.path and self.is_new:
            self.path.unlink(missing_ok=True)

    def keep(self, path: Path) -> None:
        """Put the figures at `path`, complete or not at all. Nothing can be asked or added afterwards."""
        assert self.path is not None
        self.database.execute("DROP TABLE stored")
        sums = ((table, measure, str(micro)) for (table, measure), micro in self.added.items())
        self.database.executemany("INSERT INTO added VALUES (?, ?, ?)", sums)
        self.database.execute("COMMIT")
        self.database.close()
        with self.path.open("rb") as written:
            os.fsync(written.fileno())
        self.path.replace(path)

    # --- in

    def take(self, event: Event) -> Issue | None:
        """Keep the figure of a row; what is not kept comes back with its reason."""
        if isinstance(event, Row):
            return self._take(event)
        if isinstance(event, RowError):
            return Issue(event.line, event.reason_code, event.column, event.raw, table=event.table)
        return Issue(event.line, event.reason_code, params=tuple(event.params.items()), is_error=False, table=event.table)

    def _take(self, row: Row) -> Issue | None:
        start, end, measure, value, line, platform, subject, channel, currency, table = row
        owner = self.whose.get((platform, channel)) or self._owner(platform, channel)
        if owner == LEFT_OUT:
            return Issue(line, "left_out", raw=channel or platform, is_error=False, table=table)
        first, last, post = _iso(start), _iso(end), 0
        if subject is not None:
            found = self._post(owner, row, subject)
            if isinstance(found, Issue):
                return found
            # A post's figure is told from others by the post; the day on which it went out stands with the post.
            first, last, post = "", _iso(self.as_of), found
        kept = as_kept(value)
        self.added[table, measure] += kept * _MICRO if isinstance(kept, int) else _micro(kept)
        self.waiting.append((owner, post, first, last, measure, kept, currency, line, table))
        if len(self.waiting) >= _AT_ONCE:
            self._write()
        return None

    def _owner(self, platform: str, channel: str) -> str:
        if len(self.whose) > _AT_ONCE:
            self.whose.clear()
        return self.whose.setdefault((platform, channel), self.owner_of(platform, channel))

    def _post(self, owner: str, row: Row, subject: PostSubject) -> int | Issue:
        """The number of the post here; the figures of one row come one after the other."""
        if self.last_post[1] is subject and self.last_post[0] == owner:
            return self.last_post[2]
        if owner == BRAND:
            return Issue(row.line, "post_without_channel", raw=subject.key[:_LONGEST_ID], table=row.table)
        if row.start > self.as_of:
            return Issue(row.line, "published_after_count", raw=row.start.isoformat(), table=row.table)
        link = subject.permalink if is_link(subject.permalink) else ""
        key = subject.platform_id or link
        if not key or len(subject.platform_id) > _LONGEST_ID:
            return Issue(row.line, "no_identity", raw=subject.key[:_LONGEST_ID], table=row.table)
        # Without a time it is the day alone, which is told apart from noon.
        at = subject.published_at or row.start
        text, form = subject.text.replace("\0", ""), format_of(subject.format)
        values = (owner, key, subject.platform_id, link, at.isoformat(), row.start.isoformat(), text, form)
        [(number,)] = self.database.execute(_PUT_POST, values).fetchall()
        self.last_post = (owner, subject, number)
        return number

    def _write(self) -> None:
        self.database.executemany(_PUT, self.waiting)
        self.waiting.clear()

    def settle(self) -> Iterator[Issue]:
        """All rows are in: leave out what is said again further down. Exhaust it before asking anything."""
        self._write()
        self.database.execute(f"CREATE INDEX by_key ON figure ({_KEY})")
        self.database.execute(_REPEATED)
        sql = "SELECT line, measure, part, value FROM repeated JOIN figure ON figure.rowid = repeated.id ORDER BY id"
        for line, measure, table, value in self.database.execute(sql):
            self.added[table, measure] -= value * _MICRO if isinstance(value, int) else _micro(value)
            yield Issue(line, "duplicate", raw=measure, is_error=False, table=table)
        self.database.execute("DELETE FROM figure WHERE rowid IN (SELECT id FROM repeated)")
        self.database.execute("DROP TABLE repeated")

    def compare(self, stored: Iterable[tuple[str, int, str, str, str, Decimal]]) -> None:
        """Take in what the database holds already: (owner, post, start, end, measure, value), a post's start left empty."""
        rows = ((*key, as_kept(value)) for *key, value in stored)
        self.database.executemany("INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?, ?)", rows)

    # --- out

    def owners(self) -> list[str]:
        """Whose figures there are."""
        # One look into the index for each, instead of a walk through all rows.
        sql = """WITH RECURSIVE next (owner) AS (SELECT min(owner) FROM figure UNION ALL
                 SELECT (SELECT min(owner) FROM figure WHERE owner > next.owner) FROM next WHERE next.owner IS NOT NULL)
                 SELECT owner FROM next WHERE owner IS NOT NULL"""
        return [owner for (owner,) in self.database.execute(sql)]

    def days(self, owner: str) -> tuple[date, date]:
        """The first and the last day that the owner's figures are of; a post's are of the day it went out."""
        sql = """SELECT min(first), max(last) FROM (
                     SELECT min(start) AS first, max(finish) AS last FROM figure WHERE owner = ?1 AND post = 0
                     UNION ALL SELECT min(day), max(day) FROM post WHERE owner = ?1)"""
        first, last = self.database.execute(sql, (owner,)).fetchone()
        return date.fromisoformat(first), date.fromisoformat(last)

    def figures(self, owner: str, columns: str, between: tuple[date, date] | None = None) -> Iterator[tuple]:
        """The owner's figures of days. `columns` is SQL: constants and measure, start, finish, value, currency, part, line.

        They come as a database takes them, dates and fractions as text: nothing is made of a million rows on the way.
        """
        first, last = between or (date.min, date.max)
        # In the order of the file: by the index, each row would be looked up apart.
        sql = f"SELECT {columns} FROM figure NOT INDEXED WHERE owner = ? AND post = 0 AND start BETWEEN ? AND ?"
        return self.database.execute(sql, (owner, first.isoformat(), last.isoformat()))

    def post_figures(self, owner: str) -> Iterator[tuple]:
        """The figures of the owner's posts: the post's key, measure, day of the post, end, value, currency, table, line."""
        sql = """SELECT key, measure, day, finish, value, currency, part, line FROM post JOIN figure
                 ON figure.owner = post.owner AND figure.post = post.id WHERE post.owner = ? ORDER BY post.id"""
        return self.database.execute(sql, (owner,))

    def has(self, owner: str, measure: str, start: date, end: date) -> bool:
        """Whether there is a figure of exactly these days."""
        sql = "SELECT 1 FROM figure WHERE owner = ? AND post = 0 AND start = ? AND finish = ? AND measure = ?"
        return bool(self.database.execute(sql, (owner, start.isoformat(), end.isoformat(), measure)).fetchone())

    def posts(self, owner: str) -> Iterator[FoundPost]:
        """The posts of an owner that is a channel."""
        for _number, post in self.numbered_posts(owner):
            yield post

    def numbered_posts(self, owner: str) -> Iterator[tuple[int, FoundPost]]:
        sql = "SELECT id, platform_id, permalink, published_at, text, format FROM post WHERE owner = ? ORDER BY id"
        for number, platform_id, permalink, at, text, form in self.database.execute(sql, (owner,)):
            has_time = len(at) > len("2026-01-31")
            published = datetime.fromisoformat(at) if has_time else datetime.combine(date.fromisoformat(at), time(12))
            published = published.replace(tzinfo=self.zone)
            yield number, FoundPost(int(owner), platform_id, permalink, published, text, form, has_time)

    def measures(self) -> list[str]:
        return sorted({measure for _table, measure in self.added})

    def counts(self) -> dict[str, int]:
        """How many figures, from how many lines; new, updated and same beside what `compare` took in."""
        figures, rows = self.database.execute(f"SELECT count(*), {_LINES} FROM figure").fetchone()
        [has_stored] = self.database.execute("SELECT EXISTS (SELECT 1 FROM stored)").fetchone()
        sql = f"SELECT count(*), sum(stored.value != figure.value) FROM figure JOIN stored USING ({_KEY})"
        known, updated = self.database.execute(sql).fetchone() if has_stored else (0, 0)
        return {"figures": figures, "rows": rows, "new": figures - known, "updated": updated or 0, "same": known - (updated or 0)}

    def rows_by_owner(self) -> dict[str, int]:
        return dict(self.database.execute(f"SELECT owner, {_LINES} FROM figure NOT INDEXED GROUP BY owner"))

    def of_table(self, number: int) -> dict[str, object]:
        """What one table of the file gives: rows, figures, days, sums."""
        sql = f"""SELECT count(*), {_LINES}, min(coalesce(day, start)), max(coalesce(day, finish))
                  FROM figure LEFT JOIN post ON post.id = figure.post WHERE part = ?"""
        figures, rows, first, last = self.database.execute(sql, (number,)).fetchone()
        return {"figures": figures, "rows": rows, "date_min": first, "date_max": last, "sums": self.sums(number)}

    def sums(self, table: int | None = None) -> dict[str, Decimal]:
        """By measure; of one table of the file, if that is asked for."""
        sums: Counter[str] = Counter()
        for (part, measure), micro in self.added.items():
            if table in (None, part):
                sums[measure] += micro
        return {measure: Decimal(sums[measure]).scaleb(-6) for measure in sorted(sums)}


_iso = lru_cache(8192)(date.isoformat)


def as_kept(value: Decimal) -> int | str:
    """The figure in one spelling: a whole number, else with six places."""
    whole = int(value)
    return whole if whole == value else f"{value:.6f}"


def _micro(fraction: str) -> int:
    return int(fraction.replace(".", ""))


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
