"""What is different between two states of a strategy: plain data in, differences out. Knows no database."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

Act = Literal["added", "changed", "removed"]
Row = dict[str, Any]
# {"strategy": {field: value}, part: [{"id": …, field: value}]}, as `plain.content_of` makes it.
Content = Mapping[str, Any]

# Parts whose rows hang on a row of another part, and the field that leads there.
PARENTS = {"targets": ("goals", "goal"), "months": ("budget_lines", "line"), "slots": ("editorial_plans", "plan")}
CHILDREN = {parent: (part, field) for part, (parent, field) in PARENTS.items()}

# Rows that are there before anybody wrote anything: what must stand in them for their coming or going to be news.
SAYS_SOMETHING_BY = {
    "planning_steps": ("text", "owner", "due"),
    "audience_answers": ("text",),
    "audience_notes": ("is_done", "text"),
    "answers": ("verdict", "text"),
}

MOST_WORDS = 1500
CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one row that changed, or a whole row that came or went (`field` is empty).

    A row that came or went carries the rows that hung on it under the name of their part.
    """

    act: Act
    part: str
    row: int
    field: str
    was: Any
    became: Any


def differences(before: Content, after: Content, passed_over: Mapping[str, Collection[str]] | None = None) -> list[Difference]:
    """What changed from `before` to `after`, part by part.

    `passed_over` names fields by part that nobody writes (versions, moments). What one of the two does not speak of (a
    part or a field that did not exist when it was kept) is no difference.
    """
    skipped = passed_over or {}
    found = _of_row("strategy", {"id": 0} | before["strategy"], {"id": 0} | after["strategy"], skipped.get("strategy", ()))
    for part in (name for name in before if name != "strategy" and name in after):
        found += _of_part(part, before, after, skipped.get(part, ()))
    return found


def _of_part(part: str, before: Content, after: Content, skipped: Collection[str]) -> list[Difference]:
    old, new = by_id(before[part]), by_id(after[part])
    came = [row for key, row in new.items() if key not in old and _is_news(part, row, before)]
    went = [row for key, row in old.items() if key not in new and _is_news(part, row, after)]
    return [
        *(Difference("added", part, row["id"], "", None, _with_children(part, row, after)) for row in came),
        *(difference for key, row in new.items() if key in old for difference in _of_row(part, old[key], row, skipped)),
        *(Difference("removed", part, row["id"], "", _with_children(part, row, before), None) for row in went),
    ]


def by_id(rows: Iterable[Row]) -> dict[int, Row]:
    return {row["id"]: row for row in rows}


def _is_news(part: str, row: Row, other: Content) -> bool:
    """Not where it is blank, nor where the row it hangs on came or went as well and carries it."""
    if part in SAYS_SOMETHING_BY:
        return any(row.get(field) for field in SAYS_SOMETHING_BY[part])
    if part not in PARENTS:
        return True
    parent, field = PARENTS[part]
    return parent not in other or row[field] in by_id(other[parent])


def _with_children(part: str, row: Row, content: Content) -> Row:
    if part not in CHILDREN:
        return row
    child, field = CHILDREN[part]
    if child not in content:
        return row
    return row | {child: [each for each in content[child] if each[field] == row["id"]]}


def _of_row(part: str, old: Row, new: Row, skipped: Collection[str]) -> list[Difference]:
    names = [name for name in new if name in old and name != "id" and name not in skipped]
    return [
        Difference("changed", part, new["id"], name, old[name], new[name]) for name in names if not _same(old[name], new[name])
    ]


def _same(one: Any, other: Any) -> bool:
    # Line breaks: a browser sends CR LF, a program writes LF.
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return one == other


class Piece(NamedTuple):
    """A run of words: "same", "removed", "added", or "left" (unchanged words that are not shown)."""

    kind: str
    text: str


def word_pieces(was: str, became: str) -> list[Piece]:
    """Two texts as one, word by word; of long unchanged runs only the ends. Very long texts: the old one, then the new one."""
    old, new = _words(was), _words(became)
    if max(len(old), len(new)) > MOST_WORDS:
        return [piece for piece in (Piece("removed", was), Piece("added", became)) if piece.text]
    pieces: list[Piece] = []
    runs = _runs(old, new)
    for place, (is_same, gone, come) in enumerate(runs):
        if is_same:
            pieces += _shortened(gone, is_first=place == 0, is_last=place == len(runs) - 1)
        else:
            pieces += [piece for piece in (Piece("removed", gone), Piece("added", come)) if piece.text]
    return pieces


def _runs(old: list[str], new: list[str]) -> list[tuple[bool, str, str]]:
    """(whether it stayed, old words, new words); a gap between two changes belongs to both of them."""
    runs: list[tuple[bool, str, str]] = []
    for act, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        is_same = act == "equal"
        if len(runs) > 1 and not is_same and runs[-1][0] and not runs[-1][1].strip():
            _, gap, _ = runs.pop()
            _, earlier_gone, earlier_come = runs.pop()
            runs.append((False, f"{earlier_gone}{gap}{gone}", f"{earlier_come}{gap}{come}"))
        else:
            runs.append((is_same, gone, come))
    return runs


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _shortened(text: str, is_first: bool, is_last: bool) -> list[Piece]:
    words = re.findall(r"\s*\S+\s*", text)
    if len(words) <= 3 * CONTEXT:
        return [Piece("same", text)]
    head = "" if is_first else "".join(words[:CONTEXT])
    tail = "" if is_last else "".join(words[-CONTEXT:])
    pieces = [Piece("same", head), Piece("left", "…"), Piece("same", tail)]
    return [piece for piece in pieces if piece.text]
