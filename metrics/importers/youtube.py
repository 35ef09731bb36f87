"""YouTube Studio, advanced mode: "Table data" with a row per video, and tables of days ("Totals", or a table by date).

The columns are those that the user chose, in any order. A row "Total" repeats the others. "Subscribers" are those who came
less those who went, so they may be below zero: never how many there are. Watch time is in hours; money names its currency
in the heading. "Chart data" counts single videos day by day: it is set aside, since videos are counted over their life and
the channel by day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from metrics.kpi.measures import MEASURES
from metrics.kpi.terms import Label

from . import generic, wide
from . import youtube_words as said
from .columns import Layout
from .recognition import Certainty, Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal, RowError, Skipped
from .tables import Record, Sheet
from .words import plain
from .written_otherwise import in_seconds

POSTS = Importer(
    id="youtube_videos",
    title=Label("YouTube Studio: videos", "YouTube Studio: videolar", "YouTube Studio: видео"),
    platform="youtube",
    kind=Kind.POST,
    how_to_get=Label(
        "YouTube Studio → Analytics → Advanced mode → Content. Choose “Lifetime” (shorter periods count only what happened in "
        "them), then Export current view → CSV. The zip file can be uploaded as it is.",
        "YouTube Studio → Analitika → Kengaytirilgan rejim → Kontent. «Butun davr»ni tanlang (qisqaroq davrda faqat oʻsha "
        "davrdagi harakatlar hisoblanadi), soʻng joriy koʻrinishni eksport qiling → CSV. Zip faylni borligicha yuklash mumkin.",
        "YouTube Studio → Аналитика → Расширенный режим → Контент. Выберите «За всё время» (в более коротком периоде"
        " считается только то, что произошло за него), затем экспортируйте текущее представление → CSV. Файл zip можно"
        " загрузить без изменений.",
    ),
)
DAYS = Importer(
    id="youtube_days",
    title=Label("YouTube Studio: days of the channel", "YouTube Studio: kanalning kunlari", "YouTube Studio: канал по дням"),
    platform="youtube",
    kind=Kind.DAILY,
    how_to_get=Label(
        "YouTube Studio → Analytics → Advanced mode → Date, then Export current view → CSV. “Totals.csv” of any export is "
        "read, too.",
        "YouTube Studio → Analitika → Kengaytirilgan rejim → Sana, soʻng joriy koʻrinishni eksport qiling → CSV. Har qanday "
        "eksportdagi «Totals.csv» ham oʻqiladi.",
        "YouTube Studio → Аналитика → Расширенный режим → Дата, затем экспортируйте текущее представление → CSV."
        " «Totals.csv» из любого экспорта тоже подходит.",
    ),
)

_SEEN, _LIKELY, _LEFT = map(said.by_heading, (said.SEEN, said.LIKELY, said.LEFT))
_LANGUAGES = {
    plain(heading): language for heading, language in (("Videotitel", "de"), ("Título do vídeo", "pt"), ("Datum", "de"))
}
_VIDEOS = Layout(
    name="youtube_videos",
    kind=Kind.POST,
    platform="youtube",
    needs=(said.CONTENT, said.TITLES),
    roles=dict.fromkeys(said.CONTENT, "post_id")
    | dict.fromkeys(said.TITLES, "text")
    | dict.fromkeys(said.PUBLISHED, "published_at"),
    measures=_SEEN,
    left=_LEFT,
    by_name=_LIKELY,
    date_order="mdy",
    language_by=_LANGUAGES,
)
_DAILY = Layout(
    name="youtube_days",
    kind=Kind.DAILY,
    platform="youtube",
    needs=(said.DATES, said.OWN),
    roles=dict.fromkeys(said.DATES, "date"),
    measures=_SEEN,
    left=_LEFT,
    by_name=_LIKELY,
    date_order="mdy",
    language_by=_LANGUAGES,
)
POST_LAYOUTS, DAILY_LAYOUTS = (_VIDEOS,), (_DAILY,)
# What a table is of, where its rows are neither videos nor days.
_BREAKDOWNS = frozenset(
    {"traffic source", "geography", "country", "viewer age", "viewer gender", "device type", "subscription status"}
    | {
        "operating system",
        "playback location",
        "content type",
        "playlist",
        "new and returning viewers",
        "audience by watch behavior",
    }
    | {"zugriffsquelle", "besucherquelle", "geografie", "alter der zuschauer", "gerätetyp", "origem do tráfego"}
    | {"idade do espectador", "tipo de dispositivo", "fuente de tráfico", "источник трафика", "география", "возраст зрителя"}
    | {"тип устройства", "source de trafic", "zone géographique", "cities", "subtitles and cc", "sharing service", "card"}
)
_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")


def recognise_posts(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    found = wide.recognise(sheet, _VIDEOS, mapping)
    if found is None:
        return None
    found = replace(found, importer=POSTS, columns=tuple(_flows(found.columns)))
    has_days = any(column.role == "date" or plain(column.header) in said.DATES for column in found.columns)
    return replace(found, refused=Refusal("daily_posts")) if has_days else found


def read_posts(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    sheet = in_seconds(sheet, recognition.columns, recognition.header_line)
    yield from _VideoReader(_VIDEOS, recognition, options).events(sheet)


def recognise_days(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    if refused := _breakdown(sheet):
        return Recognition(importer=DAYS, platforms=("youtube",), refused=refused)
    found = wide.recognise(sheet, _DAILY, mapping)
    return replace(found, importer=DAYS, columns=tuple(_flows(found.columns))) if found else None


def read_days(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    sheet = in_seconds(sheet, recognition.columns, recognition.header_line)
    yield from wide.WideReader(_DAILY, recognition, options).events(sheet)


class _VideoReader(wide.WideReader):
    """A video's id stands in its row, its link follows from that."""

    def row(self, record: Record) -> Iterator[Event]:
        # In whatever language the row of totals is named: it is of no video, has no title and no day.
        if not (self.cell(record, "text") or self.cell(record, "published_at") or self.is_video(record)):
            yield Skipped(record.line, "total_row")
        else:
            yield from super().row(record)

    def cell(self, record: Record, role: str) -> str:
        return self.text(record, role)

    def is_video(self, record: Record) -> bool:
        return _VIDEO.fullmatch(self.text(record, "post_id")) is not None

    def platform_id(self, record: Record) -> str:
        text = super().platform_id(record)
        if text and not _VIDEO.fullmatch(text):
            raise wide.RowProblem(RowError(record.line, "no_video_id", column=self.roles["post_id"].header, raw=text))
        return text

    def permalink(self, record: Record) -> str:
        text = self.text(record, "post_id")
        return f"https://www.youtube.com/watch?v={text}" if _VIDEO.fullmatch(text) else ""


