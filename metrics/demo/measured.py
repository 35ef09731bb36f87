"""Writes the demo's figures: a year by channel and day as files, the team's weekly notes, and what each post brought."""

import csv
import io
import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.base import ContentFile

from brands.models import Brand, Channel, User
from calendar_app.models import Publication
from metrics import imports
from metrics.demo.figures import PROFILES, SEED, Story, daily_figures, weekly_figures
from metrics.models import Observation

# How a pillar does beside the channel's usual: workshop films go far, offers do not.
PULL = {"Ustaxona": 1.7, "Uslub maslahati": 1.25, "Yangi kolleksiya": 1.1, "Mijozlarimiz": 0.9, "Aksiya": 0.55}


def create_observations(brand: Brand, channels: dict[str, Channel], author: User, story: Story) -> None:
    for slug, channel in channels.items():
        _import_file(brand, author, f"{slug}_daily.csv", _daily_file(channel, slug, story))
    weekly = (
        Observation(brand=brand, measure=f.measure, start=f.start, end=f.end, value=f.value, recorded_by=author)
        for f in weekly_figures(story)
    )
    for rows in (weekly, _post_figures(brand, story.last_day)):
        Observation.objects.bulk_create(rows, batch_size=2000)


def _daily_file(channel: Channel, slug: str, story: Story) -> str:
    """The channel's year as a person would hand it in: a row a day, a column a measure."""
    days: dict[date, dict[str, int]] = {}
    for figure in daily_figures(story):
        if figure.channel == slug:
            days.setdefault(figure.day, {})[figure.measure] = figure.value
    measures = list(next(iter(days.values())))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["date", "channel", *measures])
    writer.writerows([day, f"{slug}: @{channel.handle}", *(values[m] for m in measures)] for day, values in days.items())
    return text.getvalue()


def _import_file(brand: Brand, author: User, name: str, text: str) -> None:
    """Through the same steps as the page, so that the demo's figures have a file behind them that can be undone."""
    import_, _is_new = imports.receive(brand, author, ContentFile(text.encode(), name), name)
    imports.check(import_.pk)
    import_.refresh_from_db()
    if not imports.queue(import_):
        raise ValueError(f"The demo's own file {name} was not understood: {import_.refusal or import_.summary}")
    imports.apply(import_.pk)


def _post_figures(brand: Brand, last_day: date) -> Iterator[Observation]:
    chance = random.Random(f"{SEED} posts")
    published = brand.publications.filter(status=Publication.Status.PUBLISHED).select_related("channel__platform", "post__pillar")
    for publication in published.order_by("pk"):
        day = publication.published_at.astimezone(brand.zone).date()
        if day > last_day:
            continue
        for measure, value in _lifetime(publication, chance).items():
            yield Observation(
                brand=brand, channel=publication.channel, publication=publication, measure=measure,
                start=day, end=last_day, value=value,
            )  # fmt: skip


def _lifetime(publication: Publication, chance: random.Random) -> dict[str, int]:
    profile = PROFILES[publication.channel.platform.slug]
    pull = PULL[publication.post.pillar.name] * chance.uniform(0.7, 1.35)
    views = round(profile.views_now * 1.8 * pull)
    warmth = pull**0.5
    figures = {
        "views": views,
        "impressions": round(views * 1.2),
        "reach": round(views * 0.78),
        "likes": round(views * profile.likes * 1.1 * warmth),
        "comments": round(views * profile.comments * 1.1 * warmth * chance.uniform(0.6, 1.5)),
        "shares": round(views * profile.shares * 1.1 * warmth),
        "tags": round(views * 0.0004),
        "link_clicks": round(views * profile.clicks * chance.uniform(0.5, 1.4)),
    }
    if profile.saves is not None:
        figures["saves"] = round(views * profile.saves * warmth)
    return figures


def last_measured_day(today: date) -> date:
    return today - timedelta(1)
