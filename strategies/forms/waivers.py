from django import forms
from django.utils.translation import gettext_lazy as _

from strategies.gates import GATES


class WaiverForm(forms.Form):
    """Which gate stays open, and why."""

    gate = forms.ChoiceField(choices=[(gate.name, gate.label) for gate in GATES if gate.for_review], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why may it stay open?"),
        max_length=200,
        min_length=5,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": _("Say why it may stay open.")},
    )
