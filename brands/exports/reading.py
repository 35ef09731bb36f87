"""A brand made anew from a file: checked whole before anything is written, and written whole or not at all."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import IO, Any, TypeVar

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ForeignKey, QuerySet
from django.utils.translation import gettext as _

from brands.exports.checking import ImportRefused, Parcel, place
from brands.exports.rows import Builder
from brands.exports.tables import PLATFORM, Table, exported, target
from brands.models import Brand, Membership, Role, User
from brands.slugs import free_slug

WRITTEN_AT_ONCE = 500
Item = TypeVar("Item")


def import_brand(file: IO[bytes], importer: User) -> Brand:
    """The new brand, led by whoever brings it; raises ImportRefused."""
    parcel = Parcel(file)
    builder = Builder(parcel, importer)
    _check(builder)
    stored: list[str] = []
    try:
        with transaction.atomic():
            brand = _write(builder, stored)
            Membership.objects.create(brand=brand, user=importer, role=Role.LEAD)
            return brand
    except (DatabaseError, OSError) as problem:
        _forget(stored)
        raise ImportRefused(_("The file contradicts itself, and no brand was made of it.")) from problem
    except BaseException:
        _forget(stored)
        raise


def _in_lots(rows: Iterable[Item], most: int) -> Iterator[list[Item]]:
    remaining = iter(rows)
    while lot := list(islice(remaining, most)):
        yield lot


def _forget(stored: list[str]) -> None:
    for name in stored:
        default_storage.delete(name)


def _check(builder: Builder) -> None:
    for label, table in exported().items():
        for number, said in builder.parcel.rows(label):
            builder.check(table, number, said)
    if len(builder.seen["brands.brand"]) != 1:
        raise ImportRefused(_("The file must hold one brand."))
    for label, table in exported().items():
        for number, said in builder.parcel.rows(label):
            builder.check_references(table, number, said)


def _write(builder: Builder, stored: list[str]) -> Brand:
    later: list[tuple[type[models.Model], int, str, str, int]] = []
    for label, table in exported().items():
        for several in _in_lots(builder.parcel.rows(label), WRITTEN_AT_ONCE):
            rows = [builder.build(table, number, said) for number, said in several]
            for row in rows:
                _prepare(builder, table, row, stored)
            keys = _insert(table, rows)
            for key, (_number, said) in zip(keys, several, strict=True):
                later += _to_fill_in(builder, table, key, said)
                builder.new[label][said[table.model._meta.pk.name]] = key
    for model, key, name, label, old in later:
        model._base_manager.filter(pk=key).update(**{name: builder.new[label][old]})
    brand = Brand.objects.get(pk=next(iter(builder.new["brands.brand"].values())))
    _renumber(builder, brand)
    return brand


def _prepare(builder: Builder, table: Table, row: models.Model, stored: list[str]) -> None:
    if isinstance(row, Brand):
        row.slug, row.is_sample = free_slug(row.name), False
    for field in table.file_fields:
        name = getattr(row, field.attname).name
        if name:
            folder = f"brands/{next(iter(builder.new['brands.brand'].values()))}"
            ending = PurePosixPath(name).suffix[:12]
            with builder.parcel.zip.open(name) as content:
                stored.append(default_storage.save(f"{folder}/{secrets.token_hex(16)}{ending}", File(content)))
            setattr(row, field.attname, stored[-1])


def _insert(table: Table, rows: list[models.Model]) -> list[int]:
    """Raw, as fixtures are loaded: when a row was made is what the file says, not now."""
    pk = table.model._meta.pk
    fields = [field for field in table.fields if not (field.primary_key and isinstance(field, models.AutoField))]
    keys: list[int] = []
    most = connection.ops.bulk_batch_size(fields, rows) or len(rows)
    for several in _in_lots(rows, max(most, 1)):
        made = QuerySet(table.model)._insert(several, fields=fields, returning_fields=[pk], raw=True, using="default")
        keys += [found[0] for found in made]
    return keys


def _to_fill_in(builder: Builder, table: Table, key: int, said: dict[str, Any]) -> list[tuple]:
    """References to rows that come later in the file, or in the same lot."""
    return [
        (table.model, key, field.attname, target(field), said[field.name])
        for field in table.fields
        if isinstance(field, ForeignKey) and target(field) in builder.new and said.get(field.name) is not None
        if said[field.name] not in builder.new[target(field)] or target(field) == table.label
    ]


def _renumber(builder: Builder, brand: Brand) -> None:
    """Rows that name others inside of JSON say so by a method `renumber`, which gets the way to the new numbers."""

    def new(label: str, old: object) -> int | None:
        if label == PLATFORM and isinstance(old, int):
            return builder.platforms.get(builder.parcel.platforms.get(old, ""))
        return builder.new.get(label, {}).get(old) if isinstance(old, int) else None

    for table in exported().values():
        renumber: Callable | None = getattr(table.model, "renumber", None)
        if renumber is not None:
            for row in table.rows(brand).iterator(chunk_size=500):
                try:
                    row.renumber(new)
                except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as problem:
                    said = _("%(place)s cannot be read.") % {"place": place(table.label, row.pk)}
                    raise ImportRefused(said) from problem
                fields = [field.attname for field in table.fields if isinstance(field, models.JSONField)]
                table.model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in fields})
