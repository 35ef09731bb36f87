"""Making a backup: one look at the database, row by row into the file, then the uploads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from smmplanner.backup import BackupRefused, media, rows, schema
from smmplanner.backup.archive import Writer, table_member, written

Tell = Callable[[str], None]
# Of connections to SQLite alone.
MODE = "transaction_mode"


@contextmanager
def one_look() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes has to wait."""
    mode = getattr(connection, MODE, None)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        setattr(connection, MODE, "DEFERRED")
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            setattr(connection, MODE, mode)


def back_up(path: Path, tell: Tell) -> dict[str, Any]:
    """Write the file; the counts are those of its manifest."""
    with written(path) as writer:
        with one_look():
            migrations = schema.applied()
            if not migrations:
                raise BackupRefused("The database is empty: there is nothing to back up.")
            schema.refuse_unknown(migrations)
            tables = {label: _table(writer, label, model, tell) for label, model in schema.tables_after(migrations).items()}
            uploads = _uploads(writer, tell)
        manifest = {
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "migrations": migrations,
            "tables": tables,
            "media": uploads,
            "left_out": schema.LEFT_OUT,
        }
        writer.finish(manifest)
    return manifest


def _table(writer: Writer, label: str, model: type[models.Model], tell: Tell) -> dict[str, Any]:
    member = table_member(label)
    count, _size = writer.add(member, rows.lines(model))
    if count:
        tell(f"{label}: {count}")
    names = [field.attname for field in rows.columns(model)]
    return {"columns": names, "rows": count, "sha256": writer.members[member], "last_id": schema.last_id(model)}


def _uploads(writer: Writer, tell: Tell) -> dict[str, int]:
    count = size = 0
    for name in media.names():
        try:
            pieces = media.pieces(name)
            first = next(pieces, b"")
        except FileNotFoundError:
            # Somebody removed it after we looked; its row went before.
            continue
        count, size = count + 1, size + writer.add(f"media/{name}", _after(first, pieces), compressed=False)[1]
    tell(f"uploads: {count}")
    return {"files": count, "bytes": size}


def _after(first: bytes, more: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from more
