"""Meta Business Suite, post level ("Content"): one row per post of Instagram or Facebook, with lifetime figures.

The order of the columns changes from year to year and headings are translated, so headings alone count. ``Publish
time`` is month first in every language. An empty cell was not available; it is not zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from metrics.kpi.measures import MEASURES
from metrics.kpi.terms import Label

from . import wide
from .cells import CellError, moment
from .columns import Layout
from .recognition import Certainty, Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, PostSubject, RowError
from .tables import Record, Sheet
from .words import network_of, plain
from .written_otherwise import in_seconds

IMPORTER = Importer(
    id="meta_posts",
    title=Label("Meta Business Suite: posts", "Meta Business Suite: postlar", "Meta Business Suite: посты"),
    platform=None,
    kind=Kind.POST,
    how_to_get=Label(
        "Meta Business Suite → Insights → Content → Export. Choose one network and the period.",
        "Meta Business Suite → Statistika → Kontent → Eksport. Bitta tarmoq va davrni tanlang.",
        "Meta Business Suite → Статистика → Контент → Экспорт. Выберите одну сеть и период.",
    ),
)

_ROLE_HEADINGS = {
    "post_id": (
        *("post id", "video asset id", "identificação da publicação", "identificação do post", "identificador de la publicación"),
        *("identificador de la pieza de vídeo", "identificador de la pieza de video", "id de la publicación", "beitrags-id"),
        *(
            "id de la publication",
            "id del post",
            "gönderi kimliği",
            "идентификатор публикации",
            "id публикации",
            "post identifikatori",
        ),
        "идентификатор видео",
    ),
    "published_at": (
        *("publish time", "horário de publicação", "horário da publicação", "hora de publicación", "veröffentlichungszeit"),
        *("veröffentlichungszeitpunkt", "heure de publication", "ora di pubblicazione", "yayınlanma zamanı", "время публикации"),
        "eʼlon qilingan vaqt",
    ),
    "permalink": (
        *("permalink", "link permanente", "enlace permanente", "permanentlink", "permalien", "kalıcı bağlantı"),
        *("постоянная ссылка", "doimiy havola"),
    ),
    "text": ("description", "descrição", "descripción", "beschreibung", "descrizione", "açıklama", "описание", "tavsif"),
    "title": ("title", "título", "titel", "titre", "titolo", "başlık", "название", "заголовок", "sarlavha"),
    "format": (
        *("post type", "tipo de publicação", "tipo de post", "tipo de publicación", "beitragsart", "type de publication"),
        *("tipo di post", "gönderi türü", "тип публикации", "post turi"),
    ),
    "period": ("date", "data", "fecha", "datum", "tarih", "дата", "sana"),
    "instagram_account": (
        *("account id", "identificação da conta", "identificador de la cuenta", "konto-id", "id du compte", "id account"),
        *("hesap kimliği", "идентификатор аккаунта", "akkaunt identifikatori"),
    ),
    "facebook_page": (
        *("page id", "identificação da página", "identificador de la página", "seiten-id", "id de la page", "id della pagina"),
        *("sayfa kimliği", "идентификатор страницы", "sahifa identifikatori"),
    ),
}
_ROLES = {plain(heading): role for role, headings in _ROLE_HEADINGS.items() for heading in headings}
_MEASURES = {
    "views": "views",
    "visualizações": "views",
    "reach": "reach",
    "alcance": "reach",
    "impressions": "impressions",
    "impressões": "impressions",
    "impression:unique users": "unique_impressions",
    "likes": "likes",
    "curtidas": "likes",
    "reactions": "likes",
    "reações": "likes",
    "comments": "comments",
    "comentários": "comments",
    "shares": "shares",
    "compartilhamentos": "shares",
    "saves": "saves",
    "salvamentos": "saves",
    "follows": "new_followers",
    "seguimentos": "new_followers",
    "profile visits": "profile_visits",
    "visitas ao perfil": "profile_visits",
    "replies": "replies",
    "respostas": "replies",
    "total clicks": "total_clicks",
    "total de cliques": "total_clicks",
    "link clicks": "link_clicks",
    "cliques no link": "link_clicks",
    "other clicks": "other_clicks",
    "outros cliques": "other_clicks",
    "matched audience targeting consumption (photo click)": "photo_clicks",
    "seconds viewed": "watch_seconds",
    "3-second video views": "video_views_3s",
    "1-minute video views": "video_views_1m",
    "ad impressions": "ad_impressions",
    "estimated earnings": "platform_earnings",
    "ganhos estimados": "platform_earnings",
}
# Translations that code which works with such files quotes; no such file was seen.
_LIKELY = {
    "seguidores": "new_followers",
    "me gusta": "likes",
    "veces que se ha compartido": "shares",
    "veces guardado": "saves",
    "respuestas": "replies",
    "visualizaciones de vídeo de 3 segundos": "video_views_3s",
    "visualizaciones de video de 3 segundos": "video_views_3s",
    "visualizaciones de vídeo de 1 minuto": "video_views_1m",
    "visualizaciones de video de 1 minuto": "video_views_1m",
    "segundos reproducidos": "watch_seconds",
    "antworten": "replies",
    "réponses": "replies",
    "ответы": "replies",
    "ganancias estimadas": "platform_earnings",
}
# Parts of the figures above, which video files break down by country, by age, by second of the video…
_PART = re.compile(r"\bby\b|\bfrom\b|\bat interval\b|\bpercentage of\b|\(in seconds\)")
_DESCRIBES = (
    "account username",
    "account name",
    "nome de usuário da conta",
    "nome da conta",
    "page name",
    "nome da página",
    "universal video id",
    "duration (sec)",
    "duração (segundos)",
    "caption type",
    "is crosspost",
    "is share",
    "languages",
    "custom labels",
    "funded content status",
    "data comment",
    "comentário de dados",
    "nombre de usuario de la cuenta",
    "nombre de la cuenta",
    "nombre de la página",
    "duración (segundos)",
    "comentario de datos",
    "название страницы",
    "имя аккаунта",
    "название аккаунта",
    "имя пользователя аккаунта",
    "длительность (с)",
    "комментарий к данным",
)
_LEFT = {
    **dict.fromkeys(_DESCRIBES, "describes"),
    "reactions, comments and shares": "sum_of_others",
    "reações, comentários e compartilhamentos": "sum_of_others",
    "average seconds viewed": "average",
    "média de segundos visualizados": "average",
    "segundos reproducidos de media": "average",
    "reacciones, comentarios y veces que se ha compartido": "sum_of_others",
    "реакции, комментарии и репосты": "sum_of_others",
}
_IDS = frozenset(heading for heading, role in _ROLES.items() if role == "post_id")
_TIMES = frozenset(heading for heading, role in _ROLES.items() if role == "published_at")
_ACCOUNTS = frozenset(heading for heading, role in _ROLES.items() if role in ("instagram_account", "facebook_page"))
LAYOUT = Layout(
    name="meta_posts",
    kind=Kind.POST,
    platform="",
    needs=(_IDS, _TIMES, _ACCOUNTS),
    roles=_ROLES,
    measures=_MEASURES,
    left=_LEFT,
    by_name=_LIKELY,
    date_order="mdy",
    language_by={
        "identificação da publicação": "pt",
        "identificação do post": "pt",
        "identificador de la publicación": "es",
        "идентификатор публикации": "ru",
        "beitrags-id": "de",
        "id de la publication": "fr",
    },
)


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    found = wide.recognise(sheet, LAYOUT, mapping)
    if found is None:
        return None
    return replace(found, importer=IMPORTER, platforms=_platforms(sheet, found), columns=tuple(map(_of_posts, found.columns)))


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    sheet = in_seconds(sheet, recognition.columns, recognition.header_line)
    return _PostReader(LAYOUT, recognition, options).events(sheet)


def _of_posts(column: Column) -> Column:
    """A post brings followers, it does not have any; a part of a figure is none of its own; money has a currency."""
    if column.certainty is Certainty.KNOWN and not column.measure:
        return column
    if column.measure == "followers" and column.certainty is Certainty.BY_NAME:
        return replace(column, measure="new_followers")
    if column.measure and MEASURES[column.measure].is_money and not column.currency:
        return replace(column, measure=None, reason="no_currency")
    if not column.measure and not column.role and _PART.search(plain(column.header)):
        return replace(column, certainty=Certainty.KNOWN, reason="part_of_other")
    return column


def _platforms(sheet: Sheet, recognition: Recognition) -> tuple[str, ...]:
    """The networks that the first rows' links lead to; without links, the one whose account is named."""
    reader = _PostReader(LAYOUT, recognition, ReadOptions())
    found = wide.find_heading(sheet, LAYOUT)
    sample = found[1] if found else []
    named = dict.fromkeys(reader.network(record.cell(reader.link.index)) for record in sample if reader.link)
    return tuple(filter(None, named or [reader.network("")]))


