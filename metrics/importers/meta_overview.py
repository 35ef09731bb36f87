"""Meta Business Suite, overview ("Results"): small tables, each with a title that names network and measure.

One file holds one or several tables; the title, not the file's name, says what is measured. The time part of a date is
an artefact of the exporting account's daylight saving: the date is kept, the time dropped, no zone applied. Files of
2020–2023 name the column after the measure instead. The audience file has the same outside but no dates: it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from metrics.kpi.measures import MEASURES, Join
from metrics.kpi.terms import Label

from .cells import CellError, is_missing, is_total, moment
from .columns import by_choice, chosen, without_doubles
from .recognition import Certainty, Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal, RowError, Skipped
from .tables import Record, Sheet
from .wide import figure
from .words import measures_by_word, plain

IMPORTER = Importer(
    id="meta_overview",
    title=Label("Meta Business Suite: results", "Meta Business Suite: natijalar", "Meta Business Suite: результаты"),
    platform=None,
    kind=Kind.DAILY,
    how_to_get=Label(
        "Meta Business Suite → Insights → Results. Choose the period, then Export → CSV at each graph.",
        "Meta Business Suite → Statistika → Natijalar. Davrni tanlang, soʻng har bir grafikda Eksport → CSV ni bosing.",
        "Meta Business Suite → Статистика → Результаты. Выберите период, затем у каждого графика Экспорт → CSV.",
    ),
)

_TITLES = {
    "reach": "reach",
    "alcance": "reach",
    "views": "views",
    "visualizações": "views",
    "viewers": "viewers",
    "espectadores": "viewers",
    "visualizadores": "viewers",
    "impressions": "impressions",
    "impressões": "impressions",
    "visits": "profile_visits",
    "profile visits": "profile_visits",
    "visitas": "profile_visits",
    "visitas ao perfil": "profile_visits",
    "follows": "new_followers",
    "new follows": "new_followers",
    "new followers": "new_followers",
    "seguimentos": "new_followers",
    "novos seguidores": "new_followers",
    "unfollows": "lost_followers",
    "deixaram de seguir": "lost_followers",
    "net follows": "net_new_followers",
    "followers": "followers",
    "interactions": "platform_interactions",
    "content interactions": "platform_interactions",
    "interações": "platform_interactions",
    "interações com o conteúdo": "platform_interactions",
    "interações com conteúdo": "platform_interactions",
    "link clicks": "link_clicks",
    "cliques no link": "link_clicks",
    "cliques em links": "link_clicks",
    "video views": "video_views",
    "3-second video views": "video_views_3s",
    "3-second views": "video_views_3s",
    "1-minute video views": "video_views_1m",
    "1-minute views": "video_views_1m",
    "organic reach": "organic_reach",
    "paid reach": "paid_reach",
    "organic impressions": "organic_impressions",
    "paid impressions": "paid_impressions",
}
# A daily series called "Seguidores" is what the same graph calls "Follows" in English: people who began to follow.
_LIKELY_TITLES = {"seguidores": "new_followers"}
# Only Instagram's reach goes without the network's name.
_UNNAMED_NETWORK = {"reach": "instagram", "alcance": "instagram"}
_BREAKDOWNS = frozenset(
    {
        "age & gender",
        "age and gender",
        "idade e gênero",
        "top countries",
        "top cities",
        "top towns/cities",
        "principais países",
        "principais cidades",
        "top content formats",
        "principais formatos de conteúdo",
        "audience",
        "público",
    }
    | {"edad y género", "edad y sexo", "principales países", "principales ciudades", "alter und geschlecht", "top-länder"}
    | {"top-städte", "âge et genre", "principaux pays", "principales villes", "età e genere", "paesi principali"}
    | {"città principali", "yaş ve cinsiyet", "en popüler ülkeler", "en popüler şehirler", "возраст и пол", "основные страны"}
    | {"основные города", "топ стран", "топ городов", "yosh va jins", "asosiy davlatlar", "asosiy shaharlar", "аудитория"}
)
_BREAKDOWN_HEADINGS = frozenset(
    {"women", "men", "mulheres", "homens", "mujeres", "hombres", "frauen", "männer", "femmes", "hommes", "donne", "uomini"}
    | {"kadın", "erkek", "kadınlar", "erkekler", "женщины", "мужчины", "ayollar", "erkaklar", "аёллар", "эркаклар"}
)
_HEAD = 12
_DATE_HEADINGS = {
    "date": "en",
    "data": "pt",
    "fecha": "es",
    "дата": "ru",
    "sana": "uz",
    "сана": "uz",
    "datum": "de",
    "tarih": "tr",
}
_PRIMARY = frozenset(
    {"primary", "principal", "primario", "primaire", "primär", "birincil", "value"}
    | {"основной", "основная", "основное", "основные", "asosiy", "асосий"}
)
_NETWORK = re.compile(r"\b(facebook|instagram)\b")
_AROUND_NETWORK = re.compile(
    r"\b(?:(?:d[aoe]|n[ao]|on|from|в|на|страницы) )*(?:p[aá]gina (?:d[eo] )?)?(?:facebook|instagram)\b(?: page\b)?"
)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table while it is walked through: its title, and the columns of figures under its heading."""

    title: str
    columns: tuple[Column, ...] = ()
    is_breakdown: bool = False


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    """What the titles of ``sheet`` say; None where no table looks like one of Meta's."""
    head = sheet.head(_HEAD)
    if not any(_is_heading(record) or _begins_breakdown(record) for record in head):
        return None
    wanted = chosen(mapping)
    columns: dict[str, Column] = {}
    breakdowns: dict[str, None] = {}
    language = "en"
    for table, record in _walk(sheet):
        if table.is_breakdown:
            breakdowns[table.title] = None
        for column in table.columns:
            if record is None:
                language = _DATE_HEADINGS.get(column.role or "", language)
            _add(columns, column, record, wanted)
    found = tuple(without_doubles(columns.values()))
    return Recognition(
        importer=IMPORTER,
        kind=Kind.DAILY,
        platforms=tuple(dict.fromkeys(column.platform for column in found if column.platform)),
        columns=found,
        language=language,
        refused=_refusal(found, tuple(breakdowns)),
    )


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    """The figures of all dated tables; rows of other tables are reported as skipped."""
    meanings = {plain(column.header): column for column in recognition.columns}
    for table, record in _walk(sheet):
        if record is None:
            continue
        if table.is_breakdown:
            yield Skipped(record.line, "breakdown_table", {"table": table.title})
            continue
        columns = [replace(meanings[plain(column.header)], index=column.index) for column in table.columns]
        yield from _row(record, table, [column for column in columns if column.measure], options)


