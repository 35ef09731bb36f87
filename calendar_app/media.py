"""Files of a brand for its posts: what they are is told by their content, and each is kept once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, User
from calendar_app import pictures, video
from calendar_app.models import MediaFile

Kind = MediaFile.Kind
MEGABYTE = 1024 * 1024
LARGEST = {Kind.IMAGE: 20 * MEGABYTE, Kind.VIDEO: 500 * MEGABYTE, Kind.DOCUMENT: 100 * MEGABYTE}
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm,application/pdf"
LONGEST_NAME = MediaFile._meta.get_field("name").max_length
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")

UNKNOWN = _("That is no file we can use. JPEG, PNG, WebP and GIF pictures, MP4, MOV and WebM videos and PDF documents are fine.")
BROKEN = {
    Kind.IMAGE: _("The picture is damaged and cannot be read."),
    Kind.VIDEO: _("The video is damaged or of a kind that networks do not take. MP4, MOV and WebM are fine."),
    Kind.DOCUMENT: _("The document is damaged: its end is missing."),
}


class MediaRefused(Exception):
    """The file is not taken; `reason` says why, in words."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass
class Found:
    """What a file is, and what of it is stored; `content` None means as it came."""

    kind: str
    content_type: str
    extension: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    content: bytes | None = None
    thumbnail: bytes = b""


def keep(brand: Brand, upload: UploadedFile, user: User | None) -> MediaFile:
    """The brand's row of this file, made where there is none; raises MediaRefused."""
    kind = kind_of(upload)
    _refuse_size(upload.size or 0, kind)
    digest = _digest(upload)
    standing = brand.media_files.filter(sha256=digest).first()
    return standing or _store(brand, upload, look(upload, kind), digest, user)


def forget_unused(before: datetime) -> int:
    """Delete files that came before that moment and that no post holds; how many. Versions and templates do without them."""
    gone = 0
    for row in MediaFile.objects.filter(created_at__lt=before, uses=None).iterator(chunk_size=200):
        try:
            row.delete()
        except ProtectedError:
            # A post took it a moment ago.
            continue
        for stored in filter(None, (row.file.name, row.thumbnail.name)):
            default_storage.delete(stored)
        gone += 1
    return gone


def kind_of(file: File) -> str:
    """Picture, video or document by the first bytes; raises MediaRefused."""
    file.seek(0)
    head = file.read(16)
    if not head:
        raise MediaRefused(_("The file is empty."))
    if head.startswith(SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.IMAGE
    if head[4:8] == b"ftyp" or head.startswith(video.WEBM_HEADER):
        return Kind.VIDEO
    if head.startswith(b"%PDF-"):
        return Kind.DOCUMENT
    raise MediaRefused(UNKNOWN)


def look(file: File, kind: str) -> Found:
    """Read the file as what its first bytes say it is; raises MediaRefused."""
    try:
        return READERS[kind](file)
    except pictures.TooManyPixels as problem:
        raise MediaRefused(_("The picture has more than 60 million pixels. Make it smaller first.")) from problem
    except video.IsAPicture as problem:
        raise MediaRefused(_("HEIC and AVIF pictures are not taken by networks. Save it as JPEG first.")) from problem
    except ValueError as problem:
        raise MediaRefused(BROKEN[kind]) from problem


def _picture(file: File) -> Found:
    found = pictures.read(file)
    return Found(
        Kind.IMAGE, found.content_type, found.extension, found.width, found.height,
        content=found.content, thumbnail=found.thumbnail,
    )  # fmt: skip


def _video(file: File) -> Found:
    file.seek(0)
    head = file.read(128)
    film = video.read_webm(head) if head.startswith(video.WEBM_HEADER) else video.read_boxes(file, file.size)
    video.forget_places(file, film)
    return Found(Kind.VIDEO, film.content_type, film.extension, film.width, film.height, film.seconds)


def _document(file: File) -> Found:
    file.seek(max(file.size - 2048, 0))
    if b"%%EOF" not in file.read(2048):
        raise ValueError
    return Found(Kind.DOCUMENT, "application/pdf", "pdf")


READERS = {Kind.IMAGE: _picture, Kind.VIDEO: _video, Kind.DOCUMENT: _document}


def _refuse_size(size: int, kind: str) -> None:
    if size > LARGEST[kind]:
        raise MediaRefused(_("The file has %(size)s; at most %(limit)s are taken.") % {
            "size": filesizeformat(size), "limit": filesizeformat(LARGEST[kind])
        })  # fmt: skip


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _store(brand: Brand, upload: UploadedFile, found: Found, digest: str, user: User | None) -> MediaFile:
    row = MediaFile(
        brand=brand, kind=found.kind, content_type=found.content_type, name=shown_name(upload.name or ""), sha256=digest,
        size=upload.size if found.content is None else len(found.content), width=found.width, height=found.height,
        seconds=found.seconds, uploaded_by=user,
    )  # fmt: skip
    folder, word = f"brands/{brand.pk}", secrets.token_hex(16)
    upload.seek(0)
    row.file = _written(f"{folder}/{word}.{found.extension}", upload if found.content is None else found.content)
    if found.thumbnail:
        row.thumbnail = _written(f"{folder}/{word}-small.webp", found.thumbnail)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Another request brought the same file at the same time.
        for stored in filter(None, (row.file.name, row.thumbnail.name)):
            default_storage.delete(stored)
        return brand.media_files.get(sha256=digest)
    return row


def _written(name: str, content: bytes | IO[bytes]) -> str:
    return default_storage.save(name, ContentFile(content) if isinstance(content, bytes) else content)


def shown_name(name: str) -> str:
    """The name people know it by: no folders, nothing unprintable, its ending kept where it is too long."""
    path = PurePosixPath("".join(character for character in name if character.isprintable()).replace("\\", "/"))
    ending = path.suffix[:12]
    return (path.stem[: LONGEST_NAME - len(ending)] + ending) or "file"
