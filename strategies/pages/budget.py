"""What it may cost."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from strategies import budget
from strategies.events import happened
from strategies.forms.budget import BudgetLineForm, EnvelopeForm, write_months
from strategies.models import BudgetLine, StrategyEvent
from strategies.pages.analysis import window_url
from strategies.pages.base import chosen_number
from strategies.pages.rows import RowsPage

SERIES = 6
TOOLS_LINE = gettext_lazy("Tools we pay for")


class BudgetPage(RowsPage):
    template = "strategies/steps/budget.html"
    live_parts = {"budget-live": "strategies/steps/_budget_live.html"}
    related = "budget_lines"
    form_class = BudgetLineForm
    fields_form = EnvelopeForm

    def rows(self) -> list[models.Model]:
        return list(self.strategy.budget_lines.prefetch_related("months"))

    def extras(self) -> dict[str, Any]:
        return {"people": self.people, "strategy": self.strategy}

    def act(self, action: str) -> str | None:
        """`spread-<line>`: divide its sum over the months; `tools`: take over what the paid tools cost; `reviewed`."""
        if action.startswith("spread-"):
            return self._spread(chosen_number(action.removeprefix("spread-")))
        if action == "tools":
            return self._take_tools()
        if action == "reviewed":
            return self._note_review()
        return None

    def _spread(self, number: int | None) -> str:
        line = self.strategy.budget_lines.filter(pk=number).first()
        if line is not None and line.planned:
            self._plan_evenly(line, line.planned)
        return f"#row-{number}"

    def _plan_evenly(self, line: BudgetLine, total: Decimal) -> None:
        months = budget.months_between(self.strategy.start, self.strategy.end)
        with transaction.atomic():
            line.planned, line.hours_per_week, line.hourly_rate = total, None, None
            line.save_version(line.version)
            line.months.exclude(month__in=months).delete()
            write_months(line, dict(zip(months, budget.spread(total, len(months)), strict=True)))
        self.acted = True

    def _take_tools(self) -> str:
        cost = tools_per_month(self.strategy)
        if not cost:
            return ""
        kind = BudgetLine.Kind.TOOLS
        line = self.strategy.budget_lines.filter(kind=kind, name__in=_in_every_language(TOOLS_LINE)).first()
        if line is None:
            count = self.strategy.budget_lines.count()
            line = self.strategy.budget_lines.create(kind=kind, name=str(TOOLS_LINE), position=count)
        months = budget.months_between(self.strategy.start, self.strategy.end)
        self._plan_evenly(line, cost * len(months))
        return f"#row-{line.pk}"

    def _note_review(self) -> str:
        self.strategy.budget_reviewed_on = self.brand.today()
        self.strategy.save(update_fields=["budget_reviewed_on", "updated_at"])
        happened(self.strategy, StrategyEvent.Kind.BUDGET_REVIEWED, self.request.user)
        self.acted = True
        return ""

    def _lines(self) -> list[BudgetLine]:
        """The lines as they are being written; what cannot be read yet counts as it was."""
        lines = []
        for prefix, form in self.forms.items():
            if prefix == "strategy":
                continue
            if form.is_bound:
                form.is_valid()
            lines.append(form.instance)
        return lines

    def context(self) -> dict[str, Any]:
        lines = self._lines()
        shares, total = shares_by_kind(lines)
        strategy = self.forms["strategy"].instance
        whole = budget.envelope(strategy.marketing_budget, strategy.social_share)
        tools = tools_per_month(self.strategy)
        return super().context() | {
            "total": total,
            "shares": shares,
            "parts": [(css, share) for _kind, _amount, share, css in shares],
            "months": self._by_month(),
            "has_test": any(line.kind == BudgetLine.Kind.TEST and line.planned for line in lines),
            "envelope": whole,
            "left": None if whole is None else whole - total,
            "tools": tools,
            "tools_whole": tools * len(budget.months_between(self.strategy.start, self.strategy.end)),
            "window": window_url("metrics:budget", self.strategy),
        }

    def _by_month(self) -> list[tuple[Any, Decimal, Decimal]]:
        """Month, what its lines plan for it, and that against the fullest month in per cent."""
        sums: dict[Any, Decimal] = {}
        for prefix, form in self.forms.items():
            if prefix == "strategy":
                continue
            known = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
            for name, month in form.months.items():
                sums[month] = sums.get(month, Decimal(0)) + (known.get(name) or 0)
        most = max(sums.values(), default=Decimal(0))
        return [(month, sums[month], sums[month] * 100 / most) for month in sorted(sums)] if most else []


def shares_by_kind(lines: list[BudgetLine]) -> tuple[list[tuple[str, Decimal, Decimal, str]], Decimal]:
    """Each kind of cost with its sum, its share in per cent and its colour, the largest first; and the whole."""
    by_kind: dict[str, Decimal] = {}
    for line in lines:
        if line.kind:
            by_kind[line.get_kind_display()] = by_kind.get(line.get_kind_display(), Decimal(0)) + (line.planned or 0)
    total = sum(by_kind.values(), Decimal(0))
    largest_first = sorted(((kind, amount) for kind, amount in by_kind.items() if amount), key=lambda entry: -entry[1])
    shares = [
        (kind, amount, amount * 100 / total, f"f-s{place % SERIES + 1}") for place, (kind, amount) in enumerate(largest_first)
    ]
    return shares, total


def _in_every_language(words: Promise) -> list[str]:
    """Whoever made the line may have spoken another language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(words))
    return found


def tools_per_month(strategy) -> Decimal:
    """What the brand's paid tools cost each month."""
    found = strategy.brand.tools.filter(is_paid=True).aggregate(sum=models.Sum("price_per_month"))
    return found["sum"] or Decimal(0)
