"""Accepting a rule that fires, with the reason; and the thresholds, for administrators."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from metrics.health.thresholds import THRESHOLDS
from metrics.models import RuleThreshold


class AcceptForm(forms.Form):
    """Why a rule may stay as it is. `cause` stands for what was on the page when it was accepted."""

    cause = forms.CharField(widget=forms.HiddenInput, max_length=64, validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")])
    reason = forms.CharField(
        label=_("Why may it stay as it is?"),
        min_length=5,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "required": _("Say why it may stay as it is, in 5 to 200 characters."),
            "min_length": _("Say why it may stay as it is, in 5 to 200 characters."),
        },
    )


def threshold_choices() -> list[tuple[str, str]]:
    return [(name, f"{threshold.label} ({threshold.unit})") for name, threshold in THRESHOLDS.items()]


class RuleThresholdForm(forms.ModelForm):
    name = forms.ChoiceField(label=_("threshold"), choices=threshold_choices)

    class Meta:
        model = RuleThreshold
        fields = ["name", "value"]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        name, value = cleaned.get("name"), cleaned.get("value")
        threshold = THRESHOLDS.get(name or "")
        if threshold and value is not None and not threshold.allows(value):
            said = _("Between %(lowest)s and %(highest)s; the usual value is %(default)s.")
            params = {"lowest": threshold.lowest, "highest": threshold.highest, "default": threshold.default}
            self.add_error("value", forms.ValidationError(said, params=params))
        return cleaned
