"""What becomes of a publication: planned → scheduled → due → published, or missed, or cancelled.

Where no connector publishes for a channel, people do: the app reminds them, and they say when it went out.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands import webhooks
from brands.audit import entry, record_all
from brands.models import AuditEntry, Brand, Membership, Notification, Role, User
from brands.notifications import notification, tell
from calendar_app.models import Post, PostEvent, Publication
from calendar_app.post_checks import problems

Status = Publication.Status
# After this long, a due post that nobody marked was missed.
PATIENCE = timedelta(hours=24)
BATCH = 200
# Acts that the audit log has, too. Planning to and fro is in the history of the post.
TOLD = ("publish", "retract", "cancel", "restore")


@dataclass(frozen=True)
class Act:
    name: str
    label: str | Promise
    icon: str
    sources: frozenset[str]
    target: str


ACTS = {
    act.name: act
    for act in (
        Act("schedule", _("Schedule"), icon="clock", sources=frozenset({Status.PLANNED}), target=Status.SCHEDULED),
        Act(
            "publish",
            _("Mark as published"),
            icon="checks",
            sources=frozenset({Status.PLANNED, Status.SCHEDULED, Status.DUE, Status.MISSED, Status.EXPIRED}),
            target=Status.PUBLISHED,
        ),
        Act(
            "unschedule",
            _("Take off the schedule"),
            icon="calendar-off",
            sources=frozenset({Status.SCHEDULED, Status.DUE}),
            target=Status.PLANNED,
        ),
        Act(
            "cancel",
            _("Call off"),
            icon="ban",
            sources=frozenset({Status.PLANNED, Status.SCHEDULED, Status.DUE, Status.MISSED, Status.EXPIRED}),
            target=Status.CANCELLED,
        ),
        Act("restore", _("Plan again"), icon="arrow-back-up", sources=frozenset({Status.CANCELLED}), target=Status.PLANNED),
        Act(
            "retract",
            _("Not published after all"),
            icon="arrow-back-up",
            sources=frozenset({Status.PUBLISHED}),
            target=Status.PLANNED,
        ),
    )
}


def open_acts(publication: Publication) -> list[Act]:
    return [act for act in ACTS.values() if publication.status in act.sources and _refusal(publication, act) is None]


def schedule(publication: Publication, membership: Membership, seen: int) -> None:
    act = ACTS["schedule"]
    _check(publication, act)
    if publication.at is None:
        raise ValidationError(_("Give it a day and a time first."))
    if publication.at <= timezone.now():
        raise ValidationError(_("Its time has passed. Choose a time ahead."))
    if blocking := [problem for problem in problems(publication) if problem.blocks]:
        raise ValidationError([problem.text for problem in blocking])
    _become(publication, act, membership.user, seen)


def publish(publication: Publication, membership: Membership, seen: int, at: datetime, permalink: str) -> None:
    """A person says that it is out."""
    act = ACTS["publish"]
    _check(publication, act)
    if at > timezone.now():
        raise ValidationError(_("That is in the future. Say when it went out."))
    planned = publication.at
    publication.published_at, publication.permalink = at, permalink
    # The calendar shows where it really stood; the log keeps what was planned.
    publication.at = at
    _become(publication, act, membership.user, seen, note=planned.isoformat() if planned and planned != at else "")


def simple(publication: Publication, act: Act, membership: Membership, seen: int) -> None:
    """The acts that need nothing but the press of a button."""
    _check(publication, act)
    if act.name == "retract":
        publication.published_at, publication.permalink = None, ""
    _become(publication, act, membership.user, seen)


def schedule_all(post: Post, membership: Membership) -> int:
    """Schedule every planned publication that has a time ahead; how many. Raises what stands in the way of the first."""
    waiting = post.publications.filter(status=Status.PLANNED).select_related("channel__platform", "post__brand")
    waiting = waiting.prefetch_related("post__media__file")
    with transaction.atomic():
        done = 0
        for publication in waiting:
            schedule(publication, membership, publication.version)
            done += 1
    return done


def add_link(publication: Publication, membership: Membership, seen: int, permalink: str) -> None:
    """Say afterwards where it can be seen."""
    if publication.status != Status.PUBLISHED:
        raise ValidationError(_("It has no link before it is out."))
    was, publication.permalink = publication.permalink, permalink
    with transaction.atomic():
        publication.save_version(seen)
        PostEvent.objects.create(
            post=publication.post,
            publication=publication,
            actor=membership.user,
            verb="link",
            note=was and f"{was} → {permalink}",
        )


def mark_due(now: datetime | None = None) -> int:
    """Scheduled ones whose time has come are due, those due for a day are missed; people are told once. How many changed."""
    now = now or timezone.now()
    changed = 0
    for was, becomes, kind, before in (
        (Status.SCHEDULED, Status.DUE, "post_due", now),
        (Status.DUE, Status.MISSED, "post_missed", now - PATIENCE),
    ):
        while turned := _turn(was, becomes, kind, before):
            changed += turned
    return changed


def _turn(was: str, becomes: str, kind: str, before: datetime) -> int:
    """One batch in one transaction, so that a status never changes without its notification.

    Rows that another worker or a person holds are passed over: the other worker turns them, and the next sweep finds what
    the person left as it was.
    """
    with transaction.atomic():
        rows = Publication.objects.select_for_update(of=("self",), skip_locked=True).filter(status=was, at__lte=before)
        rows = list(rows.select_related("post", "channel__platform", "brand").order_by("at", "pk")[:BATCH])
        if not rows:
            return 0
        Publication.objects.filter(pk__in=[row.pk for row in rows], status=was).update(
            status=becomes, version=F("version") + 1, updated_at=timezone.now()
        )
        PostEvent.objects.bulk_create(
            [PostEvent(post=row.post, publication=row, verb=becomes, was=was, became=becomes) for row in rows]
        )
        if becomes == Status.MISSED:
            record_all([went("missed", row, row.brand, was) for row in rows])
        tell(list(_news(rows, kind)))
        if becomes == Status.DUE:
            webhooks.emit_all("publication.due", [(row.brand, facts_of(row)) for row in rows])
    return len(rows)


def _news(rows: list[Publication], kind: str) -> Iterator[Notification]:
    """The key holds the moment: a post that is moved reminds again."""
    team = _Team(rows)
    for row in rows:
        params = {"title": row.post.title, "channel": str(row.channel)}
        key = f"{kind.removeprefix('post_')}:{row.pk}:{row.at.astimezone(UTC):%Y%m%dT%H%M}"
        for user in team.responsible(row):
            yield notification(user, row.brand, kind, key, post_url(row), params)


def facts_of(publication: Publication) -> dict[str, object]:
    """What other programs are told of it."""
    row = publication
    return {
        "publication": row.pk, "post": row.post_id, "title": row.post.title, "channel": row.channel_id, "at": row.at,
        "published_at": row.published_at, "permalink": row.permalink,
    }  # fmt: skip


class _Team:
    """Who answers for a post: its owner; where nobody owns it, or the owner has left, the brand's leads."""

    def __init__(self, rows: list[Publication]) -> None:
        members = Membership.objects.filter(brand__in={row.brand_id for row in rows}, user__is_active=True)
        self.members: dict[int, dict[int, Membership]] = defaultdict(dict)
        for member in members.select_related("user").order_by("pk"):
            self.members[member.brand_id][member.user_id] = member

    def responsible(self, publication: Publication) -> list[User]:
        members = self.members[publication.brand_id]
        if owner := members.get(publication.post.owner_id or 0):
            return [owner.user]
        return [member.user for member in members.values() if member.may(Role.LEAD)]


