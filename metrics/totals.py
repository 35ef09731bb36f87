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
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property

from brands.models import Brand, Channel
from metrics.figures import Coverage, Figure, Part, Source, joined
from metrics.kpi.catalog import KPIS
from metrics.kpi.declaration import Kpi
from metrics.kpi.measures import MEASURES, Family, Join, Measure
from metrics.kpi.offered import offers
from metrics.kpi.prepared import Preparation, Prepared
from metrics.kpi.results import Result
from metrics.ledgers import closing, flow, of_people, opening
from metrics.money_totals import budget, money, other_money
from metrics.periods import Span
from metrics.plan_totals import plan, published
from metrics.records import RATED, Records, origins
from strategies.models import Strategy

__all__ = ["Coverage", "Figure", "Part", "Scope", "Source", "Totals", "totals", "totals_of"]

# What platforms measure channel by channel; everything else is a matter of the brand.
PLATFORMS_OWN = (Family.CONTENT, Family.AUDIENCE)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: those of some channels, of a strategy (its channels within its dates), or of the whole brand."""

    channels: tuple[Channel, ...] | None = None
    strategy: Strategy | None = None


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
        return self._by_channel[channel.pk]

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
        return type(self)(self.records, self.scope, self.span.previous)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """One entry per channel of the scope, also for those without a single figure."""
        return tuple(self._coverage(channel) for channel in self.channels)

    @property
    def other_money(self) -> Mapping[tuple[str, str], Fraction]:
        """Ledger sums in other currencies, by (kind, currency). Never added to `currency`'s."""
        return other_money(self)

    # --- how it is found

    @cached_property
    def _by_channel(self) -> dict[int, Totals]:
        return {
            channel.pk: _OneChannel(self.records, replace(self.scope, channels=(channel,)), self.span) for channel in self.channels
        }

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
            case Preparation.LEDGER:
                return money(self, measure, way)
            case Preparation.BUDGET:
                return budget(self, measure)
            case Preparation.POSTS:
                return published(self, measure)
            case Preparation.PLAN:
                return plan(self, measure, way.sources[0])
            case Preparation.RATINGS:
                return self._ratings(measure, way.sources[0])
            case Preparation.KPI:
                result = self.result(way.sources[0])
                return Figure(measure.name, result.exact, Source.PREPARED, missing=result.names, currency=self.currency)
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
        value = sum(values, NOTHING) if way.kind is Preparation.SUM else values[0] - values[1]
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
        value = sum((score.value or NOTHING for score in scores), NOTHING) / 4 if part == "score" else Fraction(1)
        return Figure(measure.name, value, Source.PREPARED, components=scores)


