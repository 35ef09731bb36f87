"""Taking away what people made, with a word about it in the audit log; and a brand with all that belongs to it."""

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError

from brands.audit import Named, record
from brands.exports.tables import belonging
from brands.models import Brand


@transaction.atomic
def delete(brand: Brand, row: models.Model) -> None:
    record("deleted", brand=brand, on=row)
    row.delete()


@transaction.atomic
def delete_seen(brand: Brand, rows: models.QuerySet | models.Manager, row: models.Model, version: int | None) -> bool:
    """Delete the row if it still is as it was seen; False where somebody saved it since, or it is gone."""
    named = Named.of(row)
    if not rows.filter(pk=row.pk, version=version).delete()[0]:
        return False
    record("deleted", brand=brand, on=named)
    return True


def delete_rows(rows: QuerySet) -> None:
    """Delete them with all that belongs to them: what is protected from its neighbours goes first."""
    while True:
        try:
            with transaction.atomic():
                rows.delete()
            return
        except (ProtectedError, RestrictedError) as problem:
            held = problem.protected_objects if isinstance(problem, ProtectedError) else problem.restricted_objects
            by_model: dict[type, set[int]] = {}
            for row in held:
                by_model.setdefault(type(row), set()).add(row.pk)
            for model, keys in by_model.items():
                delete_rows(model._base_manager.filter(pk__in=keys))


def files_of(brand: Brand) -> Iterable[str]:
    """The names of all files that rows of the brand hold."""
    for table in belonging().values():
        for field in table.file_fields:
            yield from table.rows(brand).exclude(**{field.name: ""}).values_list(field.name, flat=True)


def delete_brand(brand: Brand) -> None:
    """All rows and files of the brand, for good. Call it inside a transaction; the files go when it is over."""
    names = list(files_of(brand))
    delete_rows(Brand.objects.filter(pk=brand.pk))
    transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
