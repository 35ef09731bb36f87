"""From draft to approved version: who may do what, and what is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Role, User
from strategies import plain, review, stages, whole
from strategies.differences import Difference, differences
from strategies.events import happened
from strategies.models import Strategy, StrategyEvent, StrategySnapshot
from strategies.parts import is_of_the_plan

Status, Kind = Strategy.Status, StrategyEvent.Kind

# The parts that make up the plan of one cycle.
PARTS = (
    "objectives", "goals", "planning_steps", "audience_answers", "audience_notes", "personas", "audits", "assets", "risks",
    "budget_lines", "fit_ratings", "strategy_channels", "pillars", "mix_targets", "activities", "watch_items", "answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transition:
    name: str
    label: str | Promise
    role: Role
    sources: tuple[Status, ...]
    target: Status
    kind: Kind
    needs_note: bool = False
    said: str | Promise = ""


TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition("submit", gettext_lazy("Send to review"), Role.MARKETER, (Status.DRAFT, Status.APPROVED), Status.IN_REVIEW, Kind.SUBMITTED,
                   said=gettext_lazy("Sent to review.")),
        Transition("approve", gettext_lazy("Approve"), Role.LEAD, (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED),
                   Status.APPROVED, Kind.APPROVED, said=gettext_lazy("Approved. This version is kept as it is.")),
        Transition("return", gettext_lazy("Return with a note"), Role.LEAD, (Status.IN_REVIEW,), Status.DRAFT, Kind.RETURNED,
                   needs_note=True, said=gettext_lazy("Returned to its writers.")),
        Transition("archive", gettext_lazy("Archive"), Role.LEAD, (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED),
                   Status.ARCHIVED, Kind.ARCHIVED, said=gettext_lazy("In the archive.")),
        Transition("restore", gettext_lazy("Bring back"), Role.LEAD, (Status.ARCHIVED,), Status.DRAFT, Kind.RESTORED,
                   said=gettext_lazy("Brought back as a draft.")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """The version that was approved last, and what reads otherwise by now."""

    approved: StrategySnapshot | None = None
    changes: list[Difference] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)

    @property
    def next_number(self) -> int:
        return self.approved.number + 1 if self.approved else 1


def standing(strategy: Strategy) -> Standing:
    """Compares the strategy with its latest version. Watching and judging it changes nothing in the plan."""
    latest = strategy.snapshots.first()
    return Standing(latest, changes_since(latest, strategy)) if latest else Standing()


def changes_since(version: StrategySnapshot, strategy: Strategy) -> list[Difference]:
    found = differences(version.content, plain.content_of(strategy), plain.passed_over())
    return [difference for difference in found if is_of_the_plan(difference.part, difference.field)]


def open_to(strategy: Strategy, may: Callable[[Role], bool], stands: Standing) -> list[Transition]:
    """What a person may do with the strategy as it stands."""
    settled = strategy.status == Status.APPROVED and not stands.is_changed
    return [
        transition
        for transition in TRANSITIONS.values()
        if strategy.status in transition.sources
        and may(transition.role)
        and not (settled and transition.target in (Status.IN_REVIEW, Status.APPROVED))
    ]


@transaction.atomic
def carry_out(transition: Transition, strategy: Strategy, user: User, note: str = "") -> None:
    """Raises ValidationError where it cannot be done now."""
    locked = Strategy.objects.select_for_update().get(pk=strategy.pk)
    if locked.status not in transition.sources:
        raise ValidationError(_("Somebody was faster: it is “%(status)s” now.") % {"status": locked.get_status_display()})
    if transition.needs_note and not note and not strategy.comments.filter(settled_at=None).exists():
        raise ValidationError(_("Write what should change, here or on the steps, so that it can be put right."))
    if transition.target in (Status.IN_REVIEW, Status.APPROVED):
        _check_gates(strategy)
    Strategy.objects.filter(pk=strategy.pk).update(status=transition.target, version=locked.version + 1)
    strategy.refresh_from_db(fields=["status", "version"])
    event = happened(strategy, transition.kind, user, note)
    if transition.target == Status.APPROVED:
        _keep_version(strategy, user)
    review.tell_of(event)


def _check_gates(strategy: Strategy) -> None:
    missing = [
        missing.text for stage in stages.look(strategy) for gate in stage.gates if gate.blocks_review for missing in gate.missing
    ]
    if missing:
        message = _("Something is still missing: %(list)s. Fill it in, or say why it may stay open.")
        raise ValidationError(message % {"list": "; ".join(missing)})


def _keep_version(strategy: Strategy, user: User) -> StrategySnapshot:
    latest = strategy.snapshots.order_by("-number").values_list("number", flat=True).first() or 0
    fresh = Strategy.objects.select_related("brand").get(pk=strategy.pk)
    content = plain.content_of(whole.load(fresh))
    return strategy.snapshots.create(number=latest + 1, content=content, approved_by=user)
