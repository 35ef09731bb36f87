"""What a person says about a step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strategies.models import StepComment

LONGEST = 2000


class CommentForm(forms.ModelForm):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control", "maxlength": LONGEST}),
        error_messages={
            "required": _("Write what you want to say."),
            "max_length": _("Two thousand characters are the most; this has %(show_value)s."),
        },
    )

    class Meta:
        model = StepComment
        fields = ["text"]
