"""Google Analytics 4: files with a preamble of ``#`` lines and one or many tables, each of the days said above it.

Days may be numbered from the first one (“Nth day”). A table by channel group is the visits of a span cut into groups: its
social part and its whole are stored. Everything else that is cut into groups (pages, countries, events) has no days and is
set aside. Notes that people wrote below a table are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from metrics.kpi.terms import Label

from . import ga4_groups, wide
from .cells import CellError, Moment, moment
from .columns import Layout, derived
from .ga4_groups import GROUPS, MEASURES
from .recognition import Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal, RowError, Skipped
from .stretches import Excerpt, Stretch, as_one
from .tables import Record, Sheet
from .words import plain

IMPORTER = Importer(
    id="ga4",
    title=Label("Google Analytics 4", "Google Analytics 4", "Google Аналитика 4"),
    platform="website",
    kind=Kind.DAILY,
    how_to_get=Label(
        "Reports → Acquisition → Traffic acquisition (or any report over time) → Share this report → Download file → CSV.",
        "Hisobotlar → Jalb qilish → Trafik manbalari (yoki vaqt boʻyicha istalgan hisobot) → Ulashish → Faylni yuklab olish → CSV.",
        "Отчёты → Привлечение → Привлечение трафика (или любой отчёт по дням) → Открыть доступ к отчёту → Скачать файл → CSV.",
    ),
)
WEBSITE = "website"
_DATES = ("date", "datum", "data", "fecha", "дата", "sana")
_NTH_DAYS = ("nth day", "n-ter tag", "tag n", "enésimo dia", "día n", "n. tag", "jour n", "n-й день", "день n")
_ROLLING = ("30 days", "28 days", "7 days", "1 day", "30 dias", "7 dias", "1 dia", "30 tage", "7 tage", "1 tag")
_DAYS = Layout(
    name="ga4_days",
    kind=Kind.DAILY,
    platform=WEBSITE,
    needs=(frozenset((*_DATES, *_NTH_DAYS)),),
    roles=dict.fromkeys((*_DATES, *_NTH_DAYS), "date"),
    measures=MEASURES,
    left=dict.fromkeys(_ROLLING, "rolling")
    | dict.fromkeys(("total revenue", "purchase revenue", "receita total", "gesamtumsatz"), "no_currency"),
    by_words=False,
    language_by=dict.fromkeys(("datum", "n-ter tag", "n. tag"), "de")
    | dict.fromkeys(("data", "enésimo dia"), "pt")
    | dict.fromkeys(("fecha", "día n"), "es")
    | {"дата": "ru", "jour n": "fr"},
)
_PREAMBLE = ("# report csv export", "# property", "# account", "# start date", "# --------", "# свойство", "# конто")
_LOOKED_AT = 15
_FIRST_DAY = re.compile(r"(?:start date|data de início|fecha de inicio|startdatum|date de début|дата начала) ?: ?(\d{8})")
_LAST_DAY = re.compile(r"(?:end date|data de término|fecha de finalización|enddatum|date de fin|дата окончания) ?: ?(\d{8})")
_BOTH_DAYS = re.compile(r"(\d{8}) ?[-–] ?(\d{8})")
_NO_TITLE = re.compile(r"-{3,}|report csv export|(account|property)( name)? ?:|$", re.IGNORECASE)
_NUMBERED = re.compile(r"[0-9]{1,4}")


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    head = sheet.head(_LOOKED_AT)
    has_preamble = any(plain(record.cell(0)).startswith(_PREAMBLE) for record in head)
    if not has_preamble and not any(_is_its_own(record) for record in head):
        return None
    return as_one([_recognised(stretch, mapping) for stretch in _stretches(sheet)])


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    first = plain(recognition.columns[0].header)
    if GROUPS.search(first) or any(column.role == ga4_groups.ROLE for column in recognition.columns):
        return ga4_groups.Groups(recognition, options).events(sheet)
    reader = _Numbered if first in _NTH_DAYS else _Dated
    return reader(_DAYS, recognition, options).events(sheet)


def _is_its_own(record: Record) -> bool:
    cells = [plain(cell) for cell in record.trimmed()]
    return cells[0] in _NTH_DAYS or bool(GROUPS.search(cells[0]) and "sess" in cells[0])


def _stretches(sheet: Sheet) -> Iterator[Stretch]:
    """A table begins with the first line after ``#`` lines and goes on to the next of them, notes included."""
    above = _Above()
    stretch: Stretch | None = None
    for record in sheet.records():
        if record.cell(0).startswith("#"):
            if stretch:
                yield stretch
                stretch, above = None, _Above(above.first_day, above.last_day)
            above.hear(record)
        elif stretch:
            stretch.add(record)
        elif not record.is_blank:
            stretch = Stretch(above.title, record.line, record.line, [], above.first_day, above.last_day)
            stretch.add(record)
    if stretch:
        yield stretch


