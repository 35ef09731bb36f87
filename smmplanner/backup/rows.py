"""Rows as lines of JSON that are the same whichever database they came from, and back again.

A line is the list of a row's columns. Decimals are text with all their places, days and moments ISO 8601 (moments in UTC),
bytes base64. A JSON column that is NULL is null, one that holds a value is a list with that value.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string

READ_AT_ONCE = 2_000
WRITTEN_AT_ONCE = 2_000
Change = Callable[[Any], Any]


def _places(value: object) -> str:
    # SQLite knows a minus zero.
    return f"{value + 0:f}" if isinstance(value, Decimal) else f"{value}"


def _moment(value: object) -> str:
    assert isinstance(value, datetime)
    return value.astimezone(UTC).isoformat()


_OUT: dict[type[models.Field], Change] = {
    models.JSONField: lambda text: [json.loads(str(text))],
    models.DecimalField: _places,
    models.DateTimeField: _moment,
    models.DateField: lambda day: day.isoformat(),
    models.TimeField: lambda clock: clock.isoformat(),
    models.DurationField: lambda span: duration_iso_string(span),
    models.BinaryField: lambda content: b64encode(bytes(content)).decode(),
    models.UUIDField: str,
}
_IN: dict[type[models.Field], Change] = {
    models.JSONField: lambda held: json.dumps(held[0]),
    models.DecimalField: lambda text: Decimal(str(text)),
    models.DateTimeField: lambda text: datetime.fromisoformat(str(text)),
    models.DateField: lambda text: date.fromisoformat(str(text)),
    models.TimeField: lambda text: time.fromisoformat(str(text)),
    models.DurationField: lambda text: parse_duration(str(text)),
    models.BinaryField: lambda text: b64decode(str(text)),
    models.UUIDField: lambda text: UUID(str(text)),
}


def columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def _change(field: models.Field, table: dict[type[models.Field], Change]) -> Change | None:
    plain = field.target_field if isinstance(field, models.ForeignKey) else field
    return next((table[kind] for kind in type(plain).__mro__ if kind in table), None)


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """All rows by their keys; memory holds a few thousand of them."""
    fields = columns(model)
    texts = {f"text_of_{f.attname}": Cast(f.attname, TextField()) for f in fields if isinstance(f, models.JSONField)}
    names = [f"text_of_{field.attname}" if isinstance(field, models.JSONField) else field.attname for field in fields]
    changes = [(at, change) for at, field in enumerate(fields) if (change := _change(field, _OUT))]
    rows = QuerySet(model, using=connection.alias).order_by("pk").annotate(**texts).values_list(*names)
    for found in rows.iterator(chunk_size=READ_AT_ONCE):
        row = list(found)
        for at, change in changes:
            if row[at] is not None:
                row[at] = change(row[at])
        line = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield line.encode("utf-8", "surrogatepass") + b"\n"


def write(model: type[models.Model], read: Iterable[bytes]) -> None:
    """Insert the rows of these lines, with their keys: COPY on PostgreSQL, many at once on SQLite."""
    fields = columns(model)
    changes = [(at, change) for at, field in enumerate(fields) if (change := _into_this_database(field))]
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"
    rows = _changed(read, changes, len(fields))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        while several := list(islice(rows, WRITTEN_AT_ONCE)):
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})", several)


def _changed(read: Iterable[bytes], changes: list[tuple[int, Change]], width: int) -> Iterator[list[Any]]:
    for line in read:
        row = json.loads(line.decode("utf-8", "surrogatepass"))
        if len(row) != width:
            raise ValueError("a row has too many or too few columns")
        for at, change in changes:
            if row[at] is not None:
                row[at] = change(row[at])
        yield row


def _into_this_database(field: models.Field) -> Change | None:
    change = _change(field, _IN)
    if change is None or isinstance(field, models.JSONField) or connection.vendor == "postgresql":
        return change
    return lambda value: field.get_db_prep_value(change(value), connection)
