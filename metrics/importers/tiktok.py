"""TikTok Studio: overview, viewers and follower history per day, posts, and the business account's table.

Studio writes days without a year ("April 12", "8 de marzo", "23 August"). For tables of days the user says in which year
the file begins. A post's year stands in its link: the number of a video holds the second at which it was made.

All that people watch on TikTok are videos, so "Video views" are views. "Followers" in the history is how many there are,
"Difference in followers from previous day" how many came less those who went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from metrics.kpi.terms import Label

from . import wide, years
from .columns import Layout
from .recognition import Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal
from .tables import Record, Sheet
from .words import ROLE_WORDS, plain, words_for
from .written_otherwise import Change, Rewritten

DAYS = Importer(
    id="tiktok_days",
    title=Label("TikTok: days of the account", "TikTok: hisobning kunlari", "TikTok: аккаунт по дням"),
    platform="tiktok",
    kind=Kind.DAILY,
    how_to_get=Label(
        "TikTok Studio → Analytics → Overview, Viewers or Followers → Download data → CSV. The file names no year: you are "
        "asked in which one it begins.",
        "TikTok Studio → Analitika → Umumiy koʻrinish, Tomoshabinlar yoki Obunachilar → Maʼlumotlarni yuklab olish → CSV. "
        "Faylda yil yozilmaydi: u qaysi yilda boshlanishi soʻraladi.",
        "TikTok Studio → Аналитика → Обзор, Зрители или Подписчики → Скачать данные → CSV. В файле нет года: мы"
        " спросим, с какого года он начинается.",
    ),
)
POSTS = Importer(
    id="tiktok_posts",
    title=Label("TikTok: posts", "TikTok: postlar", "TikTok: посты"),
    platform="tiktok",
    kind=Kind.POST,
    how_to_get=Label(
        "TikTok Studio → Analytics → Content → Download data → CSV.",
        "TikTok Studio → Analitika → Kontent → Maʼlumotlarni yuklab olish → CSV.",
        "TikTok Studio → Аналитика → Контент → Скачать данные → CSV.",
    ),
)

_DATES = frozenset(map(plain, ROLE_WORDS["date"]))
_VIDEO_VIEWS = words_for("video_views")
_PROFILE_VIEWS = frozenset(
    {
        "profile views",
        "visitas al perfil",
        "visualizaciones del perfil",
        "visualizações de perfil",
        "visualizações do perfil",
        "просмотры профиля",
        "profilaufrufe",
        "vues du profil",
        "vues de profil",
        "visualizzazioni del profilo",
        "visualizzazioni profilo",
        "profil görüntülemeleri",
        "profil koʻrishlar",
        "profil koʻrishlari",
        "профил кўришлар",
    }
)
_PROFILE = frozenset(map(plain, _PROFILE_VIEWS))
_MEASURES = {
    "video views": "views",
    "total views": "views",
    "reached audience": "reach",
    "profile views": "profile_visits",
    "likes": "likes",
    "total likes": "likes",
    "comments": "comments",
    "total comments": "comments",
    "shares": "shares",
    "total shares": "shares",
    "total saves": "saves",
    "total favorites": "saves",
    "favorites": "saves",
    "phone number clicks": "phone_clicks",
    "leads submission": "leads",
    "net growth": "net_new_followers",
    "new followers": "new_followers",
    "lost followers": "lost_followers",
    "total viewers": "viewers",
    "unique viewers": "viewers",
    "new viewers": "new_viewers",
    "returning viewers": "returning_viewers",
    "followers": "followers",
    "difference in followers from previous day": "net_new_followers",
}

_OVERVIEW = Layout(
    name="tiktok_overview",
    kind=Kind.DAILY,
    platform="tiktok",
    needs=(_DATES, _VIDEO_VIEWS, _PROFILE | {"reached audience"}),
    roles={"date": "date"},
    measures=_MEASURES,
    by_name=dict.fromkeys(_VIDEO_VIEWS, "views") | dict.fromkeys(_PROFILE, "profile_visits"),
)
_TOTAL_VIEWERS = (
    *("total de espectadores", "zuschauer gesamt", "spectateurs totaux", "spettatori totali", "toplam izleyici"),
    *("всего зрителей", "общее число зрителей", "jami tomoshabinlar", "жами томошабинлар"),
)
_VIEWERS = replace(
    _OVERVIEW,
    name="tiktok_viewers",
    # "Viewers" alone is everybody's word.
    needs=(
        _DATES,
        frozenset({"total viewers", *_TOTAL_VIEWERS}),
        words_for("new_viewers") | words_for("returning_viewers"),
    ),
    by_name=dict.fromkeys(_TOTAL_VIEWERS, "viewers"),
)
_FOLLOWERS = replace(
    _OVERVIEW,
    name="tiktok_followers",
    needs=(
        _DATES,
        words_for("followers"),
        frozenset(
            {
                "difference in followers from previous day",
                "diferencia de seguidores con respecto al día anterior",
                "diferença de seguidores em relação ao dia anterior",
                "разница в количестве подписчиков по сравнению с предыдущим днем",
                "изменение числа подписчиков по сравнению с предыдущим днем",
            }
        ),
    ),
    by_name={
        "diferencia de seguidores con respecto al día anterior": "net_new_followers",
        "diferença de seguidores em relação ao dia anterior": "net_new_followers",
        "разница в количестве подписчиков по сравнению с предыдущим днем": "net_new_followers",
        "изменение числа подписчиков по сравнению с предыдущим днем": "net_new_followers",
    },
)
DAILY_LAYOUTS = (_OVERVIEW, _VIEWERS, _FOLLOWERS)
_LINKS = frozenset(
    {
        "video link",
        "post link",
        "enlace del video",
        "enlace del vídeo",
        "link do vídeo",
        "ссылка на видео",
        "videolink",
        "lien de la vidéo",
    }
)
_TITLES = frozenset(
    {"video title", "post title", "título del video", "título del vídeo", "título do vídeo", "название видео", "videotitel"}
    | {"titre de la vidéo", "titolo del video", "video başlığı", "video nomi", "video sarlavhasi"}
)
_TIMES = frozenset(
    {"post time", "video publish time", "hora de publicación", "horário da postagem", "время публикации", "heure de publication"}
    | {"data de publicação", "fecha de publicación", "дата публикации", "hora da publicação"}
)
_TOTAL = {
    "likes": ("total likes", "total de me gusta", "total de curtidas", "всего лайков", "общее число лайков"),
    "comments": ("total comments", "total de comentarios", "total de comentários", "всего комментариев"),
    "shares": ("total shares", "total de veces compartido", "total de compartilhamentos", "всего репостов"),
    "views": ("total views", "total de visualizaciones", "total de visualizações", "всего просмотров"),
}
_TOTALS = {word: measure for measure, words in _TOTAL.items() for word in words}
_CONTENT = Layout(
    name="tiktok_posts",
    kind=Kind.POST,
    platform="tiktok",
    needs=(_TITLES | _LINKS, _TIMES, frozenset(_TOTALS)),
    roles={"time": "counted", "hora": "counted", "время": "counted"}
    | dict.fromkeys(_LINKS, "permalink")
    | dict.fromkeys(_TITLES, "text")
    | dict.fromkeys(_TIMES, "published_at"),
    measures=_MEASURES,
    by_name=_TOTALS,
)
POST_LAYOUTS = (_CONTENT,)
_BREAKDOWNS = (
    (frozenset({"gender", "distribution"}), "breakdown", "Gender"),
    (frozenset({"top territories", "distribution"}), "breakdown", "Top territories"),
    (frozenset({"territory", "distribution"}), "breakdown", "Territories"),
    (frozenset({"age", "distribution"}), "breakdown", "Age"),
    (frozenset({"date", "hour", "active followers"}), "breakdown_by_hour", "Follower activity"),
)
_NUMBER_IN_LINK = re.compile(r"/(?:video|photo|v)/([0-9]{15,20})\b")
_MADE_WITHIN = (date(2014, 1, 1), date(2100, 1, 1))


def recognise_days(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    for layout in DAILY_LAYOUTS:
        if found := wide.recognise(sheet, layout, mapping):
            return replace(found, importer=DAYS, refused=found.refused or _unclear(sheet, found))
    return _breakdown(sheet)


def read_days(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    sheet = years.completed(sheet, recognition, options)
    yield from wide.WideReader(_OVERVIEW, recognition, replace(options, year=None)).events(sheet)


def recognise_posts(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    found = wide.recognise(sheet, _CONTENT, mapping)
    return replace(found, importer=POSTS) if found else None


def read_posts(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    columns = {column.role: column for column in recognition.columns if column.role}
    if published := columns.get("published_at"):
        change = _publication(columns.get("permalink"), columns.get("counted"), options)
        sheet = Rewritten(sheet, {published.index: change}, recognition.header_line)
    yield from _PostReader(_CONTENT, recognition, replace(options, year=None)).events(sheet)


class _PostReader(wide.WideReader):
    """A post's id is the number in its link."""

    def platform_id(self, record: Record) -> str:
        found = _NUMBER_IN_LINK.search(self.text(record, "permalink"))
        return found[1] if found else super().platform_id(record)


