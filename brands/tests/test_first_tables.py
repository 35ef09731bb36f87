"""New tables made in one go are the tables that Django makes one by one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations import AddConstraint, AddField, CreateModel, Migration, RunPython
from django.db.migrations.state import ProjectState

from brands.first_tables import FirstTables


def table(model: str, **fields: models.Field) -> CreateModel:
    return CreateModel(model, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


def one(model: str) -> models.ForeignKey:
    return models.ForeignKey(f"shop.{model}", on_delete=models.CASCADE)


def operations(seen: list[dict[str, int]]) -> list:
    def look(apps, schema_editor) -> None:
        seen.append({model.__name__: len(model._meta.get_fields()) for model in apps.get_models()})

    return [
        table("Brand", name=models.CharField(max_length=9, unique=True)),
        table("Shelf", brand=one("brand")),
        RunPython(look),
        AddField("brand", "colour", models.CharField(max_length=9, default="")),
        table("Cup", shelf=one("shelf"), brand=one("brand")),
        table("Spoon", cup=one("cup"), others=models.ManyToManyField("shop.Shelf")),
        AddConstraint("cup", models.UniqueConstraint("shelf", "brand", name="one_cup")),
        RunPython(look),
    ]


@contextmanager
def empty_database() -> Iterator[DatabaseWrapper]:
    usual = {name: value for name, value in connection.settings_dict.items() if name not in {"OPTIONS", "NAME"}}
    made = DatabaseWrapper(usual | {"NAME": ":memory:", "OPTIONS": {}}, "default")
    try:
        yield made
    finally:
        made.close()


def applied(kind: type[Migration]) -> tuple[list[tuple], ProjectState, list[dict[str, int]]]:
    migration, seen = kind("0001_initial", "shop"), []
    migration.operations = operations(seen)
    with empty_database() as database:
        with database.schema_editor() as editor:
            state = migration.apply(ProjectState(), editor)
        with database.cursor() as cursor:
            return cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall(), state, seen


@pytest.mark.once
@pytest.mark.django_db
def test_tables_and_models_are_the_same():
    usual, usual_state, usually_seen = applied(Migration)
    at_once, state, seen = applied(FirstTables)
    assert at_once == usual and {"shop_brand", "shop_cup", "shop_spoon_others", "one_cup"} <= {
        name for _type, name, _sql in usual
    }
    assert state.models == usual_state.models
    assert state.apps.get_model("shop", "Spoon")._meta.get_field("cup").related_model is state.apps.get_model("shop", "Cup")
    # What stands between the tables finds the models of its moment.
    assert seen == usually_seen and [found.keys() for found in seen] == [
        {"Brand", "Shelf"},
        {"Brand", "Shelf", "Cup", "Spoon"},
    ]
