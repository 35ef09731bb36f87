"""The talk about a strategy before it is approved: comments on its steps, and who is told of what."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from brands.models import Role, User
from brands.notifications import notify
from strategies.models import StepComment, Strategy, StrategyEvent
from strategies.steps import Step

Kind = StrategyEvent.Kind

KIND_OF = {
    Kind.SUBMITTED: "strategy_in_review",
    Kind.RETURNED: "strategy_returned",
    Kind.APPROVED: "strategy_approved",
}
# What an answer to a return would be; a gate left open or a look at the budget is none.
MOVES = (Kind.SUBMITTED, Kind.RETURNED, Kind.APPROVED, Kind.ARCHIVED, Kind.RESTORED, Kind.REVERTED)


def tell_of(event: StrategyEvent) -> None:
    """Sent to review: the leads hear of it. Returned or approved: who sent it and who began it."""
    if event.kind not in KIND_OF:
        return
    strategy = event.strategy
    people = _leads(strategy) if event.kind == Kind.SUBMITTED else _writers(strategy)
    latest = strategy.snapshots.first()
    params = {"by": str(event.by), "title": strategy.name, "number": latest.number if latest else 1}
    for person in people:
        if person != event.by:
            notify(person, strategy.brand, KIND_OF[event.kind], f"strategy-event-{event.pk}", strategy.get_absolute_url(), params)


@transaction.atomic
def comment(strategy: Strategy, step: Step, user: User, text: str) -> StepComment:
    said = strategy.comments.create(step=step.slug, by=user, text=text)
    params = {"by": str(user), "title": strategy.name, "text": Truncator(text).chars(80)}
    url = f"{step.url(strategy)}#comments"
    others = User.objects.filter(pk__in=strategy.comments.filter(step=step.slug).values("by"), memberships__brand=strategy.brand)
    for person in {*_writers(strategy), *others} - {user}:
        notify(person, strategy.brand, "strategy_commented", f"step-comment-{said.pk}", url, params)
    return said


def settle(comment: StepComment, user: User) -> None:
    """Done, by whoever did it. Two people at once: the first stands."""
    StepComment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=timezone.now(), settled_by=user)


def reopen(comment: StepComment) -> None:
    StepComment.objects.filter(pk=comment.pk).update(settled_at=None, settled_by=None)


def returned(strategy: Strategy) -> StrategyEvent | None:
    """The return that its writers have yet to answer: nothing until it is sent again, approved or laid aside."""
    if strategy.status != Strategy.Status.DRAFT:
        return None
    latest = strategy.events.filter(kind__in=MOVES).select_related("by").first()
    return latest if latest and latest.kind == Kind.RETURNED else None


def _leads(strategy: Strategy) -> Iterable[User]:
    memberships = strategy.brand.memberships.select_related("user")
    return [membership.user for membership in memberships if membership.may(Role.LEAD)]


def _writers(strategy: Strategy) -> list[User]:
    """Who began it and who sent it to review last, as far as they still belong to the brand."""
    sent = strategy.events.filter(kind=Kind.SUBMITTED).values_list("by", flat=True)[:1]
    return list(User.objects.filter(memberships__brand=strategy.brand, pk__in=[strategy.created_by_id, *sent]))
