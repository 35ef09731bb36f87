"""Our own CSV, for figures from anywhere: ``docs/generic_csv.md`` describes it.

Wide (a column per measure) or long (``measure`` and ``value`` columns); per day, per span (``start`` and ``end``) or per
post. Headings may be the documented names or common words in English, Uzbek and Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

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
    title=Label("Table of your own (CSV or Excel)", "Oʻz jadvalingiz (CSV yoki Excel)", "Ваша таблица (CSV или Excel)"),
    platform=None,
    kind=Kind.MIXED,
    how_to_get=Label(
        "A CSV or Excel file with a “date” column and a column for each measure, such as reach, likes or followers.",
        "«date» (sana) ustuni va har bir koʻrsatkich uchun ustuni boʻlgan CSV yoki Excel fayl: reach, likes, followers va boshqalar.",
        "Файл CSV или Excel со столбцом «date» (дата) и столбцом для каждого показателя: reach, likes, followers и другие.",
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
_LONG = 300
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

    def __init__(self, layout: Layout, recognition: Recognition, options: ReadOptions) -> None:
        super().__init__(layout, recognition, options)
        self.is_long = "measure" in self.roles and "value" in self.roles
        self.names_posts = "post_id" in self.roles or "permalink" in self.roles
        self.names_spans = "start" in self.roles
        self.names_currency = "currency" in self.roles
        # The value column as the column of each measure that was met.
        self.values: dict[str, Column] = {}

    def figures_of(self, record: Record) -> Iterable[Event]:
        figures = [*self.figures, self.long_figure(record)] if self.is_long else self.figures
        if not wide.holds_figure(record, figures):
            return (Skipped(record.line, "no_figures"),)
        start, end, subject = self.when_and_what(record)
        platform, channel = self.where(record)
        if not platform and self.text(record, "platform"):
            raise self.problem(record, "unknown_platform", "platform")
        currency = self.text(record, "currency").upper() if self.names_currency else ""
        if currency and not _CURRENCY.fullmatch(currency):
            raise wide.RowProblem(RowError(record.line, "bad_currency", column=self.roles["currency"].header, raw=currency))
        return filter(
            None,
            [
                wide.figure_in(record, column, start, end, subject, platform=platform, channel=channel, currency=currency)
                for column in figures
            ],
        )

    def problem(self, record: Record, code: str, role: str) -> wide.RowProblem:
        return wide.RowProblem(RowError(record.line, code, column=self.roles[role].header, raw=self.text(record, role)))

    def long_figure(self, record: Record) -> Column:
        """The ``value`` column, as the column of whatever measure this row names."""
        word = self.text(record, "measure")
        measure = _measure_of(word) if len(word) < _LONG else ""
        if not measure:
            raise self.problem(record, "unknown_measure", "measure")
        column = self.values.get(measure)
        if column is None:
            column = self.values[measure] = replace(self.roles["value"], measure=measure)
        return column

    def when_and_what(self, record: Record) -> tuple[date, date, PostSubject | None]:
        if self.names_posts and (self.text(record, "post_id") or self.text(record, "permalink")):
            subject, day = self.post(record)
            return day, day, subject
        if not self.names_spans or not self.text(record, "start"):
            day = self.day(record, "date").day
            return day, day, None
        start, end = self.day(record, "start").day, self.day(record, "end").day
        if end < start:
            raise self.problem(record, "end_before_start", "end")
        return start, end, None

    def published(self, record: Record) -> Moment:
        """A post row needs no column of its own for the time if its ``date`` is the day of publication."""
        has_date = self.text(record, "date") and not self.text(record, "published_at")
        return self.day(record, "date") if has_date else super().published(record)

    def where(self, record: Record) -> tuple[str, str]:
        """Platform and channel of a row: named in columns, written as ``instagram: @shop``, or told by the link."""
        platform, channel = named(self.text(record, "platform"), self.text(record, "channel"))
        return platform or (network_of(self.text(record, "permalink")) if self.names_posts else ""), channel


def named(platform: str, channel: str) -> tuple[str, str]:
    # What is longer than a name can be is not worth remembering.
    return _named(platform, channel) if len(platform) + len(channel) < _LONG else _named.__wrapped__(platform, channel)


# Words repeat from row to row; plain() on each cell would be most of the work.
@lru_cache(4096)
def _named(platform_cell: str, channel: str) -> tuple[str, str]:
    platform = PLATFORM_WORDS.get(plain(platform_cell), "")
    if plain(channel) in PLATFORM_WORDS:
        return platform or PLATFORM_WORDS[plain(channel)], ""
    prefixed = _PREFIXED.fullmatch(channel)
    if prefixed and plain(prefixed[1]) in PLATFORM_WORDS:
        return platform or PLATFORM_WORDS[plain(prefixed[1])], prefixed[2]
    return platform, channel


@lru_cache(4096)
def _measure_of(word: str) -> str:
    """The recorded measure that a word of the ``measure`` column names, or ""."""
    measure = measures_by_word().get(plain(word), "")
    return measure if measure in _RECORDED else ""
