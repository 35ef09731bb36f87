"""What it may cost: lines, months, and what was spent so far. Only for those who may see money."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.document.chapters import Section
from metrics.document.figures import Figures
from strategies.budget import envelope
from strategies.models import BudgetLine, BudgetMonth, Strategy

SECTIONS = (Section("budget", _("Budget"), ("budget_lines", "organic_only")),)


@dataclass(frozen=True)
class LineLook:
    line: BudgetLine
    share: Decimal | None  # of all planned money, per cent
    months: list[BudgetMonth]


def said(strategy: Strategy, found: Figures, *, money: bool) -> dict[str, Any]:
    if not money:
        return {"budget_lines": []}
    lines = list(strategy.budget_lines.all())
    total = sum((line.planned for line in lines), Decimal(0))
    looks = [LineLook(line, line.planned / total * 100 if total else None, list(line.months.all())) for line in lines]
    return {
        "budget_lines": looks,
        "budget_total": total,
        "budget_months": by_month(lines),
        "budget_envelope": envelope(strategy.marketing_budget, strategy.social_share),
        "budget_spent": found.shown("investment"),
        "budget_used": found.shown("budget_utilisation"),
        "organic_only": strategy.organic_only,
    }


def by_month(lines: list[BudgetLine]) -> list[tuple[date, Decimal, Decimal]]:
    """Month, what its lines plan for it, and that against the fullest month in per cent."""
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for line in lines:
        for month in line.months.all():
            sums[month.month] += month.planned
    most = max(sums.values(), default=Decimal(0))
    return [(month, sums[month], sums[month] / most * 100 if most else Decimal(0)) for month in sorted(sums)]
