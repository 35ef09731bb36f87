"""What happened in a brand's calendar: the steps of all its posts, the newest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Membership, Role, User
from calendar_app.models import PostEvent

PER_PAGE = 50
# Verbs that are in no group show under “everything”.
GROUPS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "written": (
        _("Written and changed"),
        ("create", "edit", "rewritten", "series", "drop_channel", "assign", "restore_version", "duplicate"),
    ),
    "moved": (_("Moved"), ("move",)),
    "approval": (
        _("Approval"),
        (
            "start",
            "send",
            "ready",
            "approve",
            "pass_on",
            "return",
            "client_approve",
            "client_return",
            "client_agrees",
            "client_wishes",
            "take_back",
            "shelve",
            "expired",
        ),
    ),
    "delivery": (
        _("Going out"),
        ("schedule", "unschedule", "due", "missed", "publish", "retract", "cancel", "restore", "link"),
    ),
}
# A viewer reads what these say; the notes of others are the team's own.
OPEN_NOTES = {"drop_channel", "assign"}
LARGEST_KEY = 2**63 - 1


@dataclass
class Feed:
    """One page. It goes on by the key of its last row: counting all that ever happened would take longer each day."""

    events: list[PostEvent]
    person: str
    group: str
    older: int | None
    is_first: bool


def feed(brand: Brand, membership: Membership, asked: QueryDict, people: list[User]) -> Feed:
    person = asked.get("person", "") if asked.get("person", "") in {str(user.pk) for user in people} else ""
    group = asked.get("act", "") if asked.get("act", "") in GROUPS else ""
    before = _key(asked.get("before", ""))
    rows = _events(brand)
    rows = rows.filter(actor=person) if person else rows
    rows = rows.filter(verb__in=GROUPS[group][1]) if group else rows
    rows = rows.filter(pk__lt=before) if before else rows
    events = list(rows[: PER_PAGE + 1])
    if not membership.may(Role.MARKETER):
        for event in events:
            event.note = event.note if event.verb in OPEN_NOTES else ""
    older = events[PER_PAGE - 1].pk if len(events) > PER_PAGE else None
    return Feed(events[:PER_PAGE], person, group, older, before is None)


def people_of(brand: Brand) -> list[User]:
    return list(User.objects.filter(memberships__brand=brand).order_by("name", "email"))


def _events(brand: Brand) -> QuerySet[PostEvent]:
    # Steps are only ever added: the order of their keys is that of time, and needs no index of its own.
    rows = PostEvent.objects.filter(post__brand=brand).order_by("-pk")
    return rows.select_related("post", "actor", "publication__channel__platform")


def _key(words: str) -> int | None:
    return min(int(words), LARGEST_KEY) if words.isascii() and words.isdigit() and len(words) < 20 else None
