"""Taking an import back: what it overwrote comes back, from the files that are kept and from what people had recorded.

Each figure that the import stored gets the value it would have without it: that of the newest other file that has the
figure, or the recorded one; where there is none, the figure goes. Figures stored by others are not touched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from brands.audit import record
from brands.models import Channel
from calendar_app.imported_posts import detach, remove_unplanned
from metrics import mention_figures
from metrics.figure_turns import take_turn
from metrics.importers import read
from metrics.imports import Status, move, owners_of, read_options, recognised, staging_for
from metrics.imports.giving_back import restore
from metrics.imports.staging import Staging
from metrics.models import Import, Observation
from metrics.recompute import mark_stale
from metrics.stale import after_posts

log = logging.getLogger(__name__)


def begin(import_: Import) -> bool:
    """Ask for it; False where the import is not saved, or somebody else asked already."""
    with transaction.atomic():
        asked = move(import_.pk, [Status.APPLIED], Status.UNDOING)
        if asked:
            record("import_undo_asked", brand=import_.brand, on=import_)
    return asked


def take_back(pk: int) -> None:
    import_ = Import.objects.select_related("brand").filter(pk=pk, status=Status.UNDOING).first()
    if import_ is None:
        return
    try:
        with ExitStack() as stack:
            others = [(other, stack.enter_context(_staged(other, import_))) for other in kept(import_)]
            with transaction.atomic():
                take_turn(import_.brand)
                if move(pk, [Status.UNDOING], Status.UNDONE, undone_at=timezone.now()):
                    _take_back(import_, others)
                    record("import_undone", brand=import_.brand, on=import_)
    except Exception:
        log.exception("Import %s could not be undone", pk)
        move(pk, [Status.UNDOING], Status.APPLIED)


def kept(import_: Import) -> list[Import]:
    """The other saved files that speak of the same days, the newest first."""
    first, last = import_.summary.get("date_min"), import_.summary.get("date_max")
    saved = Import.objects.select_related("brand", "channel__platform").filter(brand=import_.brand, status=Status.APPLIED)
    others = saved.exclude(pk=import_.pk).order_by("-applied_at", "-pk")
    if not first or not last:
        return []
    return [
        other
        for other in others
        if (other.summary.get("date_min") or last) <= last and (other.summary.get("date_max") or first) >= first
    ]


def _staged(other: Import, undone: Import) -> Staging:
    staging = staging_for(other, owners_of(other))
    move(undone.pk, [Status.UNDOING], Status.UNDOING)
    for event in read(Path(other.file.path), recognised(other), options=read_options(other)):
        staging.take(event)
    for _issue in staging.settle():
        pass
    return staging


def _take_back(import_: Import, others: list[tuple[Import, Staging]]) -> None:
    own = Observation.objects.filter(source=import_)
    touched = list(own.order_by().values_list("channel").annotate(first=Min("start"), last=Max("end")))
    publications = list(own.filter(publication__isnull=False).order_by().values_list("publication", flat=True).distinct())
    after_posts(import_)
    _restore_recorded(import_, import_)
    still_saved = set(
        Import.objects.filter(pk__in=[other.pk for other, _staging in others], status=Status.APPLIED).values_list("pk", flat=True)
    )
    for other, staging in others:
        if other.pk in still_saved:
            restore(import_, other, staging)
    for earlier in (
        Import.objects.filter(brand=import_.brand, applied_at__isnull=False).exclude(pk=import_.pk).order_by("-applied_at")
    ):
        _restore_recorded(import_, earlier)
    own.delete()
    orphans = set(publications) - set(
        Observation.objects.filter(publication__in=publications).values_list("publication", flat=True)
    )
    remove_unplanned(import_.brand, sorted(orphans))
    detach(import_.brand, [row for row in import_.summary.get("attached") or [] if row["pk"] in orphans])
    for channel, first, last in touched:
        mark_stale(import_.brand, channel and Channel.objects.get(pk=channel), first, last)
        mention_figures.settle_between(import_.brand, first, last)


def _restore_recorded(undone: Import, import_: Import) -> None:
    """The figures that people had recorded before `import_` replaced them."""
    recorded = import_.summary.get("replaced") or []
    _overwrite(
        undone,
        (
            {
                **row,
                "publication": None,
                "start": date.fromisoformat(row["start"]),
                "end": date.fromisoformat(row["end"]),
                "value": Decimal(row["value"]),
                "source": None,
                "table": 0,
                "line": None,
            }
            for row in recorded
        ),
    )


_NEW = ("value", "currency", "source", "table", "line", "recorded_by")
_SAME = ("channel", "publication", "measure", "start", "end")


def _overwrite(undone: Import, figures: Iterable[dict[str, object]]) -> None:
    """Only figures that still are the undone import's: those given back already have another origin."""
    fields = {name: Observation._meta.get_field(name) for name in (*_NEW, *_SAME)}
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(fields[name].column)} = %s" for name in _NEW)
    same = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
    # A figure is found through the unique indexes, which know equality only; the two that may be empty are compared apart.
    keys = " AND ".join(
        f"{quote(fields[name].column)} {same if name in ('channel', 'publication') else '='} %s" for name in _SAME
    )
    sql = f"UPDATE {quote(Observation._meta.db_table)} SET {sets} WHERE source_id = %s AND campaign_id IS NULL AND {keys}"
    with connection.cursor() as cursor:
        cursor.executemany(
            sql, ([*_adapted(fields, figure, _NEW), undone.pk, *_adapted(fields, figure, _SAME)] for figure in figures)
        )


def _adapted(fields: dict, figure: dict[str, object], names: tuple[str, ...]) -> list[object]:
    return [fields[name].get_db_prep_save(figure[name], connection) for name in names]
