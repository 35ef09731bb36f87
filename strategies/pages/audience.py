"""Whom the strategy speaks to: six questions, and personas."""

from typing import Any

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models import Platform
from strategies import fixed_rows, surveys
from strategies.audience import matrix, unused_channels
from strategies.forms.audience import AudienceAnswerForm, AudienceNoteForm, PersonaForm
from strategies.forms.rows import RowForm
from strategies.gates import step_url
from strategies.models import AudienceNote, Persona
from strategies.pages.cards import CardsPage
from strategies.pages.rows import FixedRowsPage

Topic = AudienceNote.Topic
# How each way to find the audience is gone.
WAYS = {
    Topic.PERSONAS: _("Describe one real customer, and give him or her a name."),
    Topic.WHERE: _("Look which platforms your customers use, and at what hours; tick them at each persona."),
    Topic.RIVALS: _("See who follows and answers your competitors, and what they ask."),
    Topic.SURVEY: _("Ask a few questions behind a link; the answers stand beside your personas."),
    Topic.GROUPS: _("Find groups and channels that speak about your trade, and read before you write."),
}
WAY_STEPS = {Topic.PERSONAS: "personas", Topic.WHERE: "platforms", Topic.RIVALS: "audits", Topic.GROUPS: "methods"}


class AudiencePage(FixedRowsPage):
    template = "strategies/steps/audience.html"
    related = "audience_answers"
    form_class = AudienceAnswerForm
    live_parts = {"audience-live": "strategies/steps/_audience_live.html"}

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        forms = super().build(typed)
        for row in fixed_rows.in_order(self.strategy, "audience_notes"):
            # Rows of another table: their keys are not those of the questions.
            prefix = f"note-{row.pk}"
            row.strategy = self.strategy
            forms[prefix] = AudienceNoteForm(self._typed_for(prefix, typed), instance=row, prefix=prefix)
        return forms

    def context(self) -> dict[str, Any]:
        notes = {form.instance.topic: form for prefix, form in self.forms.items() if prefix.startswith("note-")}
        context = super().context()
        return context | {
            "rows": [form for form in context["rows"] if form.prefix.startswith("row-")],
            "ways": [(notes[topic], WAYS[topic], self._way_url(topic)) for topic in AudienceNote.WAYS if topic in notes],
            "reflection": [notes[topic] for topic in AudienceNote.REFLECTION if topic in notes],
            "answered": sum(form.instance.is_complete for form in context["rows"] if form.prefix.startswith("row-")),
        }

    def _way_url(self, topic: str) -> str:
        if topic == AudienceNote.Topic.SURVEY:
            return reverse("strategies:surveys", args=[self.brand.slug, self.strategy.pk])
        return step_url(self.strategy, WAY_STEPS.get(topic, "personas"))


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
        reached = matrix(self.strategy)
        address = reverse("strategies:surveys", args=[self.brand.slug, self.strategy.pk])
        return super().context() | {
            "reached": reached,
            "unused": unused_channels(self.strategy),
            "surveys_url": address,
            "asked": surveys.in_brief(self.strategy),
        }
