"""Figures into the database: all of a file in bulk, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator

from brands.models import Brand
from calendar_app.imported_posts import attach
from metrics.bulk import Target, put
from metrics.imports.staging import BRAND, Staging
from metrics.models import Import, Observation
from metrics.recompute import mark_stale
from metrics.stale import after_posts
from metrics.stored import OPENING

FIELDS = (
    "brand", "channel", "publication", "subject", "measure", "start", "end", "value", "currency", "source", "line", "recorded_by",
)  # fmt: skip
OF_CHANNELS = Target(Observation, FIELDS, "one_figure_per_channel_measure_and_span")
OF_POSTS = Target(Observation, FIELDS, "one_figure_per_publication_measure_and_day")
OF_BRAND = Target(Observation, FIELDS, "one_figure_per_brand_subject_measure_and_span")


def save(import_: Import, staging: Staging) -> list[dict[str, object]]:
    """Store all figures; those of posts with the posts. Answers the figures recorded by hand that they replace."""
    replaced: list[dict[str, object]] = []
    for owner in staging.owners():
        if not owner.isdigit() and owner != BRAND:
            raise ValueError(f"nobody said whose the figures of {owner} are")
        replaced += _by_hand(import_.brand, owner, staging)
        put_figures(import_, owner, staging, attach(import_.brand, staging.posts(owner)) if owner.isdigit() else {})
        first, last = staging.days(owner)
        channel = import_.brand.channels.get(pk=owner) if owner.isdigit() else None
        mark_stale(import_.brand, channel, first, last, carries=not set(OPENING).isdisjoint(staging.measures()))
    after_posts(import_)
    return replaced


def put_figures(import_: Import, owner: str, staging: Staging, posts: dict[tuple[int, str], int]) -> None:
    """Store the owner's figures. `posts` tells the publications, by channel and the post's key in the file."""
    put(OF_CHANNELS if owner.isdigit() else OF_BRAND, _rows(import_, owner, staging, None))
    if owner.isdigit():
        put(OF_POSTS, _rows(import_, owner, staging, posts))


def _rows(
    import_: Import, owner: str, staging: Staging, posts: dict[tuple[int, str], int] | None
) -> Iterator[tuple[object, ...]]:
    """The figures of the posts, or without `posts` all others, in the order of FIELDS."""
    channel = int(owner) if owner.isdigit() else None
    for figure in staging.figures(owner):
        publication = posts.get((channel or 0, figure.post)) if posts is not None else None
        if (publication is not None) if posts is not None else not figure.post:
            yield (
                import_.brand_id, channel, publication, "", figure.measure, figure.start, figure.end, figure.value,
                figure.currency, import_.pk, figure.line, None,
            )  # fmt: skip


def _by_hand(brand: Brand, owner: str, staging: Staging) -> list[dict[str, object]]:
    """Figures that a person recorded and the file now replaces: undoing the import puts them back."""
    first, last = staging.days(owner)
    channel = None if owner == BRAND else int(owner)
    own = Observation.objects.filter(brand=brand, channel=channel, publication=None, campaign=None, subject="", source=None)
    rows = list(own.filter(start__gte=first, start__lte=last, measure__in=staging.measures()))
    if not rows:
        return []
    coming = {(figure.measure, figure.start, figure.end) for figure in staging.figures(owner) if not figure.post}
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
        if (row.measure, row.start, row.end) in coming
    ]
