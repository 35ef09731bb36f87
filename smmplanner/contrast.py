"""The colours of tokens.css in both themes, and how well they are told apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
TEXT, GRAPHICS = 4.5, 3.0
THEMES = ("light", "dark")
GROUNDS = ("canvas", "surface", "sunken")
STATUSES = ("draft", "review", "approved", "scheduled", "published", "alert")

# (foreground, background) and what it has to reach: words, then the edges of controls and what charts draw.
WORDS = (
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent", "accent-hover") for ground in GROUNDS),
    *(("ink-2", ground) for ground in ("accent-tint", "h0")), ("ink", "accent-tint"), ("accent", "accent-tint"), ("ink-3", "h0"),
    ("on-accent", "accent"), ("on-accent", "accent-hover"),
    *((status, f"{status}-tint") for status in STATUSES), *((status, ground) for status in STATUSES for ground in GROUNDS),
    *(("h-lo", step) for step in ("h0", "h1", "h2", "h3")), *(("h-hi", step) for step in ("h4", "h5")),
)  # fmt: skip
LINES = (
    *(("line-input", ground) for ground in GROUNDS), *(("accent", ground) for ground in GROUNDS),
    *((mark, "surface") for mark in ("good-mark", "warn-mark", "bad-mark", "s1", "s2", "s3", "s4", "s5", "s6", "ig", "tg", "fb", "tt")),
    *(("on-pf", network) for network in ("ig", "tg", "fb")),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    theme: str
    foreground: str
    background: str
    colours: tuple[str, str]
    needed: float

    @property
    def ratio(self) -> float:
        return contrast(*self.colours)

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.needed


def colours(theme: str) -> dict[str, str]:
    """name → #rrggbb of a theme; what the dark one does not set, it takes from the light one."""
    css = TOKENS.read_text()
    found: dict[str, str] = {}
    for name in THEMES[: THEMES.index(theme) + 1]:
        block = re.search(rf"^(?::root,)?\[data-bs-theme={name}\]\{{(.*?)^\}}", css, re.MULTILINE | re.DOTALL)
        assert block, f"tokens.css has no block of the {name} theme"
        found |= {key: _long(value) for key, value in re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", block[1])}
    return found


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> Iterator[Pair]:
    for theme in THEMES:
        known = colours(theme)
        for needed, wanted in ((TEXT, WORDS), (GRAPHICS, LINES)):
            for foreground, background in wanted:
                yield Pair(theme, foreground, background, (known[foreground], known[background]), needed)
