"""After a person changed a figure or an amount: the KPI values that it feeds are computed again."""

from collections.abc import Iterable

from brands.models import Brand
from metrics.models import LedgerEntry, Observation, StalePeriod


def after_money(brand: Brand, entries: Iterable[LedgerEntry]) -> None:
    for entry in entries:
        StalePeriod.objects.create(brand=brand, channel_id=entry.channel_id, start=entry.date, end=entry.date)


def after_figure(brand: Brand, figure: Observation) -> None:
    StalePeriod.objects.create(brand=brand, channel_id=figure.channel_id, start=figure.start, end=figure.end)
