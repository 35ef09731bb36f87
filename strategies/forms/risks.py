from django import forms
from django.utils.translation import gettext_lazy as _

from strategies.forms.rows import People, RowForm, offer
from strategies.models import Risk

# The placeholder is empty words: by it the page's style sheet knows that nothing is written yet.
RESPONSE = forms.Textarea(attrs={"rows": 2, "placeholder": " "})


class RiskForm(RowForm):
    class Meta:
        model = Risk
        fields = ["name", "likelihood", "effect", "sign", "response", "owner"]
        widgets = {"response": RESPONSE}

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], people.members, _("Nobody yet"))