def beside_videos(tables: list[Recognition]) -> list[Recognition]:
    """A table of days that could be anybody's ("Date, Views") is the channel's own where it came with one of videos."""
    if not any(table.importer is POSTS for table in tables):
        return tables
    return [
        replace(table, importer=DAYS, platforms=("youtube",), kind=Kind.DAILY, columns=tuple(_flows(table.columns)))
        if _is_anybodys(table)
        else table
        for table in tables
    ]


def _is_anybodys(table: Recognition) -> bool:
    roles = {column.role for column in table.columns if column.role}
    return table.importer is generic.IMPORTER and table.refused is None and not table.platforms and roles == {"date"}


def _flows(columns: Iterable[Column]) -> Iterator[Column]:
    """Studio counts what happened: subscribers that came and went, never how many there are; money has a currency."""
    for column in columns:
        if column.measure == "followers" and column.certainty is Certainty.BY_NAME:
            yield replace(column, measure="net_new_followers")
        elif column.measure and MEASURES[column.measure].is_money and not column.currency:
            yield replace(column, measure=None, reason="no_currency")
        else:
            yield column


def _breakdown(sheet: Sheet) -> Refusal | None:
    for record in sheet.head(wide.HEADING_WITHIN):
        cells = [plain(cell) for cell in record.trimmed()]
        if cells and cells[0] in _BREAKDOWNS and said.OWN & set(cells):
            return Refusal("breakdown", {"tables": record.cells[0]})
    return None
