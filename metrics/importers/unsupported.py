"""Files of platforms that cannot be read yet, told by their headings, so that the refusal can name them."""

from __future__ import annotations

from .rows import Refusal
from .tables import Record, Sheet
from .words import plain

_LOOKED_AT = 15

# From each line: if all of these headings stand in one row, the file is that platform's.
_HEADINGS: tuple[tuple[str, frozenset[str]], ...] = (
    ("LinkedIn", frozenset({"date", "impressions (organic)"})),
    ("LinkedIn", frozenset({"post title", "post link", "campaign name"})),
    ("LinkedIn", frozenset({"sponsored followers", "organic followers"})),
    ("Google Analytics 4", frozenset({"session default channel group"})),
    ("Pinterest", frozenset({"pinterest link", "impressions"})),
)
_FIRST_CELLS = (
    ("# report csv export", "Google Analytics 4"),
    ("# property:", "Google Analytics 4"),
    ("analytics overview", "Pinterest"),
)


def refusal(sheet: Sheet) -> Refusal | None:
    """The refusal that names the platform of ``sheet``, None where nothing tells."""
    for record in sheet.head(_LOOKED_AT):
        if platform := _platform(record):
            return Refusal("not_supported_yet", {"platform": platform})
    return None


def _platform(record: Record) -> str:
    cells = {plain(cell) for cell in record.cells}
    first = plain(record.cells[0])
    for start, platform in _FIRST_CELLS:
        if first.startswith(start):
            return platform
    return next((platform for platform, headings in _HEADINGS if headings <= cells), "")
