"""Talk about a post: who sees which comment, answers, and @mentions of members."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import Truncator

from brands.models import Brand, Membership, Role, User
from brands.notifications import notify
from calendar_app.approval import Guest
from calendar_app.models import Comment, Post, ReviewLink

# ʻ ʼ ‘ ’ ` as people type them in a name are one and the same.
APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`", "'"))
SHOWN_IN_NEWS = 120


@dataclass
class Said:
    """A comment with the answers under it."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    threads: list[Said]
    count: int
    names: list[str]


# --- reading


def seen_by(post: Post, membership: Membership):
    """Internal comments are not for viewers, who are clients."""
    return post.comments.all() if membership.may(Role.MARKETER) else post.comments.filter(visible_to_client=True)


def talk_of(post: Post, membership: Membership) -> Talk:
    rows = list(seen_by(post, membership).select_related("author").prefetch_related("mentions"))
    names = dict.fromkeys(member.short for member in _members(post.brand) if member.user != membership.user)
    return Talk(threads(rows), len(rows), list(names))


def threads(rows: Iterable[Comment]) -> list[Said]:
    """One level deep: an answer to an answer stands under the same comment."""
    found: dict[int, Said] = {}
    for row in rows:
        if row.answers_id in found:
            found[row.answers_id].answers.append(row)
        else:
            found[row.pk] = Said(row)
    return list(found.values())


# --- saying


def say(
    post: Post, membership: Membership, text: str, *, visible: bool, answers: Comment | None = None, tells: bool = True
) -> Comment:
    """A member's word. A client talks to everybody; an answer to an internal comment is internal.

    `tells` is off where the same news reach people otherwise.
    """
    visible = visible or not membership.may(Role.MARKETER)
    root = answers and (answers.answers or answers)
    if root is not None and not root.visible_to_client:
        visible = False
    with transaction.atomic():
        row = Comment.objects.create(post=post, author=membership.user, text=text, visible_to_client=visible, answers=root)
        named = [member.user for member in mentioned(text, post.brand) if visible or member.membership.may(Role.MARKETER)]
        row.mentions.set(named)
        answered = [answers.author] if answers else []
        owners = _owners(post) if tells else []
        _tell(row, str(membership.user), post_mentioned=named, post_answered=answered, post_commented=owners)
    return row


def say_as_guest(post: Post, guest: Guest, text: str, tells: bool = True) -> Comment:
    with transaction.atomic():
        row = Comment.objects.create(
            post=post, author=None, guest=guest.link, guest_name=guest.name, text=text, visible_to_client=True
        )
        if tells:
            _tell(row, guest.name, post_commented=[*_owners(post), guest.link.created_by])
    return row


def of_link(link: ReviewLink, posts: Iterable[Post]) -> dict[int, list[Comment]]:
    """What the guests of a link may read: words meant for the client."""
    found: dict[int, list[Comment]] = {post.pk: [] for post in posts}
    rows = Comment.objects.filter(post__in=found, visible_to_client=True).select_related("author")
    for row in rows:
        found[row.post_id].append(row)
    return found


# --- mentions


@dataclass(frozen=True)
class Member:
    membership: Membership
    user: User
    handles: tuple[str, ...]
    short: str


def _members(brand: Brand) -> list[Member]:
    """Everybody by their whole name, the beginning of their address, and their first name where nobody shares it."""
    rows = list(brand.memberships.select_related("user").order_by("user__name", "pk"))
    firsts = [_plain(str(row.user)).split(" ")[0] for row in rows]
    found = []
    for row, first in zip(rows, firsts, strict=True):
        handles = [_plain(str(row.user)), row.user.email.split("@")[0].lower()]
        is_alone = firsts.count(first) == 1
        short = str(row.user).split(" ")[0] if is_alone else str(row.user)
        found.append(Member(row, row.user, (*handles, first) if is_alone else tuple(handles), short))
    return found


def mentioned(text: str, brand: Brand) -> list[Member]:
    """Members whose name stands behind an @ in the text."""
    if "@" not in text:
        return []
    plain = _plain(text)
    return [member for member in _members(brand) if any(_names(handle, plain) for handle in member.handles)]


def _names(handle: str, plain: str) -> bool:
    return bool(handle) and re.search(rf"(?<![\w.])@{re.escape(handle)}(?!\w)", plain) is not None


def _plain(text: str) -> str:
    return text.translate(APOSTROPHES).lower()


# --- telling


def _owners(post: Post) -> list[User | None]:
    return [post.owner, post.created_by]


def _tell(row: Comment, by: str, **kinds: Iterable[User | None]) -> None:
    """Each of them once, under the first kind that fits; nobody of what they may not read, nobody who has left."""
    post = row.post
    roles = dict(post.brand.memberships.values_list("user", "role"))
    lowest = Role.VIEWER if row.visible_to_client else Role.MARKETER
    params = {"by": by, "title": post.title, "text": Truncator(" ".join(row.text.split())).chars(SHOWN_IN_NEWS)}
    told = {row.author_id}
    for kind, users in kinds.items():
        for user in users:
            if user is not None and user.pk not in told and roles.get(user.pk, 0) >= lowest:
                told.add(user.pk)
                notify(user, post.brand, kind, f"{kind}:{row.pk}", post.get_absolute_url() + "#talk", params)


def clients_named_inside(row: Comment) -> list[str]:
    """Viewers whom an internal comment names: it is not for them."""
    if row.visible_to_client:
        return []
    return [str(m.user) for m in mentioned(row.text, row.post.brand) if not m.membership.may(Role.MARKETER)]
