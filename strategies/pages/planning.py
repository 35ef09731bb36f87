"""The steps of the second stage: who, with what, against whom."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.http import Http404, QueryDict

from brands.models import Platform
from strategies.forms.planning import (
    AudienceAnswerForm,
    BudgetLineForm,
    CompetitorAuditForm,
    OrganicOnlyForm,
    OwnAuditForm,
    PersonaForm,
    PlanningStepForm,
)
from strategies.forms.rows import RowForm
from strategies.models import Audit, BudgetLine, Persona
from strategies.pages.base import Page, chosen_number
from strategies.pages.rows import FixedRowsPage, RowsPage
from strategies.undo import remember


class PlanPage(FixedRowsPage):
    template = "strategies/steps/plan.html"
    related = "planning_steps"
    form_class = PlanningStepForm

    def extras(self) -> dict[str, Any]:
        return {"people": self.people}


class AudiencePage(FixedRowsPage):
    template = "strategies/steps/audience.html"
    related = "audience_answers"
    form_class = AudienceAnswerForm


class CardsPage(Page):
    """A list of rows of which one is open for writing: too many fields to show all at once."""

    related = ""
    parameter = ""  # in the address: ?persona=12, or ?persona=new

    @cached_property
    def items(self) -> list[Any]:
        return list(self.stored())

    def stored(self) -> models.QuerySet:
        return getattr(self.strategy, self.related).all()

    @cached_property
    def item(self) -> Any:
        """The open row; None where the list is only looked at."""
        named = self.request.POST.get("item") or self.request.GET.get(self.parameter) or ""
        if (number := chosen_number(named)) is not None:
            found = next((item for item in self.items if item.pk == number), None)
            if found is None:
                raise Http404
            return found
        return self.new_item(named)

    def new_item(self, named: str) -> Any:
        raise NotImplementedError

    def form_for(self, typed: QueryDict | None) -> RowForm:
        raise NotImplementedError

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        return {"item": self.form_for(typed)} if self.item is not None else {}

    def prefix_of(self, row: Any) -> str:
        return "item"

    def fresh_states(self):
        number = self.item.pk
        for name in ("items", "item"):
            self.__dict__.pop(name, None)
        self.item = next(item for item in self.items if item.pk == number)
        return super().fresh_states()

    def here(self) -> str:
        # Saved: the list again, without an open form.
        return ""

    def remove(self, number: str) -> None:
        row = self.stored().filter(pk=chosen_number(number)).first()
        if row is not None:
            remember(self.request, self.strategy, [row], str(row))
            row.delete()
            self.acted = True
            self.__dict__.pop("items", None)

    def context(self) -> dict[str, Any]:
        return super().context() | {"items": self.items, "item": self.item, "item_form": self.forms.get("item")}


class PersonasPage(CardsPage):
    template = "strategies/steps/personas.html"
    related = "personas"
    parameter = "persona"

    def stored(self) -> models.QuerySet:
        return self.strategy.personas.prefetch_related("platforms")

    def new_item(self, named: str) -> Persona | None:
        wanted = named == "new" or not self.items
        return Persona(strategy=self.strategy) if wanted else None

    def form_for(self, typed: QueryDict | None) -> RowForm:
        platforms = Platform.objects.filter(is_active=True)
        return PersonaForm(typed, instance=self.item, prefix="item", platforms=platforms)

    def context(self) -> dict[str, Any]:
        for persona in self.items:
            persona.lacking = [Persona._meta.get_field(name).verbose_name for name in persona.missing_fields()]
        return super().context()


class AuditsPage(CardsPage):
    template = "strategies/steps/audits.html"
    related = "audits"
    parameter = "audit"

    def stored(self) -> models.QuerySet:
        return self.strategy.audits.select_related("channel__platform", "platform")

    def new_item(self, named: str) -> Audit | None:
        kind = self.request.POST.get("kind") or self.request.GET.get("new")
        if kind not in Audit.Kind.values:
            return None
        return Audit(strategy=self.strategy, kind=kind, audited_on=self.brand.today())

    def form_for(self, typed: QueryDict | None) -> RowForm:
        form_class = OwnAuditForm if self.item.kind == Audit.Kind.OWN else CompetitorAuditForm
        platforms = Platform.objects.filter(is_active=True)
        return form_class(typed, instance=self.item, prefix="item", people=self.people, platforms=platforms)

    def context(self) -> dict[str, Any]:
        own = [audit for audit in self.items if audit.kind == Audit.Kind.OWN]
        rivals = [audit for audit in self.items if audit.kind == Audit.Kind.COMPETITOR]
        return super().context() | {"own_audits": own, "competitor_audits": rivals}


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
