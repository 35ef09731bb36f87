"""The figures of one scope and span: what pages ask, and how prepared measures are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from urllib.parse import urlencode

from brands.models import Brand, Channel
from calendar_app.models import Campaign, Post
from metrics.kpi.catalog import KPIS
from metrics.kpi.declaration import Kpi
from metrics.kpi.measures import MEASURES, Family, Measure
from metrics.kpi.prepared import Preparation, Prepared
from metrics.kpi.results import Result
from metrics.kpi.terms import Level
from metrics.periods import Span
from metrics.totals.exact import added
from metrics.totals.figures import NOTHING, Coverage, Figure, Source
from metrics.totals.money import budget, money, other_money
from metrics.totals.origins import RATED, origins
from metrics.totals.plan import plan, published
from metrics.totals.records import Records
from strategies.models import Strategy

# What platforms measure channel by channel; everything else is a matter of the brand.
PLATFORMS_OWN = (Family.CONTENT, Family.AUDIENCE)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: of some channels, of a strategy (its channels within its dates), of a campaign or a post (what
    belongs to it by key, whatever its dates), or of the whole brand. At most one of the last three is named; with
    channels, it is what happened of it there.
    """

    channels: tuple[Channel, ...] | None = None
    strategy: Strategy | None = None
    campaign: Campaign | None = None
    post: Post | None = None

    def __post_init__(self) -> None:
        if sum(owner is not None for owner in (self.strategy, self.campaign, self.post)) > 1:
            raise ValueError("a scope is that of a strategy, of a campaign or of a post, not of several of them")

    @property
    def is_narrow(self) -> bool:
        """A campaign or a post: what is recorded of channels and of the brand is not theirs."""
        return self.campaign is not None or self.post is not None

    def query(self, span: Span) -> str:
        """The question for its figures of a span, as an address of a working carries it."""
        owners = {"of_strategy": self.strategy, "of_campaign": self.campaign, "of_post": self.post}
        if self.channels is not None and len(self.channels) == 1:
            owners["channel"] = self.channels[0]
        named = {name: str(owner.pk) for name, owner in owners.items() if owner is not None}
        return urlencode({"start": span.start.isoformat(), "end": span.end.isoformat(), **named})

    @property
    def level(self) -> Level:
        if self.post is not None:
            return Level.POST
        if self.campaign is not None:
            return Level.CAMPAIGN
        if self.channels is not None and len(self.channels) == 1:
            return Level.CHANNEL
        return Level.STRATEGY if self.strategy is not None else Level.BRAND


