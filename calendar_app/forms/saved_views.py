from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.models import SavedView

VIEWS = ("month", "week", "board", "quarter", "list")
# Where in time a view stands is not kept: it opens on today.
KEPT = ("channel", "status", "pillar", "campaign", "owner", "format", "stage", "kind", "q", "when")


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "view", "query"]
        widgets = {"view": forms.HiddenInput, "query": forms.HiddenInput}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the view")

    def clean_view(self) -> str:
        view = self.cleaned_data["view"]
        return view if view in VIEWS else "month"

    def clean_query(self) -> str:
        return urlencode([(name, value) for name, value in parse_qsl(self.cleaned_data["query"]) if name in KEPT])
