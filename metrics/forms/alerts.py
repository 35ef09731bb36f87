"""What was done about an alert, and which unusual days a person wants to hear nothing of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from metrics.insight.reading import WATCHED
from metrics.readings import label_of


class SettleForm(forms.Form):
    note = forms.CharField(
        label=_("What did you do?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
        error_messages={"required": _("Write in a few words what was done, so that the next one can learn from it.")},
    )  # fmt: skip


class SilenceForm(forms.Form):
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=None, required=False, empty_label=_("All channels"))
    measure = forms.ChoiceField(label=_("Figure"), required=False)

    def __init__(self, brand: Brand, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = brand.channels.select_related("platform")
        self.fields["measure"].choices = [("", _("All figures")), *((name, label_of(name)) for name in WATCHED)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
