from django import forms

from strategies.forms.rows import RowForm, offer
from strategies.models import AudienceAnswer, Persona

TEXT = forms.Textarea(attrs={"rows": 3})


class AudienceAnswerForm(RowForm):
    class Meta:
        model = AudienceAnswer
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


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
