"""Watching feeds: which are due, fetching one, and what it brings becomes mentions that nobody has looked at yet.

The row says whose turn it is: a worker takes a feed by one UPDATE, so two never fetch the same one; a worker that dies lets
go of it when its time is over. What arrives twice, also from two feeds, is one mention.
"""

from __future__ import annotations

import hashlib
import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from brands.fetching import Fetched, FetchFailed, Limits, fetch
from brands.models import Brand, Role, User
from brands.notifications import notification, tell
from metrics.importers.feeds import Entry, Feed, read_feed, site_of
from metrics.importers.rows import Unreadable
from metrics.models import Mention, MentionFeed

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=1)
# A little earlier or later, so that feeds added together do not stay together.
JITTER = 0.1
TAKEN_FOR = timedelta(minutes=3)
AGAIN_AFTER = timedelta(minutes=1)
AT_ONCE = 500
MOST_FEEDS = 40
TELL_AFTER = 5
LONGEST_GUID = 200
LIMITS = Limits()


def due(now: datetime) -> list[int]:
    """Feeds whose time has come and that nobody has, the longest waiting first."""
    rows = MentionFeed.objects.filter(_free(now), is_active=True, due_at__lte=now)
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def _free(now: datetime) -> Q:
    return Q(taken_until=None) | Q(taken_until__lt=now)


def ask_for(feed: MentionFeed) -> bool:
    """A person wants it now. False where somebody asked, or it was fetched, a moment ago."""
    now = timezone.now()
    moment = now - AGAIN_AFTER
    rows = MentionFeed.objects.filter(_free(now), Q(fetched_at=None) | Q(fetched_at__lt=moment), pk=feed.pk, is_active=True)
    return bool(rows.exclude(due_at__gt=moment, due_at__lte=now).update(due_at=now))


def take(pk: int) -> MentionFeed | None:
    """The feed, if it is due and nobody else has it."""
    now = timezone.now()
    rows = MentionFeed.objects.filter(_free(now), pk=pk, is_active=True, due_at__lte=now)
    if not rows.update(taken_until=now + TAKEN_FOR):
        return None
    return MentionFeed.objects.select_related("brand").get(pk=pk)


def fetch_one(pk: int) -> int:
    """Fetch a feed that is due; how many mentions are new. Twice at once, it is done once."""
    feed = take(pk)
    if feed is None:
        return 0
    try:
        found = fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified, limits=LIMITS)
        read = None if found.content is None else read_feed(found.content, found.charset)
    except FetchFailed as failure:
        _failed(feed, failure.code, failure.detail, failure.wait)
        return 0
    except Unreadable as refused:
        _failed(feed, refused.refusal.code, str(next(iter(refused.refusal.params.values()), "")))
        return 0
    except Exception:
        log.exception("The feed %s could not be fetched", pk)
        _failed(feed, "failed")
        return 0
    return _succeeded(feed, found, read)


def _succeeded(feed: MentionFeed, found: Fetched, read: Feed | None) -> int:
    now = timezone.now()
    new = keep(feed.brand, read.entries, feed) if read else 0
    _as_it_was_asked(feed).update(
        etag=found.etag or (feed.etag if read is None else ""),
        last_modified=found.last_modified or (feed.last_modified if read is None else ""),
        fetched_at=now, due_at=now + _about(EVERY), taken_until=None, failures=0, problem="", detail="",
    )  # fmt: skip
    return new


def _failed(feed: MentionFeed, code: str, detail: str = "", wait: int = 0) -> None:
    """Each failure in a row doubles the wait, up to a day; a server that names a wait gets at least that."""
    now = timezone.now()
    pause = max(min(EVERY * 2 ** min(feed.failures, 10), LONGEST_WAIT), timedelta(seconds=wait))
    _as_it_was_asked(feed).update(
        fetched_at=now, due_at=now + _about(pause), taken_until=None, failures=F("failures") + 1,
        problem=code[:40], detail=detail[:200].replace("\0", ""),
    )  # fmt: skip
    if feed.failures + 1 == TELL_AFTER:
        _tell_of_failing(feed, now)


def _as_it_was_asked(feed: MentionFeed) -> QuerySet[MentionFeed]:
    """Whoever wrote another address meanwhile wants to hear of that one."""
    return MentionFeed.objects.filter(pk=feed.pk, address=feed.address)


def _about(pause: timedelta) -> timedelta:
    return pause * random.uniform(1 - JITTER, 1 + JITTER)


def _tell_of_failing(feed: MentionFeed, now: datetime) -> None:
    url, key = reverse("metrics:mention_feed", args=[feed.brand.slug, feed.pk]), f"feed-failing:{feed.pk}:{now.date()}"
    tell(notification(user, feed.brand, "mention_feed_failing", key, url, {"title": feed.name}) for user in marketers(feed.brand))


def marketers(brand: Brand) -> list[User]:
    """Who works on the desk: everybody of the brand but its clients."""
    return [row.user for row in brand.memberships.filter(role__gte=Role.MARKETER).select_related("user")]


# --- entries become mentions


def keep(brand: Brand, entries: Iterable[Entry], feed: MentionFeed | None, *, rival: str = "", by: User | None = None) -> int:
    """Keep what is new of these entries, as mentions to look at; how many there were."""
    rival, now = feed.rival if feed else rival, timezone.now()
    rows: dict[str, Mention] = {}
    for entry in entries:
        guid = _identity(entry.guid)
        if guid not in rows:
            rows[guid] = _mention(brand, entry, guid, feed, rival, now, by)
    with transaction.atomic():
        # The brand's row is the lock: two feeds with the same article bring it once.
        Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        new = _unknown(brand, list(rows.values()), feed, rival)
        Mention.objects.bulk_create(new, batch_size=500)
    return len(new)


def _unknown(brand: Brand, rows: list[Mention], feed: MentionFeed | None, rival: str) -> list[Mention]:
    """Those that did not arrive before: neither as this entry, nor as the same page about the same."""
    known = set(
        Mention.objects.filter(brand=brand, feed=feed, guid__in=[row.guid for row in rows]).values_list("guid", flat=True)
    )
    links = [row.link for row in rows if row.link]
    pages = set(Mention.objects.filter(brand=brand, rival=rival, link__in=links).values_list("link", flat=True))
    new: list[Mention] = []
    for row in rows:
        if row.guid not in known and row.link not in pages:
            new.append(row)
            pages |= {row.link} - {""}
    return new


def _mention(
    brand: Brand, entry: Entry, guid: str, feed: MentionFeed | None, rival: str, now: datetime, by: User | None
) -> Mention:
    # What is dated ahead of time would stand on a day that has no figures yet.
    published = min(entry.published or now, now)
    return Mention(
        brand=brand, feed=feed, guid=guid, link=entry.link, title=entry.title[:300], text=entry.text[:2000],
        site=(entry.site or site_of(entry.link))[:200], published_at=published,
        day=published.astimezone(brand.zone).date(), rival=rival, added_by=by,
    )  # fmt: skip


def _identity(guid: str) -> str:
    """What tells an entry; a longer one by its digest."""
    if len(guid) <= LONGEST_GUID:
        return guid
    return "sha256:" + hashlib.sha256(guid.encode()).hexdigest()
