"""Posts in totals: how many were published, and how well the plan was kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from calendar_app.adherence import kept_and_planned, weekly_plan
from metrics.kpi.measures import Measure
from metrics.periods import week_of
from metrics.totals.figures import Figure, Source
from strategies.models import Strategy, StrategyChannel

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
    return Figure(measure.name, Fraction(number), Source.CALENDAR)


def plan(found: Totals, measure: Measure, part: str) -> Figure:
    """Posts planned, or kept: Σ min(published, planned) week by week. Days that are still to come are not yet planned."""
    rows = [row for row in found.records.plan if _counts(row, found)]
    last = min(found.span.end, found.brand.today())
    if not rows or last < found.span.start:
        return Figure(measure.name, missing=(measure.name,))
    planned = _planned(rows, found.span.start, last)
    kept, whole = kept_and_planned(planned, _published(found, last))
    return Figure(measure.name, kept if part == "kept" else whole, Source.CALENDAR)


def _counts(row: StrategyChannel, found: Totals) -> bool:
    strategy = found.scope.strategy
    mine = row.strategy_id == strategy.pk if strategy else row.strategy.status != Strategy.Status.ARCHIVED
    return mine and row.channel_id in {channel.pk for channel in found.channels}


def _planned(rows: list[StrategyChannel], first: date, last: date) -> dict[Week, Fraction]:
    planned: dict[Week, Fraction] = {}
    for row in rows:
        start, end = max(first, row.strategy.start), min(last, row.strategy.end)
        plan = weekly_plan(Fraction(row.posts_per_week), start, end, row.kept_weeks()) if start <= end else {}
        for week, posts in plan.items():
            # Two strategies on one channel plan the same posts, not twice as many.
            planned[row.channel_id, week] = max(posts, planned.get((row.channel_id, week), Fraction(0)))
    return planned


def _published(found: Totals, last: date) -> dict[Week, int]:
    weeks: dict[Week, int] = {}
    for channel in found.channels:
        for day, count in found.records.published[channel.pk].items():
            if found.span.start <= day <= last:
                week = (channel.pk, week_of(day).start)
                weeks[week] = weeks.get(week, 0) + count
    return weeks
