"""Meta Business Suite, post level ("Content"): one row per post of Instagram or Facebook, with lifetime figures.

The order of the columns changes from year to year and headings are translated, so headings alone count. ``Publish
time`` is month first in every language. An empty cell was not available; it is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from metrics.kpi.terms import Label

from . import wide
from .cells import CellError, moment
from .columns import Layout
from .recognition import Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, PostSubject, RowError
from .tables import Record, Sheet
from .words import network_of

IMPORTER = Importer(
    id="meta_posts",
    title=Label("Meta Business Suite: posts", "Meta Business Suite: postlar"),
    platform=None,
    kind=Kind.POST,
    how_to_get=Label(
        "Meta Business Suite → Insights → Content → Export. Choose one network and the period.",
        "Meta Business Suite → Statistika → Kontent → Eksport. Bitta tarmoq va davrni tanlang.",
    ),
)

_ROLES = {
    "post id": "post_id",
    "video asset id": "post_id",
    "identificação da publicação": "post_id",
    "identificação do post": "post_id",
    "publish time": "published_at",
    "horário de publicação": "published_at",
    "horário da publicação": "published_at",
    "permalink": "permalink",
    "link permanente": "permalink",
    "description": "text",
    "descrição": "text",
    "title": "title",
    "título": "title",
    "post type": "format",
    "tipo de publicação": "format",
    "tipo de post": "format",
    "date": "period",
    "data": "period",
    "account id": "instagram_account",
    "identificação da conta": "instagram_account",
    "page id": "facebook_page",
    "identificação da página": "facebook_page",
}
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
)
_LEFT = {
    **dict.fromkeys(_DESCRIBES, "describes"),
    "reactions, comments and shares": "sum_of_others",
    "reações, comentários e compartilhamentos": "sum_of_others",
    "average seconds viewed": "average",
    "média de segundos visualizados": "average",
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
    by_words=False,
    date_order="mdy",
    language_by={"identificação da publicação": "pt", "identificação do post": "pt"},
)


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    found = wide.recognise(sheet, LAYOUT, mapping)
    return replace(found, importer=IMPORTER, platforms=_platforms(sheet, found)) if found else None


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    return _PostReader(LAYOUT, recognition, options).events(sheet)


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
