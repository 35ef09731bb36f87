"""A strategy's document as a PDF: drawn once for the same content, one at a time, from our own files only.

Drawing costs a second or two of processor time and some ten megabytes. It is done while the reader waits: the demo's
dozen pages take less than three seconds, a queue would only add a page that says "wait". So that nobody keeps a server
busy with it, the drawn PDF is kept by a digest of everything on it, and a process draws one at a time.
"""

import hashlib
import logging
import threading
from collections.abc import Collection

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.files.storage import default_storage

log = logging.getLogger(__name__)

STYLES = ("css/document.css", "css/document-pdf.css")
LONGEST = 3_000_000  # characters of HTML; a strategy with 50 goals has a tenth of it
PATIENCE = 25.0  # seconds that a reader waits for another's PDF
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)


class PdfRefused(Exception):
    """There is no PDF; `reason` is "missing" (libraries of the machine), "busy" or "long"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def pdf_of(html: str, pictures: Collection[str] = ()) -> bytes:
    """The page as a tagged PDF (PDF/UA-1). `pictures`: names in the media storage that it may show.

    Its addresses are relative: `static/…` and `media/…`. Raises PdfRefused.
    """
    if len(html) > LONGEST:
        raise PdfRefused("long")
    key = _digest(html)
    drawn = caches["documents"].get(key)
    return drawn if drawn is not None else _draw_in_turn(key, html, pictures)


def _digest(html: str) -> str:
    """What the PDF depends on: the page with all its words and figures, and how it is drawn."""
    digest = hashlib.sha256(html.encode())
    for name in STYLES:
        digest.update(read_static(name))
    return f"pdf-{digest.hexdigest()}"


def _draw_in_turn(key: str, html: str, pictures: Collection[str]) -> bytes:
    if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        raise PdfRefused("busy")
    try:
        drawn = caches["documents"].get(key)  # somebody may have drawn the same meanwhile
        if drawn is None:
            drawn = _draw(html, pictures)
            caches["documents"].set(key, drawn)
        return drawn
    finally:
        _ONE_AT_A_TIME.release()


def _draw(html: str, pictures: Collection[str]) -> bytes:
    try:
        # 40 MB and the machine's Pango: only who asks for a PDF needs them.
        from metrics import pdf_drawing
    except OSError as problem:
        log.error("no PDF, a library is missing: %s", problem)
        raise PdfRefused("missing") from problem
    return pdf_drawing.draw(html, lambda path: _read(path, pictures))


def _read(path: str, pictures: Collection[str]) -> bytes:
    """One of our static files, or a picture of this document. ValueError for anything else."""
    kind, _, name = path.partition("/")
    if kind == "static":
        return read_static(name)
    if kind == "media" and name in pictures:
        with default_storage.open(name) as file:
            return file.read()
    raise ValueError(f"not a file of the document: {path}")


def read_static(name: str) -> bytes:
    """A static file as it lies in the sources, else as it was collected. ValueError where there is none."""
    found = finders.find(name)
    if isinstance(found, str):
        with open(found, "rb") as file:
            return file.read()
    try:
        stored = getattr(staticfiles_storage, "stored_name", str)(name)
        with staticfiles_storage.open(stored) as file:
            return file.read()
    except (OSError, ValueError) as problem:
        raise ValueError(f"no static file: {name}") from problem
