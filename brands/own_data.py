"""What the product knows of a person, as a ZIP for that person: rows as JSON by table, and the files they brought."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from django.apps import apps
from django.db import models

from brands.audit import record
from brands.exports.writing import plain
from brands.models import AuditEntry, User

# Columns by which a row is a person's own or was written by them. Who approved or recorded something is the brand's matter.
THEIRS = {"user", "person", "author", "by", "created_by", "uploaded_by", "added_by", "actor", "asked_by"}
# What nobody is to read, not even its owner: it would open doors.
SECRET = ("password", "secret", "token", "digest", "session_key")
LEFT_OUT = {"account.emailconfirmation", "mfa.authenticator", "sessions.session"}
_CHUNK = 1 << 20

READ_ME = """What SMM Planner knows of you.

profile.json   your account
tables/*.json  rows that are yours or that you wrote, one file per table: memberships (brands.membership), notifications,
               comments, posts, uploads, what you did and from which address (brands.auditentry), and so on
files/         the files you uploaded

Moments are ISO 8601 in UTC, decimal numbers are text. A number that stands for another row is that row's number here.
Passwords and other secrets are left out.
"""


def write(user: User) -> IO[bytes]:
    """A temporary file with all of it, at its beginning."""
    # Closed by whoever gets it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        archive.writestr("README.txt", READ_ME)
        archive.writestr("profile.json", _json(_row(user)))
        for model in apps.get_models():
            rows = _rows(model, user)
            if rows is not None and model._meta.label_lower not in LEFT_OUT and rows.exists():
                _write_table(archive, model, rows)
    record("own_data_downloaded", person=user, on=user)
    file.seek(0)
    return file


def _rows(model: type[models.Model], user: User) -> models.QuerySet | None:
    theirs = models.Q()
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is User and field.name in THEIRS:
            theirs |= models.Q(**{field.name: user})
    return model._base_manager.filter(theirs).order_by("pk") if theirs else None


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], rows: models.QuerySet) -> None:
    files: list[tuple[str, models.fields.files.FieldFile]] = []
    with archive.open(f"tables/{model._meta.label_lower}.json", "w", force_zip64=True) as member:
        for number, row in enumerate(rows.iterator(chunk_size=500)):
            member.write((",\n" if number else "[\n").encode() + _json(_row(row)).encode("utf-8", "surrogatepass"))
            files += _files(row)
        member.write(b"\n]\n")
    for name, content in files:
        if content.storage.exists(content.name):
            with content.storage.open(content.name) as source, archive.open(name, "w", force_zip64=True) as target:
                while piece := source.read(_CHUNK):
                    target.write(piece)


def _files(row: models.Model) -> Iterator[tuple[str, models.fields.files.FieldFile]]:
    if isinstance(row, AuditEntry) or not hasattr(row, "uploaded_by_id"):
        return
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and (content := getattr(row, field.name)):
            ending = content.name.rpartition("/")[2].partition(".")[2]
            yield f"files/{row._meta.label_lower}/{row.pk}-{field.name}{'.' if ending else ''}{ending}", content


def _row(row: models.Model) -> dict[str, object]:
    return {
        field.name: str(value) if isinstance(field, models.FileField) else plain(value)
        for field in row._meta.concrete_fields
        if not any(word in field.name for word in SECRET) and not isinstance(field, models.BinaryField)
        for value in [getattr(row, field.attname)]
    }


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)
