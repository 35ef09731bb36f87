"""What the calendar really holds of each kind: the actual mix of a strategy, beside which the plan stands.

A post is counted once, on however many channels it goes out: as published when it went out anywhere, else as planned when
it still may. Posts without a place on the calendar (ideas, drafts without a channel) are not counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from brands.models import Brand
from calendar_app.filters import Filters
from calendar_app.models import Post, Publication
from calendar_app.moments import span
from strategies.content import Purpose
from strategies.mix import KINDS as KINDS_OF
from strategies.mix import Row, compare, targets_of
from strategies.models import MixTarget, Strategy

Status = Publication.Status
STILL_TO_COME = (Status.PLANNED, Status.SCHEDULED, Status.DUE)
COLUMNS = {"format": "format", "journey": "journey_stage", "purpose": "purpose", "pillar": "pillar_id"}


@dataclass
class Held:
    """Posts by kind, published and planned apart; `silent_…` are those that do not say of which kind they are."""

    published: Counter = field(default_factory=Counter)
    planned: Counter = field(default_factory=Counter)
    silent_published: int = 0
    silent_planned: int = 0

    @property
    def total_published(self) -> int:
        return self.published.total() + self.silent_published

    @property
    def total_planned(self) -> int:
        return self.planned.total() + self.silent_planned

    def add(self, value: str, count: int, is_out: bool) -> None:
        if value:
            (self.published if is_out else self.planned)[value] += count
        elif is_out:
            self.silent_published += count
        else:
            self.silent_planned += count


def held(strategy: Strategy) -> dict[str, Held]:
    """What the calendar holds by format, journey, purpose and pillar: one query, whatever the number of posts."""
    publications = Publication.objects.filter(post=OuterRef("pk"))
    posts = Post.objects.filter(strategy=strategy).annotate(
        is_out=Exists(publications.published()), is_to_come=Exists(publications.filter(status__in=STILL_TO_COME))
    )
    return _grouped(posts)


def _grouped(posts: QuerySet[Post]) -> dict[str, Held]:
    rows = posts.filter(Q(is_out=True) | Q(is_to_come=True)).order_by()
    grouped = rows.values_list(*COLUMNS.values(), "is_out").annotate(count=Count("pk"))
    found = {name: Held() for name in COLUMNS}
    for *values, is_out, count in grouped:
        for name, value in zip(COLUMNS, values, strict=True):
            found[name].add(str(value or ""), count, is_out)
    return found


def rows_of(strategy: Strategy, dimension: str, found: Held) -> list[Row]:
    """The kinds of one dimension with plan and actual."""
    kinds = [(value, str(label)) for value, label in KINDS_OF[dimension].choices]
    return compare(kinds, targets_of(strategy.mix_targets.all(), dimension), found.published, found.planned)


def pillar_rows(strategy: Strategy, found: Held) -> list[Row]:
    pillars = list(strategy.pillars.all())
    shares = {str(pillar.pk): pillar.share for pillar in pillars}
    targets = shares if sum(shares.values()) == 100 else {}
    return compare([(str(pillar.pk), pillar.name) for pillar in pillars], targets, found.published, found.planned)


# --- the posts of a span, whatever strategy they belong to


@dataclass(frozen=True)
class Section:
    """One way in which a span's posts are divided."""

    title: str
    rows: list[Row]
    found: Held

    @property
    def has_plan(self) -> bool:
        return any(row.target is not None for row in self.rows)


def range_mix(brand: Brand, first: date, last: date, filters: Filters) -> list[Section]:
    """What goes out from `first` to `last` by pillar, format and journey stage, beside the plan of the strategy that runs then."""
    strategy = brand.strategies.running(first).first() or brand.strategies.running(last).first()
    found = _held_between(brand, first, last, filters)
    sections = [_range_section(strategy, dimension, found[dimension]) for dimension in ("format", "journey", "purpose")]
    if strategy is None:
        return sections
    return [Section(gettext("Pillar"), pillar_rows(strategy, found["pillar"]), found["pillar"]), *sections]


def _range_section(strategy: Strategy | None, dimension: str, found: Held) -> Section:
    kinds = [(value, str(label)) for value, label in KINDS_OF[dimension].choices]
    targets = targets_of(strategy.mix_targets.all(), dimension) if strategy else {}
    rows = compare(kinds, targets, found.published, found.planned)
    return Section(str(MixTarget.Dimension(dimension).label), rows, found)


def _held_between(brand: Brand, first: date, last: date, filters: Filters) -> dict[str, Held]:
    publications = filters.apply(brand.publications.between(*span(first, last, brand.zone)))
    posts = Post.objects.filter(brand=brand).annotate(
        is_out=Exists(publications.filter(post=OuterRef("pk")).published()),
        is_to_come=Exists(publications.filter(post=OuterRef("pk"), status__in=STILL_TO_COME)),
    )
    return _grouped(posts)


# --- MIX-01


def purposes_by_month(strategy: Strategy, first: date, last: date) -> dict[date, Counter]:
    """Posts that attract and posts that engage, by the month (its first day) in which they go out, from `first` to `last`.

    Called-off and missed publications do not count; a post counts in the month of its first publication.
    """
    zone = strategy.brand.zone
    start, end = span(first, last, zone)
    counted = Q(publications__status__in=(*STILL_TO_COME, Status.PUBLISHED))
    moment = Coalesce(Min("publications__published_at", filter=counted), Min("publications__at", filter=counted))
    posts = Post.objects.filter(strategy=strategy).exclude(purpose="").order_by().annotate(moment=moment)
    months: dict[date, Counter] = {}
    for purpose, at in posts.filter(moment__gte=start, moment__lt=end).values_list("purpose", "moment"):
        months.setdefault(at.astimezone(zone).date().replace(day=1), Counter())[purpose] += 1
    return months


def one_sided_months(months: Mapping[date, Mapping[str, int]], at_least: int = 1) -> list[tuple[date, Purpose]]:
    """The months with posts of one purpose only, of at least so many posts, and which purpose that is. Pure."""
    found = []
    for month, counts in sorted(months.items()):
        used = [Purpose(purpose) for purpose in Purpose.values if counts.get(purpose)]
        if len(used) == 1 and counts[used[0]] >= at_least:
            found.append((month, used[0]))
    return found
