"""Money in totals: ledger entries and budget lines. Currencies are never added to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from metrics.kpi.measures import Measure
from metrics.kpi.prepared import Ledger, Prepared
from metrics.models import LedgerEntry
from metrics.periods import Span, month_of
from metrics.totals.figures import Figure, Source
from metrics.totals.reading import Money
from strategies.models import BudgetLine

if TYPE_CHECKING:
    from metrics.totals.scoped import Totals

KINDS = {
    Ledger.INVESTMENT: LedgerEntry.Kind.INVESTMENT,
    Ledger.INCOME: LedgerEntry.Kind.INCOME,
    Ledger.COST_OF_GOODS: LedgerEntry.Kind.COGS,
}


def money(found: Totals, measure: Measure, way: Prepared) -> Figure:
    """The sum of a kind of entry. A kind that was ever recorded until then is kept, so that a period without is 0.

    Cost of goods is optional in the form: where income is kept and it is not, it is 0.
    """
    kind = KINDS[Ledger(way.sources[0])]
    entries = [row for row in _entries(found) if row.currency == found.currency and (row.is_ad or not way.ads_only)]
    kept = {row.kind for row in entries}
    if kind not in kept and not (kind == LedgerEntry.Kind.COGS and LedgerEntry.Kind.INCOME in kept):
        return Figure(measure.name, missing=(measure.name,))
    value = sum((row.value for row in entries if row.kind == kind and row.piece in found.pieces), Fraction(0))
    return Figure(measure.name, value, Source.LEDGER, currency=found.currency, first=found.span.start, last=found.span.end)


def other_money(found: Totals) -> Mapping[tuple[str, str], Fraction]:
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in _entries(found):
        if row.currency != found.currency and row.piece in found.pieces:
            sums[row.kind, row.currency] += row.value
    return dict(sums)


def _entries(found: Totals) -> list[Money]:
    """The entries of the scope up to the end of the span. They are a strategy's or a campaign's by key, not by their date."""
    scope = found.scope
    channels = None if scope.channels is None else {channel.pk for channel in scope.channels}
    return [
        row
        for row in found.records.money
        if row.piece < found.pieces.stop
        and (channels is None or row.channel_id in channels)
        and (scope.strategy is None or row.strategy_id == scope.strategy.pk)
        and (scope.campaign is None or row.campaign_id == scope.campaign.pk)
    ]


def budget(found: Totals, measure: Measure) -> Figure:
    """What was planned to be spent: lines of a month in their month, others spread evenly over their strategy's days."""
    if found.scope.campaign is not None:
        return _of_campaign(found, measure)
    lines = [line for line in found.records.budget if _is_of(line, found)]
    if not lines:
        return Figure(measure.name, missing=(measure.name,))
    value = sum((share(line, found.span) for line in lines), Fraction(0))
    return Figure(measure.name, value, Source.BUDGET, currency=found.currency, first=found.span.start, last=found.span.end)


def _of_campaign(found: Totals, measure: Measure) -> Figure:
    """A campaign's budget, spread evenly over its days; without one, its share of the budget lines it draws on."""
    campaign = found.scope.campaign
    amount = None if campaign is None else campaign.budget if campaign.budget is not None else found.records.drawn_on
    if campaign is None or amount is None or found.scope.channels is not None:
        return Figure(measure.name, missing=(measure.name,))
    value = _by_days(amount, Span(campaign.start, campaign.end), found.span)
    return Figure(measure.name, value, Source.BUDGET, currency=found.currency, first=found.span.start, last=found.span.end)


def _is_of(line: BudgetLine, found: Totals) -> bool:
    scope = found.scope
    if scope.strategy is not None:
        return line.strategy_id == scope.strategy.pk and (scope.channels is None or _on(line, found))
    return line.strategy.status != line.strategy.Status.ARCHIVED and (scope.channels is None or _on(line, found))


def _on(line: BudgetLine, found: Totals) -> bool:
    return line.channel_id in {channel.pk for channel in found.channels}


def share(line: BudgetLine, span: Span) -> Fraction:
    """The part of a budget line that falls into the span, by days."""
    whole = Span(line.strategy.start, line.strategy.end)
    months = line.months.all()
    if not months:
        return _by_days(line.planned, whole, span)
    # A strategy may begin within a month: the month's money is for the days that are its own.
    parts = (_by_days(row.planned, month_of(row.month).within(whole) or month_of(row.month), span) for row in months)
    return sum(parts, Fraction(0))


def _by_days(planned: Decimal | Fraction, whole: Span, span: Span) -> Fraction:
    inside = whole.within(span)
    return Fraction(planned) * (Fraction(inside.days, whole.days) if inside else 0)
