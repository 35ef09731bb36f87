"""What a file says it holds, read with suspicion: somebody may have made it by hand."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from brands.exports.tables import exported
from brands.exports.writing import FORMAT, WHAT

MOST_MEMBERS = 50_000
MOST_ROWS = 1_000_000
MOST_BYTES = 4 << 30
LONGEST_LINE = 8 << 20
MOST_ABOUT = 32 << 20
# Text that says the same over and over gets about a hundred times smaller, and not a thousand times.
MOST_TIMES = 200
_ALLOWED_TIMES_UP_TO = 10 << 20


class ImportRefused(Exception):
    """Why no brand is made of the file, in words; nothing was written."""


class Parcel:
    """An export whose outside is in order."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
            _check_outside(self.zip)
            self.names = {info.filename for info in self.zip.infolist()}
            self.manifest = self._about("manifest.json", dict)
            self.people = {row["id"]: row for row in self._about("people.json", list)}
            self.platforms = {row["id"]: str(row["slug"]) for row in self._about("platforms.json", list)}
            self.format = self.manifest["format"]
            self.counts: dict[str, Any] = self.manifest["tables"]
            is_ours = self.manifest["what"] == WHAT and isinstance(self.format, int) and isinstance(self.counts, dict)
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, NotImplementedError, RecursionError, OSError) as problem:
            raise ImportRefused(_("This is no export of a brand, or it is damaged.")) from problem
        if not is_ours:
            raise ImportRefused(_("This is no export of a brand, or it is damaged."))
        if self.format > FORMAT:
            raise ImportRefused(_("The file was made by a newer version of the product."))
        if unknown := sorted(set(self.counts) - set(exported())):
            raise ImportRefused(_("The file holds a table that is not known here: %(name)s.") % {"name": unknown[0][:60]})

    def _about(self, name: str, kind: type) -> Any:
        if self.zip.getinfo(name).file_size > MOST_ABOUT:
            raise ValueError(name)
        content = json.loads(self.zip.read(name))
        if not isinstance(content, kind):
            raise TypeError(name)
        return content

    def rows(self, label: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Line numbers and rows of a table; one that the file does not have is empty."""
        name = f"tables/{label}.jsonl"
        if name not in self.names:
            return
        try:
            with self.zip.open(name) as member:
                number = 0
                while line := member.readline(LONGEST_LINE + 1):
                    number += 1
                    if len(line) > LONGEST_LINE or number > MOST_ROWS:
                        raise ImportRefused(_("%(place)s is too large.") % {"place": place(label, number)})
                    row = json.loads(line.decode("utf-8"))
                    if not isinstance(row, dict):
                        raise ValueError(name)
                    yield number, row
        except (ValueError, RecursionError, zipfile.BadZipFile, OSError, EOFError) as problem:
            raise ImportRefused(_("%(place)s cannot be read.") % {"place": place(label, number)}) from problem


def place(label: str, number: int) -> str:
    return _("Line %(number)s of %(table)s") % {"number": number, "table": label}


def _check_outside(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS or len({info.filename for info in infos}) != len(infos):
        raise ImportRefused(_("The file holds too many files, or one of them twice."))
    for info in infos:
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in info.filename or "\0" in info.filename or info.flag_bits & 1:
            raise ImportRefused(_("The file holds a name that leads out of it, or something encrypted."))
        is_bomb = info.file_size > max(info.compress_size, 1) * MOST_TIMES and info.file_size > _ALLOWED_TIMES_UP_TO
        if is_bomb:
            raise ImportRefused(_("The file unpacks to far more than it seems to hold."))
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise ImportRefused(_("The file is too large."))
