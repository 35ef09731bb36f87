"""What two backups do not have in common, whichever databases they came from."""

import json
from collections.abc import Iterator

from smmplanner.backup.archive import Archive

MOST_NAMED = 5


def differences(one: Archive, other: Archive) -> Iterator[str]:
    for label in sorted(one.tables.keys() | other.tables.keys()):
        first, second = one.tables.get(label), other.tables.get(label)
        if first is None or second is None:
            yield f"{label}: only in {(one if second is None else other).path}"
        elif first["columns"] != second["columns"]:
            yield f"{label}: not the same columns"
        elif first["sha256"] != second["sha256"]:
            yield f"{label}: {first['rows']} and {second['rows']} rows; {_rows(one, other, label)}"
    for name in sorted(one.media.keys() | other.media.keys()):
        if one.media.get(name) != other.media.get(name):
            where = "differs" if name in one.media and name in other.media else "is only in one of them"
            yield f"upload {name} {where}"


def _rows(one: Archive, other: Archive, label: str) -> str:
    """Keys of rows that are not alike. Both files have their rows by key, so two lines are held at a time."""
    at = one.tables[label]["columns"].index("id") if "id" in one.tables[label]["columns"] else 0
    named: list[str] = []
    count = 0
    for key in _unlike(one.lines(label), other.lines(label), at):
        count += 1
        if len(named) < MOST_NAMED:
            named.append(str(key))
    return f"{count} unlike: {', '.join(named)}{' …' if count > MOST_NAMED else ''}"


def _unlike(first: Iterator[bytes], second: Iterator[bytes], at: int) -> Iterator[object]:
    left, right = next(first, None), next(second, None)
    while left is not None or right is not None:
        one = json.loads(left)[at] if left is not None else None
        two = json.loads(right)[at] if right is not None else None
        if left != right:
            yield one if two is None or (one is not None and one <= two) else two
        if two is None or (one is not None and one <= two):
            left = next(first, None)
        if one is None or (two is not None and two <= one):
            right = next(second, None)