class _OneChannel(Totals):
    """One channel: its own figures, else those of the posts published in the period, never both in one sum."""

    @property
    def only(self) -> Channel:
        return self.channels[0]

    def _find(self, measure: Measure, ledger: Source | None) -> Figure:
        if ledger is None and measure.family is Family.CONTENT and measure.join is not Join.LAST:
            own = self._figure(measure.name, Source.CHANNEL)
            posts = self._figure(measure.name, Source.POSTS)
            return posts if own.value is None and (posts.value is not None or own.with_repeats is None) else own
        recorded = self._recorded(measure, ledger)
        if recorded.value is None and measure.prepared:
            return self._prepare(measure, ledger, recorded)
        return self._stand_in(measure, recorded, ledger) if recorded.value is None else recorded

    def _recorded(self, measure: Measure, ledger: Source | None) -> Figure:
        platform = self.only.platform.slug
        unknown = {"missing": (measure.name,)} if offers(platform, measure.name) else {"not_offered": (self.only,)}
        if not measure.recorded:
            return Figure(measure.name, missing=(measure.name,))
        from_posts = ledger is Source.POSTS and measure.family is Family.CONTENT
        book = self.records.posts.get((self.only.pk, measure.name)) if from_posts else self.records.own(self.only.pk, measure.name)
        if book is None:
            return Figure(measure.name, **unknown)
        source = Source.POSTS if from_posts else Source.CHANNEL
        if measure.join is Join.NEVER:
            found = of_people(book, measure.name, self.span, self.pieces, source, adds_nothing=from_posts)
        elif measure.join is Join.LAST:
            found = closing(book, measure.name, self.pieces, source)
        else:
            found = flow(book, measure.name, self.span, self.pieces, source, self.currency)
        return found if found.value is not None else replace(found, **unknown)

    def _stand_in(self, measure: Measure, recorded: Figure, ledger: Source | None) -> Figure:
        """A post "seen" is a view on one network and an impression on another."""
        platform = self.only.platform.slug
        if not measure.stand_in or offers(platform, measure.name) or not offers(platform, measure.stand_in):
            return recorded
        figure = self._recorded(MEASURES[measure.stand_in], ledger)
        return self._renamed(measure, figure) if figure.value is not None else replace(recorded, missing=(measure.stand_in,), not_offered=())

    def _edge(self, measure: Measure, way: Prepared) -> Figure:
        book = self.records.own(self.only.pk, way.sources[0])
        edge = opening if way.kind is Preparation.OPENING else closing
        found = edge(book, measure.name, self.pieces, Source.CHANNEL) if book else Figure(measure.name)
        return found if found.value is not None else replace(found, missing=(measure.name,))

    def _inputs(self, kpi: Kpi, names: Sequence[str]) -> dict[str, Figure]:
        """From the channel's own figures where they suffice, else from the posts', else whatever lacks least."""
        own = self._inputs_from(kpi, names, Source.CHANNEL)
        lacking = sum(figure.value is None for figure in own.values())
        if not lacking or not self.records.posts_of(self.only.pk):
            return own
        posts = self._inputs_from(kpi, names, Source.POSTS)
        return posts if sum(figure.value is None for figure in posts.values()) < lacking else own

    def _inputs_from(self, kpi: Kpi, names: Sequence[str], ledger: Source) -> dict[str, Figure]:
        found = {name: self._figure(name, ledger if MEASURES[name].family is Family.CONTENT else None) for name in names}
        added = added_in(kpi)
        if any(found[name].source is not None for name in added if name in found):
            found = {name: figure.as_zero() if name in added else figure for name, figure in found.items()}
        return found

    @cached_property
    def is_silent(self) -> bool:
        """Whether the period has no figure of the channel at all."""
        return not any(figures.touches(self.span, self.pieces) for _key, figures in self.records.of_channel(self.only.pk)) and not any(
            posts.touches(self.span, self.pieces) for posts in self.records.posts_of(self.only.pk)
        )


class _Several(Totals):
    """A brand, a strategy or several channels: the brand's own figure where there is one, else the channels' together."""

    @cached_property
    def _parts(self) -> list[tuple[Channel, _OneChannel]]:
        return [(channel, self._by_channel[channel.pk]) for channel in self.channels]  # type: ignore[misc]

    @cached_property
    def _alone(self) -> bool:
        return sum(not part.is_silent for _channel, part in self._parts) == 1

    def _find(self, measure: Measure, ledger: Source | None) -> Figure:
        brands_own = self._brands_own(measure)
        if brands_own.value is not None:
            return brands_own
        together = self._together(measure, ledger)
        if together.value is not None or measure.family in PLATFORMS_OWN:
            # The sum of people counted for the brand as a whole, where there is one, says more than the channels'.
            return together
        return self._prepare(measure, ledger, together)

    def _brands_own(self, measure: Measure) -> Figure:
        if self.scope.channels is not None or not measure.recorded or (self.scope.strategy and measure.family in PLATFORMS_OWN):
            return Figure(measure.name)
        found = [self._of_brand(measure, subject) for subject in self._subjects(measure)]
        known = [figure for figure in found if figure.value is not None]
        if len(known) < 2:
            return known[0] if known else Figure(measure.name)
        return replace(self._history(tuple(known)), measure=measure.name, value=sum((figure.value or NOTHING for figure in known), NOTHING))

    def _subjects(self, measure: Measure) -> list[str]:
        """The brand's own figure; without one, those of each rival or feed that mentions were counted for."""
        apart = measure.family is Family.BRAND and measure.join is Join.UP
        if not apart or self._of_brand(measure, "").value is not None:
            return [""]
        return sorted(self.records.subjects[measure.name])

    def _of_brand(self, measure: Measure, subject: str) -> Figure:
        book = self.records.figures.get((None, measure.name, subject))
        if book is None:
            return Figure(measure.name)
        if measure.join is Join.NEVER:
            return of_people(book, measure.name, self.span, self.pieces, Source.BRAND)
        if measure.join is Join.LAST:
            return closing(book, measure.name, self.pieces, Source.BRAND)
        return flow(book, measure.name, self.span, self.pieces, Source.BRAND, self.currency)

    def _together(self, measure: Measure, ledger: Source | None) -> Figure:
        if measure.family in PLATFORMS_OWN:
            figures = [(channel, part._figure(measure.name, ledger)) for channel, part in self._parts]
        else:
            figures = [(channel, part._recorded(measure, None)) for channel, part in self._parts] if measure.recorded else []
        return joined(measure.name, figures, alone=self._alone)

    def _edge(self, measure: Measure, way: Prepared) -> Figure:
        raise AssertionError("stocks are joined channel by channel")

    def _inputs(self, kpi: Kpi, names: Sequence[str]) -> dict[str, Figure]:
        of_channels = [name for name in names if self._is_channels(MEASURES[name])]
        found = {name: self._figure(name) for name in names if name not in of_channels}
        if of_channels:
            parts = [(channel, part, part._inputs(kpi, of_channels)) for channel, part in self._parts]
            found |= self._whole_sums(of_channels, parts) if found else self._ratio_of_sums(of_channels, parts)
        return {name: found[name] for name in names}

    def _is_channels(self, measure: Measure) -> bool:
        return measure.family in PLATFORMS_OWN and self._brands_own(measure).value is None

    def _ratio_of_sums(self, names: list[str], parts: list) -> dict[str, Figure]:
        """Numerator and denominator over the same channels: those that have both."""
        complete = [(channel, inputs) for channel, _part, inputs in parts if all(figure.value is not None for figure in inputs.values())]
        if not complete:
            return {name: self._joined_inputs(name, parts) for name in names}
        others = [channel for channel, _part, _inputs in parts if channel not in {channel for channel, _inputs in complete}]
        return {
            name: joined(name, [(channel, inputs[name]) for channel, inputs in complete], left_out=others, alone=self._alone)
            for name in names
        }

    def _whole_sums(self, names: list[str], parts: list) -> dict[str, Figure]:
        """Beside figures of the whole brand (its money, its leads): a channel that lacks its share leaves the sum unknown."""
        found = {name: self._joined_inputs(name, parts) for name in names}
        lacking = {
            name
            for _channel, part, inputs in parts
            if not part.is_silent
            for name, figure in inputs.items()
            if figure.value is None and not figure.is_nowhere_offered
        }
        return {name: replace(figure, value=None, missing=(name,)) if name in lacking else figure for name, figure in found.items()}

    def _joined_inputs(self, name: str, parts: list) -> Figure:
        figure = joined(name, [(channel, inputs[name]) for channel, _part, inputs in parts], alone=self._alone)
        return figure if parts else replace(figure, missing=(name,))


