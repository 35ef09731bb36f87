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

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import Stage, Strategy


class Missing(NamedTuple):
    """One thing that is not there yet, and the address where it is put right."""

    text: str
    url: str


Check = Callable[[Strategy], list[Missing]]


@dataclass(frozen=True, slots=True)
class Gate:
    name: str
    stage: Stage
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


LATE_GATES = (
    Gate("calendar_covers_four_weeks", Stage.STRATEGIES, _("The calendar covers the next four weeks")),
    Gate("figures_per_channel", Stage.MONITORING, _("Every channel has figures"), for_review=False),
    Gate("findings_written", Stage.ANALYSIS, _("Findings are written down"), for_review=False),
)

_answers: dict[str, Check] = {}


def register_gate(name: str, check: Check) -> None:
    """Answer a late gate: `check(strategy)` returns what is missing, an empty list when nothing is."""
    if name not in {gate.name for gate in LATE_GATES}:
        raise ValueError(f"No late gate is called {name!r}")
    _answers[name] = check