class _Above:
    """What the ``#`` lines above a table say. Days hold until others are said, a title for one table."""

    def __init__(self, first_day: date | None = None, last_day: date | None = None) -> None:
        self.title = ""
        self.first_day = first_day
        self.last_day = last_day

    def hear(self, record: Record) -> None:
        text = " ".join(filter(None, record.cells)).lstrip("# ").strip()
        low = text.casefold()
        if both := _BOTH_DAYS.fullmatch(low):
            self.first_day, self.last_day = _day(both[1]), _day(both[2])
        elif first := _FIRST_DAY.search(low):
            self.first_day = _day(first[1])
        elif last := _LAST_DAY.search(low):
            self.last_day = _day(last[1])
        elif not _NO_TITLE.match(text):
            self.title = text


def _day(text: str) -> date | None:
    try:
        return moment(text).day
    except CellError:
        return None


def _recognised(stretch: Stretch, mapping: Mapping[str, str]) -> Recognition:
    names = stretch.head[0].trimmed()
    known = Recognition(
        importer=IMPORTER,
        platforms=(WEBSITE,),
        kind=Kind.DAILY,
        title=stretch.title or ", ".join(names[:3]),
        place=stretch.place,
        header_line=stretch.first,
        first_day=stretch.first_day,
        last_day=stretch.last_day,
    )
    if any(GROUPS.search(plain(name)) for name in names):
        return ga4_groups.recognised(known, stretch, mapping)
    found = wide.recognise(Excerpt(stretch.head), _DAYS, mapping) if _DAYS.fits(names[:1]) else None
    if found is None or _is_cut_up(stretch):
        return replace(known, refused=_breakdown(stretch))
    is_numbered = plain(names[0]) in _NTH_DAYS
    refused = found.refused
    if refused is None and is_numbered and stretch.first_day is None:
        refused = Refusal("no_span")
    if refused and refused.code == "no_measure" and all(derived(plain(name)) or plain(name) in _ROLLING for name in names[1:]):
        is_rolling = all(plain(name) in _ROLLING for name in names[1:])
        refused = Refusal("only_rolling" if is_rolling else "only_derived", {"seen": ", ".join(names[1:])})
    return replace(known, columns=found.columns, language=found.language, date_order=found.date_order, refused=refused)


def _breakdown(stretch: Stretch) -> Refusal:
    if len(stretch.head) == 1:
        return Refusal("no_rows")
    return Refusal("breakdown", {"tables": stretch.head[0].cell(0)})


def _is_cut_up(stretch: Stretch) -> bool:
    """Whether days come several times, once for each of something, or are no days but weeks of a cohort."""
    names, rows = stretch.head[0].trimmed(), [row for row in stretch.head[1:] if row.cell(0)]
    days = [row.cell(0) for row in rows if _day(row.cell(0)) or _NUMBERED.fullmatch(row.cell(0))]
    if rows and not days:
        return True
    others = [index for index, name in enumerate(names) if index and plain(name) not in MEASURES]
    return len(set(days)) < len(days) and any(re.search(r"[^\W\d_]", row.cell(index)) for row in rows for index in others)


class _Dated(wide.WideReader):
    """What stands below an empty line, and is no day, is a note."""

    below = False

    def events(self, sheet: Sheet) -> Iterator[Event]:
        for record in sheet.records():
            if record.line <= self.recognition.header_line:
                continue
            if record.is_blank:
                self.below = True
            elif ga4_groups.is_total(record):
                yield Skipped(record.line, "total_row")
            elif self.below and not _day(record.cell(0)) and not _NUMBERED.fullmatch(record.cell(0)):
                yield Skipped(record.line, "note")
            else:
                yield from self.row(record)


class _Numbered(_Dated):
    """Days counted from the first one that is said above the table."""

    def day(self, record: Record, role: str, missing: str = "no_date") -> Moment:
        text, first, last = self.text(record, role), self.recognition.first_day, self.recognition.last_day
        assert first is not None
        day = first + timedelta(days=int(text)) if _NUMBERED.fullmatch(text) else None
        if day is None or (last and day > last):
            raise wide.RowProblem(RowError(record.line, "bad_date", column=self.roles[role].header, raw=text))
        return Moment(day, None)