class _PostReader(wide.WideReader):
    """Adds what only Meta's files have: two networks in one layout, and a column that says "Lifetime"."""

    def __init__(self, layout: Layout, recognition: Recognition, options: ReadOptions) -> None:
        super().__init__(layout, recognition, options)
        self.link: Column | None = self.roles.get("permalink")
        self.account = "instagram" if "instagram_account" in self.roles else "facebook"

    def network(self, link: str) -> str:
        """Where a post lives: its link knows, else the account that the headings name."""
        return network_of(link) or self.account

    def platform(self, record: Record, subject: PostSubject | None) -> str:
        return self.network(subject.permalink if subject else "")

    def post(self, record: Record) -> tuple[PostSubject, date]:
        self.refuse_daily(record)
        subject, day = super().post(record)
        return replace(subject, text=subject.text or self.text(record, "title")), day

    def refuse_daily(self, record: Record) -> None:
        """A day where "Lifetime" should stand makes another figure of it; a number means shifted cells."""
        period = self.text(record, "period")
        if not period:
            return
        try:
            moment(period, order="mdy")
        except CellError:
            if not period.strip("0123456789.,"):
                raise wide.RowProblem(RowError(record.line, "too_many_cells", raw=period)) from None
        else:
            header = self.roles["period"].header
            raise wide.RowProblem(RowError(record.line, "not_lifetime", column=header, raw=period))
