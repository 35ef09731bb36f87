"""A figure with its history: how much, from which ledger, from which channels, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Channel
from metrics.kpi.measures import MEASURES, Join
from metrics.kpi.terms import Unit
from metrics.totals.exact import added

NOTHING = Fraction(0)


class Source(StrEnum):
    """The ledger a figure was taken from. `label` is what pages print beside the figure."""

    CHANNEL = "channel"  # the channel's own figures
    POSTS = "posts"  # the latest figures of the posts published in the period
    BRAND = "brand"  # recorded for the brand as a whole
    CAMPAIGN = "campaign"  # recorded for a campaign as a whole
    LEDGER = "ledger"  # income and spending
    BUDGET = "budget"  # planned amounts
    CALENDAR = "calendar"  # publications and the plan
    PREPARED = "prepared"  # worked out from other measures: see `components`
    MIXED = "mixed"  # from several channels with different sources: see `parts`

    @property
    def label(self):
        return _LABELS[self]


_LABELS = {
    Source.CHANNEL: _("channel figures"),
    Source.POSTS: _("posts published in the period"),
    Source.BRAND: _("recorded for the brand"),
    Source.CAMPAIGN: _("recorded for the campaign"),
    Source.LEDGER: _("ledger"),
    Source.BUDGET: pgettext_lazy("source of a figure", "budget"),
    Source.CALENDAR: pgettext_lazy("source of a figure", "calendar"),
    Source.PREPARED: _("worked out from other figures"),
    Source.MIXED: _("different sources per channel"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One channel's share of a figure."""

    channel: Channel
    value: Fraction | None
    source: Source | None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in a scope and period. `value` is None where it was not measured; `missing` then names measures."""

    measure: str
    value: Fraction | None = None
    source: Source | None = None
    with_repeats: Fraction | None = None  # sum of a count of people, who may be counted more than once
    parts: tuple[Part, ...] = ()
    components: tuple[Figure, ...] = ()  # of a prepared measure
    missing: tuple[str, ...] = ()
    not_offered: tuple[Channel, ...] = ()  # channels whose platform has no such figure: counted as 0 in a sum
    left_out: tuple[Channel, ...] = ()  # channels of the scope that have no figure for it
    currency: str = ""
    first: date | None = None  # first and last day with a figure, and how many days have one
    last: date | None = None
    days: int = 0
    in_one: bool = False  # reported for exactly these days, in one row

    @property
    def is_nowhere_offered(self) -> bool:
        """Whether there can be no figure: no channel of the scope has a platform that gives one."""
        return self.value is None and bool(self.not_offered) and not self.left_out and not self.missing

    def as_zero(self) -> Figure:
        """What a platform does not offer, as it counts in a sum."""
        return replace(self, value=NOTHING) if self.is_nowhere_offered else self


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a channel's own figures are in the period. `missing` counts the days without any."""

    channel: Channel
    first: date | None
    last: date | None
    days: int
    missing: int


def joined(
    measure: str, figures: Sequence[tuple[Channel, Figure]], *, left_out: Iterable[Channel] = (), alone: bool = False
) -> Figure:
    """One figure for several channels. Counts of people do not add, unless only one channel was measured at all."""
    known = [(channel, figure) for channel, figure in figures if figure.value is not None]
    repeats = [reported for _channel, figure in figures if (reported := _with_repeats(measure, figure)) is not None]
    absent = [channel for channel, figure in figures if figure.value is None and not figure.is_nowhere_offered]
    currencies = {figure.currency for _channel, figure in known}
    adds = (_adds(measure) or alone or len(figures) == 1) and len(currencies) <= 1
    sources = {figure.source for _channel, figure in known if figure.source}
    value = added(figure.value or NOTHING for _channel, figure in known) if known and adds else None
    nothing_missing = value is not None or all(figure.is_nowhere_offered for _channel, figure in figures)
    return Figure(
        measure,
        value,
        source=(sources.pop() if len(sources) == 1 else Source.MIXED) if sources else None,
        with_repeats=added(repeats) if repeats else None,
        parts=tuple(Part(channel, figure.value, figure.source, figure) for channel, figure in figures),
        components=_components(measure, figures),
        missing=() if nothing_missing and figures else _missing(measure, figures),
        not_offered=tuple(channel for channel, figure in figures if figure.not_offered),
        left_out=(*absent, *left_out),
        currency=currencies.pop() if len(currencies) == 1 else "",
        first=min((figure.first for _channel, figure in known if figure.first), default=None),
        last=max((figure.last for _channel, figure in known if figure.last), default=None),
        days=max((figure.days for _channel, figure in known), default=0),
    )


def _with_repeats(measure: str, figure: Figure) -> Fraction | None:
    """A channel's share in a sum of people: its own exact figure where it has one, else its sum with repeats."""
    return figure.value if figure.value is not None and MEASURES[measure].counts_people else figure.with_repeats


def _adds(measure: str) -> bool:
    declared = MEASURES[measure]
    return declared.join is Join.UP or (declared.join is Join.LAST and declared.unit is Unit.COUNT)


def _missing(measure: str, figures: Sequence[tuple[Channel, Figure]]) -> tuple[str, ...]:
    """The measures that the channels lack: of a prepared one its components, so that a reader knows what to record."""
    return tuple(dict.fromkeys(name for _channel, figure in figures for name in figure.missing)) or (measure,)


def _components(measure: str, figures: Sequence[tuple[Channel, Figure]]) -> tuple[Figure, ...]:
    """The components of a prepared figure, each joined over the channels, where all channels prepared it alike."""
    known = [(channel, figure) for channel, figure in figures if figure.value is not None]
    names = {tuple(component.measure for component in figure.components) for _channel, figure in known}
    if len(names) != 1:
        return ()
    columns = zip(*(figure.components for _channel, figure in known), strict=True)
    return tuple(
        joined(column[0].measure, [(channel, component) for (channel, _figure), component in zip(known, column, strict=True)])
        for column in columns
    )
