"""What a new strategy can begin with: the enterprise matrix of the lecture as presets, one for each type of business."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Channel
from brands.models.teams import BusinessType
from metrics.kpi import GOAL_TYPES
from strategies import known_figures, metric_names
from strategies.gates import MOST_CHANNELS
from strategies.models import Goal, GoalType, Strategy, StrategyType, Target
from strategies.pages.channels import use_channel


@dataclass(frozen=True, slots=True)
class PresetGoal:
    goal_type: GoalType
    kpis: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.goal_type.label)

    @property
    def guard(self) -> str:
        return GOAL_TYPES[self.goal_type.value].guard

    @property
    def kpi_names(self) -> list[str]:
        return [metric_names.name_of(name) for name in self.kpis]


@dataclass(frozen=True, slots=True)
class Preset:
    horizon: str | Promise
    activities: str | Promise
    types: tuple[StrategyType, ...]
    goals: tuple[PresetGoal, ...]
    platforms: tuple[str, ...]

    @property
    def type_names(self) -> list[str]:
        return [str(name.label) for name in self.types]


PRESETS = {
    BusinessType.LARGE: Preset(
        _("Strategic and long-term: the brand, loyalty, watching opinions and removing what spoils them"),
        _("Interactive dialogue in spaces made by the brand: communities, blogs, opinion leaders"),
        (StrategyType.MONITORING, StrategyType.CRM),
        (
            PresetGoal(GoalType.AWARENESS, ("share_of_voice", "net_sentiment")),
            PresetGoal(GoalType.ADVOCACY, ("nps",)),
            PresetGoal(GoalType.SERVICE, ("issue_resolution_rate",)),
        ),
        ("facebook", "instagram", "youtube", "telegram"),
    ),
    BusinessType.SMALL: Preset(
        _("Strategic and short-term: sales, interest, talk that makes people buy"),
        _("Contact through own groups and pages, and through related communities"),
        (StrategyType.COMMERCE, StrategyType.CONTENT),
        (
            PresetGoal(GoalType.SALES, ("lead_growth", "cpl")),
            PresetGoal(GoalType.AUDIENCE, ("buzz_growth",)),
        ),
        ("instagram", "telegram", "facebook"),
    ),
    BusinessType.ECOMMERCE: Preset(
        _("Short-term: good visitors to the business page, and talk"),
        _("Communities, blogs, microblogs and targeted advertising"),
        (StrategyType.COMMERCE,),
        (
            PresetGoal(GoalType.TRAFFIC, ("ctr", "bounce_rate")),
            PresetGoal(GoalType.SALES, ("conversion_rate", "roas")),
        ),
        ("instagram", "tiktok", "facebook", "telegram"),
    ),
    BusinessType.B2B: Preset(
        _("Long-term as well: partnerships and joint projects"),
        _("Create or use communities of the trade to reach brands that care"),
        (StrategyType.CONTENT, StrategyType.CRM),
        (
            PresetGoal(GoalType.SALES, ("qualified_leads", "cpl")),
            PresetGoal(GoalType.ADVOCACY, ("conversation_reach",)),
        ),
        ("linkedin", "youtube", "telegram"),
    ),
}


def fitting_channels(strategy_brand, preset: Preset) -> list[Channel]:
    """The brand's channels on the preset's platforms, one for each, four at most."""
    chosen: dict[str, Channel] = {}
    for channel in strategy_brand.channels.filter(is_active=True).select_related("platform"):
        if channel.platform.slug in preset.platforms:
            chosen.setdefault(channel.platform.slug, channel)
    return sorted(chosen.values(), key=lambda channel: preset.platforms.index(channel.platform.slug))[:MOST_CHANNELS]


@transaction.atomic
def apply(strategy: Strategy, preset: Preset) -> None:
    """Fill a new strategy: types, goals with their KPIs and guards (without numbers), channels."""
    strategy.primary_type = preset.types[0]
    strategy.secondary_types = [name.value for name in preset.types[1:]]
    strategy.save(update_fields=["primary_type", "secondary_types"])
    for position, wanted in enumerate(preset.goals):
        goal = Goal.objects.create(
            strategy=strategy, goal_type=wanted.goal_type, text=wanted.label, deadline=strategy.end, position=position
        )
        metrics = [(name, Target.Role.PRIMARY) for name in wanted.kpis]
        if wanted.guard not in wanted.kpis:
            metrics.append((wanted.guard, Target.Role.GUARD))
        for place, (metric, role) in enumerate(metrics):
            goal.targets.create(metric=metric, role=role, everywhere=True, position=place)
    for channel in fitting_channels(strategy.brand, preset):
        use_channel(strategy, channel)
    known_figures.fill_in(strategy, Target.objects.filter(goal__strategy=strategy).select_related("goal__strategy"))
