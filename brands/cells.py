"""Text in the cells of tables that leave the product, so that no spreadsheet runs it. Pure."""

import re

# A spreadsheet takes a cell that begins so for a formula, and runs it; the wide ones are read as their narrow sisters.
MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RUNS = re.compile(rf"'*[{re.escape(''.join(MARKS))}]")
_GUARDED = re.compile(rf"'+[{re.escape(''.join(MARKS))}]")


def guarded(text: str) -> str:
    """Text that a spreadsheet shows and does not run: an apostrophe goes before what would begin a formula.

    For words only: a number below zero is written as the number that it is.
    """
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
