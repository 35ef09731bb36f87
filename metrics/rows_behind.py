"""The rows a figure was added up from: the same ledger, channel and days that the totals took, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from brands.models import Brand, Channel
from calendar_app.models import Publication
from metrics.kpi import MEASURES, Join
from metrics.kpi.prepared import Preparation
from metrics.models import LedgerEntry, Observation
from metrics.models.observations import has_newer_snapshot
from metrics.periods import Span
from metrics.post_results import published_in
from metrics.totals import Figure, Scope, Source
from metrics.totals.money import KINDS
from strategies.models import BudgetLine

# What stands for a stock at one end of a period is a row of the stock itself.
_ENDS = (Preparation.OPENING, Preparation.CLOSING)


def rows_behind(
    brand: Brand, figures: Iterable[Figure], channel: Channel | None = None, scope: Scope | None = None
) -> QuerySet[Observation]:
    """Observations behind `figures`, newest first; `channel` is the one looked at, None for the whole brand.

    Money and posts that are counted have no observations: they stand in the ledger and on the calendar (`Behind`).
    """
    rows = Q()
    for figure, where in leaves(figures, channel):
        if figure.source in _FILTERS and figure.first and figure.last:
            days = _days(figure, Span(figure.first, figure.last))
            rows |= days & Q(measure=_recorded_name(figure.measure)) & _FILTERS[figure.source](where, scope or Scope())
    if not rows:
        return brand.observations.none()
    return brand.observations.filter(rows).order_by("-start", "measure", "pk")


def leaves(figures: Iterable[Figure], channel: Channel | None = None) -> Iterable[tuple[Figure, Channel | None]]:
    """The figures that were not themselves worked out from others, each with the channel it is of."""
    for figure in figures:
        of_channels = [(part.figure, part.channel) for part in figure.parts if part.figure is not None]
        if of_channels:
            for one, where in of_channels:
                yield from leaves([one], where)
        elif figure.components:
            yield from leaves(figure.components, channel)
        else:
            yield figure, channel


def _days(figure: Figure, span: Span) -> Q:
    if figure.in_one:
        return Q(start=span.start, end=span.end)
    if MEASURES[_recorded_name(figure.measure)].join is Join.LAST and figure.source is not Source.POSTS:
        return Q(end=span.end)
    # The end of a post's figure is the day it was looked up.
    return Q(start__range=(span.start, span.end)) & (Q() if figure.source is Source.POSTS else Q(end__lte=span.end))


def _recorded_name(measure: str) -> str:
    for way in MEASURES[measure].prepared:
        if way.kind in _ENDS:
            return way.sources[0]
    return measure


def _of_channel(channel: Channel | None, scope: Scope) -> Q:
    return Q(channel=channel, publication=None, campaign=None)


def _of_posts(channel: Channel | None, scope: Scope) -> Q:
    mine = Q(publication__channel=channel) & ~has_newer_snapshot()
    if scope.post is not None:
        return mine & Q(publication__post=scope.post)
    return mine & Q(publication__post__campaign=scope.campaign) if scope.campaign is not None else mine


def _of_brand(_channel: Channel | None, scope: Scope) -> Q:
    return Q(channel=None, publication=None, campaign=None)


def _of_campaign(_channel: Channel | None, scope: Scope) -> Q:
    return Q(campaign=scope.campaign, publication=None)


_FILTERS = {Source.CHANNEL: _of_channel, Source.POSTS: _of_posts, Source.BRAND: _of_brand, Source.CAMPAIGN: _of_campaign}


@dataclass(frozen=True)
class Behind:
    """All that stands behind some figures of a scope: measured rows, ledger entries, posts, budget lines."""

    brand: Brand
    figures: tuple[Figure, ...]
    scope: Scope
    currency: str

    @property
    def _channel(self) -> Channel | None:
        return self.scope.channels[0] if self.scope.channels and len(self.scope.channels) == 1 else None

    @cached_property
    def _leaves(self) -> list[tuple[Figure, Channel | None]]:
        return list(leaves(self.figures, self._channel))

    def _from(self, source: Source) -> list[tuple[Figure, Span]]:
        return [
            (figure, Span(figure.first, figure.last))
            for figure, _channel in self._leaves
            if figure.source is source and figure.first and figure.last
        ]

    @cached_property
    def rows(self) -> QuerySet[Observation]:
        found = rows_behind(self.brand, self.figures, self._channel, self.scope)
        return found.select_related(
            "channel__platform", "publication__channel__platform", "publication__post", "source", "recorded_by", "campaign"
        )

    @cached_property
    def entries(self) -> QuerySet[LedgerEntry]:
        wanted = Q()
        for figure, span in self._from(Source.LEDGER):
            for way in MEASURES[figure.measure].prepared:
                if way.kind is Preparation.LEDGER:
                    ads = Q(is_ad=True) if way.ads_only else Q()
                    wanted |= Q(kind=KINDS[way.sources[0]], date__range=(span.start, span.end)) & ads
        if not wanted:
            return self.brand.ledger_entries.none()
        found = self.brand.ledger_entries.filter(wanted & self._owned(), currency=self.currency)
        return found.select_related("channel__platform", "budget_line", "campaign", "strategy")

    def _owned(self) -> Q:
        scope = self.scope
        owners = {"strategy": scope.strategy, "campaign": scope.campaign}
        found = Q(**{name: owner for name, owner in owners.items() if owner is not None})
        return found if scope.channels is None else found & Q(channel__in=scope.channels)

    @cached_property
    def publications(self) -> QuerySet[Publication]:
        spans = [span for figure, span in self._from(Source.CALENDAR) if figure.measure != "posts_planned"]
        if not spans:
            return self.brand.publications.none()
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        # A strategy is measured by all posts of its channels in its days, whoever planned them.
        scope = Scope(self.scope.channels, None, self.scope.campaign, self.scope.post)
        found = published_in(self.brand, whole, scope)
        if self.scope.strategy is not None and self.scope.channels is None:
            found = found.filter(channel__in=self.scope.strategy.channels.all())
        return found.select_related("channel__platform", "post").order_by("-published_at", "pk")

    @cached_property
    def budget_lines(self) -> QuerySet[BudgetLine]:
        found = BudgetLine.objects.filter(strategy__brand=self.brand).select_related("strategy").order_by("strategy", "pk")
        if not self._from(Source.BUDGET):
            return found.none()
        if self.scope.campaign is not None:
            return found.filter(campaigns=self.scope.campaign)
        if self.scope.strategy is not None:
            found = found.filter(strategy=self.scope.strategy)
        else:
            found = found.exclude(strategy__status="archived")
        return found if self.scope.channels is None else found.filter(channel__in=self.scope.channels)

    @property
    def campaign_budget(self):
        """What a campaign was given, where that is what was planned."""
        return self.scope.campaign.budget if self.scope.campaign is not None and self._from(Source.BUDGET) else None

    @cached_property
    def has_plan(self) -> bool:
        return any(figure.source is Source.CALENDAR and figure.measure != "posts_published" for figure, _c in self._leaves)
