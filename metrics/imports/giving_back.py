"""Figures that an undone import had overwritten, given back from another file: all at once, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import connection
from django.db.backends.utils import CursorWrapper

from calendar_app.imported_posts import match
from metrics.bulk import ROWS_AT_ONCE
from metrics.imports.staging import BRAND, Staging
from metrics.models import Import, Observation

_NEW = ("value", "currency", "table", "line")
_TABLE = "given_back"


def restore(undone: Import, other: Import, staging: Staging) -> None:
    """Give the undone import's figures the values, and the origin, that the other file has for them."""
    for owner in staging.owners():
        if not owner.isdigit() and owner != BRAND:
            continue
        columns = "NULL, measure, start, finish, value, currency, part, line"
        days = staging.figures(owner, columns, _days(undone))
        _give(undone, other, days, _same_days(owner))
        if owner.isdigit():
            posts = match(other.brand, staging.posts(owner))
            _give(undone, other, _of_posts(owner, staging, posts), "o.publication_id = g.publication_id AND o.{end} = g.{end}")


def _days(undone: Import) -> tuple[date, date] | None:
    """The days that the undone file speaks of: of all others nothing can be its own."""
    first, last = undone.summary.get("date_min"), undone.summary.get("date_max")
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _same_days(owner: str) -> str:
    whose = f"o.channel_id = {int(owner)}" if owner.isdigit() else "o.channel_id IS NULL AND o.subject = ''"
    return f"{whose} AND o.publication_id IS NULL AND o.{{start}} = g.{{start}} AND o.{{end}} = g.{{end}}"


def _of_posts(owner: str, staging: Staging, posts: dict[tuple[int, str], int]) -> Iterator[tuple]:
    for key, *figure in staging.post_figures(owner):
        if publication := posts.get((int(owner), key)):
            yield publication, *figure


def _give(undone: Import, other: Import, rows: Iterable[tuple], same: str) -> None:
    """Only figures that still are the undone import's: those given back already have another origin."""
    quote = connection.ops.quote_name
    names = {name: quote(Observation._meta.get_field(name).column) for name in ("publication", "measure", "start", "end", *_NEW)}
    table = quote(Observation._meta.db_table)
    sets = ", ".join(f"{names[name]} = g.{names[name]}" for name in _NEW)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_TABLE}")
        cursor.execute(f"CREATE TEMP TABLE {_TABLE} AS SELECT {', '.join(names.values())} FROM {table} WHERE 1 = 0")
        _load(cursor, rows, ", ".join(names.values()), len(names))
        cursor.execute(
            f"UPDATE {table} AS o SET {sets}, source_id = %s, recorded_by_id = NULL FROM {_TABLE} AS g "
            f"WHERE o.source_id = %s AND o.campaign_id IS NULL AND o.measure = g.measure AND {same.format(**names)}",
            [other.pk, undone.pk],
        )
        cursor.execute(f"DROP TABLE {_TABLE}")


def _load(cursor: CursorWrapper, rows: Iterable[tuple], names: str, width: int) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {_TABLE} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {_TABLE}")
        return
    coming = iter(rows)
    sql = f"INSERT INTO {_TABLE} ({names}) VALUES ({', '.join(['%s'] * width)})"
    while some := list(islice(coming, ROWS_AT_ONCE)):
        cursor.executemany(sql, some)
