"""The thread of a strategy in numbers: goals, KPIs, pillars, posts, results, findings."""

from dataclasses import dataclass

from django.db.models import Count

from metrics.models import Observation
from strategies.models import Strategy, Target


@dataclass(frozen=True)
class Counts:
    goals: int
    targets: int
    pillars: int
    posts: int
    published: int
    results: int
    findings: int


def counts(strategy: Strategy) -> Counts:
    rows = strategy.posts.aggregate(
        posts=Count("pk", distinct=True), published=Count("publications__published_at", distinct=False)
    )
    measured = Observation.objects.filter(publication__post__strategy=strategy).aggregate(
        count=Count("publication", distinct=True)
    )
    return Counts(
        strategy.goals.count(),
        Target.objects.filter(goal__strategy=strategy).count(),
        strategy.pillars.count(),
        rows["posts"],
        rows["published"],
        measured["count"],
        strategy.findings.count(),
    )
