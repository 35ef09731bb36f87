"""The posts of a strategy, or of one of its goals, with what they came to: newest first, by pillar or by how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calendar_app.models import Post, Publication
from metrics.kpi import KPIS
from metrics.models import Observation
from metrics.post_results import INTERACTIONS, latest_snapshots
from metrics.readings import in_unit
from strategies.models import Goal, Pillar, Strategy
from strategies.pages.base import chosen_number

PER_PAGE = 12
MEASURED, PUBLISHED, PLANNED = "measured", "published", "planned"
STATES: tuple[tuple[str, str | Promise], ...] = (
    ("", _("All posts")),
    (PUBLISHED, _("Published")),
    (MEASURED, _("With figures")),
    (PLANNED, _("Still to come")),
)


@dataclass(frozen=True)
class Result:
    """What a post came to on all its channels together: how often it was seen, and what people did."""

    acts: Decimal | None = None
    seen: Decimal | None = None

    @property
    def rate_shown(self) -> str:
        if self.acts is None or not self.seen:
            return ""
        return in_unit(Fraction(self.acts) / Fraction(self.seen) * 100, KPIS["audience_engagement"].unit)


@dataclass
class Listing:
    """One page of posts, and how it was asked for."""

    strategy: Strategy
    goal: Goal | None
    pillars: list[Pillar]
    pillar: int | None
    state: str
    page: Page = field(init=False)

    @property
    def states(self) -> tuple[tuple[str, str | Promise], ...]:
        return STATES

    @property
    def query(self) -> str:
        """The question as an address carries it, without the page."""
        asked = {"goal": self.goal.pk if self.goal else "", "pillar": self.pillar or "", "state": self.state}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def is_filtered(self) -> bool:
        return bool(self.pillar or self.state)


def listing(strategy: Strategy, goal: Goal | None, asked: QueryDict) -> Listing:
    pillars = list(strategy.pillars.all())
    pillar = chosen_number(asked.get("pillar"))
    state = asked.get("state", "")
    found = Listing(
        strategy,
        goal,
        pillars,
        pillar if pillar in {one.pk for one in pillars} else None,
        state if state in dict(STATES) else "",
    )
    found.page = Paginator(_posts(found), PER_PAGE).get_page(asked.get("page"))
    _tell_results(found.page.object_list)
    return found


def with_results(posts: QuerySet[Post]) -> list[Post]:
    """Posts by their day, newest first, each with where it stands and what it came to."""
    found = list(_shown(posts))
    _tell_results(found)
    return found


def _tell_results(posts: Sequence[Post]) -> None:
    results = _results([post.pk for post in posts])
    for post in posts:
        post.result = results.get(post.pk, Result())


def _posts(listing: Listing) -> QuerySet[Post]:
    posts = listing.goal.posts if listing.goal else listing.strategy.posts
    found = posts.filter(pillar=listing.pillar) if listing.pillar else posts.all()
    return _shown(found.filter(_in_state(listing.state)) if listing.state else found)


def _shown(posts: QuerySet[Post]) -> QuerySet[Post]:
    found = posts.annotate(day=Max(Coalesce("publications__published_at", "publications__at")))
    publications = Publication.objects.standing().select_related("channel__platform")
    shown = found.select_related("pillar").prefetch_related(Prefetch("publications", queryset=publications))
    return shown.order_by(F("day").desc(nulls_last=True), "-pk")


def _in_state(state: str) -> Q:
    out = Publication.objects.published().filter(post=OuterRef("pk"))
    if state == MEASURED:
        return Q(Exists(Observation.objects.filter(publication__post=OuterRef("pk"))))
    return Q(Exists(out)) if state == PUBLISHED else ~Q(Exists(out))


def _results(posts: list[int]) -> dict[int, Result]:
    rows = (
        # Never an empty list: the number of queries must not depend on the rows.
        latest_snapshots()
        .filter(publication__post__in=[0, *posts], measure__in=(*INTERACTIONS, "views", "impressions"))
        .order_by()
        .values("publication__post")
        .annotate(
            acts=Sum("value", filter=Q(measure__in=INTERACTIONS)),
            seen=Coalesce(Sum("value", filter=Q(measure="views")), Sum("value", filter=Q(measure="impressions"))),
        )
    )
    return {row["publication__post"]: Result(row["acts"], row["seen"]) for row in rows}
