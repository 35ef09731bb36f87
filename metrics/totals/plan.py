"""Posts in totals: how many were published, and how well the plan was kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from calendar_app.adherence import kept_and_planned, planned_of
from metrics.kpi.measures import Measure
from metrics.periods import week_of
from metrics.totals.figures import Figure, Source
from strategies.models import Strategy, StrategyChannel
from strategies.plans import SlotPlan

if TYPE_CHECKING:
    from metrics.totals.scoped import Totals

Week = tuple[int, date]


def published(found: Totals, measure: Measure) -> Figure:
    """Publications of the scope's channels that went out in the span."""
    if not found.channels:
        return Figure(measure.name, missing=(measure.name,))
    number = sum(
        count for channel in found.channels for day, count in found.records.published[channel.pk].items() if day in found.span
    )
    return Figure(measure.name, Fraction(number), Source.CALENDAR, first=found.span.start, last=found.span.end)


def plan(found: Totals, measure: Measure, part: str) -> Figure:
    """Posts planned, or kept: Σ min(published, planned) week by week. Days that are still to come are not yet planned."""
    rows = [row for row in found.records.plan if _counts(row, found)]
    last = min(found.span.end, found.brand.today())
    plans = [each for each in found.records.slot_plans if _plans_for(each, found)]
    if not (rows or plans) or last < found.span.start:
        return Figure(measure.name, missing=(measure.name,))
    planned = planned_of(rows, plans, *_within_strategy(found.span.start, last, found.scope.strategy))
    kept, whole = kept_and_planned(planned, _published(found, last))
    return Figure(measure.name, kept if part == "kept" else whole, Source.CALENDAR, first=found.span.start, last=found.span.end)


def _counts(row: StrategyChannel, found: Totals) -> bool:
    strategy = found.scope.strategy
    mine = row.strategy_id == strategy.pk if strategy else row.strategy.status != Strategy.Status.ARCHIVED
    return mine and row.channel_id in {channel.pk for channel in found.channels}


def _plans_for(each: SlotPlan, found: Totals) -> bool:
    """An editorial plan that names no strategy plans the channel for whichever runs."""
    strategy = found.scope.strategy
    mine = strategy is None or each.strategy in (None, strategy.pk)
    # A plan of other days, which was read because something else was asked for, too, plans nothing here.
    mine = mine and each.start <= found.span.end and each.end >= found.span.start
    return mine and each.channel in {channel.pk for channel in found.channels}


def _within_strategy(first: date, last: date, strategy: Strategy | None) -> tuple[date, date]:
    return (max(first, strategy.start), min(last, strategy.end)) if strategy else (first, last)


def _published(found: Totals, last: date) -> dict[Week, int]:
    weeks: dict[Week, int] = {}
    for channel in found.channels:
        for day, count in found.records.published[channel.pk].items():
            if found.span.start <= day <= last:
                week = (channel.pk, week_of(day).start)
                weeks[week] = weeks.get(week, 0) + count
    return weeks
