"""Where the money went, line by line, beside what was planned for the same days."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import models

from metrics.kpi import KPIS
from metrics.kpi.results import Result
from metrics.models import LedgerEntry
from metrics.periods import Span
from metrics.totals.exact import ExactSum
from metrics.totals.money import share as planned_in
from strategies.models import BudgetLine

CENT = Decimal("0.01")
Spent = dict[int | None, Decimal]


@dataclass(frozen=True)
class Spending:
    """One budget line in some days. `line` is None for what was spent without one, `planned` where nothing was planned."""

    line: BudgetLine | None
    planned: Decimal | None
    spent: Decimal
    whole: Decimal

    @property
    def share(self) -> Decimal | None:
        """How much of all that was spent, in per cent."""
        return self.spent / self.whole * 100 if self.whole else None

    @property
    def used(self) -> Result:
        return KPIS["budget_utilisation"].calculate({"spent": self.spent, "planned": self.planned})

    @property
    def used_shown(self) -> Decimal | None:
        return self.used.rounded(KPIS["budget_utilisation"].unit)

    @property
    def is_over(self) -> bool:
        return self.planned is not None and self.spent > self.planned


def spending(
    found: models.QuerySet[LedgerEntry], lines: Iterable[BudgetLine], span: Span, currency: str
) -> tuple[list[Spending], Spending]:
    """Each line that was spent of or planned for, the largest first, and the sum of all. One query.

    A line's plan is its share by days of the span, as `budget_utilisation` counts it.
    """
    spent = _spent(found, currency)
    known = {line.pk: line for line in lines}
    planned = {pk: share for pk, line in known.items() if (share := planned_in(line, span))}
    others = BudgetLine.objects.in_bulk([pk for pk in spent if pk is not None and pk not in known])
    whole = sum(spent.values(), Decimal(0))
    rows = [
        Spending(known.get(pk) or others.get(pk), _money(planned.get(pk)), spent.get(pk, Decimal(0)), whole)
        for pk in dict.fromkeys([*spent, *planned])
    ]
    every = _money(sum(planned.values(), Fraction(0))) if planned else None
    return sorted(rows, key=lambda row: (-row.spent, -(row.planned or 0))), Spending(None, every, whole, whole)


def _spent(found: models.QuerySet[LedgerEntry], currency: str) -> Spent:
    rows = found.filter(currency=currency, kind=LedgerEntry.Kind.INVESTMENT).order_by().values_list("budget_line")
    return dict(rows.annotate(total=ExactSum("amount", places=2)))


def _money(amount: Fraction | None) -> Decimal | None:
    """To the cent: a share of a month by its days seldom is one."""
    return None if amount is None else (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(CENT)
