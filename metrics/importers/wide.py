"""Tables with one row per day or per post and one column per measure: what most exports are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from metrics.kpi.measures import MEASURES, Measure
from metrics.kpi.terms import Unit

from .cells import CellError, Moment, is_missing, is_rounded_id, is_total, moment, number
from .columns import Layout, columns_of
from .glued import may_be_heading
from .recognition import Column, Kind, ReadOptions, Recognition
from .rows import Event, PostSubject, Refusal, Row, RowError, Skipped, Unreadable
from .tables import Record, Sheet
from .words import plain

HEADING_WITHIN = 12
SAMPLE = 300
_SEEN = 400
_SURE_DIGITS = 15
DECIMAL_PLACES = 6
LONGEST_ID = 100
LONGEST_LINK = 500
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_ID_DIGITS = re.compile(r"[0-9]{16,}")
_WHOLE_UNITS = frozenset({Unit.COUNT})
_POINT_IS_FRACTION = frozenset({Unit.SECONDS, Unit.MINUTES, Unit.SCORE, Unit.RATIO, Unit.YEARS, Unit.PER_YEAR})
_LONGEST_WHOLE = 15
_DIGITS = frozenset("0123456789")
# Measures of which any whole number is possible: nearly all of them, and nearly all cells.
_ANY_WHOLE = frozenset(
    name for name, measure in MEASURES.items() if measure.highest is None and measure.lowest in (None, Fraction(0))
)


def find_heading(sheet: Sheet, layout: Layout) -> tuple[Record, list[Record]] | None:
    """The heading of ``layout`` among the first records, and the records that follow it in a sample."""
    sample = sheet.head(SAMPLE)
    for position, record in enumerate(sample[:HEADING_WITHIN]):
        if layout.fits(record.cells):
            return record, sample[position + 1 :]
    return None


def recognise(sheet: Sheet, layout: Layout, mapping: Mapping[str, str]) -> Recognition | None:
    """What ``sheet`` says as a table of ``layout``; None where it is none."""
    found = find_heading(sheet, layout)
    if found is None:
        return None
    heading, sample = found
    columns = columns_of(layout, heading, sample[0] if sample else None, mapping)
    return Recognition(
        platforms=(layout.platform,) if layout.platform else (),
        kind=layout.kind,
        columns=columns,
        language=layout.language(heading.cells),
        date_order=layout.date_order,
        header_line=heading.line,
        refused=refusal(columns, sample),
    )


def refusal(columns: tuple[Column, ...], sample: list[Record]) -> Refusal | None:
    """Why a table with these columns and first rows cannot be used, None where it can."""
    if not sample:
        return Refusal("no_rows")
    is_long = {"measure", "value"} <= {column.role for column in columns}
    if not is_long and not any(column.measure for column in columns):
        return Refusal("no_measure", {"seen": ", ".join(column.header for column in columns)[:_SEEN]})
    identity = next((column for column in columns if column.role == "post_id"), None)
    if identity is None:
        return None
    ids = [record.cell(identity.index) for record in sample if record.cell(identity.index)]
    rounded = next((text for text in ids if is_rounded_id(text)), None) or _all_rounded(ids)
    return Refusal("ids_destroyed", {"example": rounded}) if rounded else None


def _all_rounded(ids: list[str]) -> str | None:
    """A spreadsheet keeps 15 digits: ids that all end in zeros after them were rounded, even if written out."""
    long = [text for text in ids if _ID_DIGITS.fullmatch(text)]
    if len(long) > 2 and not any(text[_SURE_DIGITS:].strip("0") for text in long):
        return long[0]
    return None


class WideReader:
    """Reads the rows under a recognised heading."""

    def __init__(self, layout: Layout, recognition: Recognition, options: ReadOptions) -> None:
        self.layout = layout
        self.recognition = recognition
        self.year = options.year
        self.order = options.date_order or recognition.date_order
        self.roles = {column.role: column for column in recognition.columns if column.role}
        self.figures = [column for column in recognition.columns if column.measure]
        self.width = len(recognition.columns)
        self.heading = [plain(column.header) for column in recognition.columns]
        # A row that begins with a digit is no heading and no total, unless the heading does.
        self.sure = frozenset() if self.heading and self.heading[0][:1] in _DIGITS else _DIGITS

    def events(self, sheet: Sheet) -> Iterator[Event]:
        for record in sheet.records():
            if record.line > self.recognition.header_line and not record.is_blank:
                yield from self.row(record)

    def row(self, record: Record) -> Iterator[Event]:
        try:
            yield from self.found_in(record)
        except RowProblem as problem:
            yield problem.error

    def found_in(self, record: Record) -> Iterable[Event]:
        """Why the row is none of figures, else its figures."""
        cells = record.cells
        if len(cells) > self.width and len(record.trimmed()) > self.width:
            return (RowError(record.line, "too_many_cells", raw=cells[self.width]),)
        if cells[0][:1] not in self.sure:
            if self.is_heading(record):
                return (Skipped(record.line, "repeated_header"),)
            if is_total(next(filter(None, cells))):
                return (Skipped(record.line, "total_row"),)
        return self.figures_of(record)

    def is_heading(self, record: Record) -> bool:
        """Whether the heading stands here again, as in files that were put together from several.

        Another heading is the end of this table: what follows would be read under the wrong one.
        """
        if plain(record.cells[0]) != self.heading[0]:
            return False
        if [plain(cell) for cell in record.trimmed()] == self.heading:
            return True
        if self.heading[0] and may_be_heading(record):
            raise Unreadable("another_table", line=record.line)
        return False

    def figures_of(self, record: Record) -> Iterable[Event]:
        """What the row gives; :class:`RowProblem` where that is nothing at all."""
        if not holds_figure(record, self.figures):
            return (Skipped(record.line, "no_figures"),)
        start, end, subject = self.when_and_what(record)
        platform = self.platform(record, subject)
        found = (figure_in(record, column, start, end, subject, platform=platform) for column in self.figures)
        return filter(None, found)

    def when_and_what(self, record: Record) -> tuple[date, date, PostSubject | None]:
        if self.layout.kind is Kind.POST:
            subject, day = self.post(record)
            return day, day, subject
        day = self.day(record, "date").day
        return day, day, None

    def text(self, record: Record, role: str) -> str:
        """The cell that plays ``role``, "" where no column does or the cell says "not available"."""
        column = self.roles.get(role)
        if column is None:
            return ""
        cell = record.cell(column.index)
        return "" if is_missing(cell) else cell

    def day(self, record: Record, role: str, missing: str = "no_date") -> Moment:
        column = self.roles.get(role)
        if column is None:
            raise RowProblem(RowError(record.line, missing))
        text = record.cell(column.index)
        try:
            return moment(text, order=self.order, year=self.year)
        except CellError as error:
            if is_missing(text):
                raise RowProblem(RowError(record.line, missing, column=column.header)) from error
            raise RowProblem(RowError(record.line, error.code, column=column.header, raw=text)) from error

    def post(self, record: Record) -> tuple[PostSubject, date]:
        """Whose figures these are, and the day on which it was published."""
        platform_id, permalink = self.platform_id(record), self.permalink(record)
        if not (platform_id or permalink):
            raise RowProblem(RowError(record.line, "no_identity"))
        published = self.published(record)
        subject = PostSubject(platform_id, permalink, published.time, self.text(record, "text"), self.text(record, "format"))
        return subject, published.day

    def platform_id(self, record: Record) -> str:
        text = self.text(record, "post_id")
        code = "id_destroyed" if is_rounded_id(text) else "id_too_long" if len(text) > LONGEST_ID else ""
        if code:
            raise RowProblem(RowError(record.line, code, column=self.roles["post_id"].header, raw=text))
        return text

    def permalink(self, record: Record) -> str:
        """A link that a page may show as one; anything else in its column is no link."""
        text = self.text(record, "permalink")
        return text if len(text) <= LONGEST_LINK and _LINK.fullmatch(text) else ""

    def published(self, record: Record) -> Moment:
        return self.day(record, "published_at", "no_publish_time")

    def platform(self, record: Record, subject: PostSubject | None) -> str:
        return self.layout.platform


class RowProblem(Exception):
    """A row that gives nothing at all, and why."""

    def __init__(self, error: RowError) -> None:
        self.error = error
        super().__init__(error.reason_code)


def holds_figure(record: Record, columns: list[Column]) -> bool:
    """Whether a cell of these columns says anything: mostly the first one does."""
    return bool(columns) and (
        not is_missing(record.cell(columns[0].index)) or any(not is_missing(record.cell(column.index)) for column in columns)
    )


def figure(record: Record, column: Column, start: date, end: date) -> Iterator[Row | RowError]:
    """The figure in one cell: a row, nothing where there is none, or the reason why it cannot be one."""
    if found := figure_in(record, column, start, end):
        yield found


def figure_in(
    record: Record,
    column: Column,
    start: date,
    end: date,
    subject: PostSubject | None = None,
    *,
    platform: str = "",
    channel: str = "",
    currency: str = "",
) -> Row | RowError | None:
    """The figure in one cell, None where there is none, or the reason why it cannot be one."""
    assert column.measure is not None
    raw = record.cell(column.index)
    measure = MEASURES[column.measure]
    try:
        value = checked(raw, measure)
    except CellError as error:
        return RowError(record.line, error.code, column=column.header, raw=raw)
    if value is None:
        return None
    currency = column.currency or currency if measure.is_money else ""
    return Row(start, end, column.measure, value, record.line, platform or column.platform, subject, channel, currency)


def checked(raw: str, measure: Measure) -> Decimal | None:
    """The number in ``raw`` if ``measure`` can have it, None for a missing one; else :class:`CellError`."""
    if len(raw) <= _LONGEST_WHOLE and raw.isdigit() and raw.isascii() and measure.name in _ANY_WHOLE:
        return Decimal(raw)
    value = number(raw, fractions=measure.unit in _POINT_IS_FRACTION)
    if value is None:
        return None
    if value < 0 and measure.lowest is not None:
        raise CellError("negative")
    if measure.name not in _ANY_WHOLE and not measure.allows(Fraction(value)):
        raise CellError("out_of_range")
    if value == value.to_integral_value():
        return Decimal(int(value))
    if measure.unit in _WHOLE_UNITS:
        raise CellError("not_whole")
    if value != round(value, DECIMAL_PLACES):
        raise CellError("too_precise")
    return value
