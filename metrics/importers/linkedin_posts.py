"""LinkedIn, the posts of a company page.

A post that was advertised has several rows: its organic part, one part per campaign, and (a trap) a row “Total”. The total
is the post’s figure; the parts are figures of their own, and the campaigns’ add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from . import wide
from .cells import TOTALS, tidy
from .columns import Layout
from .recognition import Kind
from .rows import Event, Row
from .tables import Record, Sheet

ORGANIC = (
    "organic", "orgânico", "orgânica", "orgânicos", "orgânicas", "orgánico", "orgánica", "orgánicos", "orgánicas",
    "organisch", "organique", "organiques", "органические", "органический", "органика",
)  # fmt: skip
PAID = (
    "sponsored", "patrocinado", "patrocinada", "patrocinados", "patrocinadas", "gesponsert", "sponsorisé", "sponsorisée",
    "sponsorisés", "sponsorisées", "спонсируемые", "спонсируемый", "рекламные",
)  # fmt: skip
TOTAL = ("total", "totais", "totales", "gesamt", "insgesamt", "totaux", "всего", "итого", "общее количество")
WORDS = {
    "impressions": ("impressions", "impressões", "impresiones", "impressionen", "показы"),
    "clicks": ("clicks", "cliques", "clics", "klicks", "клики", "нажатия"),
    "likes": ("reactions", "likes", "reações", "reacciones", "reaktionen", "réactions", "реакции"),
    "comments": ("comments", "comentários", "comentarios", "kommentare", "commentaires", "комментарии"),
    "shares": (
        "reposts", "shares", "compartilhamentos", "republicações", "veces compartido", "geteilte beiträge", "republications",
        "partages", "репосты",
    ),
}  # fmt: skip
PARTS = {
    "impressions": ("organic_impressions", "paid_impressions", "impressions"),
    "clicks": ("organic_clicks", "paid_clicks", "total_clicks"),
    "likes": ("organic_likes", "paid_likes", "likes"),
    "comments": ("organic_comments", "paid_comments", "comments"),
    "shares": ("organic_shares", "paid_shares", "shares"),
}


ENGAGEMENT_RATES = ("engagement rate", "taxa de engajamento", "tasa de interacción", "interaktionsrate", "taux d’engagement")
_TITLES = ("post title", "update title", "título da publicação", "título de la publicación", "titel des beitrags")
_LINKS = (
    "post link", "update link", "post url", "link da publicação", "enlace de la publicación", "link zum beitrag",
    "lien du post", "ссылка на публикацию",
)  # fmt: skip
_CREATED = ("created date", "data de criação", "fecha de creación", "erstellungsdatum", "date de création", "дата создания")
LAYOUT = Layout(
    name="linkedin_page_posts",
    kind=Kind.POST,
    platform="linkedin",
    needs=(frozenset(_LINKS), frozenset(_CREATED)),
    roles={
        **dict.fromkeys(_TITLES, "text"),
        **dict.fromkeys(_LINKS, "permalink"),
        **dict.fromkeys(_CREATED, "published_at"),
        "content type": "format",
        "post type": "part",
        "update type": "part",
    },
    measures={
        **{word: measures[2] for figure, measures in PARTS.items() for word in WORDS[figure]},
        "views": "video_views",
        "video views": "video_views",
        "views (excluding offsite video views)": "video_views",
        "offsite views": "offsite_video_views",
        "offsite video views": "offsite_video_views",
        "follows": "new_followers",
        "unique impressions": "unique_impressions",
    },
    left={**dict.fromkeys((*ENGAGEMENT_RATES, "click through rate (ctr)"), "rate")}
    | dict.fromkeys(
        (
            "campaign name", "posted by", "campaign start date", "campaign end date", "audience",
        ),
        "describes",
    ),
    by_words=False,
    date_order="mdy",
)  # fmt: skip


_PARTS = {"organic": 0, "sponsored": 1} | dict.fromkeys(ORGANIC, 0) | dict.fromkeys(PAID, 1)


class Posts(wide.WideReader):
    """Tells a post’s parts from the post. What several rows add up to stands on the line of the last of them."""

    def events(self, sheet: Sheet) -> Iterator[Event]:
        self.advertised, self.totals = self.in_parts(sheet)
        self.added: dict[tuple[str, str], Row] = {}
        yield from super().events(sheet)
        yield from self.added.values()

    def in_parts(self, sheet: Sheet) -> tuple[set[str], set[str]]:
        """The posts that have rows for campaigns, and those that have one for their total."""
        advertised: set[str] = set()
        totals: set[str] = set()
        for record in sheet.records():
            if record.line > self.recognition.header_line and (link := self.permalink(record)):
                if self.part(record) in TOTALS:
                    totals.add(link)
                elif _PARTS.get(self.part(record)):
                    advertised.add(link)
        return advertised, totals

    def part(self, record: Record) -> str:
        return tidy(self.text(record, "part")).casefold()

    def figures_of(self, record: Record) -> Iterator[Event]:
        link, part = self.permalink(record), self.part(record)
        for event in super().figures_of(record):
            if not isinstance(event, Row) or link not in self.advertised or part in TOTALS:
                yield event
                continue
            measure = event.measure
            if link in self.totals:
                measure = self.measure_of_part(measure, part)
            if measure and (link in self.totals and _PARTS.get(part) == 0):
                yield event._replace(measure=measure)
            elif measure:
                self.add(link, event._replace(measure=measure))

    def measure_of_part(self, measure: str, part: str) -> str:
        """Only what is declared for the parts of a whole; other figures stand in the total."""
        place = _PARTS.get(part)
        parts = next((names for names in PARTS.values() if names[2] == measure), None)
        return parts[place] if parts and place is not None else ""

    def add(self, link: str, row: Row) -> None:
        before = self.added.get((link, row.measure))
        value = row.value + (before.value if before else Decimal(0))
        self.added[link, row.measure] = row._replace(value=value)
