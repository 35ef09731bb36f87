"""Chapter 3: which kind of strategy, where, about what, by which ways, and when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from brands.models import Platform
from metrics.document.beside import Beside, Planned
from metrics.document.chapters import Section
from metrics.document.figures import Figures
from strategies import channel_rules, fit_words
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.fit_table import Cell, Row, own_ratings, table
from strategies.models import Criterion, EditorialPlan, MixTarget, PlanItem, Strategy, StrategyType
from strategies.platform_fit import weights_of
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
class Fit:
    """A platform with its score and why."""

    row: Row
    is_used: bool

    @property
    def ratings(self) -> list[int | None]:
        return [cell.rating for cell in self.row.cells]

    @property
    def reasons(self) -> list[str]:
        """For each rated criterion what people say, else the weightiest of what the app says."""
        rated = [cell for cell in self.row.cells if cell.rating is not None]
        return [told for cell in rated if (told := cell.own.reason if cell.own else _first(cell))]


def _first(cell: Cell) -> str:
    return next((fit_words.reason_text(reason) for reason in cell.suggestion.reasons), "")


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
        "channel_rows": channel_rules.checked(strategy, list(strategy.strategy_channels.all()), also.members),
        "fit_rows": fits(strategy, also),
        "fit_criteria": [fit_words.SHORT[criterion] for criterion in Criterion],
        "pillars": list(strategy.pillars.all()),
        "mixes": mixes(strategy.mix_targets.all()),
        "paid_ways": [way for way in ways if way.is_paid],
        "free_ways": [way for way in ways if not way.is_paid],
        "plan_months": by_month(also.items),
        "editorial_plans": [(plan, by_weekday(plan)) for plan in editorial_plans(strategy)],
    }


def types_of(strategy: Strategy) -> list[TypeOfStrategy]:
    """The leading type first."""
    named = dict.fromkeys([strategy.primary_type, *strategy.secondary_types])
    known = {kind.name.value: kind for kind in TYPES}
    return [known[name] for name in named if name in StrategyType.values]


def fits(strategy: Strategy, also: Beside) -> list[Fit]:
    """The platforms that the strategy speaks of anywhere, the best fit first."""
    review = getattr(strategy, "platform_review", None)
    weights = weights_of(review.weights if review else {})
    used = {row.channel.platform_id for row in strategy.strategy_channels.all()}
    rows = table(strategy, _platforms(strategy), also.members, own_ratings(strategy), weights)
    return [Fit(row, row.platform.pk in used) for row in rows if row.score.exact is not None]


def _platforms(strategy: Strategy) -> list[Platform]:
    """Those of its channels, personas, audits and ratings, each once."""
    named = [
        *(row.channel.platform for row in strategy.strategy_channels.all()),
        *(platform for persona in strategy.personas.all() for platform in persona.platforms.all()),
        *(audit.platform for audit in strategy.audits.all() if audit.platform),
        *(rating.platform for rating in strategy.fit_ratings.all()),
    ]
    return sorted({platform.pk: platform for platform in named}.values(), key=lambda platform: platform.position)


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


def editorial_plans(strategy: Strategy) -> list[EditorialPlan]:
    """The active ones that are not over, the earliest first; where all are over, the last of them."""
    active = sorted((plan for plan in strategy.editorial_plans.all() if plan.is_active), key=lambda plan: plan.start)
    today = strategy.brand.today()
    return [plan for plan in active if plan.end >= today] or active[-1:]


def by_weekday(plan: EditorialPlan) -> list[tuple[str, list]]:
    """The days that have slots, each with its slots in the order of the clock."""
    days = groupby(plan.slots.all(), key=lambda slot: slot.weekday)
    return [(several[0].get_weekday_display(), several) for _day, slots in days if (several := list(slots))]
