from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import Incident, Risk

EARLIEST = date(2000, 1, 1)
TEXT = forms.Textarea(attrs={"rows": 2})


class IncidentForm(RowForm):
    bounds_days_itself = frozenset({"happened_on", "settled_on"})

    class Meta:
        model = Incident
        fields = ["title", "happened_on", "channel", "risk", "text", "response", "effect", "owner", "settled_on"]
        widgets = {"happened_on": day_field_widget(), "settled_on": day_field_widget()} | dict.fromkeys(
            ("text", "response", "effect"), TEXT
        )

    def __init__(self, *args, people: People, risks: list[Risk], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = people.brand.today()
        offer(self.fields["channel"], people.channels, _("No channel in particular"))
        offer(self.fields["risk"], risks, _("Nobody foresaw it"))
        offer(self.fields["owner"], people.members, _("Nobody yet"))

    def clean_happened_on(self) -> date:
        return self._past(self.cleaned_data["happened_on"])

    def clean_settled_on(self) -> date | None:
        day = self.cleaned_data["settled_on"]
        return self._past(day) if day else None

    def _past(self, day: date) -> date:
        if not EARLIEST <= day <= self.today:
            raise ValidationError(_("Choose a day that has come: not before 2000, not after today."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        happened, settled = cleaned.get("happened_on"), cleaned.get("settled_on")
        if happened and settled and settled < happened:
            self.add_error("settled_on", _("It cannot be settled before it happened."))
        return cleaned
