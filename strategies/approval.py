"""From draft to approved version: who may do what, and what is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Role, User
from strategies import stages
from strategies.models import Stage, Strategy, StrategyEvent, StrategySnapshot

Status, Kind = Strategy.Status, StrategyEvent.Kind

# What a version holds; the money too, so a version is never shown to viewers as it is.
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


def open_to(strategy: Strategy, may: Callable[[Role], bool]) -> list[Transition]:
    """What a person may do with the strategy as it stands."""
    settled = strategy.status == Status.APPROVED and not changed_since_approval(strategy)
    return [
        transition
        for transition in TRANSITIONS.values()
        if strategy.status in transition.sources
        and may(transition.role)
        and not (settled and transition.target in (Status.IN_REVIEW, Status.APPROVED))
    ]


def changed_since_approval(strategy: Strategy) -> bool:
    """Whether what was approved reads otherwise by now. Watching and judging it changes nothing in the plan."""
    latest = strategy.snapshots.first()
    planned = (Stage.GOALS, Stage.PLANNING, Stage.STRATEGIES)
    return latest is not None and strategy.stage_states.filter(stage__in=planned, changed_at__gt=latest.approved_at).exists()


@transaction.atomic
def carry_out(transition: Transition, strategy: Strategy, user: User, note: str = "") -> None:
    """Raises ValidationError where it cannot be done now."""
    locked = Strategy.objects.select_for_update().get(pk=strategy.pk)
    if locked.status not in transition.sources:
        raise ValidationError(_("Somebody was faster: it is “%(status)s” now.") % {"status": locked.get_status_display()})
    if transition.needs_note and not note:
        raise ValidationError(_("Write what should change, so that it can be put right."))
    if transition.target in (Status.IN_REVIEW, Status.APPROVED):
        _check_gates(strategy)
    Strategy.objects.filter(pk=strategy.pk).update(status=transition.target, version=locked.version + 1)
    strategy.refresh_from_db(fields=["status", "version"])
    strategy.events.create(kind=transition.kind, by=user, note=note)
    if transition.target == Status.APPROVED:
        _keep_version(strategy, user)


def _check_gates(strategy: Strategy) -> None:
    missing = [
        missing.text for stage in stages.look(strategy) for gate in stage.gates if gate.blocks_review for missing in gate.missing
    ]
    if missing:
        message = _("Something is still missing: %(list)s. Fill it in, or say why it may stay open.")
        raise ValidationError(message % {"list": "; ".join(missing)})


def _keep_version(strategy: Strategy, user: User) -> StrategySnapshot:
    latest = strategy.snapshots.order_by("-number").values_list("number", flat=True).first() or 0
    return strategy.snapshots.create(number=latest + 1, content=content_of(strategy), approved_by=user)


def content_of(strategy: Strategy) -> dict[str, Any]:
    """Everything the strategy says, as plain data."""
    content: dict[str, Any] = {"strategy": serializers.serialize("python", [strategy])[0]["fields"]}
    for part in PARTS:
        content[part] = _plain(getattr(strategy, part).all())
    content["targets"] = _plain(target for goal in strategy.goals.all() for target in goal.targets.all())
    return _as_json(content)


def _plain(rows) -> list[dict[str, Any]]:
    return [{"id": row["pk"], **row["fields"]} for row in serializers.serialize("python", rows)]


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
