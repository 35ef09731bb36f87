"""What waits for somebody's word: the posts in a row, and the one that is being looked at."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Membership, Role
from brands.models.teams import ApprovalMode
from calendar_app import approval
from calendar_app.approval import Step
from calendar_app.models import Post, PostEvent, Publication
from calendar_app.post_checks import Found, problems

State = Post.State
MOST_WAITING = 60
MOST_RETURNED = 6
Status = Publication.Status


@dataclass
class Waiting:
    """One post of the queue, with what the reader may do about it."""

    post: Post
    channels: list
    at: datetime | None
    found: list[Found]
    step: Step | None
    refused: ValidationError | None

    @property
    def may_approve(self) -> bool:
        return self.step is not None and self.refused is None

    @property
    def errors(self) -> list[Found]:
        return [found for found in self.found if found.blocks]

    @property
    def why_not(self) -> str | Promise:
        return self.refused.message if self.refused is not None else ""


@dataclass
class Queue:
    mine: list[Waiting]
    others: list[Waiting]
    returned: list[Post]
    total: int
    current: Waiting | None
    before: Waiting | None = None
    after: Waiting | None = None

    @property
    def rows(self) -> list[Waiting]:
        return self.mine + self.others

    @property
    def oldest(self) -> datetime | None:
        since = [row.post.sent_at for row in self.mine if row.post.sent_at]
        return min(since) if since else None


def waiting_for(brand: Brand, membership: Membership) -> QuerySet[Post]:
    """Posts that this person could be asked about: for a client, those that a lead has approved."""
    posts = brand.posts.filter(state=State.IN_REVIEW)
    return posts if membership.may(Role.MARKETER) else _for_clients(posts, brand)


def _for_clients(posts: QuerySet[Post], brand: Brand) -> QuerySet[Post]:
    if brand.approval_mode != ApprovalMode.TWO_LEVELS:
        return posts.none()
    return posts.filter(lead_approved_at__isnull=False)


def count_for(brand: Brand, membership: Membership) -> tuple[int, datetime | None]:
    """(how many this person may approve now, when the first of them goes out); for Home, in one query."""
    posts = waiting_for(brand, membership)
    if membership.may(Role.MARKETER) and brand.approval_mode == ApprovalMode.TWO_LEVELS:
        posts = posts.filter(lead_approved_at=None)
    if brand.approval_mode in approval.STRICT:
        mine = {"owner": membership.user_id}, {"created_by": membership.user_id}, {"last": membership.user_id}
        posts = approval.with_last_editor(posts).annotate(last=Coalesce("last_editor_id", 0))
        for hand in mine:
            posts = posts.exclude(**hand)
    found = posts.aggregate(count=Count("pk", distinct=True), first=Min("publications__at"))
    return found["count"], found["first"]


def queue(brand: Brand, membership: Membership, asked: str = "") -> Queue:
    """The same few queries for one post and for sixty. `asked` is the key of the one to look at."""
    posts = waiting_for(brand, membership)
    total = posts.count()
    rows = [_waiting(post, membership) for post in _in_order(posts, brand)]
    # The step of a lead and that of a client are told apart; those who may act see theirs first.
    mine = [row for row in rows if row.may_approve]
    others = [row for row in rows if not row.may_approve]
    shown = mine + others
    place = next((index for index, row in enumerate(shown) if str(row.post.pk) == asked), 0)
    returned = _returned(brand) if membership.may(Role.MARKETER) else []
    return Queue(
        mine, others, returned, total,
        current=shown[place] if shown else None,
        before=shown[place - 1] if place else None,
        after=shown[place + 1] if place + 1 < len(shown) else None,
    )  # fmt: skip


def _in_order(posts: QuerySet[Post], brand: Brand) -> list[Post]:
    """What goes out first stands first."""
    sent = PostEvent.objects.filter(post=OuterRef("pk"), became__in=(State.IN_REVIEW, approval.WITH_CLIENT)).order_by("-pk")
    rows = approval.with_last_editor(posts).annotate(
        first_at=Min("publications__at"), sent_at=Subquery(sent.values("created_at")[:1])
    )
    rows = rows.select_related("goal", "pillar", "campaign", "strategy", "owner", "created_by")
    rows = rows.prefetch_related("publications__channel__platform", "media__file").order_by(
        F("first_at").asc(nulls_last=True), "pk"
    )
    found = list(rows[:MOST_WAITING])
    for post in found:
        post.brand = brand
    return found


def _waiting(post: Post, membership: Membership) -> Waiting:
    publications = [row for row in post.publications.all() if not row.is_settled]
    for row in publications:
        row.post = post
    found = [found for row in publications for found in problems(row)]
    step = approval.approving_step(post)
    refused = approval.refusal(post, step, membership) if step else ValidationError(_("Nobody approves posts here any more."))
    return Waiting(post, [row.channel for row in publications], post.first_at, found, step, refused)


def _returned(brand: Brand) -> list[Post]:
    asked = PostEvent.objects.filter(post=OuterRef("pk"), became=State.CHANGES_REQUESTED).order_by("-pk")
    rows = brand.posts.filter(state=State.CHANGES_REQUESTED).annotate(
        asked_for=Subquery(asked.values("note")[:1]), asked_at=Subquery(asked.values("created_at")[:1])
    )
    return list(rows.select_related("owner").order_by(F("asked_at").desc(nulls_last=True), "-pk")[:MOST_RETURNED])
