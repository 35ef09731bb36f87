"""The rows a figure was added up from: the same ledger, channel and days that the totals took, and no others."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from brands.models import Brand, Channel
from metrics.kpi import MEASURES
from metrics.kpi.prepared import Preparation
from metrics.models import Observation
from metrics.models.observations import has_newer_snapshot
from metrics.totals import Figure, Source

# What stands for a stock at one end of a period is a row of the stock itself.
_ENDS = (Preparation.OPENING, Preparation.CLOSING)


def rows_behind(brand: Brand, figures: Iterable[Figure], channel: Channel | None = None) -> QuerySet[Observation]:
    """Observations behind `figures`, newest first; `channel` is the one looked at, None for the whole brand.

    Money and posts that are counted have no observations: they stand in the ledger and on the calendar.
    """
    wanted: dict[tuple[Source, int | None, date, date], set[str]] = defaultdict(set)
    for figure in leaves(figures):
        for source, pk in _places(figure, channel):
            if source in _FILTERS and figure.first and figure.last:
                wanted[source, pk, figure.first, figure.last].add(_recorded_name(figure.measure))
    if not wanted:
        return brand.observations.none()
    rows = Q()
    for (source, pk, first, last), measures in wanted.items():
        rows |= Q(measure__in=measures, start__range=(first, last)) & _FILTERS[source](pk)
    return brand.observations.filter(rows, campaign=None).order_by("-start", "measure", "pk")


def leaves(figures: Iterable[Figure]) -> Iterable[Figure]:
    """The figures that were not themselves worked out from others."""
    for figure in figures:
        if figure.components:
            yield from leaves(figure.components)
        else:
            yield figure


def _places(figure: Figure, channel: Channel | None) -> Iterable[tuple[Source | None, int | None]]:
    if figure.parts:
        return [(part.source, part.channel.pk) for part in figure.parts]
    return [(figure.source, channel.pk if channel else None)]


def _recorded_name(measure: str) -> str:
    for way in MEASURES[measure].prepared:
        if way.kind in _ENDS:
            return way.sources[0]
    return measure


def _of_channel(pk: int | None) -> Q:
    return Q(channel=pk, publication=None)


def _of_posts(pk: int | None) -> Q:
    return Q(publication__channel=pk) & ~has_newer_snapshot()


def _of_brand(_pk: int | None) -> Q:
    return Q(channel=None, publication=None)


_FILTERS = {Source.CHANNEL: _of_channel, Source.POSTS: _of_posts, Source.BRAND: _of_brand}
