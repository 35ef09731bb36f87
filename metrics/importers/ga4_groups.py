"""Google Analytics 4, the table by channel group: the visits of a span, cut into groups that together are all of them.

The groups’ visits add up, because a visit is in one group. Their users do not: the same person may come in two ways.
Visits without engagement are not stored: they are worked out from all visits and the engaged ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from metrics.kpi.measures import MEASURES as DECLARED

from . import wide
from .cells import TOTALS, CellError, is_missing, moment, tidy
from .columns import Layout, columns_of, derived
from .recognition import Certainty, Column, Kind, ReadOptions, Recognition
from .rows import Event, Refusal, Row, RowError, Skipped
from .stretches import Stretch
from .tables import Record, Sheet
from .words import plain

ROLE = "group"
WEBSITE = "website"
GROUPS = re.compile(
    r"(?:session|default|sess|sesi|sitzung|сеанс).*(?:channel|canais|canales|canaux|kanal|channelgrupp|каналов)"
    r"|(?:channel|canais|canales|canaux|kanal|каналов).*(?:session|sess|sesi|sitzung|сеанс)"
)
_NOT_OF_VISITS = re.compile(r"first user|primeiro usuário|primer usuario|erste|premier utilisateur|первый")
_SOCIAL = re.compile(r"\b(?:social|redes sociais|redes sociales|réseaux sociaux|soziale|социальн\w+|ijtimoiy)\b", re.IGNORECASE)
_DATES = frozenset({"date", "datum", "data", "fecha", "дата", "sana"})

MEASURES = {
    word: measure
    for measure, words in {
        "total_visits": ("sessions", "sessões", "sesiones", "sitzungen", "сеансы", "seanslar"),
        "engaged_sessions": (
            "engaged sessions", "sessões engajadas", "sesiones con interacción", "sitzungen mit interaktionen",
            "sessions avec engagement", "сеансы с взаимодействием",
        ),
        "web_users": (
            "users", "active users", "usuários", "usuários ativos", "usuarios", "usuarios activos", "nutzer", "aktive nutzer",
            "utilisateurs", "utilisateurs actifs", "пользователи", "активные пользователи",
        ),
        "total_web_users": (
            "total users", "total de usuários", "usuarios totales", "gesamtnutzerzahl", "nombre total d’utilisateurs",
            "всего пользователей",
        ),
        "new_web_users": (
            "new users", "novos usuários", "usuarios nuevos", "neue nutzer", "nouveaux utilisateurs", "новые пользователи",
        ),
        "returning_web_users": (
            "returning users", "usuários recorrentes", "usuarios recurrentes", "wiederkehrende nutzer",
            "utilisateurs connus", "вернувшиеся пользователи",
        ),
        "web_events": (
            "event count", "contagem de eventos", "número de eventos", "recuento de eventos", "ereignisanzahl",
            "nombre d’événements", "количество событий",
        ),
        "page_views": (
            "views", "screen page views", "visualizações", "vistas", "aufrufe", "vues", "просмотры", "pageviews",
        ),
        "web_key_events": (
            "conversions", "key events", "conversões", "eventos-chave", "conversiones", "eventos clave",
            "schlüsselereignisse", "événements clés", "конверсии", "ключевые события",
        ),
        "web_time_seconds": ("user engagement",),
    }.items()
    for word in map(plain, words)
}  # fmt: skip
_OF_SOCIAL = {"total_visits": "social_sessions", "web_key_events": "social_key_events"}
_PEOPLE = frozenset({"web_users", "total_web_users", "returning_web_users"})
_SUMMED = frozenset({"total_visits", "engaged_sessions", "web_events", "web_key_events"})
_LAYOUT = Layout(
    name="ga4_groups",
    kind=Kind.DAILY,
    platform=WEBSITE,
    needs=(),
    roles=dict.fromkeys(_DATES, "date"),
    measures={word: measure for word, measure in MEASURES.items() if measure in _SUMMED},
    left={word: "people_in_groups" for word, measure in MEASURES.items() if measure in _PEOPLE | {"new_web_users"}}
    | dict.fromkeys(("total revenue", "purchase revenue", "receita total", "gesamtumsatz"), "no_currency"),
    by_words=False,
)


def is_total(record: Record) -> bool:
    """Explorations put the sum of all rows first, and its name into any cell."""
    return any(tidy(cell).casefold() in TOTALS for cell in record.cells if cell and not cell[0].isdigit())


def recognised(known: Recognition, stretch: Stretch, mapping: Mapping[str, str]) -> Recognition:
    heading, rows = stretch.head[0], stretch.head[1:]
    columns = tuple(
        replace(column, role=ROLE, certainty=Certainty.KNOWN, reason="") if GROUPS.search(plain(column.header)) else column
        for column in columns_of(_LAYOUT, heading, rows[0] if rows else None, mapping)
    )
    return replace(known, columns=columns, refused=_refusal(known, stretch, columns))


def _refusal(known: Recognition, stretch: Stretch, columns: tuple[Column, ...]) -> Refusal | None:
    headings = [plain(column.header) for column in columns]
    if len(stretch.head) == 1:
        return Refusal("no_rows")
    is_dated = any(column.role == "date" for column in columns)
    others = [name for name, column in zip(headings, columns, strict=True) if not column.measure and not column.role]
    cut_up = any(reason == "unknown_column" for reason in (column.reason for column in columns if _is_words(stretch, column)))
    if any(_NOT_OF_VISITS.search(name) for name in headings) or cut_up:
        return Refusal("breakdown", {"tables": columns[0].header})
    if not any(column.measure for column in columns):
        is_derived = others and all(derived(name) for name in others)
        return Refusal("only_derived" if is_derived else "breakdown", _seen(columns, is_derived=bool(is_derived)))
    if not is_dated and (known.first_day is None or known.last_day is None):
        return Refusal("no_span")
    return None


def _seen(columns: tuple[Column, ...], *, is_derived: bool) -> dict[str, object]:
    if is_derived:
        return {"seen": ", ".join(column.header for column in columns if not column.role)}
    return {"tables": columns[0].header}


def _is_words(stretch: Stretch, column: Column) -> bool:
    return any(re.search(r"[^\W\d_]", row.cell(column.index)) for row in stretch.head[1:] if not is_total(row))


@dataclass(slots=True)
class _Sum:
    """What the groups of a span add up to, and on which line the last of them stands; unknown if one cannot be read."""

    line: int = 0
    value: Decimal = Decimal(0)
    is_known: bool = True

    def add(self, line: int, value: Decimal) -> None:
        self.line, self.value = line, self.value + value


@dataclass(slots=True)
class _Span:
    sums: dict[str, _Sum] = field(default_factory=dict)

    def of(self, measure: str) -> _Sum:
        return self.sums.setdefault(measure, _Sum())


class Groups:
    """Adds the groups up, span by span: one span, or a day each where the table has days."""

    def __init__(self, recognition: Recognition, options: ReadOptions) -> None:
        self.recognition = recognition
        self.order = options.date_order or recognition.date_order
        self.columns = [column for column in recognition.columns if column.measure]
        self.group = next(column.index for column in recognition.columns if column.role == ROLE)
        self.date = next((column for column in recognition.columns if column.role == "date"), None)
        self.spans: dict[tuple[date, date], _Span] = {}
        self.are_whole = True

    def events(self, sheet: Sheet) -> Iterator[Event]:
        is_below = False
        for record in sheet.records():
            if record.line <= self.recognition.header_line:
                continue
            if record.is_blank:
                is_below = True
            elif is_below:
                yield Skipped(record.line, "note")
            else:
                yield from self.row(record)
        yield from self.figures()

    def row(self, record: Record) -> Iterator[Event]:
        if is_total(record):
            yield Skipped(record.line, "total_row")
        elif len(record.trimmed()) > len(self.recognition.columns):
            yield RowError(record.line, "too_many_cells", raw=record.cells[len(self.recognition.columns)])
            self.forget()
        elif all(is_missing(record.cell(column.index)) for column in self.columns):
            yield Skipped(record.line, "no_figures")
        else:
            yield from self.added(record)

    def added(self, record: Record) -> Iterator[Event]:
        try:
            days = self.days(record)
        except CellError as error:
            yield RowError(record.line, error.code, column=self.date.header if self.date else "", raw=record.cell(0))
            self.forget()
            return
        span = self.spans.setdefault(days, _Span())
        for column in self.columns:
            yield from self.add(record, column, span)

    def add(self, record: Record, column: Column, span: _Span) -> Iterator[Event]:
        """Add one cell to its sums; one that gives no figure leaves them unknown."""
        measure = column.measure or ""
        is_social = measure in _OF_SOCIAL and _SOCIAL.search(record.cell(self.group))
        sums = [span.of(name) for name in (measure, _OF_SOCIAL[measure])] if is_social else [span.of(measure)]
        try:
            value = wide.checked(record.cell(column.index), DECLARED[measure])
        except CellError as error:
            yield RowError(record.line, error.code, column=column.header, raw=record.cell(column.index))
            value = None
        else:
            if value is None:
                yield Skipped(record.line, "incomplete_sum", {"column": column.header})
        for found in sums:
            if value is None:
                found.is_known = False
            else:
                found.add(record.line, value)

    def forget(self) -> None:
        """A row that cannot be read belongs to some sum: none of them is whole."""
        self.are_whole = False

    def days(self, record: Record) -> tuple[date, date]:
        if self.date is None:
            assert self.recognition.first_day is not None and self.recognition.last_day is not None
            return self.recognition.first_day, self.recognition.last_day
        day = moment(record.cell(self.date.index), order=self.order).day
        return day, day

    def figures(self) -> Iterator[Event]:
        for (first, last), span in self.spans.items():
            for measure, found in span.sums.items():
                if found.is_known and self.are_whole:
                    yield Row(first, last, measure, found.value, found.line, WEBSITE)
