"""From a file to lines of text: what kind of bytes these are, in which encoding, and never too much at once."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from .rows import Unreadable

MAX_MEGABYTES = 256
MAX_LINE = 1_000_000
_CHUNK = 1 << 20
_HEAD = 1 << 16

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "gzip_archive"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_MOSTLY_BINARY = 0.02


def encoding_of(path: Path) -> str:
    """The encoding of the text in ``path``; :class:`Unreadable` where it is no text that could hold a table."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise Unreadable("cannot_open") from error
    if size > MAX_MEGABYTES << 20:
        raise Unreadable("too_large", limit=MAX_MEGABYTES)
    _refuse_other_kinds(head)
    for encoding in _candidates(head):
        if _decodes(path, encoding):
            return encoding
    raise Unreadable("bad_encoding")


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines of ``path`` with their line ends, one at a time; a line without an end in sight is refused."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            number = 0
            while line := file.readline(MAX_LINE):
                number += 1
                if len(line) == MAX_LINE:
                    raise Unreadable("line_too_long", line=number, limit=MAX_LINE)
                yield line
    except OSError as error:
        raise Unreadable("cannot_open") from error
    except UnicodeError as error:
        raise Unreadable("bad_encoding") from error


def _refuse_other_kinds(head: bytes) -> None:
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    for magic, code in _MAGIC:
        if head.startswith(magic):
            raise Unreadable(code)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<(!doctype|html|\?xml|table|head|body)", start, re.IGNORECASE):
        raise Unreadable("web_page")
    if re.match(rb"[\[{]\s*[\[{\"]", start):
        raise Unreadable("json")


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return (encoding,)
    if len(head) > 3 and not any(head[1:64:2]):
        return ("utf-16-le",)
    if len(head) > 3 and not any(head[0:64:2]):
        return ("utf-16-be",)
    if b"\x00" in head or len(_CONTROL.findall(head)) > _MOSTLY_BINARY * len(head):
        raise Unreadable("binary")
    return ("utf-8", *_single_byte(head))


def _single_byte(head: bytes) -> tuple[str, ...]:
    """Cyrillic or Latin: in Cyrillic text the bytes above 0xC0 come in words, in Latin text they stand alone."""
    letters = len(re.findall(rb"[\xc0-\xff]", head))
    in_words = sum(len(word) for word in re.findall(rb"[\xc0-\xff]{3,}", head))
    return ("cp1251", "cp1252", "latin-1") if in_words * 2 > letters else ("cp1252", "latin-1")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if "\x00" in decoder.decode(chunk):
                    raise Unreadable("binary")
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    except OSError as error:
        raise Unreadable("cannot_open") from error
    return True
