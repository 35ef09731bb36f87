"""Figures into the database: all of a file in bulk, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator

from brands.models import Brand
from calendar_app.imported_posts import attach
from metrics.bulk import Target, Tell, put
from metrics.imports.staging import BRAND, Staging
from metrics.models import Import, Observation
from metrics.recompute import mark_stale
from metrics.stale import after_posts

FIELDS = (
    "brand", "channel", "publication", "subject", "measure", "start", "end", "value", "currency", "source", "table", "line",
    "recorded_by",
)  # fmt: skip
OF_CHANNELS = Target(Observation, FIELDS, "one_figure_per_channel_measure_and_span")
OF_POSTS = Target(Observation, FIELDS, "one_figure_per_publication_measure_and_day")
OF_BRAND = Target(Observation, FIELDS, "one_figure_per_brand_subject_measure_and_span")


def save(import_: Import, staging: Staging, tell: Tell | None = None) -> list[dict[str, object]]:
    """Store all figures; those of posts with the posts. Answers the figures recorded by hand that they replace."""
    replaced: list[dict[str, object]] = []
    for owner in staging.owners():
        if not owner.isdigit() and owner != BRAND:
            raise ValueError(f"nobody said whose the figures of {owner} are")
        replaced += _by_hand(import_.brand, owner, staging)
        put_figures(import_, owner, staging, attach(import_.brand, staging.posts(owner)) if owner.isdigit() else {}, tell)
        first, last = staging.days(owner)
        mark_stale(import_.brand, import_.brand.channels.get(pk=owner) if owner.isdigit() else None, first, last)
    after_posts(import_)
    return replaced


def put_figures(
    import_: Import, owner: str, staging: Staging, posts: dict[tuple[int, str], int], tell: Tell | None = None
) -> None:
    """Store the owner's figures. `posts` tells the publications, by channel and the post's key in the file."""
    channel = owner if owner.isdigit() else "NULL"
    columns = f"{import_.brand_id}, {channel}, NULL, '', measure, start, finish, value, currency, {import_.pk}, part, line, NULL"
    put(OF_CHANNELS if owner.isdigit() else OF_BRAND, staging.figures(owner, columns), is_ready=True, tell=tell)
    if posts:
        put(OF_POSTS, _of_posts(import_, owner, staging, posts), is_ready=True, tell=tell)


def _of_posts(import_: Import, owner: str, staging: Staging, posts: dict[tuple[int, str], int]) -> Iterator[tuple[object, ...]]:
    """The figures of the posts, in the order of FIELDS."""
    brand, channel, source = import_.brand_id, int(owner), import_.pk
    for key, measure, day, end, value, currency, table, line in staging.post_figures(owner):
        if publication := posts.get((channel, key)):
            yield brand, channel, publication, "", measure, day, end, value, currency, source, table, line, None


def _by_hand(brand: Brand, owner: str, staging: Staging) -> list[dict[str, object]]:
    """Figures that a person recorded and the file now replaces: undoing the import puts them back."""
    first, last = staging.days(owner)
    channel = None if owner == BRAND else int(owner)
    own = Observation.objects.filter(brand=brand, channel=channel, publication=None, campaign=None, subject="", source=None)
    rows = own.filter(start__gte=first, start__lte=last, measure__in=staging.measures())
    return [
        {
            "channel": channel,
            "measure": row.measure,
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "value": str(row.value),
            "currency": row.currency,
            "recorded_by": row.recorded_by_id,
        }
        for row in rows
        if staging.has(owner, row.measure, row.start, row.end)
    ]
