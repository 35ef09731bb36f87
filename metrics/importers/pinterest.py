"""Pinterest, the analytics overview: a preamble, one measure day by day, and lists of boards and pins.

An empty cell is a day without a figure, not a zero. The lists give boards and pins their figures of the chosen days and not
the day that a pin was published, so they are no figures of a post’s life, and are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from metrics.kpi.terms import Label

from . import wide
from .cells import CellError, is_missing, moment, order_of, slashed
from .columns import Layout
from .recognition import Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal
from .stretches import Excerpt, Stretch, as_one
from .tables import Record, Sheet
from .words import plain

IMPORTER = Importer(
    id="pinterest_overview",
    title=Label("Pinterest: overview", "Pinterest: umumiy koʻrinish", "Pinterest: обзор"),
    platform="pinterest",
    kind=Kind.DAILY,
    how_to_get=Label(
        "Pinterest Business → Analytics → Overview. Choose the days and one measure, then Export. One file per measure.",
        "Pinterest Business → Analitika → Umumiy koʻrinish. Kunlarni va bitta koʻrsatkichni tanlab, Eksport ni bosing. Har "
        "koʻrsatkich uchun bitta fayl.",
        "Pinterest Business → Аналитика → Обзор. Выберите дни и один показатель, затем нажмите «Экспорт». Один файл на"
        " каждый показатель.",
    ),
)
_DATES = ("date", "datum", "data", "fecha", "дата", "sana")
_MEASURES = {
    "total audience": "audience_total",
    "audience totale": "audience_total",
    "audiencia total": "audience_total",
    "público total": "audience_total",
    "gesamtzielgruppe": "audience_total",
    "engaged audience": "engaged_audience",
    "público engajado": "engaged_audience",
    "impressions": "impressions",
    "impressões": "impressions",
    "impresiones": "impressions",
    "impressionen": "impressions",
    "показы": "impressions",
    "engagement": "engagements",
    "engagements": "engagements",
    "engajamentos": "engagements",
    "interacciones": "engagements",
    "interaktionen": "engagements",
    "pin clicks": "pin_clicks",
    "cliques no pin": "pin_clicks",
    "clics en el pin": "pin_clicks",
    "outbound clicks": "link_clicks",
    "cliques de saída": "link_clicks",
    "clics de salida": "link_clicks",
    "ausgehende klicks": "link_clicks",
    "saves": "saves",
    "salvamentos": "saves",
    "guardados": "saves",
    "gemerkt": "saves",
    "сохранения": "saves",
    "video views": "video_views",
    "mrc video views": "video_views",
    "10-second plays": "video_views_10s",
    "10s video views": "video_views_10s",
    "played to 95%": "video_views_95",
}
_DAYS = Layout(
    name="pinterest_days",
    kind=Kind.DAILY,
    platform="pinterest",
    needs=(frozenset(_DATES),),
    roles=dict.fromkeys(_DATES, "date"),
    measures=_MEASURES,
    left={"total play time (mins)": "other_unit", "average video play time": "average"},
    by_words=False,
    language_by={"datum": "de", "data": "pt", "fecha": "es", "дата": "ru"},
)
_LIST_HEADINGS = frozenset(
    {"pinterest link", "link do pinterest", "enlace de pinterest", "pinterest-link", "lien pinterest", "ссылка pinterest"}
)
_PREAMBLE = ("analytics overview", "visão geral do analytics", "resumen de estadísticas", "analytics-übersicht")
# Headings that nobody else has over days: enough where the preamble was deleted.
_ITS_OWN = frozenset({"total audience", "engaged audience", "outbound clicks", "pin clicks"})
_LOOKED_AT = 40
_DAY = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_RANGE = re.compile(rf"({_DAY}) ?[-–—] ?({_DAY})")


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    if not _is_ours(sheet.head(_LOOKED_AT)):
        return None
    return as_one([_recognised(stretch, mapping) for stretch in _stretches(sheet)])


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    return wide.WideReader(_DAYS, recognition, options).events(sheet)


def _is_ours(head: list[Record]) -> bool:
    if head and plain(head[0].cell(0)).startswith(_PREAMBLE):
        return True
    for record in head:
        cells = [plain(cell) for cell in record.trimmed()]
        if cells[0] in _LIST_HEADINGS or (cells[0] in _DATES and len(cells) == 2 and cells[1] in _ITS_OWN):
            return True
    return False


def _stretches(sheet: Sheet) -> Iterator[Stretch]:
    """Tables begin with a heading, below a title, and end with an empty line or a footnote."""
    title, stretch, days = "", None, None
    for record in sheet.records():
        cells = record.trimmed()
        if len(cells) > 1 and plain(cells[0]) in {*_DATES, *_LIST_HEADINGS}:
            if stretch:
                yield stretch
            stretch = Stretch(title or ", ".join(cells[1:3]), record.line, record.line, *_days_of(days))
        elif stretch and not _is_row(record):
            yield stretch
            title, stretch = "", None
        if stretch:
            stretch.add(record)
        elif len(cells) <= 1:
            title = cells[0] if cells else ""
            days = days or _RANGE.search(title)
    if stretch:
        yield stretch


def _days_of(said: re.Match[str] | None) -> tuple[list[Record], date | None, date | None]:
    try:
        return [], *((moment(said[1]).day, moment(said[2]).day) if said else (None, None))
    except CellError:
        return [], None, None


def _is_row(record: Record) -> bool:
    """Whether it is a row of a table, and not its end: a day may stand alone, a sentence may not."""
    first = record.cell(0)
    if record.is_blank:
        return False
    return len(record.trimmed()) > 1 or first.casefold().startswith("http") or slashed(first) is not None or _is_day(first)


def _is_day(text: str) -> bool:
    try:
        moment(text, order="mdy", year=2000)
    except CellError:
        return False
    return True


def _recognised(stretch: Stretch, mapping: Mapping[str, str]) -> Recognition:
    known = Recognition(
        importer=IMPORTER,
        platforms=("pinterest",),
        kind=Kind.DAILY,
        title=stretch.title,
        place=stretch.place,
        first_day=stretch.first_day,
        last_day=stretch.last_day,
        header_line=stretch.first,
    )
    names = [plain(cell) for cell in stretch.head[0].trimmed()]
    if names[0] in _LIST_HEADINGS:
        return replace(known, refused=_why_a_list_is_refused(stretch, names))
    found = wide.recognise(Excerpt(stretch.head), _DAYS, mapping)
    if found is None:
        return replace(known, refused=Refusal("not_recognised", {"seen": ", ".join(names[:3])}))
    figures = [column.index for column in found.columns if column.measure]
    is_bare = all(is_missing(record.cell(index)) for record in stretch.head[1:] for index in figures)
    return replace(
        known,
        columns=found.columns,
        language=found.language,
        date_order=_order(stretch),
        refused=found.refused or (Refusal("no_rows") if is_bare and len(stretch.head) == 1 else None),
    )


def _why_a_list_is_refused(stretch: Stretch, names: list[str]) -> Refusal:
    if len(stretch.head) == 1:
        return Refusal("no_rows")
    is_of_pins = "/pin/" in stretch.head[1].cell(0) or "canonical" in names
    return Refusal("posts_of_a_span") if is_of_pins else Refusal("breakdown", {"tables": stretch.title})


def _order(stretch: Stretch) -> str:
    """Which number is the month where a spreadsheet rewrote the days: as the days tell, or the range that is said above."""
    pairs = [pair for record in stretch.head[1:] if (pair := slashed(record.cell(0)))]
    orders = {order_of(*pair) for pair in pairs if pair[0] != pair[1]} - {""}
    if len(orders) == 1:
        return orders.pop()
    fitting = [order for order in ("dmy", "mdy") if pairs and _all_within(stretch, order)]
    return fitting[0] if len(fitting) == 1 else ""


def _all_within(stretch: Stretch, order: str) -> bool:
    if not stretch.first_day or not stretch.last_day:
        return False
    try:
        days = [moment(record.cell(0), order=order).day for record in stretch.head[1:]]
    except CellError:
        return False
    return all(stretch.first_day <= day <= stretch.last_day for day in days)
