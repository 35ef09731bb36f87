"""What a report is written from: its days, whose figures they are, and everything read of them, each thing once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet

from brands.models import Brand, Channel
from calendar_app import moments
from calendar_app.models import Publication
from metrics.charts import steps
from metrics.dashboard import KEY_KPIS, Card, kpis_for
from metrics.kpi import KPIS, Kpi
from metrics.models import Report
from metrics.period_presets import BY_NAME, OWN, STRATEGY
from metrics.periods import Span
from metrics.progress import GoalState, goal_states
from metrics.readings import Reading, is_money
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Strategy

MOST_LINES = 6
KEY_FIGURES = 6
USUAL_LINES = ("audience_engagement", "follower_growth_rate", "lead_growth")
USUAL_PERIOD = "last_month"


def span_of(report: Report, today: date) -> Span:
    """The days that a report tells about when it is read on a day."""
    if report.preset == OWN and report.start and report.end:
        return Span(report.start, report.end)
    about = report.strategy or report.campaign
    if report.preset == STRATEGY and about is not None:
        return Span(about.start, max(about.start, min(today, about.end)))
    return (BY_NAME.get(report.preset) or BY_NAME[USUAL_PERIOD]).span(today)


@dataclass
class Facts:
    """`money`: whether the reader sees amounts. Every property is read when a section first asks for it."""

    report: Report
    span: Span
    money: bool

    @property
    def brand(self) -> Brand:
        return self.report.brand

    @cached_property
    def today(self) -> date:
        return self.brand.today()

    @cached_property
    def strategy(self) -> Strategy | None:
        """The strategy that the report is about, or that was at work when its days ended."""
        report = self.report
        if report.strategy_id or report.campaign_id:
            return report.strategy or (report.campaign.strategy if report.campaign else None)
        return self.brand.strategies.running(self.span.end).first()

    @property
    def channel(self) -> Channel | None:
        return self.report.channel

    @cached_property
    def scope(self) -> Scope:
        report = self.report
        if report.strategy:
            return Scope(strategy=report.strategy)
        if report.campaign:
            return Scope(campaign=report.campaign)
        return Scope(channels=(report.channel,)) if report.channel else Scope()

    # --- figures

    @cached_property
    def found(self) -> Totals:
        return self._all[self.scope, self.span]

    @cached_property
    def _all(self) -> dict[tuple[Scope, Span], Totals]:
        """The whole period and every point of the charts, for the queries of one."""
        spans = {self.span}
        for kpi in self.line_kpis:
            points, _step = steps(kpi, self.span)
            spans |= {*points, *map(self.before, points)} if self.report.compares else {*points}
        return totals_of(self.brand, spans, [self.scope])

    def at(self, span: Span) -> Totals:
        return self._all[self.scope, span]

    def before(self, span: Span) -> Span:
        """The same days of the period before."""
        shift = timedelta(days=self.span.days)
        return Span(span.start - shift, span.end - shift)

    @cached_property
    def line_kpis(self) -> list[Kpi]:
        """What the charts show: what was chosen, else the usual."""
        named = [KPIS[name] for name in self.report.kpis or USUAL_LINES if name in KPIS]
        return [kpi for kpi in named if self.money or not is_money(kpi)][:MOST_LINES]

    @cached_property
    def cards(self) -> list[Card]:
        """Every KPI of which something was measured, those with a figure first."""
        cards = [self._card(kpi) for kpi in kpis_for(money=self.money, level=self.scope.level)]
        return sorted((card for card in cards if card.reading.is_measured), key=lambda card: not card.reading.result.ok)

    @cached_property
    def key_cards(self) -> list[Card]:
        """What matters most: what the charts show, then the usual key figures, then others that have one."""
        known = {card.name: card for card in self.cards if card.reading.result.ok}
        names = dict.fromkeys((*(kpi.name for kpi in self.line_kpis), *KEY_KPIS, *known))
        return [known[name] for name in names if name in known][:KEY_FIGURES]

    def _card(self, kpi: Kpi) -> Card:
        return Card(Reading(kpi, self.found), Reading(kpi, self.found.previous) if self.report.compares else None)

    @cached_property
    def goals(self) -> Sequence[GoalState]:
        """Of the strategy; a report about one channel tells those that aim at just that channel."""
        if self.strategy is None:
            return []
        self.strategy.brand = self.brand
        goals = goal_states(self.strategy, money=self.money)
        if self.report.campaign and self.report.campaign.goal_id:
            goals = [goal for goal in goals if goal.goal.pk == self.report.campaign.goal_id]
        return goals

    # --- posts

    @cached_property
    def publications(self) -> QuerySet[Publication]:
        """What went out on these days, in the brand's zone, and belongs to what the report is about."""
        report = self.report
        found = self.brand.publications.published_between(*moments.span(self.span.start, self.span.end, self.brand.zone))
        if report.channel_id:
            found = found.filter(channel=report.channel_id)
        if report.strategy_id:
            found = found.filter(post__strategy=report.strategy_id)
        if report.campaign_id:
            found = found.filter(post__campaign=report.campaign_id)
        return found.order_by()
