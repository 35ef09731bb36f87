"""What the calendar really holds of each kind: the actual mix of a strategy, beside which the plan stands.

A post is counted once, on however many channels it goes out: as published when it went out anywhere, else as planned when
it still may. Posts without a place on the calendar (ideas, drafts without a channel) are not counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from calendar_app.models import Post, Publication
from calendar_app.moments import span
from strategies.content import Purpose
from strategies.mix import KINDS as KINDS_OF
from strategies.mix import Row, compare, targets_of
from strategies.models import Strategy

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
