"""The state of a post: one machine, with who may take each step in each of the brand's ways of approving.

idea → draft → in review → (with the client →) approved, or changes requested. Each step is a row of STEPS; buttons, checks
and the log come from the table. “With the client” is a place of its own here; in the table of posts it is “in review” with
the lead's approval noted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.audit import record
from brands.models import Membership, Role, User
from brands.models.teams import ApprovalMode
from calendar_app import approval_news
from calendar_app.models import Post, PostEvent, Publication, ReviewLink

State, Mode = Post.State, ApprovalMode
WITH_CLIENT = "with_client"
# In these, nobody's own word is enough.
STRICT = (Mode.REQUIRED, Mode.TWO_LEVELS)
# Whoever did one of these last has changed what the post says.
WRITING = ("create", "edit", "rewritten")


class Who(Enum):
    """Who may take a step."""

    WRITER = "everybody who writes posts"
    OWN_OR_LEAD = "whoever the post belongs to, and leads"
    LEAD = "leads"
    OTHER_LEAD = "leads who had no hand in it"
    CLIENT = "the client: viewers, and guests with a link"


@dataclass(frozen=True)
class Guest:
    """Somebody who came by a review link, under the name that they gave."""

    link: ReviewLink
    name: str
    user: None = None

    def may(self, role: Role) -> bool:
        return False


Actor = Membership | Guest


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    icon: str
    sources: frozenset[str]
    target: str
    who: Mapping[str, Who]
    asks_why: bool = False


def _always(who: Who) -> dict[str, Who]:
    return dict.fromkeys(Mode, who)


STEPS = {
    step.name: step
    for step in (
        Step("start", _("Start writing"), icon="pencil", sources=frozenset({State.IDEA}), target=State.DRAFT,
             who=_always(Who.WRITER)),
        Step("send", _("Send to review"), icon="send", sources=frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
             target=State.IN_REVIEW, who={mode: Who.WRITER for mode in Mode if mode != Mode.NONE}),
        Step("ready", _("Mark as ready"), icon="circle-check", sources=frozenset({State.DRAFT}), target=State.APPROVED,
             who={Mode.NONE: Who.WRITER, Mode.OPTIONAL: Who.OWN_OR_LEAD}),
        Step("approve", _("Approve"), icon="circle-check", sources=frozenset({State.IN_REVIEW, WITH_CLIENT}), target=State.APPROVED,
             who={Mode.NONE: Who.WRITER, Mode.OPTIONAL: Who.OWN_OR_LEAD, Mode.REQUIRED: Who.OTHER_LEAD}),
        Step("pass_on", _("Approve for the client"), icon="circle-check", sources=frozenset({State.IN_REVIEW}), target=WITH_CLIENT,
             who={Mode.TWO_LEVELS: Who.OTHER_LEAD}),
        Step("client_approve", _("Approve"), icon="circle-check", sources=frozenset({WITH_CLIENT}), target=State.APPROVED,
             who={Mode.TWO_LEVELS: Who.CLIENT}),
        Step("return", _("Ask for changes"), icon="message-report", sources=frozenset({State.IN_REVIEW, WITH_CLIENT}),
             target=State.CHANGES_REQUESTED, who=_always(Who.LEAD), asks_why=True),
        Step("client_return", _("Ask for changes"), icon="message-report", sources=frozenset({WITH_CLIENT}),
             target=State.CHANGES_REQUESTED, who={Mode.TWO_LEVELS: Who.CLIENT}, asks_why=True),
        Step("take_back", _("Back to draft"), icon="arrow-back-up",
             sources=frozenset({State.IN_REVIEW, WITH_CLIENT, State.CHANGES_REQUESTED, State.APPROVED}), target=State.DRAFT,
             who=_always(Who.WRITER)),
        Step("shelve", _("Keep as an idea"), icon="bulb", sources=frozenset({State.DRAFT}), target=State.IDEA,
             who=_always(Who.WRITER)),
    )
}  # fmt: skip
FOR_CLIENTS = frozenset(step.name for step in STEPS.values() if Who.CLIENT in step.who.values())
APPROVING = ("approve", "pass_on", "client_approve")
RETURNING = ("return", "client_return")


# --- where a post stands, and whose it is


def place(post: Post) -> str:
    return WITH_CLIENT if post.waits_for_client else post.state


def way(mode: str) -> tuple[str, ...]:
    """The places of a post on the way to its approval."""
    between = {Mode.NONE: (), Mode.TWO_LEVELS: (State.IN_REVIEW, WITH_CLIENT)}.get(mode, (State.IN_REVIEW,))
    return (State.DRAFT, *between, State.APPROVED)


def with_last_editor(posts: QuerySet[Post]) -> QuerySet[Post]:
    """So that asking who had a hand in them costs no query per post."""
    latest = PostEvent.objects.filter(post=OuterRef("pk"), verb__in=WRITING).order_by("-pk")
    return posts.annotate(last_editor_id=Subquery(latest.values("actor")[:1], output_field=BigIntegerField()))


def belongs_to(post: Post, user: User | None) -> bool:
    return user is not None and user.pk in (post.owner_id, post.created_by_id)


def had_a_hand(post: Post, user: User | None) -> bool:
    """Owner, author, or the last one to change what it says."""
    if belongs_to(post, user):
        return True
    if not hasattr(post, "last_editor_id"):
        latest = post.events.filter(verb__in=WRITING).order_by("-pk")
        post.last_editor_id = latest.values_list("actor", flat=True).first()
    return user is not None and user.pk == post.last_editor_id


# --- steps


def open_steps(post: Post, actor: Actor) -> list[Step]:
    """What this person may do with the post now; the first one is the obvious one."""
    return [step for step in STEPS.values() if refusal(post, step, actor) is None]


def approving_step(post: Post) -> Step | None:
    """How a post that waits is approved as it stands: by the lead, or by the client."""
    mode = post.brand.approval_mode
    return next((STEPS[name] for name in APPROVING if place(post) in STEPS[name].sources and mode in STEPS[name].who), None)


def refusal(post: Post, step: Step, actor: Actor) -> ValidationError | None:
    """Why the step cannot be taken by this person as the post stands."""
    if place(post) not in step.sources:
        return ValidationError(
            _("“%(step)s” is not possible any more: the post is now “%(state)s”."),
            params={"step": step.label, "state": _("With the client") if post.waits_for_client else post.get_state_display()},
        )
    who = step.who.get(post.brand.approval_mode)
    if who is None:
        return ValidationError(_("That is not how posts are approved here. A lead can change it in the settings of the brand."))
    return _refusal_of(post, who, actor)


def _refusal_of(post: Post, who: Who, actor: Actor) -> ValidationError | None:
    if who is Who.CLIENT:
        return _refusal_of_client(post, actor)
    if not actor.may(Role.MARKETER):
        return ValidationError(_("Only those who write posts may do that."))
    if who is Who.OWN_OR_LEAD and not (actor.may(Role.LEAD) or belongs_to(post, actor.user)):
        return ValidationError(_("Only a lead may do that."))
    if who in (Who.LEAD, Who.OTHER_LEAD) and not actor.may(Role.LEAD):
        return ValidationError(_("Only a lead may do that."))
    if who is Who.OTHER_LEAD and had_a_hand(post, actor.user):
        return ValidationError(NOT_ONES_OWN, code="own")
    return None


NOT_ONES_OWN = _("You own or wrote this post, or changed it last: another lead has to approve it.")


def _refusal_of_client(post: Post, actor: Actor) -> ValidationError | None:
    if isinstance(actor, Guest):
        works = actor.link.works and post.pk in actor.link.post_keys
        return None if works else ValidationError(_("This link is not for that post, or works no more."))
    if actor.may(Role.MARKETER) or not actor.may(Role.VIEWER):
        return ValidationError(_("That is for the client to say."))
    return ValidationError(NOT_ONES_OWN, code="own") if had_a_hand(post, actor.user) else None


def take(post: Post, step: Step, actor: Actor, seen: int, why: str = "") -> None:
    """Take the step; raises ValidationError with the reason where it cannot be, EditConflict where another was faster."""
    if refused := refusal(post, step, actor):
        raise refused
    if step.asks_why and not why.strip():
        raise ValidationError(_("Say what should change."))
    if step.name in ("send", "ready") and not post.publications.exists():
        raise ValidationError(_("Choose at least one channel first."))
    with transaction.atomic():
        was = place(post)
        _stand_at(post, step.target, actor.user)
        post.save_version(seen)
        move = Move(post, was, step.target, actor, why.strip())
        move.log(step.name)
        if was == State.APPROVED:
            unschedule_all(post, actor.user)
        approval_news.tell(move)


@dataclass(frozen=True)
class Move:
    """A post went from one place to another."""

    post: Post
    was: str
    became: str
    actor: Actor
    why: str = ""

    @property
    def by(self) -> str:
        return self.actor.name if isinstance(self.actor, Guest) else str(self.actor.user)

    def log(self, verb: str) -> None:
        said = f"{self.actor.name}\n{self.why}".strip() if isinstance(self.actor, Guest) else self.why
        PostEvent.objects.create(post=self.post, actor=self.actor.user, verb=verb, was=self.was, became=self.became, note=said)
        by = {"guest": True} if isinstance(self.actor, Guest) else {}
        details = {"was": self.was, "became": self.became} | by
        record(f"post_{verb}", brand=self.post.brand, person=self.actor.user, on=self.post, details=details)


def _stand_at(post: Post, place_: str, user: User | None) -> None:
    """Put the row there, unsaved. Whatever leads away from the client takes the lead's approval along."""
    with_client = place_ == WITH_CLIENT
    post.state = State.IN_REVIEW if with_client else place_
    post.lead_approved_at = timezone.now() if with_client else None
    post.lead_approved_by = user if with_client else None