def post_url(publication: Publication) -> str:
    # Not post.get_absolute_url(): the post's brand is not loaded, the publication's is.
    publication.post.brand = publication.brand
    return publication.post.get_absolute_url()


def _refusal(publication: Publication, act: Act) -> str | Promise | None:
    """Why the act makes no sense for this publication, whatever its status."""
    if act.target in (Status.SCHEDULED, Status.PUBLISHED) and publication.post.state != Post.State.APPROVED:
        return _("Only an approved post can go out.")
    if act.name == "retract" and (publication.platform_post_id or publication.origin == Publication.Origin.IMPORT):
        return _("The platform’s own figures say that it is published.")
    return None


def _check(publication: Publication, act: Act) -> None:
    if publication.status not in act.sources:
        raise ValidationError(
            _("“%(act)s” is not possible any more: it is now “%(status)s”."),
            params={"act": act.label, "status": publication.get_status_display()},
        )
    if refusal := _refusal(publication, act):
        raise ValidationError(refusal)


def went(verb: str, publication: Publication, brand: Brand, was: str, actor: User | None = None) -> AuditEntry:
    """What the audit log says of a publication: the post that it is of, and where."""
    details = {"publication": publication.pk, "channel": str(publication.channel), "was": was}
    return entry(f"publication_{verb}", brand=brand, person=actor, on=publication.post, details=details)


def _become(publication: Publication, act: Act, actor: User, seen: int, note: str = "") -> None:
    with transaction.atomic():
        was, publication.status = publication.status, act.target
        publication.save_version(seen)
        PostEvent.objects.create(
            post=publication.post,
            publication=publication,
            actor=actor,
            verb=act.name,
            was=was,
            became=publication.status,
            note=note,
        )
        if act.name in TOLD:
            record_all([went(act.name, publication, publication.brand, was, actor)])
        if act.name == "publish":
            webhooks.emit(publication.brand, "publication.published", facts_of(publication))
