"""LinkedIn: what a person exports of their own posts, a workbook of five sheets.

Only ENGAGEMENT goes by the sheet’s name: its headings are everybody’s. TOP POSTS is two lists side by side, the posts with
most engagements and those with most impressions. FOLLOWERS says over its table how many followers there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from metrics.kpi.terms import Label

from . import wide
from .cells import CellError, moment
from .columns import Layout
from .linkedin import order_in
from .recognition import Certainty, Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal, RowError, Skipped
from .tables import Record, Sheet
from .words import plain

PERSONAL = Importer(
    id="linkedin_personal",
    title=Label("LinkedIn: your own posts", "LinkedIn: shaxsiy postlar", "LinkedIn: личные посты"),
    platform="linkedin",
    kind=Kind.MIXED,
    how_to_get=Label(
        "Your profile → Analytics → Post impressions. Choose the days and press Export.",
        "Profilingiz → Analitika → Postlar koʻrishlari. Kunlarni tanlab, Eksport ni bosing.",
        "Ваш профиль → Аналитика → Показы публикаций. Выберите дни и нажмите «Экспорт».",
    ),
)
_ENGAGEMENT = frozenset({"engagement", "engajamento", "interacción", "interacciones", "interaktion", "вовлеченность"})
_DAYS = Layout(
    name="linkedin_personal_days",
    kind=Kind.DAILY,
    platform="linkedin",
    needs=(frozenset({"date"}), frozenset({"impressions"}), frozenset({"engagements"})),
    roles={"date": "date"},
    measures={"impressions": "impressions", "engagements": "engagements"},
    by_words=False,
    date_order="mdy",
)
_FOLLOWERS = Layout(
    name="linkedin_personal_followers",
    kind=Kind.DAILY,
    platform="linkedin",
    needs=(frozenset({"date"}), frozenset({"new followers"})),
    roles={"date": "date"},
    measures={"new followers": "new_followers"},
    by_words=False,
    date_order="mdy",
)
_POSTS = Layout(
    name="linkedin_personal_posts",
    kind=Kind.POST,
    platform="linkedin",
    needs=(
        frozenset({"post url"}),
        frozenset({"post publish date", "post published date"}),
        frozenset({"engagements", "impressions"}),
    ),
    roles={"post url": "permalink", "post publish date": "published_at", "post published date": "published_at"},
    measures={"impressions": "impressions", "engagements": "engagements", "reactions": "likes", "comments": "comments"},
    by_words=False,
    date_order="mdy",
)
LAYOUTS = (_POSTS, _FOLLOWERS, _DAYS)
_STOCK = re.compile(r"total followers on (?P<day>[0-9/.\-]+):?", re.IGNORECASE)
_OVERALL = "overall performance"
_RANGE = re.compile(r"(?P<first>[0-9/.\-]{8,10}) ?[-–—] ?(?P<last>[0-9/.\-]{8,10})")
# Of the whole span: people, who are counted once. Impressions of the span are the sum of its days.
_WHOLE = {"members reached": "reach", "unique views": "unique_impressions"}


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    head = sheet.head(wide.HEADING_WITHIN)
    first = plain(head[0].cell(0)) if head else ""
    if first == _OVERALL:
        return _discovery(head)
    if first == "top demographics":
        return Recognition(importer=PERSONAL, platforms=("linkedin",), refused=Refusal("breakdown", {"tables": head[0].cell(0)}))
    known = (_POSTS, _FOLLOWERS) if any(_STOCK.match(record.cell(0)) for record in head) else (_POSTS,)
    for layout in (*known, *((_DAYS,) if plain(sheet.name) in _ENGAGEMENT else ())):
        if found := wide.recognise(sheet, layout, mapping):
            found = replace(found, importer=PERSONAL, date_order=order_in(sheet, found) or layout.date_order)
            return _side_by_side(found) if layout is _POSTS else found
    return None


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    headings = [plain(column.header) for column in recognition.columns]
    if headings[0] == _OVERALL:
        return _read_discovery(sheet, recognition)
    layout = next(layout for layout in LAYOUTS if layout.fits(headings))
    if layout is _POSTS:
        return _read_side_by_side(sheet, recognition, options)
    events = wide.WideReader(layout, recognition, options).events(sheet)
    return _with_stock(sheet, recognition, events) if layout is _FOLLOWERS else events


def _with_stock(sheet: Sheet, recognition: Recognition, events: Iterator[Event]) -> Iterator[Event]:
    for record in sheet.head(wide.HEADING_WITHIN):
        if record.line < recognition.header_line and (found := _STOCK.match(record.cell(0))):
            column = Column(1, record.cell(0), measure="followers", platform="linkedin")
            yield from _of_days(record, column, found["day"], found["day"], recognition.date_order)
    yield from events


def _of_days(record: Record, column: Column, first: str, last: str, order: str) -> Iterator[Event]:
    try:
        days: list[date] = [moment(text, order=order).day for text in (first, last)]
    except CellError as error:
        yield RowError(record.line, error.code, column=column.header, raw=f"{first} {last}")
        return
    yield from wide.figure(record, column, days[0], days[1])


def _discovery(head: list[Record]) -> Recognition:
    """A list of names and figures: each name is a column, as far as people are concerned."""
    columns = [Column(0, head[0].cell(0), head[0].cell(1), role="date", certainty=Certainty.KNOWN)]
    for record in head[1:]:
        measure = _WHOLE.get(plain(record.cell(0)))
        reason = "" if measure else "sum_of_others" if plain(record.cell(0)) == "impressions" else "unknown_column"
        columns.append(Column(len(columns), record.cell(0), record.cell(1), measure, None, Certainty.KNOWN, reason))
    gives = any(column.measure for column in columns)
    return Recognition(
        importer=PERSONAL,
        platforms=("linkedin",),
        kind=Kind.DAILY,
        columns=tuple(columns),
        date_order="mdy",
        header_line=head[0].line,
        refused=None if gives else Refusal("no_rows"),
    )


def _read_discovery(sheet: Sheet, recognition: Recognition) -> Iterator[Event]:
    spans = _RANGE.search(recognition.columns[0].first_value)
    meanings = {plain(column.header): column for column in recognition.columns[1:]}
    for record in sheet.records():
        column = meanings.get(plain(record.cell(0)))
        if record.line <= recognition.header_line or record.is_blank:
            continue
        if column is None or not column.measure:
            yield Skipped(record.line, "total_row" if column and column.reason == "sum_of_others" else "no_figures")
        elif spans is None:
            yield RowError(record.line, "no_date", column=record.cell(0))
        else:
            figure = replace(column, index=1, platform="linkedin")
            yield from _of_days(record, figure, spans["first"], spans["last"], recognition.date_order)


def _halves(recognition: Recognition) -> list[tuple[Column, ...]]:
    """The lists that stand beside each other: each begins with its own links."""
    starts = [column.index for column in recognition.columns if plain(column.header) == "post url"]
    ends = [*starts[1:], len(recognition.columns)]
    return [recognition.columns[start:end] for start, end in zip(starts, ends, strict=True)]


def _side_by_side(found: Recognition) -> Recognition:
    """The second list’s columns mean what they say, too: they are not the first list’s again."""
    columns = [
        replace(column, role=_POSTS.roles.get(plain(column.header)), certainty=Certainty.KNOWN, reason="")
        if plain(column.header) in _POSTS.roles
        else column
        for column in found.columns
        if column.header or column.measure
    ]
    between = [column for column in found.columns if not column.header]
    blanks = [replace(column, reason="describes") for column in between]
    return replace(found, columns=tuple(sorted([*columns, *blanks], key=lambda column: column.index)))


def _read_side_by_side(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    readers = [_Half(_POSTS, replace(recognition, columns=half), options) for half in _halves(recognition)]
    for record in sheet.records():
        if record.line > recognition.header_line and not record.is_blank:
            for reader in readers:
                yield from reader.row(record)


class _Half(wide.WideReader):
    """One of the lists. Where it has ended, the other goes on: that is no row without figures."""

    def row(self, record: Record) -> Iterator[Event]:
        if any(record.cell(column.index) for column in self.recognition.columns):
            try:
                yield from self.figures_of(record)
            except wide.RowProblem as problem:
                yield problem.error