def _add(columns: dict[str, Column], column: Column, record: Record | None, wanted: Mapping[str, str]) -> None:
    """Note a table's column at its heading, and its first figure at its first row."""
    key = plain(column.header)
    if key not in columns:
        meaning = by_choice(column, wanted[key]) if key in wanted else column
        columns[key] = replace(meaning, index=len(columns), role=None)
    elif record is not None and not columns[key].first_value:
        columns[key] = replace(columns[key], first_value=record.cell(column.index))


def _refusal(columns: tuple[Column, ...], breakdowns: tuple[str, ...]) -> Refusal | None:
    if not columns:
        return Refusal("breakdown", {"tables": ", ".join(breakdowns)})
    if not any(column.measure for column in columns):
        return Refusal("no_measure", {"seen": ", ".join(column.header for column in columns)})
    if not any(column.first_value for column in columns):
        return Refusal("no_rows")
    return None


def _row(record: Record, table: _Table, columns: list[Column], options: ReadOptions) -> Iterator[Event]:
    if is_total(record.cells[0]):
        yield Skipped(record.line, "total_row")
        return
    if not columns:
        yield Skipped(record.line, "table_left_out", {"table": table.title})
        return
    if len(record.trimmed()) > 1 + max(column.index for column in table.columns):
        yield RowError(record.line, "too_many_cells", raw=record.trimmed()[-1])
        return
    try:
        day = moment(record.cells[0], order=options.date_order, year=options.year).day
    except CellError as error:
        code = "no_date" if is_missing(record.cells[0]) else error.code
        yield RowError(record.line, code, column="Date", raw=record.cells[0])
        return
    if all(is_missing(record.cell(column.index)) for column in columns):
        yield Skipped(record.line, "no_figures")
    for column in columns:
        yield from figure(record, column, day, day)


def _walk(sheet: Sheet) -> Iterator[tuple[_Table, Record | None]]:
    """Each table as it is met: once with None at its heading, then once with each of its rows."""
    title, table = "", None
    for record in sheet.records():
        cells = record.trimmed()
        if not cells:
            title, table = "", None
        elif _is_heading(record):
            table = _Table(title or cells[1], tuple(_columns(title, cells)))
            yield table, None
        elif _begins_breakdown(record) or (table is None and title and len(cells) > 1):
            table = _Table(title if len(cells) > 1 and title else cells[0], is_breakdown=True)
            title = table.title
            yield table, None
        elif len(cells) == 1 and (table is None or not _is_dated(cells[0])):
            title, table = cells[0], None
        elif table is not None:
            yield table, record


def _columns(title: str, cells: tuple[str, ...]) -> Iterator[Column]:
    for index, cell in enumerate(cells[1:], start=1):
        column = _measured(title if title and plain(cell) in _PRIMARY else cell)
        yield replace(column, index=index, role=plain(cells[0]))


def _is_heading(record: Record) -> bool:
    """``Date, Primary``, or ``Date`` and columns that name the network."""
    cells = [plain(cell) for cell in record.trimmed()]
    return len(cells) > 1 and cells[0] in _DATE_HEADINGS and all(cell in _PRIMARY or _NETWORK.search(cell) for cell in cells[1:])


def _begins_breakdown(record: Record) -> bool:
    cells = [plain(cell) for cell in record.trimmed()]
    if len(cells) == 1:
        return cells[0] in _BREAKDOWNS
    return len(cells) > 1 and not cells[0] and bool(_BREAKDOWN_HEADINGS & set(cells))


def _is_dated(text: str) -> bool:
    try:
        moment(text, order="mdy")
    except CellError:
        return is_missing(text)
    return True


def _by_word(bare: str) -> str:
    """What the title means in a language whose files were not seen. A stock is never guessed: most graphs show flows."""
    measure = measures_by_word().get(bare, "")
    return measure if measure and MEASURES[measure].recorded and MEASURES[measure].join is not Join.LAST else ""


def _measured(title: str) -> Column:
    """What a table's title says: the measure, the network, and how sure that is."""
    heading = plain(title)
    network = _NETWORK.search(heading)
    bare = " ".join(_AROUND_NETWORK.sub(" ", heading).split())
    measure = _TITLES.get(bare) or _LIKELY_TITLES.get(bare) or _by_word(bare)
    platform = network[1] if network else _UNNAMED_NETWORK.get(bare, "")
    if not measure:
        return Column(0, title, platform=platform, reason="unknown_column")
    certainty = Certainty.KNOWN if bare in _TITLES else Certainty.BY_NAME
    return Column(0, title, measure=measure, platform=platform, certainty=certainty)
