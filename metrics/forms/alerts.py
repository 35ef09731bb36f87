"""What was done about an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SettleForm(forms.Form):
    note = forms.CharField(
        label=_("What did you do?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
        error_messages={"required": _("Write in a few words what was done, so that the next one can learn from it.")},
    )  # fmt: skip
