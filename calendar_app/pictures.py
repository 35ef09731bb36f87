"""Pictures of posts: read by their content, written anew without their metadata, and a small one for lists."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

# Looked at before anything is unpacked: a small file may hold a picture of gigabytes.
MOST_PIXELS = 60_000_000
MOST_PIXELS_MOVING = 200_000_000
THUMBNAIL = 480
# Format as Pillow names it: (as it is written, type, ending). MPO is what telephones call two JPEGs in a file.
FORMATS = {
    "JPEG": ("JPEG", "image/jpeg", "jpg"),
    "MPO": ("JPEG", "image/jpeg", "jpg"),
    "PNG": ("PNG", "image/png", "png"),
    "WEBP": ("WEBP", "image/webp", "webp"),
    "GIF": ("GIF", "image/gif", "gif"),
}
# MPO has no opener of its own: the one for JPEG notices it.
OPENED = ["JPEG", "PNG", "WEBP", "GIF"]
# What must stay for the colours to be right. All else, the place first of all, goes.
KEPT = ("icc_profile", "transparency", "gamma")
ONE_AT_A_TIME = Lock()
SAVING = {"JPEG": {"quality": 92}, "WEBP": {"quality": 90}, "PNG": {}, "GIF": {}}
UNREADABLE = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, OverflowError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


class NotAPicture(ValueError):
    pass


class TooManyPixels(NotAPicture):
    pass


@dataclass
class Picture:
    content_type: str
    extension: str
    width: int
    height: int
    thumbnail: bytes
    content: bytes | None = None  # None: as it came


def read(file: IO[bytes]) -> Picture:
    """The picture upright and without metadata, with its thumbnail; raises NotAPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise TooManyPixels from problem
    except UNREADABLE as problem:
        if isinstance(problem, NotAPicture):
            raise
        raise NotAPicture from problem


def _read(file: IO[bytes]) -> Picture:
    file.seek(0)
    with Image.open(file, formats=OPENED) as picture:
        written_as, content_type, extension = FORMATS[picture.format or ""]
        frames = 1 if picture.format in ("MPO", "GIF") else getattr(picture, "n_frames", 1)
        pixels = picture.width * picture.height
        if pixels > MOST_PIXELS or pixels * frames > MOST_PIXELS_MOVING:
            raise TooManyPixels
        _load_whole(picture)
        upright = ImageOps.exif_transpose(picture)
        found = Picture(content_type, extension, upright.width, upright.height, _thumbnail(upright))
        # A GIF may move and carries no camera's notes: written anew, its colours would suffer.
        if written_as != "GIF":
            found.content = _moving(picture, written_as) if frames > 1 else _written(upright, written_as)
        return found


def _load_whole(picture: Image.Image) -> None:
    """Unpack the picture, refusing one whose end is missing: the library that draws PDFs tells Pillow not to mind."""
    with ONE_AT_A_TIME:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _written(picture: Image.Image, written_as: str) -> bytes:
    picture.info = {name: value for name, value in picture.info.items() if name in KEPT}
    if written_as == "JPEG" and picture.mode not in ("L", "RGB"):
        picture.info.pop("icc_profile", None)
        picture = picture.convert("RGB")
    out = BytesIO()
    picture.save(out, written_as, icc_profile=picture.info.get("icc_profile"), **SAVING[written_as])
    return out.getvalue()


def _moving(picture: Image.Image, written_as: str) -> bytes:
    picture.info = {name: value for name, value in picture.info.items() if name in (*KEPT, "duration", "loop")}
    out = BytesIO()
    picture.save(out, written_as, save_all=True, **SAVING[written_as])
    return out.getvalue()


def _thumbnail(picture: Image.Image) -> bytes:
    small = picture.convert("RGBA" if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA") else "RGB")
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    small.info = {}
    out = BytesIO()
    small.save(out, "WEBP", quality=80)
    return out.getvalue()