def _all(channels: Iterable[tuple[Channel, ...]]) -> tuple[Channel, ...]:
    """Each channel once."""
    return tuple(dict.fromkeys(channel for several in channels for channel in several))


@cache
def added_in(kpi: Kpi) -> frozenset[str]:
    """The inputs that the KPI's formula adds up itself: likes + comments + …"""
    fraction = kpi.formula.fraction
    sides = (fraction.top, fraction.bottom) if fraction else (kpi.formula,)
    return frozenset(name for side in sides if "+" in side.text and "*" not in side.text for name in side.inputs)


def totals(
    brand: Brand,
    start: date,
    end: date,
    *,
    channels: Sequence[Channel] | None = None,
    strategy: Strategy | None = None,
) -> Totals:
    """The figures of a brand, of some of its channels, or of a strategy, from `start` to `end` (both included)."""
    scope = Scope(None if channels is None else tuple(channels), strategy)
    span = Span(start, end)
    return totals_of(brand, [span], [scope])[scope, span]


def totals_of(brand: Brand, spans: Iterable[Span], scopes: Iterable[Scope]) -> Mapping[tuple[Scope, Span], Totals]:
    """Many scopes and spans at once, for the queries of one. A strategy's span ends where the strategy does."""
    wanted = [(scope, span, *owned(scope, span)) for scope in scopes for span in spans]
    needed = {part for *_wanted, inside in wanted for part in (inside, inside.previous, inside.previous.previous)}
    records = Records(brand, needed)
    return {(scope, span): _kind_of(narrow)(records, narrow, inside) for scope, span, narrow, inside in wanted}


def owned(scope: Scope, span: Span) -> tuple[Scope, Span]:
    """What of the span belongs to the scope: a strategy owns the days from its start to its end, and nothing of others."""
    if scope.strategy is None:
        return scope, span
    inside = span.within(Span(scope.strategy.start, scope.strategy.end))
    return (scope, inside) if inside else (replace(scope, channels=()), span)


def _kind_of(scope: Scope) -> type[Totals]:
    return _OneChannel if scope.channels is not None and len(scope.channels) == 1 else _Several
