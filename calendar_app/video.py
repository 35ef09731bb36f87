"""What a video file says of itself: MP4 and MOV by their boxes, WebM by its header. Pure; nothing is decoded.

A file is read as it lies, box by box, and no further than a fixed number of boxes: it may be made to lead in circles.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

MOST_BOXES = 4000
DEEPEST = 6
CHUNK = 1024 * 1024
# Boxes that hold boxes on the way to what we read.
HOLDERS = {b"moov", b"trak"}
# Where cameras note the place and the person.
PERSONAL = {b"udta", b"meta", b"uuid"}
PICTURES = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
WEBM_HEADER = b"\x1a\x45\xdf\xa3"


class NotAVideo(ValueError):
    pass


class IsAPicture(NotAVideo):
    """HEIC and AVIF come in the same boxes."""


@dataclass
class Film:
    content_type: str
    extension: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    # From the word that names a box with personal details to that box's end.
    personal: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    kind: bytes
    start: int
    body: int
    end: int


def read_boxes(file: IO[bytes], size: int) -> Film:
    """An MP4 or MOV; raises NotAVideo."""
    boxes = list(_boxes(file, 0, size, 0))
    if not boxes or boxes[0].kind != b"ftyp":
        raise NotAVideo
    brand = _bytes(file, boxes[0].body, 4)
    if brand in PICTURES:
        raise IsAPicture
    film = Film("video/quicktime", "mov") if brand == b"qt  " else Film("video/mp4", "mp4")
    film.personal = [(box.start + 4, box.end) for box in boxes if box.kind in PERSONAL and box.body == box.start + 8]
    for box in boxes:
        if box.kind == b"mvhd":
            film.seconds = _seconds(file, box)
        elif box.kind == b"tkhd" and (shape := _shape(file, box)):
            film.width, film.height = shape
    if not any(box.kind == b"moov" for box in boxes) or film.seconds is None:
        raise NotAVideo
    return film


def read_webm(head: bytes) -> Film:
    """WebM by the type in its EBML header; Matroska is something else. Raises NotAVideo."""
    if not head.startswith(WEBM_HEADER):
        raise NotAVideo
    at = head.find(b"\x42\x82", 4, 64)
    length = head[at + 2] & 0x7F if 0 <= at < len(head) - 2 else 0
    if at < 0 or head[at + 3 : at + 3 + length].rstrip(b"\0") != b"webm":
        raise NotAVideo
    return Film("video/webm", "webm")


def forget_places(file: IO[bytes], film: Film) -> None:
    """Empty the boxes with personal details and call them free space; nothing else in the file moves."""
    for start, end in film.personal:
        file.seek(start)
        file.write(b"free")
        for at in range(start + 4, end, CHUNK):
            file.write(bytes(min(CHUNK, end - at)))
    file.flush()


def _boxes(file: IO[bytes], start: int, end: int, depth: int, seen: list[int] | None = None) -> Iterator[Box]:
    seen = seen if seen is not None else [0]
    while start + 8 <= end:
        seen[0] += 1
        if seen[0] > MOST_BOXES:
            raise NotAVideo
        box = _box(file, start, end)
        yield box
        if box.kind in HOLDERS and depth < DEEPEST:
            yield from _boxes(file, box.body, box.end, depth + 1, seen)
        start = box.end


def _box(file: IO[bytes], start: int, end: int) -> Box:
    size, kind = struct.unpack(">I4s", _bytes(file, start, 8))
    body = start + 8
    if size == 1:
        (size,) = struct.unpack(">Q", _bytes(file, body, 8))
        body += 8
    elif size == 0:
        size = end - start
    if size < body - start or start + size > end:
        raise NotAVideo
    return Box(kind, start, body, start + size)


def _seconds(file: IO[bytes], box: Box) -> float | None:
    if _bytes(file, box.body, 1) == b"\x01":
        scale, length = struct.unpack(">IQ", _bytes(file, box.body + 20, 12))
    else:
        scale, length = struct.unpack(">II", _bytes(file, box.body + 12, 8))
    return round(length / scale, 2) if scale and length / scale < 10_000_000 else None


def _shape(file: IO[bytes], box: Box) -> tuple[int, int] | None:
    """(width, height) as it is shown; None for a track without a picture."""
    matrix = box.body + (52 if _bytes(file, box.body, 1) == b"\x01" else 40)
    turned = struct.unpack(">9i", _bytes(file, matrix, 36))
    width, height = (number >> 16 for number in struct.unpack(">II", _bytes(file, matrix + 36, 8)))
    if not width or not height:
        return None
    return (height, width) if turned[0] == 0 and turned[1] else (width, height)


def _bytes(file: IO[bytes], start: int, count: int) -> bytes:
    file.seek(start)
    found = file.read(count)
    if len(found) < count:
        raise NotAVideo
    return found
