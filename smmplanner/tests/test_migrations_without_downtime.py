"""Old and new code run side by side while a release goes out: a migration may add, and takes away only in a later release."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

from brands.online_index import AddIndexOnline

# The rule holds for what came after these.
BASELINE = {"brands": 9, "strategies": 10, "calendar_app": 3, "metrics": 17}
# A brand has thousands of rows here, and a table all brands'.
LARGE = {
    "brands.auditentry", "brands.notification", "calendar_app.post", "calendar_app.postevent", "calendar_app.publication",
    "metrics.kpivalue", "metrics.mention", "metrics.observation",
}  # fmt: skip
# (app, name of the migration without its number, what is complained of): why it does no harm.
ALLOWED: dict[tuple[str, str, str], str] = {
    ("brands", "count_all_limits_in_one_table", "DeleteModel brands.apiminute.ApiMinute: the release before still reads it"): (
        "It was made within the same release: the release before does not know it."
    ),
}

REMOVES = (migrations.RemoveField, migrations.DeleteModel)
RENAMES = (migrations.RenameField, migrations.RenameModel, migrations.AlterModelTable)


def complaints(app: str, migration: migrations.Migration, before: ProjectState) -> list[str]:
    """What old code, or somebody who writes meanwhile, would suffer from; one sentence for each."""
    state, found = before.clone(), []
    for operation in _flat(migration.operations):
        found += _of_operation(app, operation, state)
        operation.state_forwards(app, state)
    is_online = all(isinstance(each, AddIndexOnline | AddIndexConcurrently) for each in migration.operations)
    if not migration.atomic and not is_online:
        found.append("atomic = False leaves half of it behind when it is interrupted")
    return found


def _flat(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _of_operation(app: str, operation: Operation, state: ProjectState) -> list[str]:
    name = operation.__class__.__name__
    table = f"{app}.{getattr(operation, 'model_name', getattr(operation, 'name', '')).lower()}"
    column = f"{table}.{getattr(operation, 'name', '')}"
    if isinstance(operation, REMOVES):
        return [f"{name} {column}: the release before still reads it"]
    if isinstance(operation, RENAMES):
        return [f"{name} {table}: the release before knows the old name"]
    if isinstance(operation, migrations.AddField):
        return _of_new_field(table, column, operation.field)
    if isinstance(operation, migrations.AlterField):
        return _of_changed_field(
            table, column, operation.field, state.models[app, operation.model_name_lower].fields[operation.name]
        )
    if isinstance(operation, migrations.AddConstraint) and table in LARGE:
        return [f"AddConstraint {table}: reads a large table while nobody may write"]
    is_online = isinstance(operation, AddIndexOnline | AddIndexConcurrently)
    if isinstance(operation, migrations.AddIndex) and table in LARGE and not is_online:
        return [f"AddIndex {table}: nobody may write while a large table is indexed (AddIndexOnline)"]
    if isinstance(operation, migrations.RunPython | migrations.RunSQL) and not operation.reversible:
        return [f"{name}: has no way back"]
    return []


def _of_new_field(table: str, column: str, field: models.Field) -> list[str]:
    found = []
    if not field.null and not field.many_to_many and field.db_default is NOT_PROVIDED:
        found.append(f"AddField {column}: NOT NULL without db_default, so the release before cannot add a row")
    if table in LARGE and _has_index(field):
        found.append(f"AddField {column}: nobody may write while a large table is indexed (db_index=False, AddIndexOnline)")
    return found


def _of_changed_field(table: str, column: str, field: models.Field, was: models.Field) -> list[str]:
    found = []
    if was.null and not field.null:
        found.append(f"AlterField {column}: becomes NOT NULL, and the release before may write a null")
    if was.get_internal_type() != field.get_internal_type():
        found.append(f"AlterField {column}: changes its type, and the whole table is written anew")
    if was.max_length and field.max_length and field.max_length < was.max_length:
        found.append(f"AlterField {column}: becomes shorter than what the release before writes")
    if table in LARGE and _has_index(field) and not _has_index(was):
        found.append(f"AlterField {column}: nobody may write while a large table is indexed (AddIndexOnline)")
    return found


def _has_index(field: models.Field) -> bool:
    return bool(field.db_index or field.unique) and not field.many_to_many


# --- our own


@cache
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def under_the_rule() -> list[tuple[str, str]]:
    known = [key for key in loader().disk_migrations if key[0] in BASELINE]
    return sorted((app, name) for app, name in known if int(name[:4]) > BASELINE[app])


@pytest.mark.parametrize(("app", "name"), under_the_rule())
def test_a_migration_lets_the_release_before_go_on(app, name):
    before = loader().project_state((app, name), at_end=False)
    found = complaints(app, loader().disk_migrations[app, name], before)
    assert [each for each in found if (app, name[5:], each) not in ALLOWED] == []


def test_what_is_allowed_has_a_reason_and_is_still_there():
    there = {(app, name[5:]) for app, name in under_the_rule()}
    assert all(reason.strip() and key[:2] in there for key, reason in ALLOWED.items())


def test_the_rule_has_something_to_look_at():
    assert ("brands", "the_machinery_tells_of_itself") in {(app, name[5:]) for app, name in under_the_rule()}


def test_large_tables_are_tables():
    assert {f"{app}.{name}" for app, name in loader().project_state().models} >= LARGE


# --- planted ones


def planted(*operations: Operation, atomic: bool = True) -> list[str]:
    migration = migrations.Migration("planted", "metrics")
    migration.operations, migration.atomic = list(operations), atomic
    return complaints("metrics", migration, state())


@cache
def state() -> ProjectState:
    return loader().project_state()


def nothing(apps, editor) -> None:
    pass


INDEX = models.Index(fields=["value"], name="planted")
BAD = {
    "still reads it": migrations.RemoveField("observation", "value"),
    "DeleteModel": migrations.DeleteModel("Alert"),
    "RenameField": migrations.RenameField("observation", "value", "figure"),
    "RenameModel": migrations.RenameModel("Alert", "Warning"),
    "AlterModelTable": migrations.AlterModelTable("alert", "warnings"),
    "NOT NULL without db_default": migrations.AddField("alert", "loud", models.BooleanField(default=False)),
    "becomes NOT NULL": migrations.AlterField("import", "touched_at", models.DateTimeField()),
    "changes its type": migrations.AlterField("observation", "value", models.FloatField(null=True)),
    "becomes shorter": migrations.AlterField("observation", "measure", models.CharField(max_length=2)),
    "while a large table is indexed": migrations.AddIndex("observation", INDEX),
    "db_index=False": migrations.AddField("observation", "tag", models.CharField(max_length=9, null=True, db_index=True)),
    "AddConstraint": migrations.AddConstraint("observation", models.UniqueConstraint(fields=["value"], name="planted")),
    "RunPython: has no way back": migrations.RunPython(nothing),
    "RunSQL: has no way back": migrations.RunSQL("SELECT 1"),
}


@pytest.mark.parametrize("complaint", BAD)
def test_a_bad_migration_is_caught(complaint):
    found = planted(BAD[complaint])
    assert any(complaint in each for each in found), found
    assert planted(migrations.SeparateDatabaseAndState(database_operations=[BAD[complaint]])) == found


def test_one_that_would_be_left_half_done_is_caught():
    assert "left" not in str(planted(migrations.RunPython(nothing, nothing)))
    assert "leaves half of it behind" in str(planted(migrations.RunPython(nothing, nothing), atomic=False))


GOOD = {
    "new table": migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
    "nullable": migrations.AddField("observation", "note", models.TextField(null=True)),
    "database default": migrations.AddField("alert", "loud", models.BooleanField(default=False, db_default=False)),
    "becomes nullable": migrations.AlterField("alert", "brand", models.ForeignKey("brands.Brand", models.CASCADE, null=True)),
    "small index": migrations.AddIndex("alert", models.Index(fields=["brand"], name="planted")),
    "rows there and back": migrations.RunPython(nothing, nothing),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_migration_passes(name):
    assert planted(GOOD[name]) == []


def test_an_index_that_is_made_online_passes():
    assert planted(AddIndexOnline("observation", INDEX), atomic=False) == []


# --- on a database


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_online_and_taken_back(transactional_db):
    from django.db import connection

    index = models.Index(fields=["value"], name="planted_online")
    operation, before = AddIndexOnline("observation", index), state()
    after = before.clone()
    operation.state_forwards("metrics", after)

    def names() -> set[str]:
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, "metrics_observation"))

    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("metrics", editor, before, after)
    assert "planted_online" in names()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("metrics", editor, after, before)
    assert "planted_online" not in names()


@pytest.mark.slow
@pytest.mark.once(on_services=True)
def test_two_processes_that_migrate_at_once_wait_for_each_other(postgres_url, tmp_path):
    import psycopg

    from brands.alone import key_of

    name = f"smmplanner_migrate_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    url = re.sub(r"/[^/]*$", f"/{name}", postgres_url)
    environment = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "smmplanner.settings"}
    command = [sys.executable, "-u", "manage.py", "migrate", "--noinput"]
    both = []
    try:
        with psycopg.connect(url, autocommit=True) as first:
            first.execute("SELECT pg_advisory_lock(%s)", [key_of("migrate")])
            for number in range(2):
                with (tmp_path / f"{number}.log").open("w") as log:
                    both.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log))
            deadline = time.monotonic() + 120
            while not all("waiting" in (tmp_path / f"{number}.log").read_text() for number in range(2)):
                assert time.monotonic() < deadline, "they did not wait"
                time.sleep(0.2)
            assert first.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,)
        assert [process.wait(timeout=240) for process in both] == [0, 0]
        said = sorted((tmp_path / f"{number}.log").read_text().count("Applying brands.") for number in range(2))
        assert said[0] == 0 < said[1], "one migrated, the other found nothing to do"
        with psycopg.connect(url) as last:
            twice = last.execute("SELECT app, name FROM django_migrations GROUP BY 1, 2 HAVING count(*) > 1").fetchall()
        assert twice == []
    finally:
        for process in both:
            process.kill()
            process.wait()
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
