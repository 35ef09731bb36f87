from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.fields import NumberField
from brands.models.teams import Skill
from strategies.forms.rows import RowForm, day_field_widget
from strategies.models import PilotVerdict, StrategyChannel


class StrategyChannelForm(RowForm):
    posts_per_week = NumberField(
        label=gettext_lazy("Posts per week"), max_digits=4, decimal_places=1, min_value=0, max_value=200
    )  # fmt: skip
    hours_per_post = NumberField(
        label=gettext_lazy("Hours per post"), max_digits=4, decimal_places=1, min_value=0, max_value=100
    )  # fmt: skip
    community_hours = NumberField(
        label=gettext_lazy("Community hours"), required=False, max_digits=4, decimal_places=1, min_value=0, max_value=168
    )
    hours_available = NumberField(
        label=gettext_lazy("Hours kept for it"), required=False, max_digits=4, decimal_places=1, min_value=0, max_value=168,
        help_text=gettext_lazy("Leave empty where the channels share the team’s hours."),
    )  # fmt: skip
    needed_skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills it needs"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = StrategyChannel
        fields = [
            "posts_per_week", "hours_per_post", "community_hours", "hours_available", "needed_skills", "content_source",
            "resources_now", "resources_later", "why", "pilot_until", "pilot_success", "pilot_verdict",
        ]  # fmt: skip
        widgets = {"pilot_until": day_field_widget()}

    def __init__(self, *args, skills: list[str], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not self.instance.needed_skills:
            # What is suggested stands ticked; it is stored with the next change of this row.
            self.initial["needed_skills"] = skills
        self.fields["pilot_verdict"].choices = [("", _("Not decided yet")), *PilotVerdict.choices]

    def clean_community_hours(self) -> Decimal:
        hours = self.cleaned_data["community_hours"]
        if hours is None and self.add_prefix("community_hours") not in self.data:
            return self.instance.community_hours
        return hours or Decimal(0)

    def clean_pilot_until(self) -> date | None:
        day = self.cleaned_data["pilot_until"]
        if day and day <= self.instance.strategy.start:
            raise ValidationError(_("A pilot must end after the strategy’s start."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        until, verdict = cleaned.get("pilot_until"), cleaned.get("pilot_verdict")
        has_day = until is not None or self.has_error("pilot_until")
        if verdict and not has_day:
            self.add_error("pilot_verdict", _("There is no pilot: say until when it runs first."))
        if verdict == PilotVerdict.LONGER and until and until < self.today and not self.has_error("pilot_until"):
            self.add_error("pilot_until", _("Until when do you try longer? Choose a day to come."))
        if cleaned.get("pilot_success") and not has_day:
            self.add_error("pilot_until", _("Say until when the pilot runs."))
        return cleaned
