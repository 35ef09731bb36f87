"""After a person changed a figure or an amount: the KPI values that it feeds are computed again.

Call these in the transaction of the change: a mark without its change would be answered too soon, a change without its mark
not before the night.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max, Min

from brands.changes import told
from brands.models import Brand, Channel
from calendar_app.models import Publication
from metrics import mention_figures
from metrics.figure_turns import take_turn
from metrics.models import Import, LedgerEntry, Observation
from metrics.period_presets import LATEST
from metrics.recompute import mark_stale
from metrics.stored import OPENING

BATCH = 5_000


def after_money(brand: Brand, entries: Sequence[LedgerEntry]) -> None:
    """Whatever belongs to a strategy or campaign counts there, too, on whichever channel it is: then all are marked."""
    for entry in entries:
        channel = None if entry.strategy_id or entry.campaign_id else entry.channel
        mark_stale(brand, channel, entry.date, _counts_until(brand, entry, entries), carries=False)


def _counts_until(brand: Brand, entry: LedgerEntry, changed: Iterable[LedgerEntry]) -> date:
    """The last day whose values the entry changes: from the first entry of a kind on, a period without any is 0 and not unknown."""
    others = LedgerEntry.objects.filter(
        brand=brand, kind=entry.kind, currency=entry.currency, is_ad=entry.is_ad,
        channel=entry.channel_id, strategy=entry.strategy_id, campaign=entry.campaign_id,
    ).exclude(pk__in=[row.pk for row in changed if row.pk])  # fmt: skip
    if others.filter(date__lte=entry.date).exists():
        return entry.date
    return others.aggregate(next=Min("date"))["next"] or LATEST


def before_figure(brand: Brand, measure: str) -> None:
    """One row waits for nothing else that is locked, unless mentions are counted after it: then it is written in turn."""
    if measure in mention_figures.MEASURES:
        take_turn(brand)


def after_figure(brand: Brand, figure: Observation) -> None:
    mark_stale(brand, figure.channel, figure.start, figure.end, carries=figure.measure in OPENING)
    if figure.measure in mention_figures.MEASURES:
        mention_figures.settle_between(brand, figure.start, figure.end)


def before_posts(brand: Brand, channel: Channel, publications: Sequence[int]) -> None:
    """A file may date a post otherwise: the days that its figures were of until now are computed again, too."""
    for first in range(0, len(publications), BATCH):
        rows = Observation.objects.filter(brand=brand, publication__in=publications[first : first + BATCH])
        days = rows.aggregate(first=Min("start"), last=Max("start"))
        if days["first"]:
            mark_stale(brand, channel, days["first"], days["last"], carries=False)


def after_posts(import_: Import) -> None:
    """Which figure of a post is its newest changes with each file, and other files may have dated the post otherwise.

    Call it while the import's figures are there: after saving them, or before taking them back.
    """
    mine = Publication.objects.filter(observations__source=import_)
    days = (
        Observation.objects.filter(brand=import_.brand, publication__in=mine)
        .order_by()
        .values("channel")
        .annotate(first=Min("start"), last=Max("start"))
        .values_list("channel", "first", "last")
    )
    channels = {channel.pk: channel for channel in import_.brand.channels.all()}
    for channel, first, last in days:
        mark_stale(import_.brand, channels[channel], first, last, carries=False)
    told(import_.brand)
