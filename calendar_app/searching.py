"""Words that somebody looks for, as a pattern that finds them however their apostrophes were typed. Pure."""

import re

# People type what their keyboard has; Uzbek itself writes oʻ and gʻ with U+02BB, and ʼ is U+02BC.
APOSTROPHES = "'’‘ʻʼ`"
ANY_APOSTROPHE = f"[{APOSTROPHES}]"
LONGEST = 100
MOST_WORDS = 8


def patterns(asked: str) -> list[str]:
    """One regular expression per word; a text is found when it holds all of them, in any order."""
    words = asked.replace("\x00", "")[:LONGEST].split()[:MOST_WORDS]
    return [_pattern(word) for word in words]


def _pattern(word: str) -> str:
    return "".join(ANY_APOSTROPHE if letter in APOSTROPHES else re.escape(letter) for letter in word)
