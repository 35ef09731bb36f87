"""What was measured in a period: one exact figure per measure, where it comes from, and what is missing.

    found = totals(brand, start, end)                      # or channels=[channel], or strategy=strategy
    found.value("likes")                                   # Fraction or None: missing is not zero
    found.figure("interactions").parts                     # the same figure channel by channel
    found.result("engagement_rate_reach")                  # kpi Result: exact value, or status with the names
    found.previous.result("engagement_rate_reach")         # the span of equal length just before; no further query
    found.channel(instagram).result("…")                   # one channel of the same scope; no further query

The number of queries is the same for any number of rows, channels and spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from brands.models import Brand, Channel
from metrics.kpi.results import Result
from metrics.periods import Span
from strategies.models import Strategy


class Source(StrEnum):
    """The ledger a figure was taken from. `label` (lazy, translated) is what pages print beside the figure."""

    CHANNEL = "channel"  # the channel's own figures
    POSTS = "posts"  # the latest figures of the posts published in the period
    BRAND = "brand"  # recorded for the brand as a whole
    LEDGER = "ledger"  # income and spending
    BUDGET = "budget"  # planned amounts
    CALENDAR = "calendar"  # publications and the plan
    PREPARED = "prepared"  # worked out from other measures: see `components`
    MIXED = "mixed"  # from several channels with different sources: see `parts`


@dataclass(frozen=True, slots=True)
class Part:
    """One channel's share of a figure."""

    channel: Channel
    value: Fraction | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in a scope and period. `value` is None where it was not measured; `missing` then names measures."""

    measure: str
    value: Fraction | None
    source: Source | None = None
    with_repeats: Fraction | None = None  # sum of a count of people, who may be counted more than once
    parts: tuple[Part, ...] = ()
    components: tuple[Figure, ...] = ()  # of a prepared measure
    missing: tuple[str, ...] = ()
    not_offered: tuple[Channel, ...] = ()  # channels whose platform has no such figure: counted as 0 in a sum
    left_out: tuple[Channel, ...] = ()  # channels in the scope that have no figure for it
    currency: str = ""
    first: date | None = None  # first and last day with a figure, and how many days have one
    last: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a channel's own figures are in the period. `missing` counts the days without any."""

    channel: Channel
    first: date | None
    last: date | None
    days: int
    missing: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: those of some channels, of a strategy (its channels within its dates), or of the whole brand."""

    channels: tuple[Channel, ...] | None = None
    strategy: Strategy | None = None


class Totals:
    """The figures of one scope and span. Reads nothing from the database."""

    brand: Brand
    span: Span
    scope: Scope
    channels: tuple[Channel, ...]
    currency: str

    def figure(self, measure: str) -> Figure:
        """The measure with its sources and parts. KeyError for a name that is no measure."""
        raise NotImplementedError

    def value(self, measure: str) -> Fraction | None:
        """Just the number."""
        return self.figure(measure).value

    def inputs(self, kpi: str) -> dict[str, Figure]:
        """The KPI's inputs by measure name. Within one KPI a channel's figures all come from the same ledger."""
        raise NotImplementedError

    def result(self, kpi: str) -> Result:
        """The KPI worked out from its inputs."""
        raise NotImplementedError

    def channel(self, channel: Channel) -> Totals:
        """The same span for one of the channels."""
        raise NotImplementedError

    @property
    def previous(self) -> Totals:
        """The same scope over the span of equal length just before."""
        raise NotImplementedError

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """One entry per channel of the scope, also for those without a single figure."""
        raise NotImplementedError

    @property
    def other_money(self) -> Mapping[tuple[str, str], Fraction]:
        """Ledger sums in other currencies, by (kind, currency). Never added to `currency`'s."""
        raise NotImplementedError


def totals(
    brand: Brand,
    start: date,
    end: date,
    *,
    channels: Sequence[Channel] | None = None,
    strategy: Strategy | None = None,
) -> Totals:
    """The figures of a brand, of some of its channels, or of a strategy, from `start` to `end` (both included)."""
    raise NotImplementedError


def totals_of(brand: Brand, spans: Iterable[Span], scopes: Iterable[Scope]) -> Mapping[tuple[Scope, Span], Totals]:
    """Many scopes and spans at once, for the queries of one."""
    raise NotImplementedError
