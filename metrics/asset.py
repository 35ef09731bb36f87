"""Is a channel a strategic asset, or an ornament? Five points, each earned, not earned, or not known (domain §3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Channel
from metrics.health.figures import Classes, leads_to_business
from metrics.models import KpiClass
from metrics.periods import DAY, Span, week_of
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Strategy
from strategies.plans import channels_without_editorial_plan

WEEKS = 4
HELD_FROM = Fraction(70)  # per cent of the planned posts
ASSET_FROM, USEFUL_FROM = 4, 2
READ = ("goals__targets__channels", "watch_items", "editorial_plans", "strategy_channels__channel__platform")


class Verdict(StrEnum):
    ASSET = "asset"
    USEFUL = "useful"
    ORNAMENT = "ornament"

    @property
    def label(self) -> str | Promise:
        return VERDICTS[self]


VERDICTS = {
    Verdict.ASSET: _("Strategic asset"),
    Verdict.USEFUL: _("Useful"),
    Verdict.ORNAMENT: _("Ornament"),
}


class Point(StrEnum):
    """What makes a page something that a company owns for its future."""

    GOAL = "goal"
    EDITORIAL_PLAN = "plan"
    MEASURED = "measured"
    CADENCE = "cadence"
    GROWTH = "growth"

    @property
    def label(self) -> str | Promise:
        return POINTS[self]


POINTS = {
    Point.GOAL: _("A goal is tied to it"),
    Point.EDITORIAL_PLAN: _("It has an editorial plan"),
    Point.MEASURED: _("ROI or a behaviour KPI is tracked"),
    Point.CADENCE: _("70 % of the cadence was kept over four weeks"),
    Point.GROWTH: _("The audience grew over four weeks"),
}


def verdict(score: int) -> Verdict:
    """4 and 5 points make an asset, 2 and 3 something useful; less is an ornament."""
    if score >= ASSET_FROM:
        return Verdict.ASSET
    return Verdict.USEFUL if score >= USEFUL_FROM else Verdict.ORNAMENT


@dataclass(frozen=True, slots=True)
class AssetScore:
    """`points` in their order; None where no figure tells. What is not known earns nothing."""

    channel: Channel
    points: tuple[tuple[Point, bool | None], ...]

    @property
    def score(self) -> int:
        return sum(earned is True for _point, earned in self.points)

    @property
    def verdict(self) -> Verdict:
        return verdict(self.score)

    @property
    def unknown(self) -> int:
        return sum(earned is None for _point, earned in self.points)


def asset_scores(strategy: Strategy) -> list[AssetScore]:
    """Every channel of the strategy, in as many queries as one. Reads a strategy loaded as a whole without asking again."""
    prefetch_related_objects([strategy], *READ)
    channels = [row.channel for row in strategy.strategy_channels.all()]
    today = strategy.brand.today()
    planless = {channel.pk for channel in _without_plan(strategy, channels, today)}
    found, classes = _figures(strategy, today), KpiClass.objects.chosen()
    return [_score(strategy, channel, channel.pk not in planless, found, classes) for channel in channels]


def _without_plan(strategy: Strategy, channels: Sequence[Channel], today: date) -> list[Channel]:
    """Plans of the brand for no strategy in particular count, too."""
    day = min(max(today, strategy.start), strategy.end)
    others = strategy.brand.editorial_plans.filter(
        strategy=None, channel__in=[channel.pk for channel in channels], is_active=True
    )
    return channels_without_editorial_plan(strategy, day, others)


def _figures(strategy: Strategy, today: date) -> Totals | None:
    """The last four whole weeks of the strategy; None before it had one."""
    # A week that has just begun holds a part of a post, which nobody can publish.
    last = min(week_of(today).start - DAY, strategy.end)
    if last < strategy.start:
        return None
    scope, span = Scope(strategy=strategy), Span(last - timedelta(days=7 * WEEKS - 1), last)
    return totals_of(strategy.brand, [span], [scope])[scope, span]


def _score(strategy: Strategy, channel: Channel, has_plan: bool, found: Totals | None, classes: Classes) -> AssetScore:
    mine = found.channel(channel) if found else None
    return AssetScore(
        channel,
        (
            (Point.GOAL, _has_goal(strategy, channel)),
            (Point.EDITORIAL_PLAN, has_plan),
            (Point.MEASURED, _is_measured(strategy, channel, classes)),
            (Point.CADENCE, _at_least(mine, "schedule_adherence", HELD_FROM)),
            (Point.GROWTH, _grows(mine)),
        ),
    )


def _has_goal(strategy: Strategy, channel: Channel) -> bool:
    return any(_is_about(target, channel) for goal in strategy.goals.all() for target in goal.targets.all())


def _is_about(target, channel: Channel) -> bool:
    return target.everywhere or any(one.pk == channel.pk for one in target.channels.all())


def _is_measured(strategy: Strategy, channel: Channel, classes: Classes) -> bool:
    aimed = {target.metric for goal in strategy.goals.all() for target in goal.targets.all() if _is_about(target, channel)}
    watched = {item.metric for item in strategy.watch_items.all() if item.channel_id in (None, channel.pk)}
    return any(leads_to_business(metric, classes) for metric in aimed | watched)


def _at_least(found: Totals | None, kpi: str, least: Fraction) -> bool | None:
    exact = found.result(kpi).exact if found else None
    return None if exact is None else exact >= least


def _grows(found: Totals | None) -> bool | None:
    exact = found.result("follower_growth_rate").exact if found else None
    return None if exact is None else exact > 0
