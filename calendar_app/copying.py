"""The same post once more: as a draft of its own, or on further channels."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.models import User
from calendar_app import scheduling
from calendar_app.attached import files_of
from calendar_app.models import Post
from calendar_app.moments import moment_or_later
from calendar_app.scheduling import Outing
from calendar_app.starts import THREAD, WORDS

FURTHEST = 366


def duplicate(post: Post, actor: User, days: int | None = None) -> Post:
    """A draft that says the same on the same channels: without days, or so many days later at the same time of day.

    What would lie in the past has no day. The copy belongs to no slot and no series: their day has its post already.
    """
    if days is not None and not 0 < days <= FURTHEST:
        raise ValidationError(_("Choose between 1 and %(most)s days later."), params={"most": FURTHEST})
    copy = Post(brand=post.brand, owner=post.owner, state=Post.State.DRAFT, hours=post.hours)
    for name in (*WORDS, *THREAD):
        setattr(copy, name, getattr(post, name))
    if copy.kind == Post.Kind.SERIES:
        copy.kind = Post.Kind.PLANNED
    outings = [
        Outing(row.channel, True, _later(row.at, days, post) if days else None, row.text_override)
        for row in post.publications.select_related("channel")
    ]
    scheduling.create(copy, outings, actor, files_of(post))
    return copy


def _later(at, days: int, post: Post):
    if at is None:
        return None
    local = at.astimezone(post.brand.zone)
    moved = moment_or_later(local.date() + timedelta(days=days), local.time(), post.brand.zone)
    return moved if moved > timezone.now() else None
