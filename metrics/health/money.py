"""The money facts: budget lines with what was spent on each, hours worked, return month by month."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from metrics.health import sources
from metrics.health.facts import LineFact, MoneyFacts, Returned
from metrics.periods import DAY, Span, month_of
from metrics.totals import Totals
from strategies.models import BudgetLine, Strategy

MONTHS_LOOKED_AT = 2
NOTHING = Decimal(0)


def months_over(strategy: Strategy, today: date) -> list[Span]:
    """The last whole months before today of which the strategy has days, oldest first."""
    months, month = [], month_of(month_of(today).start - DAY)
    while len(months) < MONTHS_LOOKED_AT and month.end >= strategy.start:
        if month.start <= strategy.end:
            months.append(month)
        month = month_of(month.start - DAY)
    return months[::-1]


def facts(strategy: Strategy, groups: list[dict[str, Any]], to_date: Totals, months: list[Totals], today: date) -> MoneyFacts:
    lines = list(strategy.budget_lines.all())
    spent, hours = _sums(groups)
    known = [LineFact(line.pk, str(line), planned(line), spent.pop(line.pk, NOTHING), _is_test(line)) for line in lines]
    if rest := sum(spent.values(), NOTHING):
        known.append(LineFact(None, "", NOTHING, rest))
    return MoneyFacts(
        organic_only=strategy.organic_only,
        lines=tuple(known),
        utilisation=to_date.result("budget_utilisation").exact,
        hours_planned=sum((_hours_to_date(line, strategy, today) for line in lines), NOTHING),
        hours_worked=hours,
        returns=tuple(Returned(month.span.start, month.result("roi").exact) for month in months),
        reviewed_on=strategy.budget_reviewed_on,
    )


def _is_test(line: BudgetLine) -> bool:
    return line.kind == BudgetLine.Kind.TEST


def planned(line: BudgetLine) -> Decimal:
    """What the line plans: its months where it has any."""
    months = list(line.months.all())
    return sum((month.planned for month in months), NOTHING) if months else line.planned


def _sums(groups: list[dict[str, Any]]) -> tuple[dict[int | None, Decimal], Decimal | None]:
    """Spent by budget line, and the hours worked; None where nobody wrote hours down."""
    spent: dict[int | None, Decimal] = defaultdict(lambda: NOTHING)
    for row in groups:
        spent[row["line"]] += sources.decimal(row["spent"]) or NOTHING
    worked = [hours for row in groups if (hours := sources.decimal(row["hours"])) is not None]
    return dict(spent), sum(worked, NOTHING) if worked else None


def _hours_to_date(line: BudgetLine, strategy: Strategy, today: date) -> Decimal:
    """The hours that a line of staff asks for from the strategy's start up to today."""
    whole = Span(strategy.start, strategy.end)
    if not line.hours_per_week or today < whole.start:
        return NOTHING
    days = Span(whole.start, min(today, whole.end)).days
    return line.hours_per_week * days / 7
