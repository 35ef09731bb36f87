from datetime import date

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.fields import NumberField
from strategies.forms.rows import People, RowForm, StrategyFieldsForm, day_field_widget, offer
from strategies.models import AudienceAnswer, Audit, BudgetLine, Persona, PlanningStep, Strategy

TEXT = forms.Textarea(attrs={"rows": 3})


class PlanningStepForm(RowForm):
    class Meta:
        model = PlanningStep
        fields = ["text", "owner", "due"]
        widgets = {"due": day_field_widget(), "text": TEXT}

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], people.members, _("Nobody yet"))


class AudienceAnswerForm(RowForm):
    class Meta:
        model = AudienceAnswer
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class PersonaForm(RowForm):
    class Meta:
        model = Persona
        fields = [
            "name", "age_range", "gender", "occupation", "income", "region", "language", "pain_points", "how_we_help",
            "aspirations", "motive", "platforms", "active_hours", "notes",
        ]  # fmt: skip
        widgets = {"platforms": forms.CheckboxSelectMultiple} | dict.fromkeys(
            ("pain_points", "how_we_help", "aspirations", "notes"), TEXT
        )

    def __init__(self, *args, platforms: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["platforms"], platforms)


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


class BudgetLineForm(RowForm):
    planned = NumberField(label=pgettext_lazy("amount of money", "Planned"), max_digits=18, decimal_places=2, min_value=0)
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat, empty_value=None, required=False)

    class Meta:
        model = BudgetLine
        fields = ["kind", "name", "planned", "month", "channel"]

    def __init__(self, *args, people: People, strategy: Strategy, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["channel"], people.channels, _("All channels"))
        if self.instance.month:
            self.initial["month"] = self.instance.month.isoformat()
        self.fields["month"].choices = [("", _("Whole period")), *_months(strategy, self.instance.month)]


def _months(strategy: Strategy, stored: date | None) -> list[tuple[str, str]]:
    """The strategy's months, and the one that is stored though the dates may have moved away from it."""
    first, months = strategy.start.replace(day=1), set()
    while first <= strategy.end:
        months.add(first)
        first += relativedelta(months=1)
    if stored:
        months.add(stored)
    return [(month.isoformat(), date_format(month, "YEAR_MONTH_FORMAT")) for month in sorted(months)]


class OrganicOnlyForm(StrategyFieldsForm):
    class Meta:
        model = Strategy
        fields = ["organic_only"]
