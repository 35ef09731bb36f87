"""Chapter 3: which kind of strategy, where, about what, by which ways, and when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.document.beside import Beside, Planned
from metrics.document.chapters import Section
from metrics.document.figures import Figures
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.models import EditorialPlan, MixTarget, PlanItem, Strategy, StrategyChannel, StrategyType
from strategies.types import TYPES, TypeOfStrategy

SECTIONS = (
    Section("type", _("Strategy type"), ("types",)),
    Section("platforms", _("Platform choice"), ("fit_rows",)),
    Section("channels", _("Channels and cadence"), ("channel_rows",)),
    Section("pillars", _("Content pillars"), ("pillars",)),
    Section("mix", _("Content mix"), ("mixes",)),
    Section("ways", _("Paid and free ways"), ("paid_ways", "free_ways")),
    Section("communication", _("Communication plan"), ("plan_months",)),
    Section("editorial", _("Editorial plan"), ("editorial_plans",)),
)
KINDS = {
    MixTarget.Dimension.FORMAT: ContentFormat,
    MixTarget.Dimension.JOURNEY: JourneyStage,
    MixTarget.Dimension.PURPOSE: Purpose,
}


@dataclass(frozen=True)
class Mix:
    """One way to divide the posts: (name, share) of each kind."""

    title: str
    parts: list[tuple[str, int]]

    @property
    def shares(self) -> list[int]:
        return [share for _name, share in self.parts]


def said(strategy: Strategy, found: Figures, also: Beside) -> dict[str, Any]:
    ways = list(strategy.activities.all())
    return {
        "types": types_of(strategy),
        "channel_rows": [(row, hours_of(row)) for row in strategy.strategy_channels.all()],
        "fit_rows": [],
        "pillars": list(strategy.pillars.all()),
        "mixes": mixes(strategy.mix_targets.all()),
        "paid_ways": [way for way in ways if way.is_paid],
        "free_ways": [way for way in ways if not way.is_paid],
        "plan_months": by_month(also.items),
        "editorial_plans": [(plan, by_weekday(plan)) for plan in strategy.editorial_plans.all() if plan.is_active],
    }


def types_of(strategy: Strategy) -> list[TypeOfStrategy]:
    """The leading type first."""
    named = dict.fromkeys([strategy.primary_type, *strategy.secondary_types])
    known = {kind.name.value: kind for kind in TYPES}
    return [known[name] for name in named if name in StrategyType.values]


def hours_of(row: StrategyChannel) -> Decimal:
    """Hours a week that the channel asks for."""
    return row.posts_per_week * row.hours_per_post + row.community_hours


def mixes(targets: Iterable[MixTarget]) -> list[Mix]:
    parts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for target in targets:
        words = dict(KINDS[MixTarget.Dimension(target.dimension)].choices)
        if target.share:
            parts[target.dimension].append((str(words.get(target.value, target.value)), target.share))
    return [Mix(str(dimension.label), parts[dimension]) for dimension in MixTarget.Dimension if parts[dimension]]


def by_month(items: list[Planned]) -> list[tuple[date, list[tuple[str, Planned]]]]:
    """Each month with its items, each under the name of its medium."""
    media = dict(PlanItem.Medium.choices)
    months = groupby(items, key=lambda item: item.month)
    return [(month, [(str(media.get(item.medium, item.medium)), item) for item in several]) for month, several in months]


def by_weekday(plan: EditorialPlan) -> list[tuple[str, list]]:
    """The days that have slots, each with its slots in the order of the clock."""
    days = groupby(plan.slots.all(), key=lambda slot: slot.weekday)
    return [(several[0].get_weekday_display(), several) for _day, slots in days if (several := list(slots))]
