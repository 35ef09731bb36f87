"""Planned and spent, line by line and month by month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import TruncMonth

from metrics.models import LedgerEntry
from metrics.totals.exact import ExactSum
from strategies import budget
from strategies.models import BudgetLine, Strategy

NOTHING = Decimal(0)
REVIEW_DAYS = 92  # a quarter


@dataclass(frozen=True)
class Cell:
    """One line in one month, or a sum of such. `planned` is None where nothing was planned."""

    planned: Decimal | None
    spent: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.planned is None else self.planned - self.spent

    @property
    def is_over(self) -> bool:
        """BUD-02, for one cell: more was spent than planned."""
        return self.spent > (self.planned or NOTHING)

    @property
    def used(self) -> Decimal | None:
        return self.spent / self.planned * 100 if self.planned else None


@dataclass(frozen=True)
class Row:
    line: BudgetLine | None  # None: what was spent without a line
    whole: Cell
    months: list[Cell]


@dataclass(frozen=True)
class BudgetTable:
    months: list[date]
    rows: list[Row]
    foot: Row
    others: list[tuple[str, Decimal]]  # spent in other currencies: never added
    reviewed_on: date
    is_reviewed: bool
    due_on: date

    def is_due(self, today: date) -> bool:
        return today >= self.due_on


Spent = dict[tuple[int | None, date], Decimal]


def table(strategy: Strategy) -> BudgetTable:
    """What each line plans and what the ledger says was spent of it. Two queries."""
    lines = list(strategy.budget_lines.prefetch_related("months"))
    spent, others = _spent(strategy)
    planned_months = {row.month for line in lines for row in line.months.all()}
    months = sorted({*budget.months_between(strategy.start, strategy.end), *planned_months, *(month for _line, month in spent)})
    rows = [_row(line, planned_by_month(line, strategy), spent, months) for line in lines]
    if any(line is None for line, _month in spent):
        rows.append(_row(None, {}, spent, months))
    reviewed = strategy.budget_reviewed_on or strategy.start
    return BudgetTable(
        months, rows, _foot(rows, len(months)), others, reviewed, strategy.budget_reviewed_on is not None,
        reviewed + timedelta(days=REVIEW_DAYS),
    )  # fmt: skip


def planned_by_month(line: BudgetLine, strategy: Strategy) -> dict[date, Decimal]:
    """The line's months; one without months is spread over those of its strategy by their days, to the cent."""
    if months := list(line.months.all()):
        return {row.month: row.planned for row in months}
    shares, before = {}, NOTHING
    for month in budget.months_between(strategy.start, strategy.end):
        # What is planned up to the month's end less what was before it: the parts make exactly the whole.
        last = min(_next(month) - timedelta(days=1), strategy.end)
        until = (line.planned * ((last - strategy.start).days + 1) / strategy.days).quantize(budget.CENT)
        shares[month], before = until - before, until
    return shares


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _spent(strategy: Strategy) -> tuple[Spent, list[tuple[str, Decimal]]]:
    """By line and month in the brand's currency; and the sums in other currencies."""
    found = LedgerEntry.objects.filter(
        Q(strategy=strategy) | Q(budget_line__strategy=strategy), brand=strategy.brand, kind=LedgerEntry.Kind.INVESTMENT
    )
    rows = found.annotate(month=TruncMonth("date")).order_by().values("budget_line", "month", "currency")
    spent: Spent = defaultdict(lambda: NOTHING)
    others: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for row in rows.annotate(amount=ExactSum("amount", 2)):
        if row["currency"] == strategy.brand.currency:
            spent[row["budget_line"], row["month"]] += row["amount"]
        else:
            others[row["currency"]] += row["amount"]
    return dict(spent), sorted(others.items())


def _row(line: BudgetLine | None, planned: dict[date, Decimal], spent: Spent, months: list[date]) -> Row:
    key = line.pk if line else None
    cells = [Cell(planned.get(month), spent.get((key, month), NOTHING)) for month in months]
    whole = Cell(line.planned if line else None, sum((cell.spent for cell in cells), NOTHING))
    return Row(line, whole, cells)


def _foot(rows: list[Row], count: int) -> Row:
    return Row(None, _sum([row.whole for row in rows]), [_sum([row.months[place] for row in rows]) for place in range(count)])


def _sum(cells: list[Cell]) -> Cell:
    planned = [cell.planned for cell in cells if cell.planned is not None]
    return Cell(sum(planned, NOTHING) if planned else None, sum((cell.spent for cell in cells), NOTHING))
