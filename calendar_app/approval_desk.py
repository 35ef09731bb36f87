"""What the bar under a post says about its approval to the one who looks: the steps, the obvious one, and who is awaited."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Membership, Role
from brands.models.teams import ApprovalMode
from calendar_app import approval
from calendar_app.approval import STEPS, WITH_CLIENT, Step
from calendar_app.models import Post, PostEvent

FORWARD = ("start", "send", "approve", "pass_on", "client_approve")
MOST_NAMES = 3


@dataclass(frozen=True)
class Desk:
    post: Post
    steps: list[Step]
    forward: Step | None
    waits_for: list[str]
    note: str | Promise = ""
    asked: PostEvent | None = None
    is_the_only_lead: bool = False

    @property
    def why_steps(self) -> list[Step]:
        return [step for step in self.steps if step.asks_why]

    @property
    def plain_steps(self) -> list[Step]:
        return [step for step in self.steps if not step.asks_why]


def desk_of(post: Post, membership: Membership) -> Desk:
    steps = approval.open_steps(post, membership)
    step, refused = approval.approving_step(post), None
    if step is not None:
        refused = approval.refusal(post, step, membership)
    is_own = refused is not None and refused.code == "own" and membership.may(Role.LEAD)
    alone = is_own and is_the_only_lead(membership)
    return Desk(
        post, steps, _forward(post, membership, steps), _awaited(post, step, refused),
        _note(post, is_own, alone), _asked(post), alone,
    )  # fmt: skip


def is_the_only_lead(membership: Membership) -> bool:
    return membership.brand.memberships.filter(role=Role.LEAD).count() == 1


def _forward(post: Post, membership: Membership, steps: list[Step]) -> Step | None:
    """Whoever asked others to look is not offered to look away from it: approving one's own stays in the menu."""
    asks_others = post.brand.approval_mode == ApprovalMode.OPTIONAL and not membership.may(Role.LEAD)
    wanted = [name for name in FORWARD if not (asks_others and name == "approve")]
    if post.brand.approval_mode == ApprovalMode.NONE:
        wanted.append("ready")
    return next((step for step in steps if step.name in wanted), None)


def _awaited(post: Post, step: Step | None, refused: ValidationError | None) -> list[str]:
    """The names of those who can approve it, where the reader cannot."""
    if step is None or refused is None:
        return []
    role = Role.VIEWER if approval.place(post) == WITH_CLIENT else Role.LEAD
    rows = list(post.brand.memberships.filter(role=role).select_related("user"))
    return [str(row.user) for row in rows if not (step in _STRICT_STEPS and approval.had_a_hand(post, row.user))][:MOST_NAMES]


_STRICT_STEPS = (STEPS["approve"], STEPS["pass_on"], STEPS["client_approve"])


def _note(post: Post, is_own: bool, alone: bool) -> str | Promise:
    if alone:
        return _("You had a hand in this post, and you are the only lead: make somebody else a lead, or change who approves.")
    return _("You had a hand in this post: another lead approves it.") if is_own else ""


def _asked(post: Post) -> PostEvent | None:
    """The latest wish for changes, where it is still open."""
    if post.state != Post.State.CHANGES_REQUESTED:
        return None
    return post.events.filter(became=Post.State.CHANGES_REQUESTED).select_related("actor").first()
