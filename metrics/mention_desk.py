"""The desk of mentions: columns side by side, in as many queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Brand
from metrics.forms.mentions import SHOWN, TABS, DeskAsked
from metrics.mention_acts import ACTS, Act
from metrics.mention_figures import Standing, standings
from metrics.mention_words import problem_of
from metrics.models import Mention, MentionFeed, Observation
from metrics.periods import Span
from metrics.readings import label_of
from strategies.models import Audit

PER_COLUMN, PER_PAGE = 20, 50
_SHOWS = {
    "brand_mentions": "own", "competitor_mentions": "rival", "positive_mentions": "positive", "neutral_mentions": "neutral",
    "negative_mentions": "negative", "issues_total": "issues", "issues_resolved": "resolved",
}  # fmt: skip


@dataclass
class Column:
    """What is said about one subject, or comes from one feed. `of` names it in an address."""

    of: str
    title: str
    total: int = 0
    rows: list[Mention] = field(default_factory=list)
    problem: str = ""
    is_own: bool = False

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Tab:
    show: str
    label: object
    count: int


@dataclass
class Desk:
    asked: DeskAsked
    feeds: list[MentionFeed]
    columns: list[Column]
    tabs: list[Tab]
    standings: list[tuple[str, Standing]]
    page: Page | None = None

    @property
    def taken(self) -> list[tuple[str, Standing]]:
        return [(label, row) for label, row in self.standings if row.days_taken]

    @property
    def has_mentions(self) -> bool:
        return any(tab.count for tab in self.tabs)


def desk(brand: Brand, asked: DeskAsked, page: str = "") -> Desk:
    feeds = list(brand.mention_feeds.all())
    for feed in feeds:
        feed.trouble = problem_of(feed)
    rows = asked.rows(brand)
    shown = rows.filter(SHOWN[asked.show][1]).select_related("feed", "classified_by", "added_by").order_by("-published_at", "-pk")
    found = Desk(asked, feeds, [], tabs(rows, asked), _standings(brand, asked.counted_span(brand)))
    if asked.of:
        found.page = Paginator(shown, PER_PAGE).get_page(page)
        found.columns = [Column(asked.of, _title(asked, feeds), found.page.paginator.count, [*found.page.object_list])]
    else:
        found.columns = _columns(shown, asked, feeds)
    for column in found.columns:
        for row in column.rows:
            dress(row)
    return found


def _standings(brand: Brand, span: Span) -> list[tuple[str, Standing]]:
    found = standings(brand, span)
    for row in found:
        row.desk = DeskAsked(_SHOWS[row.measure], "subject", "", span).query()
    return [(label_of(row.measure), row) for row in found]


def tabs(rows: QuerySet[Mention], asked: DeskAsked) -> list[Tab]:
    """How many stand behind each tab, in one query."""
    names = TABS if asked.show in TABS else (*TABS, asked.show)
    counts = rows.order_by().aggregate(**{f"in_{name}": Count("pk", filter=SHOWN[name][1] or Q(pk__gt=0)) for name in names})
    return [Tab(name, SHOWN[name][0], counts[f"in_{name}"]) for name in names]


def dress(row: Mention) -> Mention:
    """The buttons of a mention: which of them hold."""
    row.buttons = [Button(act, act.holds(row)) for act in ACTS.values()]
    return row


@dataclass(frozen=True)
class Button:
    act: Act
    holds: bool


def _columns(shown: QuerySet[Mention], asked: DeskAsked, feeds: list[MentionFeed]) -> list[Column]:
    by = "feed_id" if asked.by == "feed" else "rival"
    columns = _of_feeds(feeds) if by == "feed_id" else _of_subjects(feeds)
    totals = dict(shown.order_by().values_list(by).annotate(number=Count("pk")))
    for key, total in totals.items():
        columns.setdefault(key, _column_of(by, key)).total = total
    place = Window(RowNumber(), partition_by=[F(by)], order_by=[F("published_at").desc(), F("pk").desc()])
    for row in shown.annotate(place=place).filter(place__lte=PER_COLUMN):
        columns[getattr(row, by)].rows.append(row)
    return list(columns.values())


def _of_subjects(feeds: list[MentionFeed]) -> dict[object, Column]:
    """The brand first, then its rivals by name."""
    names = ["", *sorted({feed.rival for feed in feeds} - {""})]
    columns: dict[object, Column] = {name: _column_of("rival", name) for name in names}
    for feed in feeds:
        if feed.trouble and feed.is_active:
            columns[feed.rival].problem = f"{feed.name}: {feed.trouble}"
    return columns


def _of_feeds(feeds: list[MentionFeed]) -> dict[object, Column]:
    return {
        feed.pk: Column(f"feed-{feed.pk}", feed.name, problem=feed.trouble if feed.is_active else "", is_own=not feed.rival)
        for feed in feeds
        if feed.is_active
    }


_BY_HAND = gettext_lazy("Added by hand")
_OWN = gettext_lazy("About us")


def _column_of(by: str, key: object) -> Column:
    """A column of what no active feed stands for: a rival of old mentions, a feed no longer watched, no feed at all."""
    if by == "rival":
        return Column(f"rival-{key}", str(key)) if key else Column("own", str(_OWN), is_own=True)
    return Column(f"feed-{key}", _("A feed no longer watched")) if key else Column("hand", str(_BY_HAND))


def _title(asked: DeskAsked, feeds: Iterable[MentionFeed]) -> str:
    kind, _dash, name = asked.of.partition("-")
    if kind == "feed":
        return next((feed.name for feed in feeds if str(feed.pk) == name), _("A feed no longer watched"))
    return {"own": str(_OWN), "hand": str(_BY_HAND)}.get(kind, name)


def rivals(brand: Brand, feeds: Iterable[MentionFeed] = ()) -> list[str]:
    """The names of rivals that are known here: from feeds, from mentions, from audits of strategies."""
    names = {feed.rival for feed in feeds or brand.mention_feeds.all()}
    names |= set(brand.mentions.exclude(rival="").order_by().values_list("rival", flat=True).distinct()[:50])
    audits = Audit.objects.filter(strategy__brand=brand, kind=Audit.Kind.COMPETITOR).exclude(competitor="")
    names |= set(audits.order_by().values_list("competitor", flat=True).distinct()[:50])
    return sorted(names - {""}, key=str.casefold)


def behind(figure: Observation) -> str:
    """The question to the desk that shows the mentions a figure was counted from; empty for figures of other origin."""
    if not figure.from_mentions or figure.measure not in _SHOWS:
        return ""
    of = f"rival-{figure.subject}" if figure.subject else ""
    return DeskAsked(_SHOWS[figure.measure], "subject", of, Span(figure.start, figure.end)).query()
