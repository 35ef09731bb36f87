"""Writing many rows at once: COPY on PostgreSQL, executemany on SQLite, the same answer on both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django.db import connection, connections, models
from django.db.models import UniqueConstraint

ROWS_AT_ONCE = 5_000


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

    def insert(self, values: str, *, replace: bool) -> str:
        quote = connection.ops.quote_name
        key = [self.model._meta.get_field(name).column for name in self.rule.fields]
        sets = ", ".join(f"{quote(column)} = excluded.{quote(column)}" for column in self.columns if column not in key)
        action = f"DO UPDATE SET {sets}" if replace else "DO NOTHING"
        # ON CONFLICT finds a partial index only by its condition, spelt as when it was made.
        condition = self.rule._get_condition_sql(self.model, connection.schema_editor())
        return (
            f"INSERT INTO {quote(self.model._meta.db_table)} ({', '.join(map(quote, self.columns))}) {values} "
            f"ON CONFLICT ({', '.join(map(quote, key))}) WHERE {condition} {action}"
        )


def put(target: Target, rows: Iterable[Sequence[object]], *, replace: bool = True) -> None:
    """Insert the rows; one that is already there is overwritten, or kept as it is where not `replace`.

    Rows are in the order of `target.fields`, no two with the same key. Call it inside a transaction.
    """
    if connection.vendor == "postgresql":
        _copy(target, rows, replace)
    else:
        _execute(target, rows, replace)


def _execute(target: Target, rows: Iterable[Sequence[object]], replace: bool) -> None:
    # Only what SQLite cannot take as it is; asking every field about every cell takes longer than the writing.
    odd = (models.DecimalField, models.DateField, models.JSONField)
    database = connections[connection.alias]
    prepare = {
        number: field.get_db_prep_save
        for number, column in enumerate(target.columns)
        if isinstance(field := target.field(column), odd)
    }

    def prepared() -> Iterator[list[object]]:
        for row in rows:
            cells = list(row)
            for number, adapt in prepare.items():
                cells[number] = adapt(cells[number], database)
            yield cells

    sql = target.insert(f"VALUES ({', '.join(['%s'] * len(target.columns))})", replace=replace)
    ready = prepared()
    with database.cursor() as cursor:
        # In pieces, because Django keeps in memory whatever it hands over at once.
        while some := list(islice(ready, ROWS_AT_ONCE)):
            cursor.executemany(sql, some)


def _copy(target: Target, rows: Iterable[Sequence[object]], replace: bool) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, target.columns))
    table = quote(target.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.put_rows")
        cursor.execute(f"CREATE TEMP TABLE put_rows ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")
        with cursor.copy(f"COPY put_rows ({names}) FROM STDIN") as copy:
            written = _lines(target, rows)
            while some := "".join(islice(written, ROWS_AT_ONCE)):
                copy.write(some)
        cursor.execute(target.insert(f"SELECT {names} FROM put_rows", replace=replace))
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
