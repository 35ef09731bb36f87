"""The figures of one channel: its own, or those of its posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property

from brands.models import Channel
from metrics.kpi.catalog import KPIS
from metrics.kpi.declaration import Kpi
from metrics.kpi.measures import MEASURES, Family, Join, Measure
from metrics.kpi.offered import offers
from metrics.kpi.prepared import Preparation, Prepared
from metrics.totals.figures import Figure, Source
from metrics.totals.one_ledger import closing, flow, of_people, opening
from metrics.totals.scoped import Totals


class OneChannel(Totals):
    """One channel: its own figures, else those of the posts published in the period, never both in one sum."""

    @property
    def only(self) -> Channel:
        # A campaign or post knows only the channels it was on, and people may choose another one.
        return self.scope.channels[0] if self.scope.channels else self.channels[0]

    def channel(self, channel: Channel) -> Totals:
        return self

    def _find(self, measure: Measure, ledger: Source | None) -> Figure:
        if ledger is None and measure.family is Family.CONTENT and measure.join is not Join.LAST:
            own = self._figure(measure.name, Source.CHANNEL)
            if own.value is not None or not self.records.posts_of(self.only.pk):
                return own
            posts = self._figure(measure.name, Source.POSTS)
            return posts if posts.value is not None or own.with_repeats is None else own
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
        book = (
            self.records.posts.get((self.only.pk, measure.name)) if from_posts else self.records.own(self.only.pk, measure.name)
        )
        if book is None:
            return Figure(measure.name, **unknown)
        source = Source.POSTS if from_posts else Source.CHANNEL
        if measure.join is Join.NEVER:
            found = self._people(of_people(book, measure.name, self.span, self.pieces, source, adds_nothing=from_posts), source)
        elif measure.join is Join.LAST:
            found = closing(book, measure.name, self.pieces, source)
        else:
            found = flow(book, measure.name, self.span, self.pieces, source, self.currency)
        return found if found.value is not None else replace(found, **unknown)

    def _people(self, figure: Figure, source: Source) -> Figure:
        """The people of a post are known where it is the only one that was asked about."""
        alone = self.scope.is_narrow and source is Source.POSTS and figure.days == 1
        return replace(figure, value=figure.with_repeats) if alone else figure

    def _stand_in(self, measure: Measure, recorded: Figure, ledger: Source | None) -> Figure:
        """A post "seen" is a view on one network and an impression on another."""
        platform = self.only.platform.slug
        if not measure.stand_in or offers(platform, measure.name) or not offers(platform, measure.stand_in):
            return recorded
        figure = self._recorded(MEASURES[measure.stand_in], ledger)
        return (
            self._renamed(measure, figure)
            if figure.value is not None
            else replace(recorded, missing=(measure.stand_in,), not_offered=())
        )

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
        added = added_in(kpi.name)
        if any(found[name].source is not None for name in added if name in found):
            found = {name: figure.as_zero() if name in added else figure for name, figure in found.items()}
        return found

    @cached_property
    def is_silent(self) -> bool:
        """Whether the period has no figure of the channel at all."""
        return not any(
            figures.touches(self.span, self.pieces) for _key, figures in self.records.of_channel(self.only.pk)
        ) and not any(posts.touches(self.span, self.pieces) for posts in self.records.posts_of(self.only.pk))


@cache
def added_in(kpi: str) -> frozenset[str]:
    """The inputs that the KPI's formula adds up itself: likes + comments + …"""
    formula = KPIS[kpi].formula
    fraction = formula.fraction
    sides = (fraction.top, fraction.bottom) if fraction else (formula,)
    return frozenset(name for side in sides if "+" in side.text and "*" not in side.text for name in side.inputs)
