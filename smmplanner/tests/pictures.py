"""The pictures of the documents, declared once: what they show, to whom, how wide, in which light and language.

`make screenshots` makes them; a test looks at the same pages and compares what can be read there (`seen.json`).
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

from metrics.demo.people import LEAD, MARKETER, VIEWER

FOLDER: Path = settings.BASE_DIR / "docs" / "screenshots"
SEEN = FOLDER / "seen.json"
MOST_BYTES = 150_000
# A palette of the first that keeps the file small enough: patterns and photographs want fewer.
COLOURS = (256, 128, 64, 32)
# The clock of the pictures, so that they are the same whenever they are made: a Wednesday, half past nine in Tashkent.
NOW = datetime(2026, 11, 18, 4, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Picture:
    name: str
    path: str  # below the brand; names in braces are rows of the demo
    who: str = LEAD
    width: int = 1440
    height: int = 900
    themes: tuple[str, ...] = ("light",)
    language: str = "en"

    def file_names(self) -> dict[str, str]:
        """By theme; the light one has the plain name."""
        return {theme: f"{self.name}{'' if theme == 'light' else f'-{theme}'}.png" for theme in self.themes}


BOTH = ("light", "dark")
PICTURES = (
    Picture("home", "", themes=BOTH),
    Picture("strategy", "strategies/{strategy}/", who=MARKETER),
    Picture("wizard", "strategies/{strategy}/goals/", who=MARKETER),
    Picture("calendar", "calendar/", themes=BOTH),
    Picture("calendar-phone", "calendar/", who=MARKETER, width=390, height=844),
    Picture("post", "calendar/posts/{post}/", who=MARKETER),
    Picture("review", "calendar/review/"),
    Picture("review-client", "calendar/review/", who=VIEWER),
    Picture("results", "results/", themes=BOTH),
    Picture("return", "results/return/"),
    Picture("import", "imports/{file}/", who=MARKETER),
    Picture("home-uz", "", language="uz"),
    Picture("results-uz", "results/", language="uz"),
)

# Texts that a sighted reader sees in the window, in the order of the page.
READ = """() => {
  const seen = [], range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, words = text.data.replace(/\\s+/g, " ").trim(), around = text.parentElement;
    if (!words || around.closest(".vh, .sp-skip") || !around.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth) seen.push(words);
  }
  return seen;
}"""


def fingerprint(texts: Iterable[str]) -> list[str]:
    """Another figure makes no picture wrong; another word does."""
    plain = (re.sub(r"\d[\d.,:\u00a0\u202f ]*", "#", text).strip() for text in texts)
    return [text for text in plain if any(map(str.isalpha, text))]


def difference(then: list[str], now: list[str]) -> str:
    """In a few words, for whoever reads the failure."""
    gone, new = [text for text in then if text not in now], [text for text in now if text not in then]
    said = [
        f"{what} {', '.join(map(repr, texts[:4]))}" for what, texts in (("no longer shows", gone), ("now shows", new)) if texts
    ]
    return "; ".join(said) or "shows the same in another order or number"


def recorded() -> dict[str, list[str]]:
    return json.loads(SEEN.read_text(encoding="utf-8")) if SEEN.exists() else {}


def record(seen: dict[str, list[str]]) -> None:
    """What is to be read on the pictures that were just taken; those that are not declared any more go."""
    declared = {name for picture in PICTURES for name in picture.file_names().values()}
    for path in FOLDER.glob("*.png"):
        if path.name not in declared:
            path.unlink()
    SEEN.write_text(json.dumps(seen, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def reduced(png: bytes) -> bytes:
    """With a palette: a page has few colours, and the file a third of its size."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    for colours in COLOURS:
        small = BytesIO()
        flat = picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat.save(small, "PNG", optimize=True)
        if small.tell() <= MOST_BYTES:
            break
    return small.getvalue()