class Totals:
    """The figures of one scope and span. Reads nothing from the database."""

    def __init__(self, records: Records, scope: Scope, span: Span) -> None:
        self.records = records
        self.brand: Brand = records.brand
        self.scope = scope
        self.span = span
        self.pieces = records.timeline.pieces(span)
        self.currency: str = self.brand.currency
        self._figures: dict[tuple[str, Source | None], Figure] = {}
        self._kpi_inputs: dict[str, dict[str, Figure]] = {}

    # --- what pages ask

    def figure(self, measure: str) -> Figure:
        """The measure with its sources and parts. KeyError for a name that is no measure."""
        return self._figure(measure)

    def value(self, measure: str) -> Fraction | None:
        """Just the number."""
        return self._figure(measure).value

    def inputs(self, kpi: str) -> dict[str, Figure]:
        """The KPI's inputs by measure name. Within one KPI a channel's figures all come from the same ledger."""
        if kpi not in self._kpi_inputs:
            self._kpi_inputs[kpi] = self._inputs(KPIS[kpi], KPIS[kpi].inputs)
        return self._kpi_inputs[kpi]

    def result(self, kpi: str) -> Result:
        """The KPI worked out from its inputs."""
        inputs = self.inputs(kpi)
        currencies = {name: figure.currency for name, figure in inputs.items() if figure.currency}
        return KPIS[kpi].calculate({name: figure.value for name, figure in inputs.items()}, currencies)

    def may_know(self, kpi: str) -> bool:
        """Whether anything at all was recorded that one of the KPI's inputs could come from. Cheap; True promises nothing."""
        return any(not origins(name).isdisjoint(self.records.present) for name in KPIS[kpi].inputs)

    def channel(self, channel: Channel) -> Totals:
        """The same span for one of the channels."""
        raise NotImplementedError

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """The channels of the scope, in the order in which pages show them."""
        if self.scope.channels is not None:
            wanted = {channel.pk for channel in self.scope.channels}
        elif self.scope.strategy:
            wanted = {row.channel_id for row in self.records.plan if row.strategy_id == self.scope.strategy.pk}
        else:
            wanted = set(self.records.channels)
        return tuple(channel for pk, channel in self.records.channels.items() if pk in wanted)

    @cached_property
    def previous(self) -> Totals:
        """The same scope over the span of equal length just before (for a strategy also before it began)."""
        return self.over(self.span.previous)

    def over(self, span: Span) -> Totals:
        """The same scope over another span. ValueError for one that was not asked for when the figures were read."""
        return type(self)(self.records, self.scope, span)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """One entry per channel of the scope, also for those without a single figure."""
        return tuple(self._coverage(channel) for channel in self.channels)

    @property
    def other_money(self) -> Mapping[tuple[str, str], Fraction]:
        """Ledger sums in other currencies, by (kind, currency). Never added to `currency`'s."""
        return other_money(self)

    # --- how it is found

    def _coverage(self, channel: Channel) -> Coverage:
        own = [figures for (pk, _measure, _subject), figures in self.records.of_channel(channel.pk)]
        cells = [[cell for piece in self.pieces for cell in figures.daily.get(piece, ())] for figures in own]
        days = max((sum(cell.days for cell in measured) for measured in cells), default=0)
        found = [cell for measured in cells for cell in measured]
        first, last = min((cell.first for cell in found), default=None), max((cell.last for cell in found), default=None)
        return Coverage(channel, first, last, days, self.span.days - days)

    def _figure(self, name: str, ledger: Source | None = None) -> Figure:
        key = (name, ledger)
        if key not in self._figures:
            self._figures[key] = self._find(MEASURES[name], ledger)
        return self._figures[key]

    def _find(self, measure: Measure, ledger: Source | None) -> Figure:
        raise NotImplementedError

    def _inputs(self, kpi: Kpi, names: Sequence[str]) -> dict[str, Figure]:
        raise NotImplementedError

    def _prepare(self, measure: Measure, ledger: Source | None, fallback: Figure) -> Figure:
        """The measure by the first way that works; else the fallback, or what the first way lacks."""
        tried = [self._by(way, measure, ledger) for way in measure.prepared]
        found = next((figure for figure in tried if figure.value is not None), None)
        return found or (fallback if measure.recorded or not tried else tried[0])

    def _by(self, way: Prepared, measure: Measure, ledger: Source | None) -> Figure:
        match way.kind:
            case Preparation.SAME:
                return self._renamed(measure, self._figure(way.sources[0], ledger))
            case Preparation.PREVIOUS:
                return self._renamed(measure, self.previous._figure(way.sources[0], ledger))
            case Preparation.SUM | Preparation.DIFFERENCE:
                return self._combined(measure, way, ledger)
            case Preparation.OPENING | Preparation.CLOSING:
                return self._edge(measure, way)
            case Preparation.LEDGER | Preparation.BUDGET | Preparation.POSTS | Preparation.PLAN:
                return self.records.said(self, way, from_rows(self, measure, way))
            case Preparation.RATINGS:
                return self._ratings(measure, way.sources[0])
            case Preparation.KPI:
                result = self.result(way.sources[0])
                inputs = tuple(self.inputs(way.sources[0]).values())
                return Figure(
                    measure.name, result.exact, Source.PREPARED, components=inputs, missing=result.names, currency=self.currency
                )
        return Figure(measure.name, missing=(measure.name,))

    def _renamed(self, measure: Measure, figure: Figure) -> Figure:
        return replace(figure, measure=measure.name, components=(figure,))

    def _combined(self, measure: Measure, way: Prepared, ledger: Source | None) -> Figure:
        """A sum, where what a platform does not offer counts as 0, or a difference, where it does not."""
        components = tuple(self._figure(name, ledger) for name in way.sources)
        if way.kind is Preparation.SUM and any(component.value is not None for component in components):
            components = tuple(component.as_zero() for component in components)
        unknown = [component for component in components if component.value is None]
        if unknown:
            return self._incomplete(measure, components, unknown)
        values = [component.value or NOTHING for component in components]
        value = added(values) if way.kind is Preparation.SUM else values[0] - values[1]
        return replace(self._history(components), measure=measure.name, value=value, components=components)

    def _incomplete(self, measure: Measure, components: tuple[Figure, ...], unknown: list[Figure]) -> Figure:
        missing = [name for figure in unknown if not figure.is_nowhere_offered for name in figure.missing or (figure.measure,)]
        return Figure(
            measure.name,
            components=components,
            missing=tuple(dict.fromkeys(missing)),
            not_offered=_all(component.not_offered for component in unknown),
            left_out=_all(component.left_out for component in unknown),
        )

    def _history(self, components: tuple[Figure, ...]) -> Figure:
        """Where the components come from, and which days they cover."""
        sources = {component.source for component in components if component.source}
        return Figure(
            "",
            source=sources.pop() if len(sources) == 1 else Source.PREPARED,
            left_out=_all(component.left_out for component in components),
            first=min((component.first for component in components if component.first), default=None),
            last=max((component.last for component in components if component.last), default=None),
            days=max((component.days for component in components), default=0),
        )

    def _edge(self, measure: Measure, way: Prepared) -> Figure:
        raise NotImplementedError

    def _ratings(self, measure: Measure, part: str) -> Figure:
        """The four dimensions of word of mouth, weighing a quarter each."""
        scores = tuple(self._figure(name) for name in RATED)
        missing = tuple(score.measure for score in scores if score.value is None)
        if missing:
            return Figure(measure.name, components=scores, missing=missing)
        value = added(score.value or NOTHING for score in scores) / 4 if part == "score" else Fraction(1)
        return Figure(measure.name, value, Source.PREPARED, components=scores)


def from_rows(found: Totals, measure: Measure, way: Prepared) -> Figure:
    """A measure that follows from the ledger, the budget, the plan or the calendar."""
    match way.kind:
        case Preparation.LEDGER:
            return money(found, measure, way)
        case Preparation.BUDGET:
            return budget(found, measure)
        case Preparation.POSTS:
            return published(found, measure)
    return plan(found, measure, way.sources[0])


def _all(channels: Iterable[tuple[Channel, ...]]) -> tuple[Channel, ...]:
    """Each channel once."""
    return tuple(dict.fromkeys(channel for several in channels for channel in several))
