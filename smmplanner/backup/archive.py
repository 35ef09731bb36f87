"""The file: a ZIP whose manifest tells what is in each member, and whose last bytes are a checksum of all before them."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from smmplanner.backup import BackupRefused

FORMAT = 1
WHAT = "SMM Planner backup"
MANIFEST = "manifest.json"
_SEAL = b"SMM Planner backup, SHA-256 of all before: "
_DIGITS = 64
_CHUNK = 1 << 20
# Compressed already, mostly; trying again costs more than it saves.
_AS_THEY_ARE = zipfile.ZIP_STORED


class Writer:
    """Members one after the other; what they hold is counted on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6, allowZip64=True)
        self.members: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, compressed: bool = True) -> tuple[int, int]:
        """How many pieces and bytes went into the member."""
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED if compressed else _AS_THEY_ARE
        digest, count, size = hashlib.sha256(), 0, 0
        with self.zip.open(member, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)
                digest.update(piece)
                count, size = count + 1, size + len(piece)
        self.members[name] = digest.hexdigest()
        return count, size

    def finish(self, manifest: dict[str, Any]) -> None:
        manifest = {"what": WHAT, "format": FORMAT} | manifest | {"members": self.members}
        self.zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        self.zip.comment = _SEAL + b"0" * _DIGITS
        self.zip.close()


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A file that is there whole, or not at all."""
    if path.exists():
        raise BackupRefused(f"{path} is there already: name another file.")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            writer = Writer(file)
            try:
                yield writer
            finally:
                # Also what was broken off: a ZIP that is not closed complains when it is forgotten.
                writer.zip.close()
            _seal(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as problem:
        raise BackupRefused(f"{path} cannot be written: {problem.strerror or problem}.") from problem
    finally:
        beside.unlink(missing_ok=True)


def _seal(file: IO[bytes]) -> None:
    size = file.seek(0, os.SEEK_END)
    digest = _digest(file, size - _DIGITS)
    file.seek(size - _DIGITS)
    file.write(digest.encode())


def _digest(file: IO[bytes], size: int) -> str:
    file.seek(0)
    digest, left = hashlib.sha256(), size
    while left > 0 and (piece := file.read(min(_CHUNK, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


class Archive:
    """A backup that was found whole."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path = path
        self.zip = zipfile.ZipFile(file)
        self.manifest: dict[str, Any] = json.loads(self.zip.read(MANIFEST))

    @property
    def migrations(self) -> list[tuple[str, str]]:
        return [(app, name) for app, name in self.manifest["migrations"]]

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        return dict(self.manifest["tables"])

    @property
    def media(self) -> dict[str, str]:
        """Digests of the uploads, by their paths."""
        members = self.manifest["members"].items()
        return {name.removeprefix("media/"): digest for name, digest in members if name.startswith("media/")}

    def lines(self, label: str) -> Iterator[bytes]:
        with self.zip.open(table_member(label)) as member:
            yield from member

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.zip.open(f"media/{name}") as member:
            while piece := member.read(_CHUNK):
                yield piece

    def check_members(self) -> None:
        """Each member says what the manifest says of it."""
        for name, expected in self.manifest["members"].items():
            digest = hashlib.sha256()
            with self.zip.open(name) as member:
                while piece := member.read(_CHUNK):
                    digest.update(piece)
            if digest.hexdigest() != expected:
                raise BackupRefused(f"{self.path} is damaged: {name} is not what the manifest tells.")


def table_member(label: str) -> str:
    return f"tables/{label}.jsonl"


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The backup in the file, once its checksum was found right and its format is one that we know."""
    try:
        with open(path, "rb") as file:
            _check_seal(path, file)
            archive = _understood(path, file)
            archive.check_members()
            yield archive
    except OSError as problem:
        raise BackupRefused(f"{path} cannot be read: {problem.strerror or problem}.") from problem


def _check_seal(path: Path, file: IO[bytes]) -> None:
    size = file.seek(0, os.SEEK_END)
    tail = len(_SEAL) + _DIGITS
    file.seek(max(size - tail, 0))
    end = file.read(tail)
    if size < tail or not end.startswith(_SEAL):
        raise BackupRefused(f"{path} is no backup of SMM Planner, or its end is missing.")
    if _digest(file, size - _DIGITS) != end[len(_SEAL) :].decode("ascii", "replace"):
        raise BackupRefused(f"{path} is damaged: its checksum is wrong.")


def _understood(path: Path, file: IO[bytes]) -> Archive:
    try:
        archive = Archive(path, file)
        format_ = int(archive.manifest["format"])
        whole = archive.manifest["what"] == WHAT
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as problem:
        raise BackupRefused(f"{path} is no backup of SMM Planner.") from problem
    if not whole:
        raise BackupRefused(f"{path} is no backup of SMM Planner.")
    if format_ > FORMAT:
        raise BackupRefused(f"{path} has format {format_}, and this version reads formats up to {FORMAT}: take a newer one.")
    return archive
