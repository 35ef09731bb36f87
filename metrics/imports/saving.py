"""Figures into the database: all of a file in bulk, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, transaction

from brands.models import Brand
from calendar_app.imported_posts import as_before, attach
from metrics import mention_figures
from metrics.bulk import Target, Tell, put
from metrics.imports.posts import agreed
from metrics.imports.staging import BRAND, Staging
from metrics.models import Import, Observation
from metrics.recompute import mark_stale
from metrics.stale import after_posts, before_posts
from metrics.stored import OPENING

FIELDS = (
    "brand", "channel", "publication", "subject", "measure", "start", "end", "value", "currency", "source", "table", "line",
    "recorded_by",
)  # fmt: skip
OF_CHANNELS = Target(Observation, FIELDS, "one_figure_per_channel_measure_and_span")
OF_POSTS = Target(Observation, FIELDS, "one_figure_per_publication_measure_and_day")
OF_BRAND = Target(Observation, FIELDS, "one_figure_per_brand_subject_measure_and_span")


def save(import_: Import, staging: Staging, tell: Tell | None = None) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Store all figures; those of posts with the posts.

    Answers what undoing puts back: figures recorded by hand that are replaced, and publications, as they were, that posts
    were taken for by their time and words.
    """
    replaced: list[dict[str, object]] = []
    pairs = agreed(import_)
    before = as_before(pairs.values())
    attached: set[int] = set()
    for owner in staging.owners():
        if not owner.isdigit() and owner != BRAND:
            raise ValueError(f"nobody said whose the figures of {owner} are")
        first, last = staging.days(owner)
        if owner == BRAND:
            mention_figures.step_aside(import_.brand, staging.measures(), first, last)
        replaced += _by_hand(import_.brand, owner, staging)
        posts = attach(import_.brand, staging.posts(owner), pairs) if owner.isdigit() else {}
        attached |= {publication for key, publication in posts.items() if pairs.get(key) == publication}
        channel = import_.brand.channels.get(pk=owner) if owner.isdigit() else None
        if channel and posts:
            before_posts(import_.brand, channel, list(posts.values()))
        put_figures(import_, owner, staging, posts, tell)
        mark_stale(import_.brand, channel, first, last, carries=not set(OPENING).isdisjoint(staging.measures()))
        mention_figures.settle_between(import_.brand, first, last)
    after_posts(import_)
    return replaced, [row for row in before if row["pk"] in attached]


def put_figures(
    import_: Import, owner: str, staging: Staging, posts: dict[tuple[int, str], int], tell: Tell | None = None
) -> None:
    """Store the owner's figures. `posts` tells the publications, by channel and the post's key in the file."""
    channel = owner if owner.isdigit() else "NULL"
    columns = f"{import_.brand_id}, {channel}, NULL, '', measure, start, finish, value, currency, {import_.pk}, part, line, NULL"
    target = OF_CHANNELS if owner.isdigit() else OF_BRAND
    if not (_is_first(import_.brand, owner, staging) and _put_new(target, staging, owner, columns, tell)):
        put(target, staging.figures(owner, columns), is_ready=True, tell=tell)
    if posts:
        put(OF_POSTS, _of_posts(import_, owner, staging, posts), is_ready=True, tell=tell)


def _is_first(brand: Brand, owner: str, staging: Staging) -> bool:
    """Whether nothing is stored of these days: most files bring new ones."""
    first, last = staging.days(owner)
    own = Observation.objects.filter(
        brand=brand, channel=int(owner) if owner.isdigit() else None, publication=None, campaign=None
    )
    return not own.filter(start__gte=first, start__lte=last, measure__in=staging.measures()).exists()


def _put_new(target: Target, staging: Staging, owner: str, columns: str, tell: Tell | None) -> bool:
    """False where another import, saved at this very moment, brought one of the figures."""
    try:
        with transaction.atomic():
            put(target, staging.figures(owner, columns), is_ready=True, are_new=True, tell=tell)
    except IntegrityError:
        return False
    return True


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
