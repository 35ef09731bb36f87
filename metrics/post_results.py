"""Figures of single posts: which stand out in a period, and what one of them came to."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from brands.models import Brand
from calendar_app import moments
from calendar_app.models import Post, Publication
from metrics.kpi import KPIS, MEASURES, Level, offers
from metrics.kpi.prepared import Preparation
from metrics.models import Observation
from metrics.models.observations import has_newer_snapshot
from metrics.periods import Span
from metrics.readings import in_unit, is_money, label_of
from metrics.totals.scoped import Scope

INTERACTIONS = MEASURES["interactions"].prepared[0].sources
SHOWN = 3


@dataclass(frozen=True)
class PostRate:
    publication: Publication
    interactions: Decimal
    seen: Decimal

    @property
    def rate(self) -> Fraction:
        return Fraction(self.interactions) / Fraction(self.seen) * 100

    @property
    def rate_shown(self) -> str:
        return in_unit(self.rate, KPIS["audience_engagement"].unit)


@dataclass(frozen=True)
class Outstanding:
    best: list[PostRate]
    worst: list[PostRate]


def latest_snapshots() -> QuerySet[Observation]:
    return Observation.objects.filter(~has_newer_snapshot(), publication__isnull=False)


def published_in(brand: Brand, span: Span, scope: Scope) -> QuerySet[Publication]:
    """The publications of the scope that went out on these days, in the brand's zone."""
    found = brand.publications.published_between(*moments.span(span.start, span.end, brand.zone)).order_by()
    if scope.channels is not None:
        found = found.filter(channel__in=scope.channels)
    if scope.post is not None:
        return found.filter(post=scope.post)
    if scope.campaign is not None:
        return found.filter(post__campaign=scope.campaign)
    return found.filter(post__strategy=scope.strategy) if scope.strategy is not None else found


def outstanding(brand: Brand, span: Span, scope: Scope) -> Outstanding:
    return outstanding_of(brand, published_in(brand, span, scope))


def outstanding_of(brand: Brand, publications: QuerySet[Publication]) -> Outstanding:
    """Posts with the highest and the lowest engagement by views; with few posts none is in both lists."""
    rows = (
        latest_snapshots()
        .filter(publication__in=publications, measure__in=(*INTERACTIONS, "views", "impressions"))
        .order_by()
        .values("publication")
        .annotate(
            acts=Sum("value", filter=Q(measure__in=INTERACTIONS)),
            seen=Coalesce(Sum("value", filter=Q(measure="views")), Sum("value", filter=Q(measure="impressions"))),
        )
        .filter(acts__isnull=False, seen__gt=0)
        .annotate(rate=Cast("acts", FloatField()) / Cast("seen", FloatField()))
    )
    best = list(rows.order_by("-rate", "publication")[:SHOWN])
    taken = {row["publication"] for row in best}
    worst = [row for row in rows.order_by("rate", "publication")[: 2 * SHOWN] if row["publication"] not in taken][:SHOWN]
    pks = [row["publication"] for row in (*best, *worst)]
    found = Publication.objects.filter(brand=brand).select_related("post", "channel__platform").in_bulk(pks)
    return Outstanding(*([PostRate(found[r["publication"]], r["acts"], r["seen"]) for r in rows] for rows in (best, worst)))


@dataclass(frozen=True)
class PublicationResult:
    """What one publication came to, as of the newest snapshot."""

    publication: Publication
    figures: dict[str, Fraction] = field(default_factory=dict)
    as_of: date | None = None

    @property
    def query(self) -> str:
        """The question for its working."""
        return f"of_post={self.publication.post_id}&channel={self.publication.channel_id}"

    @property
    def measured(self) -> list[tuple[str, str, str]]:
        """(name, label, figure) of what was measured."""
        listed = (m for m in MEASURES.values() if m.name in self.figures)
        return [(m.name, label_of(m.name), in_unit(self.figures[m.name], m.unit)) for m in listed]

    @property
    def kpis(self) -> list[tuple[str, str, str]]:
        """(name, label, figure) of the KPIs that can be worked out for a single post."""
        known = self._prepared()
        at_post = (kpi for kpi in KPIS.values() if Level.POST in kpi.levels and not is_money(kpi))
        results = [(kpi, kpi.calculate({name: known.get(name) for name in kpi.inputs})) for kpi in at_post]
        return [(kpi.name, label_of(kpi.name), in_unit(found.exact, kpi.unit)) for kpi, found in results if found.ok]

    def _prepared(self) -> dict[str, Fraction]:
        slug = self.publication.channel.platform.slug
        known = dict(self.figures)
        for name in ("comments", "likes", "shares", "saves", "tags", "other_interactions"):
            if name not in known and known and not offers(slug, name):
                known[name] = Fraction(0)
        for measure in MEASURES.values():
            if measure.stand_in and measure.name not in known and not offers(slug, measure.name) and measure.stand_in in known:
                known[measure.name] = known[measure.stand_in]
        for name in ("interactions", "total_views"):
            for way in MEASURES[name].prepared:
                parts = [known.get(source) for source in way.sources]
                if name not in known and parts and None not in parts and way.kind in (Preparation.SUM, Preparation.SAME):
                    known[name] = sum(parts, Fraction(0))
        return known


def post_results(post: Post) -> list[PublicationResult]:
    """One entry per channel, also for those nobody has figures of."""
    publications = list(post.publications.select_related("channel__platform"))
    found = {publication.pk: PublicationResult(publication) for publication in publications}
    newest: dict[int, date] = {}
    for pk, measure, value, end in (
        latest_snapshots().filter(publication__in=found).values_list("publication", "measure", "value", "end")
    ):
        found[pk].figures[measure] = Fraction(value)
        newest[pk] = max(newest.get(pk, end), end)
    return [PublicationResult(row.publication, row.figures, newest.get(pk)) for pk, row in found.items()]
