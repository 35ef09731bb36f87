"""Mentions and feeds said in one line."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.utils import timezone

from brands.models import Brand, User
from metrics.models import Mention, MentionFeed

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
_numbers = count(1)


def feed_in(brand: Brand, name: str = "Atlas", *, since: str = "2026-11-01", **fields: object) -> MentionFeed:
    fields = {"address": f"https://www.google.com/alerts/feeds/1/{next(_numbers)}", **fields}
    feed = MentionFeed.objects.create(brand=brand, name=name, **fields)
    MentionFeed.objects.filter(pk=feed.pk).update(created_at=datetime.fromisoformat(f"{since}T00:00+00:00"))
    return feed


def mention_in(brand: Brand, day: str = "2026-11-20", *, by: User | None = None, seen: bool = True, **fields: object) -> Mention:
    """A mention of a day; looked at, unless it is said to be new."""
    number = next(_numbers)
    at = datetime.fromisoformat(f"{day}T12:00+00:00") + timedelta(seconds=number)
    usual = {
        "title": f"Atlas {number}",
        "guid": f"g{number}",
        "link": f"https://gazeta.example.uz/{number}",
        "site": "gazeta.example.uz",
    }
    looked = {"classified_at": timezone.now(), "classified_by": by} if seen else {}
    return Mention.objects.create(brand=brand, published_at=at, day=at.date(), **usual | looked | fields)
