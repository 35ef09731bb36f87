"""Who hears of a post that went from one place to another."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from brands import webhooks
from brands.models import Role, User
from brands.notifications import notify
from calendar_app.models import Post

if TYPE_CHECKING:
    from calendar_app.approval import Move

State = Post.State
KIND = {
    State.IN_REVIEW: "post_in_review",
    "with_client": "post_waits_for_client",
    State.APPROVED: "post_approved",
    State.CHANGES_REQUESTED: "post_changes_requested",
}


def tell(move: "Move") -> None:
    kind, post = KIND.get(move.became), move.post
    if move.became == State.APPROVED:
        webhooks.emit(post.brand, "post.approved", {"post": post.pk, "title": post.title, "version": post.version})
    if kind is None:
        return
    url = reverse("calendar:post", args=[post.brand.slug, post.pk])
    key = f"{kind}:{post.pk}:{int(timezone.now().timestamp())}"
    for user in _listeners(post, move):
        if user != move.actor.user:
            notify(user, post.brand, kind, key, url, {"title": post.title, "by": move.by})


def _listeners(post: Post, move: "Move") -> set[User]:
    people = list(post.brand.memberships.select_related("user"))
    if move.became == "with_client":
        return {row.user for row in people if row.role == Role.VIEWER}
    leads = {row.user for row in people if row.role == Role.LEAD}
    if move.became == State.IN_REVIEW:
        return leads
    authors = {row.user for row in people if row.user_id in (post.owner_id, post.created_by_id)}
    # What the client says about it, its leads want to know, too.
    return authors | leads if move.was == "with_client" and move.actor.user not in leads else authors
