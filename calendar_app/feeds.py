"""Addresses that other calendars read, without an account: who may, and what they get."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Sum
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from brands.audit import record
from brands.models import Brand, Membership, User
from brands.templatetags.ui import status_word
from calendar_app import ics
from calendar_app.models import CalendarFeed, Post, Publication, PublicationQuerySet
from calendar_app.moments import span

MOST_PER_PERSON = 20
BEHIND, AHEAD = timedelta(days=92), timedelta(days=457)
# Noting each visit would be a write for every reading; within this time one note is enough.
NOTED_EVERY = timedelta(hours=1)
CONFIRMED = {Publication.Status.SCHEDULED, Publication.Status.DUE, Publication.Status.PUBLISHED, Publication.Status.MISSED}
FIELDS = (
    "at", "status", "version", "updated_at", "text_override", "brand_id", "permalink",
    "post__title", "post__text", "post__link", "post__state", "post__version", "post__updated_at", "post__brand_id",
    "channel__handle", "channel__platform__name",
)  # fmt: skip


@dataclass(frozen=True)
class Stamp:
    """What a feed holds, told in a few bytes: where it did not change, nothing needs to be sent."""

    etag: str
    changed: datetime | None


def create(brand: Brand, user: User, only_mine: bool) -> tuple[CalendarFeed, str]:
    """A feed and its secret, which nobody can read again: only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        feed = CalendarFeed.objects.create(brand=brand, user=user, only_mine=only_mine, digest=_digest(secret))
        record("feed_made", brand=brand, person=user, on=feed)
    return feed, secret


def address(secret: str) -> str:
    return settings.SITE_URL + reverse("feed", args=[secret])


def find(secret: str) -> CalendarFeed | None:
    """The feed of a secret, while it stands and its owner belongs to the brand."""
    member = Membership.objects.filter(brand=OuterRef("brand"), user=OuterRef("user"))
    feeds = CalendarFeed.objects.filter(Exists(member), digest=_digest(secret), revoked_at=None, user__is_active=True)
    feeds = feeds.filter(brand__closing_since=None)
    return feeds.select_related("brand", "user").first()


def revoke(feed: CalendarFeed) -> None:
    with transaction.atomic():
        if CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now()):
            record("feed_ended", brand=feed.brand, on=feed, details={"person": feed.user_id})


def note_reading(feed: CalendarFeed) -> None:
    now = timezone.now()
    if feed.read_at is None or feed.read_at < now - NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


def stamp(feed: CalendarFeed, today: date) -> Stamp:
    rows = _rows(feed, today).aggregate(
        count=Count("pk"),
        changed=Max("updated_at"),
        post_changed=Max("post__updated_at"),
        versions=Sum("version"),
        post_versions=Sum("post__version"),
        channel_versions=Sum("channel__version"),
    )
    said = [feed.pk, feed.brand.version, feed.brand.time_zone, feed.brand.name, _language(feed), today, settings.SITE_URL]
    words = "|".join(str(part) for part in (*said, *rows.values()))
    moments = [moment for moment in (rows["changed"], rows["post_changed"]) if moment]
    return Stamp(f'"{hashlib.sha256(words.encode()).hexdigest()[:32]}"', max(moments, default=None))


def contents(feed: CalendarFeed, today: date) -> bytes:
    """The feed as a calendar file, in its owner's language."""
    brand = feed.brand
    with translation.override(_language(feed)), timezone.override(brand.zone):
        name = _("%(brand)s: my posts") % {"brand": brand.name} if feed.only_mine else brand.name
        return ics.calendar(name, brand.zone, _entries(feed, today), today - BEHIND, today + AHEAD)


def _rows(feed: CalendarFeed, today: date) -> PublicationQuerySet:
    start, end = span(today - BEHIND, today + AHEAD, feed.brand.zone)
    rows = Publication.objects.filter(brand=feed.brand).between(start, end).standing()
    return rows.filter(post__owner=feed.user) if feed.only_mine else rows


def _entries(feed: CalendarFeed, today: date) -> Iterator[ics.Entry]:
    rows = _rows(feed, today).select_related("post", "channel__platform").only(*FIELDS).order_by("at", "pk")
    host = urlsplit(settings.SITE_URL).hostname
    for row in rows.iterator(chunk_size=500):
        row.post.brand = feed.brand
        yield ics.Entry(
            uid=f"publication-{row.pk}@{host}",
            at=row.at,
            changed=max(row.updated_at, row.post.updated_at),
            sequence=row.version + row.post.version - 2,
            summary=f"{row.post.title} · {row.channel.platform.name}",
            description=_described(row),
            url=settings.SITE_URL + row.post.get_absolute_url(),
            confirmed=row.status in CONFIRMED or row.post.state == Post.State.APPROVED,
        )


def _described(row: Publication) -> str:
    head = f"{row.channel} · {status_word(row.shown_status)}"
    return "\n\n".join(part for part in (head, row.text, row.post.link, row.permalink) if part)


def _language(feed: CalendarFeed) -> str:
    return feed.user.language or feed.brand.language


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
