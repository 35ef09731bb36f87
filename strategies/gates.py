"""Gates: what a stage still lacks.

A gate looks at a strategy and answers with what is missing, each with a link to where it is put right; an empty list
means met. Gates set a stage's tick and are asked before a review (or waived with a reason); they never block moving
around.

**Late gates** need what a higher app knows. They are declared here by name and answered by that app, which hands its
function over when it is ready:

    class CalendarConfig(AppConfig):
        def ready(self):
            from calendar_app.coverage import gate            # gate(strategy) -> list[Missing]
            from strategies.steps import register_gate

            register_gate("calendar_covers_four_weeks", gate)

The names: `calendar_covers_four_weeks` (calendar_app), `figures_per_channel` and `findings_written` (metrics). While
nobody answers, the gate is "not known yet": it gives no tick and asks for nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from strategies import goal_words
from strategies.channel_rules import active_rows
from strategies.models import Audit, Persona, Stage, Strategy, Target

MOST_CHANNELS = 4


class Missing(NamedTuple):
    """One thing that is not there yet, and the address where it is put right."""

    text: str
    url: str


Check = Callable[[Strategy], list[Missing]]


@dataclass(frozen=True, slots=True)
class Gate:
    name: str
    stage: Stage
    step: str
    label: str | Promise
    check: Check | None = None  # None: late, see _answers
    for_review: bool = True  # False: can only be met while the strategy runs

    @property
    def is_known(self) -> bool:
        return self.check is not None or self.name in _answers

    def missing(self, strategy: Strategy) -> list[Missing]:
        """What lacks; nothing where nobody can tell."""
        check = self.check or _answers.get(self.name)
        return check(strategy) if check else []


def step_url(strategy: Strategy, step: str, query: str = "") -> str:
    return reverse("strategies:step", args=[strategy.brand.slug, strategy.pk, step]) + query


def _goals(strategy: Strategy) -> list[Missing]:
    goals = list(strategy.goals.all())
    if not goals:
        return [Missing(_("No goal yet"), step_url(strategy, "goals"))]
    return [
        Missing(
            _("“%(goal)s” scores %(score)s of 5 on SMART") % {"goal": goal, "score": smart.score},
            step_url(strategy, "goals", f"?goal={goal.pk}"),
        )
        for goal in goals
        if not (smart := _judged(strategy, goal)).is_met
    ]


def _judged(strategy: Strategy, goal):
    goal.strategy = strategy
    return goal_words.judge_goal(goal)


def _business_goals(strategy: Strategy) -> list[Missing]:
    if any(objective.text for objective in strategy.objectives.all()):
        return []
    return [Missing(_("No business goal is written down"), step_url(strategy, "business-goals"))]


def _targets(strategy: Strategy) -> list[Missing]:
    return [
        Missing(_("“%(goal)s” has no KPI with a target") % {"goal": goal}, step_url(strategy, "targets", f"?goal={goal.pk}"))
        for goal in strategy.goals.all()
        if not any(target.role == Target.Role.PRIMARY and target.value is not None for target in goal.targets.all())
    ]


def _planning_steps(strategy: Strategy) -> list[Missing]:
    left = 6 - sum(bool(step.text.strip()) for step in strategy.planning_steps.all())
    if not left:
        return []
    said = ngettext("%(count)s of the six planning steps is empty", "%(count)s of the six planning steps are empty", left)
    return [Missing(said % {"count": left}, step_url(strategy, "plan"))]


def _audience(strategy: Strategy) -> list[Missing]:
    left = 6 - sum(answer.is_complete for answer in strategy.audience_answers.all())
    if not left:
        return []
    said = ngettext(
        "%(count)s question about the audience has no full answer",
        "%(count)s questions about the audience have no full answer",
        left,
    )
    return [Missing(said % {"count": left}, step_url(strategy, "audience"))]


def _personas(strategy: Strategy) -> list[Missing]:
    personas: list[Persona] = list(strategy.personas.all())
    if any(not persona.missing_fields() for persona in personas):
        return []
    said = _("No persona is complete") if personas else _("No persona yet")
    return [Missing(said, step_url(strategy, "personas"))]


def _audits(strategy: Strategy) -> list[Missing]:
    kinds = {audit.kind for audit in strategy.audits.all()}
    lacking = {
        Audit.Kind.OWN: _("None of your own channels was looked at"),
        Audit.Kind.COMPETITOR: _("No competitor was looked at"),
    }
    return [
        Missing(text, step_url(strategy, "audits", f"?new={kind.value}")) for kind, text in lacking.items() if kind not in kinds
    ]


def _budget(strategy: Strategy) -> list[Missing]:
    if strategy.organic_only or any(line.planned > 0 for line in strategy.budget_lines.all()):
        return []
    return [Missing(_("No budget, and “organic only” is not ticked"), step_url(strategy, "budget"))]


def _type(strategy: Strategy) -> list[Missing]:
    return [] if strategy.primary_type else [Missing(_("No strategy type is chosen"), step_url(strategy, "type"))]


def _channels(strategy: Strategy) -> list[Missing]:
    chosen = active_rows(strategy.strategy_channels.all())
    if not chosen:
        return [Missing(_("No active channel is chosen"), step_url(strategy, "channels"))]
    if len(chosen) > MOST_CHANNELS:
        text = _("%(count)s channels are more than a team keeps up: four at most") % {"count": len(chosen)}
        return [Missing(text, step_url(strategy, "channels"))]
    return []


def _pillars(strategy: Strategy) -> list[Missing]:
    pillars = list(strategy.pillars.all())
    if not pillars:
        return [Missing(_("No content pillar yet"), step_url(strategy, "pillars"))]
    total = sum(pillar.share for pillar in pillars)
    if total == 100:
        return []
    return [
        Missing(_("The pillars’ shares add up to %(total)s %%, not to 100") % {"total": total}, step_url(strategy, "pillars"))
    ]


def _watch(strategy: Strategy) -> list[Missing]:
    if strategy.watch_items.all():
        return []
    return [Missing(_("Nothing is watched yet"), step_url(strategy, "watch"))]


def _questions(strategy: Strategy) -> list[Missing]:
    left = 5 - sum(bool(answer.verdict) for answer in strategy.answers.all())
    if not left:
        return []
    said = ngettext("%(count)s of the five questions is open", "%(count)s of the five questions are open", left)
    return [Missing(said % {"count": left}, step_url(strategy, "questions"))]


def _decision(strategy: Strategy) -> list[Missing]:
    return [] if strategy.decision else [Missing(_("Nothing is decided yet"), step_url(strategy, "decision"))]


GATES = (
    Gate("business_goals", Stage.GOALS, "business-goals", gettext_lazy("A business goal is written down"), _business_goals),
    Gate("smart_goals", Stage.GOALS, "goals", gettext_lazy("Every goal is SMART"), _goals),
    Gate("targets", Stage.GOALS, "targets", gettext_lazy("Every goal has a KPI and a target"), _targets),
    Gate("planning_steps", Stage.PLANNING, "plan", gettext_lazy("Six planning steps"), _planning_steps),
    Gate("audience", Stage.PLANNING, "audience", gettext_lazy("Six questions about the audience"), _audience),
    Gate("persona", Stage.PLANNING, "personas", gettext_lazy("A complete persona"), _personas),
    Gate("audits", Stage.PLANNING, "audits", gettext_lazy("Own and competitor audit"), _audits),
    Gate("budget", Stage.PLANNING, "budget", gettext_lazy("A budget, or organic only"), _budget),
    Gate("strategy_type", Stage.STRATEGIES, "type", gettext_lazy("A strategy type"), _type),
    Gate("channels", Stage.STRATEGIES, "channels", gettext_lazy("One to four channels"), _channels),
    Gate("pillars", Stage.STRATEGIES, "pillars", gettext_lazy("Content pillars that make 100 %"), _pillars),
    Gate("calendar_covers_four_weeks", Stage.STRATEGIES, "channels", gettext_lazy("The calendar covers the next four weeks")),
    Gate("watched", Stage.MONITORING, "watch", gettext_lazy("It is said what is watched"), _watch),
    Gate("figures_per_channel", Stage.MONITORING, "plan-and-actual", gettext_lazy("Every channel has figures"), for_review=False),
    Gate(
        "five_answers", Stage.ANALYSIS, "questions", gettext_lazy("Answers to the five questions"), _questions, for_review=False
    ),
    Gate("findings_written", Stage.ANALYSIS, "findings", gettext_lazy("Findings are written down"), for_review=False),
    Gate("decision", Stage.ANALYSIS, "decision", gettext_lazy("A decision"), _decision, for_review=False),
)

LATE_GATES = tuple(gate for gate in GATES if gate.check is None)

_answers: dict[str, Check] = {}


def register_gate(name: str, check: Check) -> None:
    """Answer a late gate: `check(strategy)` returns what is missing, an empty list when nothing is."""
    if name not in {gate.name for gate in LATE_GATES}:
        raise ValueError(f"No late gate is called {name!r}")
    _answers[name] = check
