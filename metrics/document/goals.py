"""Chapter 1: what the business wants, the goals with their letters, and the figures they are judged by."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.document.beside import Beside, trend_of
from metrics.document.chapters import Section
from metrics.document.figures import Figures
from metrics.progress import GoalState
from strategies import goal_words
from strategies.goal_words import JudgedLetter
from strategies.models import Strategy

SECTIONS = (
    Section("objectives", _("Business goals"), ("objectives",)),
    Section("goals", _("SMART goals"), ("goals",)),
    Section("targets", _("KPIs and targets"), ("target_rows",)),
)


@dataclass(frozen=True)
class GoalLook:
    """A goal as the document shows it: the state of its targets, and its five letters."""

    state: GoalState
    letters: list[JudgedLetter]

    @property
    def score(self) -> int:
        return sum(letter.is_met for letter in self.letters)


def said(strategy: Strategy, found: Figures, also: Beside) -> dict[str, Any]:
    looks = [GoalLook(state, _letters(state)) for state in found.goals]
    rows = [(look, state, trend_of(state.target, also.trends)) for look in looks for state in look.state.states]
    served = [
        (objective, [goal for goal in strategy.goals.all() if goal.objective_id == objective.pk])
        for objective in strategy.objectives.all()
    ]
    return {
        "objectives": [(objective, goals) for objective, goals in served if objective.text],
        "goals": looks,
        "target_rows": rows,
    }


def _letters(state: GoalState) -> list[JudgedLetter]:
    return goal_words.letters(goal_words.draft_of(state.goal, goal_words.main_target(state.goal)))
