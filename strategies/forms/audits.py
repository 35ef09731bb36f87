from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import Audit

EARLIEST = date(2000, 1, 1)
SMALL = forms.Textarea(attrs={"rows": 2})


class AuditForm(RowForm):
    """What both kinds of audit ask; each kind adds whom it looks at, and its own questions."""

    bounds_days_itself = frozenset({"audited_on"})

    class Meta:
        model = Audit
        fields = ["audited_on", "followers", "posts_per_month", "best_format", "strengths", "weaknesses", "gap"]
        widgets = {"audited_on": day_field_widget()} | dict.fromkeys(
            (
                "works", "to_improve", "strengths", "weaknesses", "hypothesis", "gap", "tactics", "neglected", "flops",
                "popular_posts",
            ), SMALL
        )  # fmt: skip

    followers = NumberField(label=_("Followers"), required=False, max_digits=12, decimal_places=0, min_value=0)
    posts_per_month = NumberField(
        label=_("Posts per month"), required=False, max_digits=5, decimal_places=0, min_value=0, max_value=10_000
    )

    def __init__(self, *args, people: People, platforms: list, save_as_it_is: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = people.brand.today()
        self._save_as_it_is = save_as_it_is
        if "channel" in self.fields:
            offer(self.fields["channel"], _with_stored(people.channels, self.instance.channel), _("Choose a channel"))
            self.fields["channel"].required = True
        if "platform" in self.fields:
            offer(self.fields["platform"], _with_stored(platforms, self.instance.platform), _("Choose a platform"))

    @property
    def touched(self) -> bool:
        """A second look that found everything as it was is worth saving, too, when somebody presses the button."""
        return super().touched or (self._save_as_it_is and self.instance.pk is None and self._was_sent)

    def clean_audited_on(self) -> date | None:
        day = self.cleaned_data["audited_on"]
        if day and not EARLIEST <= day <= self.today:
            raise ValidationError(_("Choose the day you looked: not before 2000, not after today."))
        return day


def _with_stored(rows: list, stored: object) -> list:
    """A channel that is no longer active still names the audit it was chosen for."""
    return rows if stored is None or stored in rows else [*rows, stored]


class OwnAuditForm(AuditForm):
    class Meta(AuditForm.Meta):
        fields = ["channel", *AuditForm.Meta.fields, "works", "to_improve", "hypothesis"]


class CompetitorAuditForm(AuditForm):
    following = NumberField(label=_("Follows"), required=False, max_digits=12, decimal_places=0, min_value=0)

    class Meta(AuditForm.Meta):
        fields = [
            "competitor", "platform", *AuditForm.Meta.fields, "following", "content_types", "popular_posts", "tactics",
            "neglected", "flops", "works", "to_improve",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("works", "to_improve"):
            # The three questions have taken their place; what was once written there stays to be read and changed.
            if not getattr(self.instance, name) and not self.initial.get(name):
                del self.fields[name]

    def clean_competitor(self) -> str:
        name = " ".join(self.cleaned_data["competitor"].split())
        if not name:
            raise ValidationError(_("Whom did you look at?"))
        return name
