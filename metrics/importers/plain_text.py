"""From markup to words: what a feed says, as one line that any page can show.

The standard library's parser takes seconds for a tag that never ends; this one looks at each character once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

# Control characters, and those that turn the direction of what follows.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)|<[!?/]")
_INLINE = {"b", "i", "em", "strong", "u", "a", "span", "font", "mark", "small", "sup", "sub", "wbr", "abbr"}
_SILENT = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "head", "template", "noscript", "iframe", "textarea")
}
# Longer than any character's number: Python refuses to read thousands of digits.
_ENDLESS_NUMBER = re.compile(r"&#x?[0-9a-fA-F]{9,};?")


def one_line(said: str, limit: int) -> str:
    """The words with single spaces, and no more of them than the limit."""
    line = " ".join(_UNSEEN.sub("", said).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def text_of_html(said: str) -> str:
    """The words of a piece of HTML; whatever is wrong with it, they are text and nothing else."""
    words = "".join(_outside_tags(said)) if "<" in said else said
    return html.unescape(_ENDLESS_NUMBER.sub("", words)) if "&" in words else words


def _outside_tags(said: str) -> Iterator[str]:
    place = 0
    while (start := said.find("<", place)) >= 0:
        yield said[place:start]
        tag = _TAG.match(said, start)
        if tag is None:
            yield "<"
            place = start + 1
            continue
        name = (tag[1] or "").lower()
        place = _after(said, tag.start(), name if tag[0][1] != "/" else "")
        if place < 0:
            return
        yield "" if name in _INLINE else " "
    yield said[place:]


def _after(said: str, start: int, opened: str) -> int:
    """Where the text goes on after a tag, a comment or a script; -1 where it never ends."""
    if said.startswith("<!--", start):
        end = said.find("-->", start)
        return end + 3 if end >= 0 else -1
    end = said.find(">", start)
    if end >= 0 and opened in _SILENT:
        closing = _SILENT[opened].search(said, end)
        return closing.end() if closing else -1
    return end + 1 if end >= 0 else -1
