"""A look at the own channels and at those of competitors."""

from typing import Any

from django.db import models
from django.http import QueryDict

from brands.models import Platform
from strategies.forms.audits import CompetitorAuditForm, OwnAuditForm
from strategies.forms.rows import RowForm
from strategies.models import Audit
from strategies.pages.cards import CardsPage


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
