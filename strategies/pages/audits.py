"""A look at the own channels and at those of competitors, again and again."""

from functools import cached_property
from typing import Any

from django.db import models
from django.http import Http404, QueryDict

from brands.checklist import percents
from brands.models import Platform
from strategies.audit_history import KEPT_WORDS, gaps, subjects
from strategies.forms.audits import CompetitorAuditForm, OwnAuditForm
from strategies.forms.rows import RowForm
from strategies.known_figures import Known, latest
from strategies.models import Audit
from strategies.pages.base import chosen_number
from strategies.pages.cards import CardsPage


class AuditsPage(CardsPage):
    template = "strategies/steps/audits.html"
    related = "audits"
    parameter = "audit"

    def stored(self) -> models.QuerySet:
        return self.strategy.audits.select_related("channel__platform", "platform")

    def new_item(self, named: str) -> Audit | None:
        if (earlier := self.earlier) is not None:
            return Audit(
                strategy=self.strategy, kind=earlier.kind, channel=earlier.channel, competitor=earlier.competitor,
                platform=earlier.platform, earlier=earlier, audited_on=self.brand.today(),
            )  # fmt: skip
        kind = self.request.POST.get("kind") or self.request.GET.get("new")
        if kind not in Audit.Kind.values:
            return None
        return Audit(strategy=self.strategy, kind=kind, audited_on=self.brand.today())

    @property
    def earlier(self) -> Audit | None:
        """The audit whose subject is looked at again."""
        number = chosen_number(self.request.POST.get("again") or self.request.GET.get("again"))
        if number is None:
            return None
        found = next((audit for audit in self.items if audit.pk == number), None)
        if found is None:
            raise Http404
        return found

    def form_for(self, typed: QueryDict | None) -> RowForm:
        form_class = OwnAuditForm if self.item.kind == Audit.Kind.OWN else CompetitorAuditForm
        is_new_look = self.item.pk is None and self.item.earlier is not None
        offered = {name: getattr(self.item.earlier, name) for name in KEPT_WORDS} if is_new_look else {}
        if is_new_look and self.known.value is not None:
            offered["followers"] = self.known.value
        return form_class(
            typed, instance=self.item, prefix="item", people=self.people, platforms=list(Platform.objects.filter(is_active=True)),
            initial=offered, save_as_it_is=is_new_look and self.request.POST.get("action") == "save",
        )  # fmt: skip

    @cached_property
    def known(self) -> Known:
        """The newest followers of the channel that is being looked at, where somebody measured them."""
        is_own = self.item is not None and self.item.kind == Audit.Kind.OWN and self.item.channel is not None
        return latest(self.item.channel, "followers") if is_own else Known()

    def act(self, action: str) -> str | None:
        """`known`: the followers are what was measured last."""
        if action != "known":
            return None
        if self.item is not None and self.item.pk is not None and self.known.value is not None:
            self.item.followers = int(self.known.value)
            self.item.save_version(self.item.version)
            self.acted = True
        return f"?audit={self.item.pk}#audit" if self.item is not None and self.item.pk else ""

    def context(self) -> dict[str, Any]:
        found, today = subjects(self.items), self.brand.today()
        done = percents([subject.newest.channel for subject in found if subject.is_own and subject.newest.channel])
        for subject in found:
            subject.overdue = subject.is_overdue(today)
            subject.set_up = done.get(subject.newest.channel_id) if subject.is_own else None
        return super().context() | {
            "own": [subject for subject in found if subject.is_own],
            "rivals": [subject for subject in found if not subject.is_own],
            "gaps": gaps(found),
            "known": self.known,
            "again": self.earlier if self.item is not None and self.item.pk is None else None,
        }
