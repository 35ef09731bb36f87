"""A brand into a ZIP: rows as lines of JSON with the names of their fields, uploads beside them."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import IO

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from brands.exports.tables import LEFT_OUT, PEOPLE, Table, exported, target
from brands.models import Brand, Platform, User

FORMAT = 1
WHAT = "SMM Planner brand"
READ_AT_ONCE = 2_000
_CHUNK = 1 << 20


def plain(value: object) -> object:
    """A column as JSON: decimals as text with all their places, days and moments ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def write_brand(brand: Brand, file: IO[bytes]) -> dict[str, int]:
    """Everything of the brand as of one moment; how many rows of each table there are."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive, transaction.atomic():
        people: set[int] = set(brand.memberships.values_list("user", flat=True))
        uploads: list[tuple[str, str]] = []
        counts = {}
        for label, table in exported().items():
            with archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as member:
                counts[label] = 0
                for row in _rows(table, brand, people, uploads):
                    member.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
                    member.write(b"\n")
                    counts[label] += 1
        for name, stored in uploads:
            _add_upload(archive, name, stored)
        members = dict(brand.memberships.values_list("user", "role"))
        _add_json(archive, "people.json", [
            {"id": person.pk, "name": person.name, "email": person.email, "role": members.get(person.pk)}
            for person in User.objects.filter(pk__in=people).order_by("pk")
        ])  # fmt: skip
        platforms = Platform.objects.order_by("pk").values("id", "slug", "name")
        _add_json(archive, "platforms.json", list(platforms))
        _add_json(archive, "manifest.json", {
            "what": WHAT, "format": FORMAT, "made_at": timezone.now().isoformat(), "brand": brand.name, "tables": counts,
            "left_out": LEFT_OUT,
        })  # fmt: skip
    return counts


def _add_json(archive: zipfile.ZipFile, name: str, content: object) -> None:
    archive.writestr(name, json.dumps(content, ensure_ascii=False, indent=1))


def _rows(table: Table, brand: Brand, people: set[int], uploads: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    for row in table.rows(brand).iterator(chunk_size=READ_AT_ONCE):
        said: dict[str, object] = {}
        for field in table.fields:
            value = getattr(row, field.attname)
            if isinstance(field, models.FileField):
                value = _upload(table, row, field, uploads)
            elif isinstance(field, models.ForeignKey) and value is not None and target(field) == PEOPLE:
                people.add(value)
            said[field.name] = plain(value)
        yield said


def _upload(table: Table, row: models.Model, field: models.FileField, uploads: list[tuple[str, str]]) -> str:
    """The name of the upload's member, where there is an upload."""
    stored = getattr(row, field.name).name
    if not stored or not default_storage.exists(stored):
        return ""
    ending = stored.rpartition("/")[2].partition(".")[2]
    name = f"files/{table.label}/{row.pk}-{field.name}{'.' if ending else ''}{ending}"
    uploads.append((name, stored))
    return name


def _add_upload(archive: zipfile.ZipFile, name: str, stored: str) -> None:
    member = zipfile.ZipInfo(name)
    with default_storage.open(stored) as source, archive.open(member, "w", force_zip64=True) as target_:
        while piece := source.read(_CHUNK):
            target_.write(piece)
