"""What helps a goal of each type along: the lecture's advice on the company's usual goals, in a sentence or two."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.kpi import GOAL_TYPES
from strategies import metric_names
from strategies.models import GoalType

ADVICE: dict[GoalType, str | Promise] = {
    GoalType.AWARENESS: _(
        "Not only advertisements: show the brand’s personality and values, so that people remember it and tell it from its rivals."
    ),
    GoalType.ENGAGEMENT: _("Ask, answer and let people take part: popularity and interest grow where there is talk."),
    GoalType.SALES: _(
        "Tell about new products and promotions, bring the product catalogue into the network, and make exclusive offers."
    ),
    GoalType.AUDIENCE: _("Find ways to introduce the brand to people who have never heard of it."),
    GoalType.TRAFFIC: _("Give each post one reason to visit the site, with a link that can be counted."),
    GoalType.SERVICE: _("People ask where they are already: answer there, fast, and solve it for good."),
    GoalType.ADVOCACY: _("Satisfied customers speak better than you do: invite them to, and show what they say."),
}


def advice(goal_type: str) -> str:
    """Empty for a type that is none."""
    return str(ADVICE[GoalType(goal_type)]) if goal_type in GoalType.values else ""


def usual_metrics(goal_type: str) -> list[str]:
    """The KPIs that goals of this type usually aim at, in the reader's language."""
    declared = GOAL_TYPES.get(goal_type)
    return [metric_names.name_of(name) for name in declared.primary] if declared else []


def guard_metric(goal_type: str) -> str:
    """The KPI that must not suffer meanwhile, in the reader's language."""
    declared = GOAL_TYPES.get(goal_type)
    return metric_names.name_of(declared.guard) if declared else ""
