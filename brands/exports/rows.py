"""A row of a file as a row of ours: every column checked, every number of another row followed or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import FileField, ForeignKey, JSONField
from django.utils.translation import gettext as _

from brands.exports.checking import ImportRefused, Parcel, place
from brands.exports.tables import LEFT_OUT, PEOPLE, PLATFORM, Table, belonging, exported, target
from brands.models import Platform, User

DEEPEST = 60


class Builder:
    """Makes rows for one import. `new` has the numbers that rows of the file got here, by table."""

    def __init__(self, parcel: Parcel, importer: User) -> None:
        self.parcel = parcel
        self.importer = importer
        self.new: dict[str, dict[int, int]] = {label: {} for label in exported()}
        self.seen: dict[str, set[int]] = {label: set() for label in exported()}
        self.platforms = dict(Platform.objects.values_list("slug", "pk"))

    def check(self, table: Table, number: int, said: Mapping[str, Any]) -> None:
        """Raises ImportRefused where a row cannot be; remembers that it is there."""
        self.build(table, number, said)
        pk = said.get(table.model._meta.pk.name)
        if not isinstance(pk, int) or isinstance(pk, bool) or pk in self.seen[table.label]:
            raise ImportRefused(_("%(place)s has no number of its own.") % {"place": place(table.label, number)})
        self.seen[table.label].add(pk)

    def check_references(self, table: Table, number: int, said: Mapping[str, Any]) -> None:
        for field in table.fields:
            inside = isinstance(field, ForeignKey) and target(field) in self.seen
            if inside and said.get(field.name) is not None and said[field.name] not in self.seen[target(field)]:
                raise ImportRefused(_("%(place)s belongs to something that is not in the file.") % {
                    "place": place(table.label, number)
                })  # fmt: skip

    def build(self, table: Table, number: int, said: Mapping[str, Any]) -> models.Model:
        if unknown := set(said) - {field.name for field in table.fields}:
            raise self._wrong(table, number, sorted(unknown)[0])
        row = table.model()
        for field in table.fields:
            if field.primary_key and not isinstance(field, ForeignKey):
                continue
            if field.name not in said:
                continue
            try:
                setattr(row, field.attname, self._value(field, said[field.name]))
            except (ValidationError, ValueError, TypeError, OverflowError, ArithmeticError, RecursionError) as problem:
                raise self._wrong(table, number, field.name) from problem
        return row

    @staticmethod
    def _wrong(table: Table, number: int, field: str) -> ImportRefused:
        return ImportRefused(
            _("%(place)s has something wrong in “%(field)s”.") % {"place": place(table.label, number), "field": field[:60]}
        )

    def _value(self, field: models.Field, said: Any) -> Any:
        if isinstance(field, ForeignKey):
            return self._reference(field, said)
        if isinstance(field, FileField):
            if said and (not isinstance(said, str) or said not in self.parcel.names or not said.startswith("files/")):
                raise ValueError(said)
            return said or ""
        if isinstance(field, JSONField):
            return _sound(said)
        if said is None:
            if not field.null:
                raise ValueError(said)
            return None
        return _checked(field, said)

    def _reference(self, field: ForeignKey, said: Any) -> int | None:
        label = target(field)
        if said is not None and (not isinstance(said, int) or isinstance(said, bool)):
            raise TypeError(said)
        if label == PEOPLE:
            return self._person(field, said)
        if label == PLATFORM and said is not None:
            return self.platforms[self.parcel.platforms[said]]
        if label in LEFT_OUT or label not in belonging() or said is None:
            if not field.null:
                raise ValueError(said)
            return None
        # None where the other row comes later: it is filled in at the end.
        return self.new[label].get(said)

    def _person(self, field: ForeignKey, said: int | None) -> int | None:
        """The importer for themselves, and for others only where somebody must be named."""
        if said is None and field.null:
            return None
        email = str(self.parcel.people.get(said, {}).get("email", ""))
        return self.importer.pk if not field.null or email.lower() == self.importer.email.lower() else None


def _checked(field: models.Field, said: Any) -> Any:
    """A value that the field would take from a form, without asking whether it may be empty."""
    expected = {models.BooleanField: bool, models.IntegerField: int, models.CharField: str, models.TextField: str}
    for kind, wanted in expected.items():
        if isinstance(field, kind) and (not isinstance(said, wanted) or (wanted is int and isinstance(said, bool))):
            raise TypeError(said)
    if isinstance(said, str) and "\0" in said:
        raise ValueError(said)
    if not isinstance(said, str | int | bool):
        raise TypeError(said)
    value = field.to_python(said)
    if value not in field.empty_values:
        field.validate(value, None)
        field.run_validators(value)
    return value


def _sound(said: Any, depth: int = 0) -> Any:
    """JSON that both databases hold: not too deep, and without the character that PostgreSQL does not know."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(said, str):
        if "\0" in said:
            raise ValueError("NUL")
        said.encode("utf-8")
    elif isinstance(said, dict):
        for name, value in said.items():
            _sound(name, depth + 1)
            _sound(value, depth + 1)
    elif isinstance(said, list):
        for value in said:
            _sound(value, depth + 1)
    elif isinstance(said, float) and (said != said or said in (float("inf"), float("-inf"))):
        raise ValueError("not a number")
    return said
