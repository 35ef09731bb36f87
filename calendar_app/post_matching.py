"""Which of our posts a platform's row is, told by its time and its words, and how sure that is. No database.

The rule, in points that add up to per cent: up to 50 for the time, up to 50 for the words. Files name no zone (Meta writes
Pacific or account time), so a time that is off by whole hours still counts, for less. Where a second post fits nearly as
well, nobody can be sure, and the person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

WINDOW = timedelta(hours=36)
LEAST, ACCEPTED, MOST = 55, 80, 99
MARGIN = 10
_MINUTES = timedelta(minutes=5)
_MOST_SHIFT = timedelta(hours=14)
_COMPARED = 300
_PREFIX = 20
_APOSTROPHES = re.compile(r"[ʻʼ'‘’`´]")
_LINKS = re.compile(r"https?://\S+")
_WORDS = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a post on either side: `has_time` is False where a file gives only the day."""

    key: object
    channel: int
    moment: datetime
    text: str
    has_time: bool = True


@dataclass(frozen=True, slots=True)
class Guess:
    """A row and one of our publications that are likely the same post; the points are how that was found out."""

    row: Told
    ours: Told
    time: int
    text: int
    shift: int = 0
    is_ambiguous: bool = False

    @property
    def confidence(self) -> int:
        sure = min(self.time + self.text, MOST)
        return min(sure, ACCEPTED - 1) if self.is_ambiguous else sure


def guesses(rows: Iterable[Told], ours: Iterable[Told]) -> list[Guess]:
    """At most one for each row and for each publication, the surest first."""
    by_day: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for publication in ours:
        by_day[publication.channel, publication.moment.toordinal()].append(publication)
    pairs = [guess for row in rows for guess in _of_row(row, by_day)]
    pairs.sort(key=lambda guess: (-guess.confidence, abs(guess.row.moment - guess.ours.moment), str(guess.row.key)))
    return _one_to_one(pairs)


def _of_row(row: Told, by_day: dict[tuple[int, int], list[Told]]) -> Iterable[Guess]:
    day, words = row.moment.toordinal(), plain_text(row.text)
    for offset in range(-2, 3):
        for publication in by_day.get((row.channel, day + offset), ()):
            if abs(publication.moment - row.moment) <= WINDOW:
                time, shift = time_points(row, publication)
                guess = Guess(row, publication, time, round(50 * likeness(words, plain_text(publication.text))), shift)
                if guess.confidence >= LEAST:
                    yield guess


def _one_to_one(pairs: Sequence[Guess]) -> list[Guess]:
    """The surest pair first; who has found the other is not asked again."""
    rivals: dict[object, list[Guess]] = defaultdict(list)
    for pair in pairs:
        rivals["row", pair.row.key].append(pair)
        rivals["ours", pair.ours.key].append(pair)
    taken: set[object] = set()
    chosen = []
    for pair in pairs:
        sides = {("row", pair.row.key), ("ours", pair.ours.key)}
        if not sides & taken:
            taken |= sides
            others = [rival for side in sides for rival in rivals[side] if rival is not pair]
            close = any(pair.confidence - rival.confidence < MARGIN for rival in others)
            chosen.append(Guess(pair.row, pair.ours, pair.time, pair.text, pair.shift, close))
    return chosen


def time_points(row: Told, ours: Told) -> tuple[int, int]:
    """How well the times agree, and by how many whole hours they had to be shifted for that."""
    if not row.has_time:
        apart = abs((row.moment.date() - ours.moment.astimezone(row.moment.tzinfo).date()).days)
        return {0: 30, 1: 15}.get(apart, 0), 0
    apart = abs(row.moment - ours.moment)
    if apart <= _MINUTES:
        return 50, 0
    hours = round((row.moment - ours.moment) / timedelta(hours=1))
    if hours and apart <= _MOST_SHIFT and abs(row.moment - ours.moment - timedelta(hours=hours)) <= _MINUTES:
        return 35, hours
    return (40, 0) if apart <= timedelta(hours=1) else (25, 0) if apart <= timedelta(hours=6) else (10, 0)


def likeness(one: str, other: str) -> float:
    """From 0 to 1. Platforms cut long captions short: the beginning of the other is as good as all of it."""
    if not one or not other:
        return 0.0
    shorter, longer = sorted((one[:_COMPARED], other[:_COMPARED]), key=len)
    if shorter == longer or (len(shorter) >= _PREFIX and longer.startswith(shorter)):
        return 1.0
    matcher = SequenceMatcher(None, shorter, longer, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.3 and matcher.quick_ratio() > 0.3 else 0.0


def plain_text(text: str) -> str:
    """The words alone: no case, links, marks or pictures, and one apostrophe for the many of Uzbek."""
    # Apostrophes first: one of them would be taken apart.
    bare = _APOSTROPHES.sub("'", _LINKS.sub(" ", text[: _COMPARED * 4]))
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", bare).casefold()))
