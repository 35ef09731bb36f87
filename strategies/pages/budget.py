"""What it may cost."""

from decimal import Decimal
from typing import Any

from strategies.forms.budget import BudgetLineForm, OrganicOnlyForm
from strategies.models import BudgetLine
from strategies.pages.rows import RowsPage


class BudgetPage(RowsPage):
    template = "strategies/steps/budget.html"
    live_parts = {"budget-live": "strategies/steps/_budget_live.html"}
    related = "budget_lines"
    form_class = BudgetLineForm
    fields_form = OrganicOnlyForm

    def extras(self) -> dict[str, Any]:
        return {"people": self.people, "strategy": self.strategy}

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
        by_kind: dict[str, Decimal] = {}
        for line in self._lines():
            by_kind[line.get_kind_display()] = by_kind.get(line.get_kind_display(), Decimal(0)) + (line.planned or 0)
        total = sum(by_kind.values(), Decimal(0))
        shares = [
            (kind, amount, amount * 100 / total, f"f-s{position % 6 + 1}")
            for position, (kind, amount) in enumerate(sorted(by_kind.items(), key=lambda entry: -entry[1]))
            if amount
        ]
        has_test = any(line.kind == BudgetLine.Kind.TEST and line.planned for line in self._lines())
        parts = [(css, share) for _kind, _amount, share, css in shares]
        return super().context() | {"total": total, "shares": shares, "parts": parts, "has_test": has_test}
