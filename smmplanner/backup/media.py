"""The uploads: read as they lie, and put back beside the present ones, to change places at the end."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from uuid import uuid4

from django.conf import settings

from smmplanner.backup import BackupRefused
from smmplanner.backup.archive import Archive

_CHUNK = 1 << 20
# Names of folders in which files wait to change places; nothing of ours begins like this.
_ASIDE = ".restore-"


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def names() -> list[str]:
    """The paths of all uploads, in order."""
    found = []
    for folder, folders, files in os.walk(root()):
        folders[:] = sorted(name for name in folders if not name.startswith(_ASIDE))
        found += [Path(folder, name).relative_to(root()).as_posix() for name in files]
    return sorted(found)


def pieces(name: str) -> Iterator[bytes]:
    with open(root() / name, "rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


class Aside:
    """Unpacked uploads, on the disk where they are to lie."""

    def __init__(self, folder: Path) -> None:
        self.new, self.old = folder / "new", folder / "old"
        self.moved: list[tuple[Path, Path]] = []

    def unpack(self, archive: Archive) -> None:
        for name, expected in archive.media.items():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts:
                raise BackupRefused(f"{archive.path} holds a file outside of the uploads: {name}.")
            target = self.new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with open(target, "wb") as file:
                for piece in archive.pieces(name):
                    digest.update(piece)
                    file.write(piece)
            os.chmod(target, settings.FILE_UPLOAD_PERMISSIONS or 0o640)
            if digest.hexdigest() != expected:
                raise BackupRefused(f"{archive.path} is damaged: {name} is not what the manifest tells.")

    def move_in(self) -> None:
        """The present uploads aside, the new ones in their place. The folder itself stays: it may be a mounted disk."""
        for entry in sorted(root().iterdir()):
            if not entry.name.startswith(_ASIDE):
                self._move(entry, self.old / entry.name)
        for entry in sorted(self.new.iterdir()):
            self._move(entry, root() / entry.name)

    def _move(self, source: Path, target: Path) -> None:
        os.rename(source, target)
        self.moved.append((source, target))

    def move_back(self) -> None:
        while self.moved:
            source, target = self.moved.pop()
            os.rename(target, source)


@contextmanager
def aside() -> Iterator[Aside]:
    """A place for uploads that are to come in; what went wrong inside leaves those that were there."""
    folder = root() / f"{_ASIDE}{uuid4().hex[:12]}"
    waiting = Aside(folder)
    for each in (waiting.new, waiting.old):
        each.mkdir(parents=True)
    try:
        yield waiting
    except BaseException:
        waiting.move_back()
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
