"""After a person changed a figure or an amount: the KPI values that it feeds are computed again."""

from collections.abc import Iterable

from brands.models import Brand
from metrics import mention_figures
from metrics.models import LedgerEntry, Observation
from metrics.recompute import mark_stale


def after_money(brand: Brand, entries: Iterable[LedgerEntry]) -> None:
    for entry in entries:
        mark_stale(brand, entry.channel, entry.date, entry.date)


def after_figure(brand: Brand, figure: Observation) -> None:
    mark_stale(brand, figure.channel, figure.start, figure.end)
    if figure.measure in mention_figures.MEASURES:
        mention_figures.settle_between(brand, figure.start, figure.end)
