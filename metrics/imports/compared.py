"""What a file says beside what is stored already."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import QuerySet

from brands.models import Brand
from calendar_app.imported_posts import match
from metrics.imports.staging import BRAND, UNKNOWN, Staging
from metrics.models import Observation

Stored = tuple[str, int, str, str, str, Decimal]


def stored(brand: Brand, staging: Staging) -> Iterator[Stored]:
    """What the database holds of the channels and days that the file is about, as `Staging.compare` takes it."""
    own = Observation.objects.filter(brand=brand, campaign=None, measure__in=staging.measures())
    for owner in staging.owners():
        if owner.startswith(UNKNOWN):
            continue
        first, last = staging.days(owner)
        channel = None if owner == BRAND else int(owner)
        same_days = own.filter(channel=channel, start__gte=first, start__lte=last)
        days = same_days.filter(publication=None, subject="")
        for measure, start, end, value in days.values_list("measure", "start", "end", "value").iterator(10_000):
            yield owner, 0, start.isoformat(), end.isoformat(), measure, value
        if channel:
            yield from _of_posts(brand, owner, staging, same_days.filter(publication__isnull=False, end=staging.as_of))


def _of_posts(brand: Brand, owner: str, staging: Staging, snapshots: QuerySet[Observation]) -> Iterator[Stored]:
    numbers = {post.key: number for number, post in staging.numbered_posts(owner)}
    keys = {publication: key for key, publication in match(brand, staging.posts(owner)).items()}
    for publication, measure, value in snapshots.values_list("publication", "measure", "value").iterator(10_000):
        if publication in keys:
            yield owner, numbers[keys[publication]], "", staging.as_of.isoformat(), measure, value
