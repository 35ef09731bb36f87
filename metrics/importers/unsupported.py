"""Files of platforms that cannot be read yet, told by their headings, so that the refusal can name them."""

from __future__ import annotations

from .rows import Refusal
from .tables import Record, Sheet
from .words import plain

_LOOKED_AT = 15

# From each line: if all of these headings stand in one row, the file is that platform's.
_HEADINGS: tuple[tuple[str, frozenset[str]], ...] = (
    ("TikTok", frozenset({"video title", "video link", "post time"})),
    ("TikTok", frozenset({"date", "video views", "profile views"})),
    ("TikTok", frozenset({"date", "total viewers", "new viewers"})),
    ("TikTok", frozenset({"date", "followers", "difference in followers from previous day"})),
    ("YouTube Studio", frozenset({"video title", "video publish time"})),
    ("YouTube Studio", frozenset({"título do vídeo", "visualizações"})),
    ("YouTube Studio", frozenset({"videotitel", "aufrufe"})),
    ("YouTube Studio", frozenset({"datum", "aufrufe"})),
    ("YouTube Studio", frozenset({"название видео", "просмотры"})),
)


def refusal(sheet: Sheet) -> Refusal | None:
    """The refusal that names the platform of ``sheet``, None where nothing tells."""
    for record in sheet.head(_LOOKED_AT):
        if platform := _platform(record):
            return Refusal("not_supported_yet", {"platform": platform})
    return None


def _platform(record: Record) -> str:
    cells = {plain(cell) for cell in record.cells}
    return next((platform for platform, headings in _HEADINGS if headings <= cells), "")
