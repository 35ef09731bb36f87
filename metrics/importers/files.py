"""From an upload to the sheets in it: a text file, a workbook, or a zip archive that holds such files.

An archive is unpacked into a directory that goes away again. How much may come out of it is counted while it comes.
"""

from __future__ import annotations

import re
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from . import google_alerts, workbook
from .rows import Refusal, Unreadable
from .tables import Sheet, open_sheet

MOST_MEMBERS = 100
MAX_MEGABYTES = 512
MAX_RATIO = 300
DEEPEST = 2
_SMALL = 1 << 20
_CHUNK = 1 << 18
_HEAD = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LONGEST_NAME = 120
_SYSTEM = re.compile(r"(^|/)(__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet that was found in an upload, where (``member`` of the archive, ``page`` of the workbook), or why it was not."""

    title: str
    member: int = 0
    page: int = 0
    sheet: Sheet | None = None
    refused: Refusal | None = None


@dataclass(slots=True)
class _Budget:
    """What may still come out of an archive, over all that is nested in it."""

    left: int = MAX_MEGABYTES << 20
    members: int = MOST_MEMBERS

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unreadable("unpacked_too_large", limit=MAX_MEGABYTES)

    def take_member(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise Unreadable("too_many_files", limit=MOST_MEMBERS)


# What opening a zip raises, from one damaged byte to the next.
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, struct.error)


@dataclass(slots=True)
class _Unpacking:
    folder: Path
    budget: _Budget = field(default_factory=_Budget)
    found: list[tuple[str, Path | Refusal]] = field(default_factory=list)


def is_archive(path: Path) -> bool:
    """Whether the file at ``path`` is a zip archive of files, which a workbook is not."""
    return _head(path).startswith(_ZIP) and not _is_workbook(path)


def is_text(path: Path) -> bool:
    head = _head(path)
    return not (head.startswith(_ZIP) or workbook.is_old(head) or google_alerts.is_feed(head))


@contextmanager
def sheets_of(path: Path) -> Iterator[list[Found]]:
    """All sheets in the upload at ``path``, to be read within the context; :class:`Unreadable` where there is none."""
    if not is_archive(path):
        yield list(_sheets(path, 0))
        return
    with tempfile.TemporaryDirectory(prefix="smm-import-") as folder:
        unpacking = _Unpacking(Path(folder))
        _unpack(path, unpacking, "", DEEPEST)
        if not unpacking.found:
            raise Unreadable("empty_archive")
        found: list[Found] = []
        for member, (name, content) in enumerate(unpacking.found):
            found += _of_member(name, member, content)
        yield found


def _of_member(name: str, member: int, content: Path | Refusal) -> list[Found]:
    title = name[-_LONGEST_NAME:]
    if isinstance(content, Refusal):
        return [Found(title, member, refused=content)]
    try:
        return list(_sheets(content, member, title))
    except Unreadable as error:
        return [Found(title, member, refused=error.refusal)]


def _sheets(path: Path, member: int, name: str = "") -> Iterator[Found]:
    head = _head(path)
    if google_alerts.is_feed(head):
        yield Found(name, member, sheet=google_alerts.FeedSheet(path))
        return
    if not head.startswith(_ZIP) and not workbook.is_old(head):
        yield Found(name, member, sheet=open_sheet(path))
        return
    if workbook.is_old(head) and workbook.is_locked(head):
        raise Unreadable("encrypted")
    for page, (title, sheet) in enumerate(workbook.pages(path, old=workbook.is_old(head))):
        try:
            is_empty = not sheet.head(1)
        except Unreadable as error:
            yield Found(_joined(name, title), member, page, refused=error.refusal)
            continue
        if not is_empty:
            yield Found(_joined(name, title), member, page, sheet=sheet)


def _joined(name: str, title: str) -> str:
    return f"{name}: {title}"[:_LONGEST_NAME] if name else title[:_LONGEST_NAME]


def _unpack(path: Path, unpacking: _Unpacking, prefix: str, deep: int) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            for member in packed.infolist():
                if not member.is_dir() and not _SYSTEM.search(member.filename):
                    unpacking.budget.take_member()
                    _unpack_one(packed, member, unpacking, prefix, deep)
    except _BROKEN as error:
        raise Unreadable("broken_archive") from error


def _unpack_one(packed: zipfile.ZipFile, member: zipfile.ZipInfo, unpacking: _Unpacking, prefix: str, deep: int) -> None:
    name = prefix + PurePosixPath(member.filename.replace("\\", "/")).name
    if member.flag_bits & 1:
        unpacking.found.append((name, Refusal("encrypted")))
        return
    if member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
        raise Unreadable("packed_too_tight")
    # The name inside an archive is shown, never used as a path.
    target = unpacking.folder / str(MOST_MEMBERS - unpacking.budget.members)
    try:
        _write(packed, member, target, unpacking.budget)
    except Unreadable:
        raise
    except Exception:  # whatever a broken stream makes the decompressor stumble over
        unpacking.found.append((name, Refusal("broken_archive")))
        return
    if not is_archive(target):
        unpacking.found.append((name, target))
    elif deep <= 1:
        unpacking.found.append((name, Refusal("nested_too_deep")))
    else:
        _unpack_nested(target, unpacking, f"{name}/", deep - 1)


def _unpack_nested(path: Path, unpacking: _Unpacking, prefix: str, deep: int) -> None:
    try:
        _unpack(path, unpacking, prefix, deep)
    except Unreadable as error:
        if error.refusal.code != "broken_archive":
            raise
        unpacking.found.append((prefix.rstrip("/"), error.refusal))


def _write(packed: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, budget: _Budget) -> None:
    with packed.open(member) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            budget.take(len(chunk))
            file.write(chunk)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise Unreadable("cannot_open") from error


def _is_workbook(path: Path) -> bool:
    """A workbook names its sheets in the zip's directory. Nothing is unpacked, so a zip bomb stays asleep."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except _BROKEN:
        return False
    return any(name.startswith(("xl/workbook", "xl/worksheets")) for name in names)
