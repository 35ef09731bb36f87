"""Writing many rows at once: COPY on PostgreSQL, executemany on SQLite, the same answer on both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import psycopg
from django.db import connection, connections, models
from django.db.backends.utils import CursorWrapper
from django.db.models import UniqueConstraint

ROWS_AT_ONCE = 5_000
COPIED_AT_ONCE = 50_000
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Target:
    """Where rows go: the model's columns they fill, and the unique constraint that tells a row that is already there."""

    model: type[models.Model]
    fields: tuple[str, ...]
    constraint: str

    @cached_property
    def columns(self) -> list[str]:
        return [self.model._meta.get_field(name).column for name in self.fields]

    @cached_property
    def rule(self) -> UniqueConstraint:
        return next(rule for rule in self.model._meta.constraints if rule.name == self.constraint)

    def field(self, column: str) -> models.Field:
        return next(field for field in self.model._meta.concrete_fields if field.column == column)

    def plain_insert(self, values: str) -> str:
        quote = connection.ops.quote_name
        return f"INSERT INTO {quote(self.model._meta.db_table)} ({', '.join(map(quote, self.columns))}) {values}"

    def insert(self, values: str, *, replace: bool) -> str:
        quote = connection.ops.quote_name
        key = [self.model._meta.get_field(name).column for name in self.rule.fields]
        sets = ", ".join(f"{quote(column)} = excluded.{quote(column)}" for column in self.columns if column not in key)
        action = f"DO UPDATE SET {sets}" if replace else "DO NOTHING"
        # ON CONFLICT finds a partial index only by its condition, spelt as when it was made.
        condition = self.rule._get_condition_sql(self.model, connection.schema_editor())
        return f"{self.plain_insert(values)} ON CONFLICT ({', '.join(map(quote, key))}) WHERE {condition} {action}"


def put(
    target: Target,
    rows: Iterable[Sequence[object]],
    *,
    replace: bool = True,
    is_ready: bool = False,
    are_new: bool = False,
    tell: Tell | None = None,
) -> None:
    """Insert the rows; one that is already there is overwritten, or kept as it is where not `replace`.

    Whoever knows that none is there says so (`are_new`): that is cheaper, and an IntegrityError where it was not true.

    Rows are in the order of `target.fields`, no two with the same key. Call it inside a transaction. Rows that are ready
    hold only numbers, text and None, as any database takes them. `tell` hears now and then how many more are written.
    """
    tell = tell or _nobody
    if connection.vendor != "postgresql":
        values = f"VALUES ({', '.join(['%s'] * len(target.columns))})"
        sql = target.plain_insert(values) if are_new else target.insert(values, replace=replace)
        _execute(sql, rows if is_ready else _made_ready(target, rows), tell)
    elif are_new:
        _copy_straight(target, rows, tell)
    else:
        _copy(target, rows, replace, tell)


def put_lines(target: Target, lines: Sequence[str], *, are_new: bool = False) -> None:
    """The same for rows that are written already, as COPY reads them: columns between tabs, and nothing in them escaped."""
    if connection.vendor != "postgresql":
        rows = ([None if cell == "\\N" else cell for cell in line[:-1].split("\t")] for line in lines)
        put(target, rows, is_ready=True, are_new=are_new)
        return
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, target.columns))
    with connection.cursor() as cursor:
        if are_new:
            with _copying(cursor, f"{quote(target.model._meta.db_table)} ({names})") as copy:
                copy.write("".join(lines))
        else:
            _copy_lines(cursor, target, lines, replace=True, tell=_nobody)


@contextmanager
def for_large_work() -> Iterator[None]:
    """Large sums are made in memory, and commits do not wait for the disk.

    They may be lost, the last ones first and each as a whole, if the database's machine goes down the next moment: for work that
    is found again and done again then.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # With the usual 4 MB a brand's figures are sorted on disk, which takes twice as long as all else about them.
        cursor.execute("SET synchronous_commit = off; SET work_mem = '64MB'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit; RESET work_mem")


def _nobody(_count: int) -> None:
    pass


def _made_ready(target: Target, rows: Iterable[Sequence[object]]) -> Iterator[list[object]]:
    # Only what SQLite cannot take as it is; asking every field about every cell takes longer than the writing.
    odd = (models.DecimalField, models.DateField, models.JSONField)
    database = connections[connection.alias]
    prepare = {
        number: field.get_db_prep_save
        for number, column in enumerate(target.columns)
        if isinstance(field := target.field(column), odd)
    }
    for row in rows:
        cells = list(row)
        for number, adapt in prepare.items():
            cells[number] = adapt(cells[number], database)
        yield cells


def _execute(sql: str, rows: Iterable[Sequence[object]], tell: Tell) -> None:
    coming = iter(rows)
    with connection.cursor() as cursor:
        # In pieces, because Django keeps in memory whatever it hands over at once.
        while some := list(islice(coming, ROWS_AT_ONCE)):
            cursor.executemany(sql, some)
            tell(len(some))


@contextmanager
def _copying(cursor: CursorWrapper, into: str) -> Iterator[psycopg.Copy]:
    # Django knows nothing of COPY: its errors become Django's here, as those of any other command do.
    with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        yield copy


def _copy_straight(target: Target, rows: Iterable[Sequence[object]], tell: Tell) -> None:
    quote = connection.ops.quote_name
    into = f"{quote(target.model._meta.db_table)} ({', '.join(map(quote, target.columns))})"
    number = 0
    with connection.cursor() as cursor, _copying(cursor, into) as copy:
        for number, row in enumerate(rows, start=1):
            copy.write_row(row)
            if not number % ROWS_AT_ONCE:
                tell(ROWS_AT_ONCE)
    tell(number % ROWS_AT_ONCE)


def _copy(target: Target, rows: Iterable[Sequence[object]], replace: bool, tell: Tell) -> None:
    with connection.cursor() as cursor:
        _copy_lines(cursor, target, _lines(target, rows), replace=replace, tell=tell)


def _copy_lines(cursor: CursorWrapper, target: Target, lines: Iterable[str], *, replace: bool, tell: Tell) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, target.columns))
    table = quote(target.model._meta.db_table)
    sql = target.insert(f"SELECT {names} FROM put_rows", replace=replace)
    coming = iter(lines)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.put_rows")
    cursor.execute(f"CREATE TEMP TABLE put_rows ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")
    # In pieces, so that whoever waits hears of it and can stop it.
    while some := list(islice(coming, COPIED_AT_ONCE)):
        with _copying(cursor, f"put_rows ({names})") as copy:
            for first in range(0, len(some), ROWS_AT_ONCE):
                copy.write("".join(some[first : first + ROWS_AT_ONCE]))
        cursor.execute(sql)
        cursor.execute("TRUNCATE put_rows")
        tell(len(some))
    cursor.execute("DROP TABLE put_rows")


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _lines(target: Target, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as COPY reads them. Written here, because asking about every cell what it is takes longer than the copying."""
    documents = {number for number, column in enumerate(target.columns) if isinstance(target.field(column), models.JSONField)}
    for row in rows:
        yield "\t".join([_cell(cell, number in documents) for number, cell in enumerate(row)]) + "\n"


def _cell(cell: object, is_document: bool) -> str:
    if cell is None:
        return "\\N"
    text = json.dumps(cell) if is_document else cell if isinstance(cell, str) else str(cell)
    return text.translate(_ESCAPED) if "\\" in text or not text.isprintable() else text
