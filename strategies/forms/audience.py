import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategies.forms.rows import RowForm, offer
from strategies.models import AudienceAnswer, AudienceNote, Persona

TEXT = forms.Textarea(attrs={"rows": 3})


class AudienceAnswerForm(RowForm):
    class Meta:
        model = AudienceAnswer
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class AudienceNoteForm(RowForm):
    class Meta:
        model = AudienceNote
        fields = ["is_done", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


AGES = re.compile(r"(\d{1,3})(?:\s*[-–—]\s*(\d{1,3})|\s*(\+))?")
OLDEST = 120


class PersonaForm(RowForm):
    class Meta:
        model = Persona
        fields = [
            "name", "age_range", "gender", "occupation", "income", "region", "language", "pain_points", "how_we_help",
            "aspirations", "motive", "platforms", "active_hours", "notes",
        ]  # fmt: skip
        widgets = {"platforms": forms.CheckboxSelectMultiple} | dict.fromkeys(
            ("pain_points", "how_we_help", "aspirations", "notes"), TEXT
        )

    def __init__(self, *args, platforms: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["platforms"], platforms)
        self.fields["motive"].help_text = _("Why people use networks: information, entertainment, connection, inspiration.")

    def clean_age_range(self) -> str:
        typed = self.cleaned_data["age_range"].strip()
        if not typed:
            return ""
        found = AGES.fullmatch(typed)
        ages = [int(age) for age in found.group(1, 2) if age] if found else []
        if not ages or ages != sorted(ages) or ages[-1] > OLDEST:
            raise ValidationError(_("Write an age like 24, 18–24 or 45+."))
        return "–".join(map(str, ages)) + (found.group(3) or "")
