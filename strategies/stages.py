"""Where a strategy stands: each stage's state and what it lacks, worked out from the gates and remembered for the frame."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategies.gates import GATES, Gate, Missing
from strategies.models import Stage, StageState, Strategy
from strategies.steps import STEPS, Step, find, steps_of

WORDS = {
    "done": gettext_lazy("done"),
    "now": gettext_lazy("you are here"),
    "half": gettext_lazy("under way"),
    "flag": gettext_lazy("review needed"),
    "todo": gettext_lazy("not started"),
}


@dataclass
class GateLook:
    gate: Gate
    missing: list[Missing]
    waived_because: str = ""
    was_met: bool | None = None  # a late gate that was not asked again: what it said last

    @property
    def is_met(self) -> bool:
        if self.was_met is not None:
            return bool(self.waived_because) or self.was_met
        return bool(self.waived_because) or (self.gate.is_known and not self.missing)

    @property
    def blocks_review(self) -> bool:
        return self.gate.for_review and bool(self.missing) and not self.waived_because


@dataclass
class StepLook:
    step: Step
    gates: list[GateLook]
    url: str
    open_comments: int = 0

    @property
    def is_done(self) -> bool:
        return bool(self.gates) and all(gate.is_met for gate in self.gates)


@dataclass
class StageLook:
    stage: Stage
    state: str
    url: str
    steps: list[StepLook] = field(default_factory=list)
    review_because: str = ""

    @property
    def title(self) -> str:
        return str(self.stage.label)

    @property
    def word(self) -> str | Promise:
        return WORDS[self.state]

    @property
    def gates(self) -> list[GateLook]:
        return [gate for step in self.steps for gate in step.gates]

    @property
    def open_comments(self) -> int:
        return sum(step.open_comments for step in self.steps)

    @property
    def missing(self) -> list[Missing]:
        return [missing for gate in self.gates if not gate.waived_because for missing in gate.missing]

    @property
    def is_met(self) -> bool:
        return all(gate.is_met for gate in self.gates)


def look(strategy: Strategy, asks_late: bool = True) -> list[StageLook]:
    """Every stage with its steps and gates; remembers what changed since the last look.

    `asks_late=False` takes the late gates as they answered last: they cost queries that a page of the wizard can do without.
    """
    waivers = {waiver.gate: waiver.reason for waiver in strategy.waivers.all()}
    states = _states(strategy)
    gates = {gate.name: _gate_look(gate, strategy, waivers, states, asks_late) for gate in GATES}
    _remember(strategy, states, list(gates.values()))
    looks = brief(strategy, list(states.values()))
    comments = Counter(said.step for said in strategy.comments.all() if said.settled_at is None)
    for stage_look in looks:
        stage_look.steps = [
            StepLook(step, [gates[gate.name] for gate in step.gates], step.url(strategy), comments[step.slug])
            for step in steps_of(stage_look.stage)
        ]
    return looks


def with_open_comments(looks: list[StageLook]) -> list[StepLook]:
    return [step for stage in looks for step in stage.steps if step.open_comments]


def _gate_look(gate: Gate, strategy: Strategy, waivers: dict[str, str], states: dict[str, StageState], asks: bool) -> GateLook:
    because = waivers.get(gate.name, "")
    if gate.check is None and not asks:
        return GateLook(gate, [], because, was_met=gate.name in states[gate.stage.value].met_late)
    return GateLook(gate, gate.missing(strategy), because)


def _states(strategy: Strategy) -> dict[str, StageState]:
    states = {state.stage: state for state in strategy.stage_states.all()}
    missing = [StageState(strategy=strategy, stage=stage) for stage in Stage if stage.value not in states]
    if missing:
        StageState.objects.bulk_create(missing, ignore_conflicts=True)
    return states | {state.stage: state for state in missing}


def _remember(strategy: Strategy, states: dict[str, StageState], gates: list[GateLook]) -> None:
    for stage in Stage:
        state, looks = states[stage.value], [look for look in gates if look.gate.stage is stage]
        is_met = all(look.is_met for look in looks)
        met_late = sorted(look.gate.name for look in looks if look.gate.check is None and _answered_well(look))
        if (state.is_met, state.met_late) != (is_met, met_late):
            state.is_met, state.met_late = is_met, met_late
            StageState.objects.filter(strategy=strategy, stage=stage).update(is_met=is_met, met_late=met_late)


def _answered_well(look: GateLook) -> bool:
    """Without its waiver, which is remembered elsewhere and may be taken back."""
    return look.was_met if look.was_met is not None else look.gate.is_known and not look.missing


def brief(strategy: Strategy, states: list[StageState]) -> list[StageLook]:
    """The stages without their gates, from what is remembered."""
    remembered = {state.stage: state for state in states}
    looks, seen_open = [], False
    for stage in Stage:
        state = remembered.get(stage.value) or StageState(stage=stage)
        because = _review_because(
            state, [remembered[earlier] for earlier in list(Stage)[: stage.number - 1] if earlier in remembered]
        )
        name = _state_name(state, bool(because), seen_open)
        seen_open = seen_open or not state.is_met
        looks.append(StageLook(stage, name, steps_of(stage)[0].url(strategy), review_because=because))
    return looks


def _state_name(state: StageState, needs_review: bool, seen_open: bool) -> str:
    if needs_review:
        return "flag"
    if state.is_met:
        return "done"
    if not seen_open:
        return "now"
    return "half" if state.changed_at else "todo"


def _review_because(state: StageState, earlier: list[StageState]) -> str:
    """Why a finished stage should be looked at again: an earlier one changed after it."""
    if not state.is_met or state.changed_at is None:
        return ""
    settled = max(filter(None, (state.changed_at, state.looked_at)))
    later = [other for other in earlier if other.changed_at and other.changed_at > settled]
    step = find(max(later, key=lambda other: other.changed_at).changed_step) if later else None
    return _("“%(step)s” changed after this was settled") % {"step": step.label} if step else ""


def note_change(strategy: Strategy, step: Step, moment: datetime | None = None) -> None:
    """Something in this step was saved."""
    changes = {"changed_step": step.slug, "changed_at": moment or timezone.now()}
    StageState.objects.update_or_create(strategy=strategy, stage=step.stage, defaults=changes)


def note_look(strategy: Strategy, stage: Stage) -> None:
    """Somebody looked at a flagged stage and found it still right."""
    StageState.objects.update_or_create(strategy=strategy, stage=stage, defaults={"looked_at": timezone.now()})


def remembered(strategy: Strategy) -> list[StageLook]:
    """The stages as they were at the last look: one query, none where they are prefetched."""
    return brief(strategy, list(strategy.stage_states.all()))


def next_step(stages: list[StageLook]) -> Step:
    """Where to go on: the first step of the first open stage that lacks something."""
    open_steps = [step.step for stage in stages for step in stage.steps if step.gates and not step.is_done]
    return open_steps[0] if open_steps else STEPS[-1]
