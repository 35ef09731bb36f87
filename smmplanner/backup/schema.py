"""The tables as the database has them: after the migrations that were applied to it, not those that the code knows."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.fields.related import ForeignKey

from smmplanner.backup import BackupRefused

Migration = tuple[str, str]

# What a machine makes for itself again, by the label of its model.
LEFT_OUT = {
    "sessions.session": "People sign in again.",
    "usersessions.usersession": "People sign in again.",
    "brands.ratecount": "Counts of the last minutes.",
}


def applied() -> list[Migration]:
    return sorted(MigrationRecorder(connection).applied_migrations())


def refuse_unknown(migrations: Iterable[Migration]) -> None:
    known = _known()
    unknown = [f"{app}.{name}" for app, name in migrations if (app, name) not in known]
    if unknown:
        raise BackupRefused(f"A newer version of the product is needed: this one does not know {', '.join(unknown[:3])}.")


def _known() -> set[Migration]:
    on_disk = MigrationLoader(None).disk_migrations
    return set(on_disk) | {replaced for migration in on_disk.values() for replaced in migration.replaces}


def _replaces(migrations: Iterable[Migration]) -> bool:
    """Whether squashed migrations stand for those that they replace: not while only some of these were applied."""
    there = set(migrations)
    squashed = [set(migration.replaces) for migration in MigrationLoader(None).disk_migrations.values() if migration.replaces]
    return all(replaced <= there or not replaced & there for replaced in squashed)


def tables_after(migrations: list[Migration]) -> dict[str, type[models.Model]]:
    """The models after these migrations by their labels, a row's parents before the row."""
    loader = MigrationLoader(None, replace_migrations=_replaces(migrations))
    state = loader.project_state([each for each in migrations if each in loader.graph.nodes], at_end=True)
    found = {
        model._meta.label_lower: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return {label: found[label] for label in _parents_first(found) if label not in LEFT_OUT}


def _parents_first(found: dict[str, type[models.Model]]) -> list[str]:
    order: dict[str, None] = {}

    def place(label: str, below: tuple[str, ...] = ()) -> None:
        if label in order or label in below:
            return
        for field in found[label]._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                place(field.related_model._meta.label_lower, (*below, label))
        order[label] = None

    for label in sorted(found):
        place(label)
    return list(order)


def migrate_to(migrations: list[Migration] | None = None) -> None:
    """Apply migrations (all that the code knows, unless some are named) to the open connection, without signals."""
    executor = MigrationExecutor(connection)
    if migrations is None:
        executor.migrate(executor.loader.graph.leaf_nodes())
        return
    executor.loader = MigrationLoader(connection, replace_migrations=_replaces(migrations))
    graph = executor.loader.graph
    wanted = {each for each in migrations if each in graph.nodes}
    # Named beside one that comes after it, a migration would be taken for the one to go back to.
    last = [each for each in wanted if not any(child.key in wanted for child in graph.node_map[each].children)]
    executor.migrate(sorted(last))


def drop_everything() -> None:
    """Our tables and functions: whatever forbids to change rows goes with them."""
    there = set(connection.introspection.table_names())
    ours = {model._meta.db_table for model in tables_after(applied()).values()}
    ours |= set(connection.introspection.django_table_names()) | {"django_migrations", "django_session"}
    quoted = [connection.ops.quote_name(name) for name in sorted(ours & there)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if quoted:
                cursor.execute(f"DROP TABLE {', '.join(quoted)} CASCADE")
            _drop_functions(cursor)
            return
        for name in quoted:
            cursor.execute(f"DROP TABLE {name}")


def _drop_functions(cursor) -> None:
    """Those that migrations made: in our schema, ours, and of no extension."""
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p"
        " WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'"
        " AND p.proowner = current_user::regrole AND p.prorettype = 'trigger'::regtype"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {name} CASCADE")


def last_id(model: type[models.Model]) -> int:
    """The last number that the database gave out, which may be above the highest that is still there."""
    table, column = model._meta.db_table, model._meta.pk.column
    if not isinstance(model._meta.pk, models.AutoField):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
            cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")
            value, is_called = cursor.fetchone()
            return int(value) if is_called else 0
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def go_on_after(model: type[models.Model], last: int) -> None:
    """The next row gets a number that nobody had."""
    table, column = model._meta.db_table, model._meta.pk.column
    if not isinstance(model._meta.pk, models.AutoField) or not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(f"SELECT setval({sequence}, %s, true)", [connection.ops.quote_name(table), column, last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
