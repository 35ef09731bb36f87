"""The figures of a brand, a strategy or several channels, put together from those of each channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from brands.models import Channel
from metrics.kpi.declaration import Kpi
from metrics.kpi.measures import MEASURES, Family, Join, Measure
from metrics.kpi.prepared import Prepared
from metrics.totals.exact import added
from metrics.totals.figures import NOTHING, Figure, Source, joined
from metrics.totals.one_channel import OneChannel
from metrics.totals.one_ledger import closing, flow, of_people
from metrics.totals.scoped import PLATFORMS_OWN, Totals


class SeveralChannels(Totals):
    """A brand, a strategy or several channels: the brand's own figure where there is one, else the channels' together."""

    def channel(self, channel: Channel) -> Totals:
        return self._by_channel[channel.pk]

    @cached_property
    def _by_channel(self) -> dict[int, OneChannel]:
        return {
            channel.pk: OneChannel(self.records, replace(self.scope, channels=(channel,)), self.span) for channel in self.channels
        }

    @cached_property
    def _parts(self) -> list[tuple[Channel, OneChannel]]:
        return [(channel, self._by_channel[channel.pk]) for channel in self.channels]

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
        value = added(figure.value or NOTHING for figure in known)
        return replace(self._history(tuple(known)), measure=measure.name, value=value)

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
            return of_people(book, measure.name, self.span, self.pieces, self.records.of_whole)
        if measure.join is Join.LAST:
            return closing(book, measure.name, self.pieces, self.records.of_whole)
        return flow(book, measure.name, self.span, self.pieces, self.records.of_whole, self.currency)

    def _together(self, measure: Measure, ledger: Source | None) -> Figure:
        if measure.family in PLATFORMS_OWN:
            figures = [(channel, part._figure(measure.name, ledger)) for channel, part in self._parts]
        else:
            figures = [(channel, part._recorded(measure, None)) for channel, part in self._parts] if measure.recorded else []
        return self._joined(measure.name, figures)

    def _joined(self, name: str, figures: list[tuple[Channel, Figure]], left_out: Sequence[Channel] = ()) -> Figure:
        """One figure for several channels: made once, however many KPIs ask for the very same figures together."""
        key = (name, *(id(figure) for _channel, figure in figures), *(channel.pk for channel in left_out))
        if key not in self._made:
            # The figures stay beside what is made of them, so that none that comes later can have the id of one.
            self._made[key] = joined(name, figures, left_out=left_out, alone=self._alone), figures
        return self._made[key][0]

    @cached_property
    def _made(self) -> dict[tuple, tuple[Figure, list[tuple[Channel, Figure]]]]:
        return {}

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
        complete, others = [], []
        for channel, _part, inputs in parts:
            if all(figure.value is not None for figure in inputs.values()):
                complete.append((channel, inputs))
            else:
                others.append(channel)
        if not complete:
            return {name: self._joined_inputs(name, parts) for name in names}
        return {
            name: self._joined(name, [(channel, inputs[name]) for channel, inputs in complete], left_out=others) for name in names
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
        return {
            name: replace(figure, value=None, missing=(name,)) if name in lacking else figure for name, figure in found.items()
        }

    def _joined_inputs(self, name: str, parts: list) -> Figure:
        figure = self._joined(name, [(channel, inputs[name]) for channel, _part, inputs in parts])
        return figure if parts else replace(figure, missing=(name,))
