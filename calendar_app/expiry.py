"""What was not approved when its time came: it expires, and whoever is responsible is told once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from brands.audit import record_all
from brands.notifications import notify
from calendar_app.delivery import post_url, went
from calendar_app.models import Post, PostEvent, Publication

Status = Publication.Status
BATCH = 200
# An idea promises nothing: its day may pass.
UNAPPROVED = (Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.CHANGES_REQUESTED)
# What lies further back has the right status from now on, but nobody is woken up for it.
WORTH_TELLING = timedelta(days=2)


def expire(now: datetime | None = None) -> int:
    """Planned ones of posts that are not approved, whose time has passed; how many expired.

    The keys are walked upwards, so that a batch that another worker holds is passed over, not waited for.
    """
    now = now or timezone.now()
    return sum(_expire(batch, now) for batch in _batches(now))


def _batches(now: datetime) -> Iterator[list[int]]:
    last = 0
    while batch := list(_late(now).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield batch
        last = batch[-1]


def _late(now: datetime):
    return Publication.objects.filter(status=Status.PLANNED, at__lte=now, post__state__in=UNAPPROVED)


def _expire(batch: list[int], now: datetime) -> int:
    """One batch in one transaction. The rows are locked and asked again: somebody may have moved or approved them."""
    with transaction.atomic():
        rows = _late(now).filter(pk__in=batch).select_for_update(of=("self",), skip_locked=True)
        rows = list(rows.select_related("post__owner", "post__created_by", "channel__platform", "brand"))
        Publication.objects.filter(pk__in=[row.pk for row in rows]).update(
            status=Status.EXPIRED, version=F("version") + 1, updated_at=timezone.now()
        )
        PostEvent.objects.bulk_create(
            [PostEvent(post=row.post, publication=row, verb="expired", was=row.status, became=Status.EXPIRED) for row in rows]
        )
        record_all([went("expired", row, row.brand, row.status) for row in rows])
        for row in rows:
            if row.at > now - WORTH_TELLING:
                _tell(row)
    return len(rows)


def _tell(row: Publication) -> None:
    params = {"title": row.post.title, "channel": str(row.channel)}
    user = row.post.owner or row.post.created_by
    if user is not None and user.is_active:
        notify(user, row.brand, "post_expired", f"expired:{row.pk}:{row.at:%Y%m%dT%H%M}", post_url(row), params)
