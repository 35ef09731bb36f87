from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import Audit

TEXT = forms.Textarea(attrs={"rows": 3})


class AuditForm(RowForm):
    """What both kinds of audit ask; each kind adds whom it looks at."""

    class Meta:
        model = Audit
        fields = ["audited_on", "followers", "posts_per_month", "best_format", "works", "to_improve", "strengths",
                  "weaknesses", "hypothesis", "gap"]  # fmt: skip
        widgets = {"audited_on": day_field_widget()} | dict.fromkeys(
            ("works", "to_improve", "strengths", "weaknesses", "hypothesis", "gap"), TEXT
        )

    followers = NumberField(label=_("Followers"), required=False, max_digits=15, decimal_places=0, min_value=0)
    posts_per_month = NumberField(label=_("Posts per month"), required=False, max_digits=6, decimal_places=0, min_value=0)

    def __init__(self, *args, people: People, platforms: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "channel" in self.fields:
            offer(self.fields["channel"], people.channels, _("Choose a channel"))
            self.fields["channel"].required = True
        if "platform" in self.fields:
            offer(self.fields["platform"], platforms)


class OwnAuditForm(AuditForm):
    class Meta(AuditForm.Meta):
        fields = ["channel", *AuditForm.Meta.fields]


class CompetitorAuditForm(AuditForm):
    class Meta(AuditForm.Meta):
        fields = ["competitor", "platform", *AuditForm.Meta.fields]

    def clean_competitor(self) -> str:
        name = self.cleaned_data["competitor"].strip()
        if not name:
            raise ValidationError(_("Whom did you look at?"))
        return name
