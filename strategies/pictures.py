"""Pictures of personas: whatever people upload becomes a small square WebP that holds nothing but the picture."""

from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 5 * 1024 * 1024
# Looked at before anything is unpacked: a small file may hold a picture of gigabytes.
MOST_PIXELS = 40_000_000
SIDE = 320
FORMATS = ("PNG", "JPEG", "WEBP")


class PictureRefused(Exception):
    """The file is no picture that we take; `reason` says why, in words."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


def square(file: IO[bytes], size: int) -> ContentFile:
    """The middle of the picture as WebP, 320 × 320, turned as it was meant to be looked at, without its metadata.

    Raises PictureRefused. What the file is, is told by its content, never by its name.
    """
    if size > LARGEST_BYTES:
        raise PictureRefused(_("The picture is larger than 5 MB. Choose a smaller one."))
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused(_("The picture has more than 40 million pixels. Choose a smaller one."))
            upright = ImageOps.exif_transpose(picture)
            fitted = ImageOps.fit(_opaque(upright), (SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise PictureRefused(_("That is no picture we can read. PNG, JPEG and WebP are fine.")) from problem
    out = BytesIO()
    fitted.save(out, "WEBP", quality=85)
    return ContentFile(out.getvalue())


def _opaque(picture: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")
