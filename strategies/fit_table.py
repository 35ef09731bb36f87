"""The platforms as one strategy sees them: suggested ratings, those that people set instead, and the score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from brands.models import Membership, Platform
from strategies.channel_rules import hours_of, planned_forms, team_of
from strategies.models import Audit, Criterion, FitRating, Strategy
from strategies.platform_fit import Network, Rival, Score, Situation, Suggestion, Use, forms_of, score, suggest, weights_of

Own = Mapping[tuple[int, str], FitRating]


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one platform."""

    criterion: Criterion
    suggestion: Suggestion
    own: FitRating | None

    @property
    def rating(self) -> int | None:
        return self.own.rating if self.own else self.suggestion.rating


@dataclass(frozen=True, slots=True)
class Row:
    platform: Platform
    cells: tuple[Cell, ...]
    score: Score


def situation_of(strategy: Strategy, members: Iterable[Membership]) -> Situation:
    """Out of prefetched rows: personas with platforms, mix targets, channels, goals, audits."""
    team = team_of(members)
    where = [frozenset(platform.slug for platform in persona.platforms.all()) for persona in strategy.personas.all()]
    used = [Use(row.channel.platform.slug, Fraction(hours_of(row))) for row in strategy.strategy_channels.all()]
    return Situation(
        business=strategy.brand.business_type,
        personas=tuple(platforms for platforms in where if platforms),
        planned_forms=planned_forms(strategy),
        hours=team.hours,
        skills=team.skills,
        used=tuple(used),
        types=tuple(name for name in (strategy.primary_type, *strategy.secondary_types) if name),
        goals=frozenset(goal.goal_type for goal in strategy.goals.all()),
        rivals=tuple(_rival(audit) for audit in strategy.audits.all() if audit.kind == Audit.Kind.COMPETITOR),
    )


def _rival(audit: Audit) -> Rival:
    success = f"{audit.works}{audit.tactics}{audit.popular_posts}"
    return Rival(audit.platform.slug if audit.platform else "", bool(success.strip()), audit.gap, audit.neglected)


def network_of(platform: Platform) -> Network:
    return Network(
        slug=platform.slug,
        name=platform.name,
        media_types=frozenset({platform.media_type, *platform.secondary_types}),
        forms=forms_of(platform.formats, links=platform.links_in_text),
        needs_video=platform.needs_video,
        cadence=None if platform.cadence_min is None else Fraction(platform.cadence_min),
    )


def own_ratings(strategy: Strategy) -> dict[tuple[int, str], FitRating]:
    return {(rating.platform_id, rating.criterion): rating for rating in strategy.fit_ratings.all()}


def table(
    strategy: Strategy, platforms: Iterable[Platform], members: Iterable[Membership], own: Own, weights: Mapping[str, int]
) -> list[Row]:
    """The best first; platforms of which nothing is known come last, in their usual order."""
    situation = situation_of(strategy, members)
    rows = [_row(platform, situation, own, weights) for platform in platforms]
    return sorted(rows, key=lambda row: (row.score.exact is None, -(row.score.exact or 0)))


def _row(platform: Platform, situation: Situation, own: Own, weights: Mapping[str, int]) -> Row:
    suggested = suggest(network_of(platform), situation)
    cells = tuple(Cell(name, suggested[name.value], own.get((platform.pk, name.value))) for name in Criterion)
    return Row(platform, cells, score({cell.criterion.value: cell.rating for cell in cells}, weights))


def scores(strategy: Strategy, platforms: Iterable[Platform], members: Iterable[Membership]) -> dict[int, Score]:
    """Platform -> its score, with the strategy's own weights: for pages that show no more than that."""
    review = getattr(strategy, "platform_review", None)
    weights = weights_of(review.weights if review else {})
    return {row.platform.pk: row.score for row in table(strategy, platforms, members, own_ratings(strategy), weights)}
