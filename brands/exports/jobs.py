"""Exports of a brand as they are asked for, made in the background, fetched by who may, and forgotten."""

import logging
import secrets
import tempfile
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from brands.audit import record
from brands.exports.writing import write_brand
from brands.models import Brand, BrandExport, User

log = logging.getLogger(__name__)
SIGNER = signing.TimestampSigner(salt="brands.export")
# Then the worker that had it is gone.
LOST_AFTER = timedelta(minutes=10)
Status = BrandExport.Status


def ask(brand: Brand, person: User) -> BrandExport:
    """The export that is being prepared; a new one where there is none."""
    with transaction.atomic():
        # The brand's row is the lock: two leads ask for one file.
        Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        waiting = brand.exports.filter(status=Status.WAITING).first()
        if waiting is None:
            waiting = brand.exports.create(asked_by=person)
            record("brand_exported", brand=brand, person=person, on=brand)
    return waiting


def make(pk: int) -> None:
    """Make the file; where that was done, or is being done by somebody else, do nothing."""
    stored = ""
    try:
        with tempfile.TemporaryFile() as file, transaction.atomic():
            export = BrandExport.objects.select_for_update(skip_locked=True).filter(pk=pk, status=Status.WAITING).first()
            if export is None:
                return
            export.rows = sum(write_brand(export.brand, file).values())
            export.size = file.seek(0, 2)
            file.seek(0)
            stored = default_storage.save(f"exports/{export.brand_id}/{secrets.token_hex(16)}.zip", File(file))
            export.file, export.status, export.made_at = stored, Status.READY, timezone.now()
            export.save()
    except Exception:
        log.exception("The export %s could not be made", pk)
        if stored:
            default_storage.delete(stored)
        BrandExport.objects.filter(pk=pk, status=Status.WAITING).update(status=Status.FAILED)


def waiting(now: datetime) -> list[int]:
    """Those whose message was lost."""
    lost = BrandExport.objects.filter(status=Status.WAITING, asked_at__lt=now - LOST_AFTER)
    return list(lost.values_list("pk", flat=True))


def forget(now: datetime) -> int:
    """Delete files that nobody may fetch any more; how many."""
    over = BrandExport.objects.filter(status=Status.READY, made_at__lte=now - timedelta(days=settings.EXPORT_DAYS))
    count = 0
    for export in over.iterator(chunk_size=200):
        default_storage.delete(export.file.name)
        BrandExport.objects.filter(pk=export.pk).update(status=Status.FORGOTTEN, file="")
        count += 1
    return count


def token(export: BrandExport, person: User) -> str:
    """What the link to the file carries: it is this person's alone, and for as long as there is a file."""
    return SIGNER.sign_object([export.pk, person.pk])


def find(brand: Brand, person: User, signed: str) -> BrandExport | None:
    try:
        pk, owner = SIGNER.unsign_object(signed, max_age=timedelta(days=settings.EXPORT_DAYS))
    except signing.BadSignature:
        return None
    export = brand.exports.filter(pk=pk).first() if owner == person.pk else None
    return export if export is not None and export.is_there else None
