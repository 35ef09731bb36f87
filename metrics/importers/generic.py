"""Our own CSV, for figures from anywhere: ``docs/generic_csv.md`` describes it.

Wide (a column per measure) or long (``measure`` and ``value`` columns); per day, per span (``start`` and ``end``) or per
post. Headings may be the documented names or common words in English, Uzbek and Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from metrics.kpi.measures import MEASURES
from metrics.kpi.terms import Label

from . import wide, years
from .cells import Moment, is_missing, order_of, slashed
from .columns import Layout, columns_of
from .recognition import Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, PostSubject, RowError, Skipped
from .tables import Record, Sheet
from .words import PLATFORM_WORDS, ROLE_WORDS, measures_by_word, network_of, plain

IMPORTER = Importer(
    id="generic_csv",
    title=Label("Table of your own (CSV)", "Oʻz jadvalingiz (CSV)"),
    platform=None,
    kind=Kind.MIXED,
    how_to_get=Label(
        "A CSV file with a “date” column and a column for each measure, such as reach, likes or followers.",
        "«date» (sana) ustuni va har bir koʻrsatkich uchun ustuni boʻlgan CSV fayl: reach, likes, followers va boshqalar.",
    ),
)
_DATES = frozenset(plain(word) for role in ("date", "start", "published_at") for word in ROLE_WORDS[role])
_RECORDED = {name: name for name, measure in MEASURES.items() if measure.recorded}
_LAYOUT = Layout(
    name="generic",
    kind=Kind.MIXED,
    platform="",
    needs=(_DATES,),
    roles={plain(role): role for role in ROLE_WORDS},
    measures={plain(name): name for name in _RECORDED},
)
_LANGUAGES = {"дата": "ru", "день": "ru", "sana": "uz", "kun": "uz"}
_CURRENCY = re.compile(r"[A-Z]{3}")
_PREFIXED = re.compile(r"([A-Za-z]+)\s*[:/]\s*(.+)")


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    """What ``sheet`` says as a table with dates; None where no heading is a date."""
    found = wide.find_heading(sheet, _LAYOUT)
    if found is None:
        return None
    heading, sample = found
    columns = columns_of(_LAYOUT, heading, sample[0] if sample else None, mapping)
    known = Recognition(importer=IMPORTER, columns=columns, header_line=heading.line)
    return replace(
        known,
        kind=_kind(known, sample),
        platforms=_platforms(known, sample),
        language=next((_LANGUAGES[cell] for cell in map(plain, heading.cells) if cell in _LANGUAGES), "en"),
        date_order=_date_order(known, sample),
        refused=wide.refusal(columns, sample),
    )


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    sheet = years.completed(sheet, recognition, options)
    return _Reader(_LAYOUT, recognition, options).events(sheet)


def _kind(known: Recognition, sample: list[Record]) -> Kind:
    columns = [column for column in known.columns if column.role in ("post_id", "permalink")]
    about_posts = {any(not is_missing(record.cell(column.index)) for column in columns) for record in sample}
    if about_posts == {True}:
        return Kind.POST
    return Kind.MIXED if True in about_posts else Kind.DAILY


def _platforms(known: Recognition, sample: list[Record]) -> tuple[str, ...]:
    reader = _Reader(_LAYOUT, known, ReadOptions())
    return tuple(filter(None, dict.fromkeys(reader.where(record)[0] for record in sample)))


def _date_order(known: Recognition, sample: list[Record]) -> str:
    """What the file's own dates tell about ``03/04/2025``; "" where they tell nothing, or contradict each other."""
    dates = [column.index for column in known.columns if column.role in ("date", "start", "end", "published_at")]
    numbers = (slashed(record.cell(index)) for record in sample for index in dates)
    orders = {order_of(*pair) for pair in numbers if pair and pair[0] != pair[1]} - {""}
    return orders.pop() if len(orders) == 1 else ""


class _Reader(wide.WideReader):
    """Adds spans, the long form, and a channel in every row."""

    def figures_of(self, record: Record) -> Iterator[Event]:
        figures = [*self.figures, *self.long_figure(record)]
        if all(is_missing(record.cell(column.index)) for column in figures):
            yield Skipped(record.line, "no_figures")
            return
        start, end, subject = self.when_and_what(record)
        platform, channel = self.where(record)
        if self.text(record, "platform") and not platform:
            header = self.roles["platform"].header
            yield RowError(record.line, "unknown_platform", column=header, raw=self.text(record, "platform"))
            return
        currency = self.text(record, "currency").upper()
        if currency and not _CURRENCY.fullmatch(currency):
            yield RowError(record.line, "bad_currency", column=self.roles["currency"].header, raw=currency)
            return
        for column in figures:
            yield from wide.figure(record, column, start, end, subject, platform=platform, channel=channel, currency=currency)

    def long_figure(self, record: Record) -> Iterator[Column]:
        """The ``value`` column, as the column of whatever measure this row names."""
        if "measure" not in self.roles or "value" not in self.roles:
            return
        word = self.text(record, "measure")
        measure = measures_by_word().get(plain(word))
        if measure not in _RECORDED:
            header = self.roles["measure"].header
            raise wide.RowProblem(RowError(record.line, "unknown_measure", column=header, raw=word))
        yield replace(self.roles["value"], measure=measure)

    def when_and_what(self, record: Record) -> tuple[date, date, PostSubject | None]:
        if self.text(record, "post_id") or self.text(record, "permalink"):
            subject, day = self.post(record)
            return day, day, subject
        if "start" not in self.roles or not self.text(record, "start"):
            day = self.day(record, "date").day
            return day, day, None
        start, end = self.day(record, "start").day, self.day(record, "end").day
        if end < start:
            header = self.roles["end"].header
            raise wide.RowProblem(RowError(record.line, "end_before_start", column=header, raw=self.text(record, "end")))
        return start, end, None

    def published(self, record: Record) -> Moment:
        """A post row needs no column of its own for the time if its ``date`` is the day of publication."""
        has_date = self.text(record, "date") and not self.text(record, "published_at")
        return self.day(record, "date") if has_date else super().published(record)

    def where(self, record: Record) -> tuple[str, str]:
        """Platform and channel of a row: named in columns, written as ``instagram: @shop``, or told by the link."""
        channel = self.text(record, "channel")
        platform = PLATFORM_WORDS.get(plain(self.text(record, "platform")), "")
        if plain(channel) in PLATFORM_WORDS:
            return platform or PLATFORM_WORDS[plain(channel)], ""
        prefixed = _PREFIXED.fullmatch(channel)
        if prefixed and plain(prefixed[1]) in PLATFORM_WORDS:
            return platform or PLATFORM_WORDS[plain(prefixed[1])], prefixed[2]
        return platform or network_of(self.text(record, "permalink")), channel