def made_on(link: str) -> date | None:
    """The day (in UTC) on which the video of a link was made, None where its number does not tell."""
    number = _NUMBER_IN_LINK.search(link)
    if number is None:
        return None
    # The upper half of the number counts seconds.
    seconds = int(number[1]) >> 32
    made = datetime.fromtimestamp(seconds, UTC).date() if seconds < 1 << 32 else _MADE_WITHIN[1]
    return made if _MADE_WITHIN[0] <= made < _MADE_WITHIN[1] else None


def _publication(link: Column | None, counted: Column | None, options: ReadOptions) -> Change:
    """Completes "July 16": by the number in the link, else as the last such day before the figures were counted."""

    def change(cell: str, record: Record) -> str:
        day = years.day_of(cell)
        if day is None:
            return cell
        made = made_on(record.cell(link.index)) if link else None
        found = years.nearest(day, made) if made else None
        if found is None and options.year is not None:
            counted_on = _counted_on(record.cell(counted.index) if counted else "", options.year)
            ends = [each for each in (counted_on or date(options.year, 12, 31), options.until) if each]
            found = years.latest(day, min(ends))
        return found.isoformat() if found else cell

    return change


def _counted_on(text: str, year: int) -> date | None:
    day = years.day_of(text)
    return years.latest(day, date(year, 12, 31)) if day else None


def _unclear(sheet: Sheet, found: Recognition) -> Refusal | None:
    """A refusal where the days go on for more than a year, so that one year does not tell the others."""
    days = years.days_in(sheet, found)
    return Refusal("years_unclear") if days and years.course(days.values()) is None else None


def _breakdown(sheet: Sheet) -> Recognition | None:
    for record in sheet.head(wide.HEADING_WITHIN):
        cells = {plain(cell) for cell in record.trimmed()}
        for headings, code, title in _BREAKDOWNS:
            if headings <= cells:
                return Recognition(importer=DAYS, platforms=("tiktok",), refused=Refusal(code, {"tables": title}))
    return None
