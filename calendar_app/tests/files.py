"""Small files for tests, made here: pictures with and without notes, films of a few boxes, and such that pretend."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112


def picture(written_as: str = "JPEG", size: tuple[int, int] = (40, 30), colour: str = "red", **saving) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, written_as, **saving)
    return out.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """As a telephone makes it: lying on its side, and telling where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (41.0, 18.0, 30.0)
    return picture(size=(40, 20), exif=exif)


def bomb(side: int = 30_000) -> bytes:
    """A PNG of 900 million pixels in a few hundred bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def film(brand: bytes = b"isom", seconds: int = 15, size: tuple[int, int] = (1080, 1920), turned: bool = False) -> bytes:
    """A film without a picture in it, with the place where it was taken."""
    header = box(b"mvhd", bytes(12) + struct.pack(">II", 600, seconds * 600) + bytes(80))
    matrix = (0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30) if turned else (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    track = box(b"trak", box(b"tkhd", bytes(40) + struct.pack(">9i", *matrix) + struct.pack(">II", size[0] << 16, size[1] << 16)))
    place = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+41.3085+069.2401/"))
    return box(b"ftyp", brand + bytes(4) + brand) + box(b"moov", header + track + place) + box(b"mdat", bytes(64))


WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm\x42\x87\x81\x04" + bytes(64)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def upload(content: bytes, name: str = "rasm.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
