"""What was going on when a day was unusual: posts, campaigns, key dates, days without figures. Beside it, not behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from brands.models import Brand
from calendar_app import key_dates, moments
from metrics.periods import DAY

POSTS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Cause:
    icon: str
    text: str
    url: str = ""


def causes(
    brand: Brand, events: Collection[tuple[int, date]], known_days: dict[int, set[date]]
) -> dict[tuple[int, date], list[Cause]]:
    """By channel and day; three queries for any number of days."""
    found: dict[tuple[int, date], list[Cause]] = defaultdict(list)
    if not events:
        return found
    first, last = min(day for _channel, day in events), max(day for _channel, day in events)
    for key, cause in (*_posts(brand, events, first, last), *_campaigns(brand, events, first, last)):
        found[key].append(cause)
    marks = key_dates.between(brand, first - DAY, last + DAY)
    for channel, day in events:
        near = {mark.name: mark for then in (day, day + DAY, day - DAY) for mark in marks.get(then, [])}
        found[channel, day] += [Cause("confetti", name) for name in near]
        if known_days.get(channel) and day - DAY not in known_days[channel]:
            found[channel, day].append(Cause("file-import", _("no figures of the day before: an import may be missing")))
    return found


def _posts(
    brand: Brand, events: Collection[tuple[int, date]], first: date, last: date
) -> Iterable[tuple[tuple[int, date], Cause]]:
    rows = (
        brand.publications.published_between(*moments.span(first - DAY, last, brand.zone))
        .filter(channel__in={channel for channel, _day in events})
        .order_by("-published_at")
        .annotate(day=TruncDate("published_at", tzinfo=brand.zone))
        .values_list("channel_id", "day", "post_id", "post__title")
    )
    named: dict[tuple[int, date], int] = defaultdict(int)
    for channel, day, post, title in rows:
        # What went out late in the evening is seen the day after.
        for key in ((channel, day), (channel, day + timedelta(days=1))):
            if key in events and named[key] < POSTS_NAMED:
                named[key] += 1
                text = _("post “%(title)s” went out") if key[1] == day else _("post “%(title)s” went out the day before")
                yield key, Cause("article", text % {"title": title}, reverse("calendar:post", args=[brand.slug, post]))


def _campaigns(
    brand: Brand, events: Collection[tuple[int, date]], first: date, last: date
) -> Iterable[tuple[tuple[int, date], Cause]]:
    rows = brand.campaigns.filter(start__lte=last, end__gte=first).prefetch_related("channels")
    for campaign in rows:
        on = {channel.pk for channel in campaign.channels.all()}
        for channel, day in events:
            if campaign.start <= day <= campaign.end and (not on or channel in on):
                yield (channel, day), Cause("speakerphone", _("campaign “%(name)s” was running") % {"name": campaign.name})
