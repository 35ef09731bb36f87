"""The state of a post: what it may become, who may make it so, and what that does to its publications.

idea → draft → in review → approved, or changes requested. Each step is declared once; buttons, checks and the log
come from the table.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Membership, Role, User
from brands.notifications import notify
from calendar_app.models import Post, PostEvent, Publication

State = Post.State


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    icon: str
    sources: frozenset[str]
    target: str
    role: Role
    asks_why: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("start", _("Start writing"), icon="pencil", sources=frozenset({State.IDEA}), target=State.DRAFT, role=Role.MARKETER),
        Step(
            "send",
            _("Send to review"),
            icon="send",
            sources=frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
            target=State.IN_REVIEW,
            role=Role.MARKETER,
        ),
        Step(
            "approve",
            _("Approve"),
            icon="circle-check",
            sources=frozenset({State.IN_REVIEW}),
            target=State.APPROVED,
            role=Role.LEAD,
        ),
        Step(
            "return",
            _("Ask for changes"),
            icon="message-report",
            sources=frozenset({State.IN_REVIEW}),
            target=State.CHANGES_REQUESTED,
            role=Role.LEAD,
            asks_why=True,
        ),
        Step(
            "take_back",
            _("Back to draft"),
            icon="arrow-back-up",
            sources=frozenset({State.IN_REVIEW, State.APPROVED}),
            target=State.DRAFT,
            role=Role.MARKETER,
        ),
        Step(
            "shelve", _("Keep as an idea"), icon="bulb", sources=frozenset({State.DRAFT}), target=State.IDEA, role=Role.MARKETER
        ),
    )
}


def open_steps(post: Post, membership: Membership) -> list[Step]:
    """What this person may do with the post now; the first one is the obvious one."""
    return [step for step in STEPS.values() if post.state in step.sources and membership.may(step.role)]


def take(post: Post, step: Step, membership: Membership, seen: int, why: str = "") -> None:
    """Take the step; raises ValidationError with the reason where it cannot be, EditConflict where another was faster."""
    if post.state not in step.sources:
        raise ValidationError(
            _("“%(step)s” is not possible any more: the post is now “%(state)s”."),
            params={"step": step.label, "state": post.get_state_display()},
        )
    if not membership.may(step.role):
        raise ValidationError(_("Only a lead may do that."))
    if step.asks_why and not why.strip():
        raise ValidationError(_("Say what should change."))
    if step.target == State.IN_REVIEW and not post.publications.exists():
        raise ValidationError(_("Choose at least one channel first."))
    with transaction.atomic():
        was, post.state = post.state, step.target
        post.save_version(seen)
        PostEvent.objects.create(post=post, actor=membership.user, verb=step.name, was=was, became=post.state, note=why.strip())
        if was == State.APPROVED:
            unschedule_all(post, membership.user)
        _tell(post, step, membership)


def ask_again(post: Post, membership: Membership) -> None:
    """What was approved has been rewritten: it goes back to review. The post's row must be saved by the caller."""
    post.state = State.IN_REVIEW
    PostEvent.objects.create(post=post, actor=membership.user, verb="rewritten", was=State.APPROVED, became=State.IN_REVIEW)
    unschedule_all(post, membership.user)
    _tell(post, STEPS["send"], membership)


def unschedule_all(post: Post, actor: User | None) -> None:
    """Only what is approved may stay scheduled."""
    for publication in post.publications.filter(status__in=[Publication.Status.SCHEDULED, Publication.Status.DUE]):
        was, publication.status = publication.status, Publication.Status.PLANNED
        publication.save_version(publication.version)
        PostEvent.objects.create(
            post=post, publication=publication, actor=actor, verb="unschedule", was=was, became=Publication.Status.PLANNED
        )


def _tell(post: Post, step: Step, membership: Membership) -> None:
    kind = {
        State.IN_REVIEW: "post_in_review",
        State.APPROVED: "post_approved",
        State.CHANGES_REQUESTED: "post_changes_requested",
    }.get(step.target)
    if kind is None:
        return
    url = reverse("calendar:post", args=[post.brand.slug, post.pk])
    key = f"{kind}:{post.pk}:{int(timezone.now().timestamp())}"
    for user in _listeners(post, step.target):
        if user != membership.user:
            notify(user, post.brand, kind, key, url, {"title": post.title, "by": str(membership.user)})


def _listeners(post: Post, target: str) -> set[User]:
    if target == State.IN_REVIEW:
        return {lead.user for lead in post.brand.memberships.filter(role=Role.LEAD).select_related("user")}
    return {user for user in (post.owner, post.created_by) if user is not None}
