"""Whom the strategy speaks to: six questions, and personas."""

from typing import Any

from django.db import models
from django.http import QueryDict

from brands.models import Platform
from strategies.forms.audience import AudienceAnswerForm, PersonaForm
from strategies.forms.rows import RowForm
from strategies.models import Persona
from strategies.pages.cards import CardsPage
from strategies.pages.rows import FixedRowsPage


class AudiencePage(FixedRowsPage):
    template = "strategies/steps/audience.html"
    related = "audience_answers"
    form_class = AudienceAnswerForm


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
