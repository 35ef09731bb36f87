"""Restoring a backup: the database as it was then, brought up to this version, and the uploads; or nothing at all."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import caches
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models, transaction

from brands.audit import record
from smmplanner.backup import BackupRefused, media, rows, schema
from smmplanner.backup.archive import Archive, opened

Tell = Callable[[str], None]
# Whoever serves pages or works in the background holds tables that are to be replaced.
_WAIT = "15s"


def restore(path: Path, tell: Tell, *, replace: bool = False) -> None:
    with opened(path) as archive:
        schema.refuse_unknown(archive.migrations)
        if not replace:
            refuse_what_is_in_use()
        tell(f"The file is whole: {sum(table['rows'] for table in archive.tables.values())} rows, {len(archive.media)} uploads.")
        with media.aside() as uploads, _all_or_nothing(archive):
            uploads.unpack(archive)
            schema.drop_everything()
            _as_it_was(archive, tell)
            tell("Bringing it up to this version …")
            schema.migrate_to()
            emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
            record("backup_restored", details={"made_at": archive.manifest["made_at"], "from": archive.manifest["database"]})
            uploads.move_in()
    for cache in caches.all():
        cache.clear()


def refuse_what_is_in_use() -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted({"brands_user", "brands_brand"} & there):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                raise BackupRefused("The database is not empty. With --replace all that is in it gives way to the backup.")
    if media.names():
        raise BackupRefused("There are uploads already. With --replace they and the database give way to the backup.")


@contextmanager
def _all_or_nothing(archive: Archive) -> Iterator[None]:
    """One transaction, with tables made and dropped inside it; what a database says becomes one line."""
    if connection.vendor == "sqlite":
        # Cannot be said inside a transaction, and SQLite changes no table while it watches over them.
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
                    # A table with checks that still wait for the end cannot be altered.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
    except (DatabaseError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError) as problem:
        said = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise BackupRefused(f"{archive.path} could not be restored, and nothing was changed: {said.rstrip('.')}.") from problem
    except OSError as problem:
        where = problem.filename or media.root()
        raise BackupRefused(f"{where}: {problem.strerror or problem}. Nothing was changed.") from problem
    finally:
        if connection.vendor == "sqlite":
            connection.enable_constraint_checking()


def _as_it_was(archive: Archive, tell: Tell) -> None:
    """The tables as the backup knew them, with its rows, read again to see that nothing was lost."""
    schema.migrate_to(archive.migrations)
    models_then = schema.tables_after(archive.migrations)
    if set(models_then) != set(archive.tables):
        raise BackupRefused(f"{archive.path} does not hold the tables that its migrations make.")
    _empty(models_then)
    _wait_with_checks("DEFERRED")
    for label, model in models_then.items():
        told = archive.tables[label]
        if told["columns"] != [field.attname for field in rows.columns(model)]:
            raise BackupRefused(f"{archive.path}: {label} has other columns than its migrations make.")
        rows.write(model, archive.lines(label))
        schema.go_on_after(model, told["last_id"])
        if told["rows"]:
            tell(f"{label}: {told['rows']}")
    _wait_with_checks("IMMEDIATE")
    connection.check_constraints()
    for label, model in models_then.items():
        _compare(label, model, archive.tables[label]["sha256"])


def _empty(models_then: dict[str, type[models.Model]]) -> None:
    """What migrations put into new tables is in the backup, too, as people left it."""
    with connection.cursor() as cursor:
        for model in reversed(models_then.values()):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            if cursor.fetchone():
                cursor.execute(f"DELETE FROM {table}")


def _wait_with_checks(mode: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {mode}")


def _compare(label: str, model: type[models.Model], expected: str) -> None:
    digest = hashlib.sha256()
    for line in rows.lines(model):
        digest.update(line)
    if digest.hexdigest() != expected:
        # Decimals of more than 15 digits, mostly, for which SQLite has no room.
        raise BackupRefused(f"{connection.display_name} cannot hold {label} exactly as it is in the backup. Nothing was changed.")
