"""Where two texts differ: word by word, or line by line where they are long."""

import difflib
import re
from collections.abc import Iterator

# Longer texts are compared line by line: word by word would take long.
COMPARED_BY_WORDS = 12_000


def parts(was: str, became: str) -> Iterator[tuple[str, str]]:
    """("same" | "gone" | "new", text), in order."""
    split = re.compile(r"\s+|\S+").findall if len(was) + len(became) <= COMPARED_BY_WORDS else _lines
    old, new = split(was), split(became)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[a:b])
            continue
        if a < b:
            yield "gone", "".join(old[a:b])
        if c < d:
            yield "new", "".join(new[c:d])


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
