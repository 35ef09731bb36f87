"""The figures of a campaign: those recorded for it as a whole, else those of its posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from brands.models import Channel
from metrics.kpi.declaration import Kpi
from metrics.kpi.measures import Family, Join, Measure
from metrics.kpi.offered import offers
from metrics.kpi.prepared import Preparation, Prepared
from metrics.totals.figures import Figure, Source
from metrics.totals.one_channel import added_in
from metrics.totals.one_ledger import closing, flow, of_people, opening
from metrics.totals.scoped import Totals
from metrics.totals.several_channels import SeveralChannels

if TYPE_CHECKING:
    from metrics.totals.narrow_records import NarrowRecords


class OfCampaign(Totals):
    """A campaign. Within one KPI, what its content did comes from one ledger: the campaign's own, or its posts'."""

    records: NarrowRecords

    @cached_property
    def _own(self) -> AsAWhole:
        return AsAWhole(self.records, self.scope, self.span)

    @cached_property
    def _posts(self) -> SeveralChannels:
        return SeveralChannels(self.records.of_posts, self.scope, self.span)

    def channel(self, channel: Channel) -> Totals:
        return self._posts.channel(channel)

    def _find(self, measure: Measure, ledger: Source | None) -> Figure:
        own = self._own._figure(measure.name)
        if own.value is not None:
            return own
        posts = self._posts._figure(measure.name, ledger)
        return own if posts.value is None and own.with_repeats is not None else posts

    def _inputs(self, kpi: Kpi, names: Sequence[str]) -> dict[str, Figure]:
        own = {name: self._own._figure(name) for name in names}
        posts = self._posts._inputs(kpi, names)
        return own if not _lacking(own) or _lacking(own) < _lacking(posts) else posts

    def _edge(self, measure: Measure, way: Prepared) -> Figure:
        return self._own._edge(measure, way)


class AsAWhole(Totals):
    """What was recorded for the campaign itself, by whoever ran its ads."""

    def channel(self, channel: Channel) -> Totals:
        return self

    def _find(self, measure: Measure, ledger: Source | None) -> Figure:
        recorded = self._recorded(measure) if measure.recorded else Figure(measure.name, missing=(measure.name,))
        if recorded.value is None and measure.prepared:
            return self._prepare(measure, ledger, recorded)
        return recorded

    def _recorded(self, measure: Measure) -> Figure:
        book = self.records.figures.get((None, measure.name, ""))
        if book is None:
            return Figure(measure.name, **self._unknown(measure))
        if measure.join is Join.NEVER:
            found = of_people(book, measure.name, self.span, self.pieces, Source.CAMPAIGN)
        elif measure.join is Join.LAST:
            found = closing(book, measure.name, self.pieces, Source.CAMPAIGN)
        else:
            found = flow(book, measure.name, self.span, self.pieces, Source.CAMPAIGN, self.currency)
        return found if found.value is not None else replace(found, **self._unknown(measure))

    def _unknown(self, measure: Measure) -> dict:
        nowhere = measure.family is Family.CONTENT and not any(offers(c.platform.slug, measure.name) for c in self.channels)
        return {"not_offered": self.channels} if nowhere and self.channels else {"missing": (measure.name,)}

    def _edge(self, measure: Measure, way: Prepared) -> Figure:
        book = self.records.figures.get((None, way.sources[0], ""))
        edge = opening if way.kind is Preparation.OPENING else closing
        found = edge(book, measure.name, self.pieces, Source.CAMPAIGN) if book else Figure(measure.name)
        return found if found.value is not None else replace(found, missing=(measure.name,))

    def _inputs(self, kpi: Kpi, names: Sequence[str]) -> dict[str, Figure]:
        found = {name: self._figure(name) for name in names}
        added = added_in(kpi.name)
        if any(found[name].source is not None for name in added if name in found):
            found = {name: figure.as_zero() if name in added else figure for name, figure in found.items()}
        return found


def _lacking(figures: dict[str, Figure]) -> int:
    return sum(figure.value is None for figure in figures.values())
