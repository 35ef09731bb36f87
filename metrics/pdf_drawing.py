"""The only module that knows WeasyPrint. Importing it fails with OSError where the machine has no Pango."""

import logging
import mimetypes
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from PIL import ImageFile
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint takes pictures that are cut short, and with it the whole process does: those that people upload, too.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Nothing answers there: whatever the page names is looked up among our own files.
BASE = "https://document.invalid/"
KINDS = {".css": "text/css", ".woff2": "font/woff2", ".webp": "image/webp", ".svg": "image/svg+xml", ".png": "image/png"}

# They tell every table of every font, every page, and every line of a stylesheet that is meant for browsers.
for noisy in ("fontTools", "weasyprint"):
    logging.getLogger(noisy).setLevel(logging.ERROR)


class OwnFiles(URLFetcher):
    """Serves what `read` finds by its path below BASE, and refuses every other address without opening it."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.read = read

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(BASE):
            raise ValueError(f"the document may not open {url[:80]}")
        path = unquote(urlsplit(url).path).removeprefix("/")
        if ".." in path.split("/"):
            raise ValueError(f"not a file of the document: {path[:80]}")
        return URLFetcherResponse(url, self.read(path), {"Content-Type": _kind(path)})


def _kind(path: str) -> str:
    suffix = path[path.rfind(".") :] if "." in path else ""
    return KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def draw(html: str, read: Callable[[str], bytes]) -> bytes:
    """PDF/UA-1: tagged, with language, title and bookmarks."""
    page = HTML(string=html, base_url=BASE, url_fetcher=OwnFiles(read))
    return page.write_pdf(pdf_variant="pdf/ua-1", optimize_images=False)
