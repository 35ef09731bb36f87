"""After a person changed a figure or an amount: the KPI values that it feeds are computed again."""

from collections.abc import Iterable

from brands.models import Brand
from metrics.models import LedgerEntry, Observation
from metrics.recompute import mark_stale


def after_money(brand: Brand, entries: Iterable[LedgerEntry]) -> None:
    for entry in entries:
        mark_stale(brand, entry.channel, entry.date, entry.date)


def after_figure(brand: Brand, figure: Observation) -> None:
    mark_stale(brand, figure.channel, figure.start, figure.end)
