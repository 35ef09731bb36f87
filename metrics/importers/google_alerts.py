"""A feed of mentions that was saved as a file: how often the brand was named, day by day.

Whoever wants to say what each mention is brings the feed to the desk of mentions instead. Where a file gave the figure of a
day, it counts, and the desk's own count of that day steps aside: nothing is counted twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from metrics.kpi.terms import Label

from .feeds import MOST_BYTES, Entry, Feed, read_feed
from .recognition import Certainty, Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, Row, RowError, Skipped, Unreadable
from .tables import Record, Sheet

MEASURE = "brand_mentions"
OF_THE_BRAND = "mentions"
"""Stands where rows name their network: these are nobody's but the brand's."""

IMPORTER = Importer(
    id="google_alerts",
    title=Label(
        "Google Alerts and other feeds of mentions",
        "Google Alerts va boshqa eslatma lentalari",
        "Google Alerts и другие ленты упоминаний",
    ),
    platform=None,
    kind=Kind.DAILY,
    how_to_get=Label(
        "Make an alert at google.com/alerts with “Deliver to: RSS feed”, open its address and save the page as a file. Each "
        "entry counts as one mention of your brand on its day. To look at them one by one, and at rivals, watch the feed under "
        "Mentions instead.",
        "google.com/alerts sahifasida “Deliver to: RSS feed” bilan ogohlantirish yarating, manzilini oching va sahifani fayl "
        "qilib saqlang. Har bir yozuv oʻz kunida brendning bitta eslatmasi deb sanaladi. Ularni birma-bir va raqobatchilar bilan "
        "koʻrish uchun lentani “Eslatmalar” boʻlimida kuzating.",
        "Создайте оповещение на google.com/alerts с настройкой «Куда отправлять: RSS-фид», откройте его адрес и"
        " сохраните страницу как файл. Каждая запись считается одним упоминанием бренда в свой день. Чтобы"
        " просматривать их по одной и видеть конкурентов, следите за лентой в разделе «Упоминания».",
    ),
)

_ROOT = re.compile(rb"<(?:\w+:)?(?:feed|rss|rdf)[\s>]", re.IGNORECASE)
_HEADINGS = ("published", "title", "link", "id")
_WHY = {"entry_without_identity": "no_identity", "entry_without_words": "no_words", "too_many_entries": "too_many_entries"}


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so means to be Atom or RSS, in any encoding."""
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:4096]
    return start.startswith(b"<") and _ROOT.search(start) is not None


@dataclass(frozen=True, slots=True)
class FeedSheet(Sheet):
    """The entries of the feed at ``path``, one a line."""

    path: Path

    def feed(self) -> Feed:
        if self.path.stat().st_size > MOST_BYTES:
            raise Unreadable("feed_too_large", limit=MOST_BYTES >> 20)
        return read_feed(self.path.read_bytes())

    def records(self) -> Iterator[Record]:
        yield Record(1, _HEADINGS)
        for line, entry in enumerate(self.feed().entries, start=2):
            yield Record(line, (_day(entry), entry.title, entry.link, entry.guid))


def _day(entry: Entry) -> str:
    return entry.published.date().isoformat() if entry.published else ""


def recognise(sheet: Sheet, _mapping: Mapping[str, str]) -> Recognition | None:
    """A feed with entries; :class:`Unreadable` says what is wrong with one that cannot be read."""
    if not isinstance(sheet, FeedSheet):
        return None
    feed = sheet.feed()
    if not feed.entries:
        raise Unreadable("no_rows")
    first = feed.entries[0]
    columns = (
        Column(0, "published", _day(first), role="date", certainty=Certainty.KNOWN),
        Column(1, "title", first.title, measure=MEASURE, certainty=Certainty.KNOWN),
    )
    return Recognition(importer=IMPORTER, kind=Kind.DAILY, platforms=(OF_THE_BRAND,), columns=columns, title=feed.title[:120])


def read(sheet: Sheet, _recognition: Recognition, _options: ReadOptions) -> Iterator[Event]:
    """One figure a day. The day is Greenwich's, as feeds write it."""
    assert isinstance(sheet, FeedSheet)
    feed = sheet.feed()
    counts: Counter[date] = Counter()
    lines: dict[date, int] = {}
    seen: set[str] = set()
    for line, entry in enumerate(feed.entries, start=2):
        if entry.guid in seen:
            yield Skipped(line, "duplicate")
        elif entry.published is None:
            yield RowError(line, "no_date", "published")
        else:
            day = entry.published.date()
            counts[day] += 1
            lines.setdefault(day, line)
        seen.add(entry.guid)
    for why, number in feed.left_out.items():
        for _entry in range(min(number, 1000)):
            yield RowError(len(feed.entries) + 2, _WHY[why])
    for day in sorted(counts):
        yield Row(day, day, MEASURE, Decimal(counts[day]), lines[day], platform=OF_THE_BRAND)