# --- what a change of the words does


def is_undone_by_a_change(post: Post) -> bool:
    """Somebody approved what it says: once it says something else, they are asked again."""
    return place(post) in (State.APPROVED, WITH_CLIENT) and post.brand.approval_mode != Mode.NONE


def reopen(post: Post) -> None:
    """Back to review, unsaved."""
    _stand_at(post, State.IN_REVIEW, None)


def ask_again(post: Post, was: str, membership: Membership) -> None:
    """What was approved has been rewritten, reopened and saved: that is logged, and the leads are asked again."""
    move = Move(post, was, State.IN_REVIEW, membership)
    move.log("rewritten")
    unschedule_all(post, membership.user)
    approval_news.tell(move)


def note_edit(post: Post, user: User) -> None:
    """Remember who changed the words last; once for a row of saves by the same hand."""
    latest = post.events.filter(verb__in=WRITING).order_by("-pk").values_list("actor", flat=True).first()
    if latest != user.pk:
        PostEvent.objects.create(post=post, actor=user, verb="edit")


def unschedule_all(post: Post, actor: User | None) -> None:
    """Only what is approved may stay scheduled."""
    for publication in post.publications.filter(status__in=[Publication.Status.SCHEDULED, Publication.Status.DUE]):
        was, publication.status = publication.status, Publication.Status.PLANNED
        publication.save_version(publication.version)
        PostEvent.objects.create(
            post=post, publication=publication, actor=actor, verb="unschedule", was=was, became=Publication.Status.PLANNED
        )
