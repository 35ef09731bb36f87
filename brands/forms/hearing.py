"""What a person hears of: one form for the rhythm, two tick boxes per kind of news."""

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.models import EmailRhythm
from brands.notifications import KINDS


class HearingForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("letters by e-mail"), choices=EmailRhythm.choices, widget=forms.RadioSelect)
    in_app = forms.MultipleChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    by_email = forms.MultipleChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
