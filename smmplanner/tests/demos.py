"""The demo for tests: made once per run, and copied by every other test that asks for it, in whichever process it runs."""

import pickle
import shutil
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from unittest import mock

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from brands.models import Brand, User
from metrics import demo
from smmplanner.tests.once import once_a_run

# Table → names of its columns, and its rows.
Rows = dict[str, tuple[list[str], list[tuple[object, ...]]]]

OTHER_SLUG = "baxmal-libos"


def demo_brand() -> Brand:
    """The demo brand. Asked for before anything else is written: its rows come with the numbers that they were made with."""
    _made_or_copied("one", demo.create)
    return Brand.objects.get(slug=demo.SLUG)


def two_demo_brands() -> dict[str, Brand]:
    """Two brands full of rows. Nobody is in both."""
    _made_or_copied("two", _make_two)
    return {"brand": Brand.objects.get(slug=demo.SLUG), "other": Brand.objects.get(slug=OTHER_SLUG)}


def _make_two() -> None:
    with mock.patch.object(demo, "SLUG", OTHER_SLUG):
        other = demo.create()
    for user in User.objects.filter(memberships__brand=other):
        User.objects.filter(pk=user.pk).update(email=f"other-{user.email}", name=f"Other {user.name}")
    demo.create()


def _made_or_copied(name: str, make: Callable[[], object]) -> None:
    """What `make` writes into the database and among the files, once a run; the next who ask get a copy."""
    with once_a_run(f"demo-{name}") as (kept, is_to_be_made):
        rows, files = kept / "rows", kept / "media"
        if is_to_be_made:
            before, files_before = _all_rows(), _all_files()
            make()
            _keep_files(files, files_before)
            rows.write_bytes(pickle.dumps(_without(_all_rows(), before)))
    if not is_to_be_made:
        shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        with transaction.atomic():
            _write(pickle.loads(rows.read_bytes()))


def _all_rows() -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = [column[0] for column in cursor.description], cursor.fetchall()
    return found


def _without(rows: Rows, before: Rows) -> Rows:
    new = {}
    for table, (columns, found) in rows.items():
        known = set(before[table][1])
        if added := [row for row in found if row not in known]:
            new[table] = columns, added
    return new


def _write(rows: Rows) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, found) in rows.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", map(_bound, found))
        for statement in connection.ops.sequence_reset_sql(no_style(), _models_of(rows)):
            cursor.execute(statement)


def _bound(row: tuple[object, ...]) -> list[object]:
    """SQLite reads times as such, and takes them as text."""
    return [str(value) if isinstance(value, date | time) else value for value in row]


def _models_of(rows: Rows) -> list[type[Model]]:
    """Their next rows get numbers after the copied ones."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in rows]


def _all_files() -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def _keep_files(place: Path, before: set[Path]) -> None:
    place.mkdir()
    for path in _all_files() - before:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(settings.MEDIA_ROOT) / path, place / path)
