from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.templatetags.ui import day_year
from metrics.models import Report, ReportLink, ShareLink
from metrics.models.judging import SignedLink
from strategies.models import Strategy

USUALLY = timedelta(days=90)
LONGEST = timedelta(days=731)
MOST_LINKS = 50
FIELDS = ["name", "language", "shows_money"]
LABELS = {"name": gettext_lazy("For whom")}
HELP = {"name": gettext_lazy("So that you know later whose link it is.")}


class SignedLinkForm(forms.ModelForm):
    """A new link: for whom, in which language, until when; with money only where a lead asks for it."""

    until = forms.DateField(
        label=gettext_lazy("Works until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day. Leave empty: it works until you take it back."),
    )
    field_order = ["name", "language", "until", "shows_money"]

    def __init__(self, *args, may_lead: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = self.instance.brand.today()
        self.fields["name"].required = True
        self.fields["language"].initial = self.instance.brand.language
        self.fields["until"].initial = self.today + USUALLY
        if not may_lead:
            del self.fields["shows_money"]

    @property
    def others(self) -> QuerySet:
        """All links to the same thing."""
        raise NotImplementedError

    def clean_until(self):
        until = self.cleaned_data["until"]
        latest = self.today + LONGEST
        if until and not self.today <= until <= latest:
            raise ValidationError(
                _("A day from today to %(latest)s, or nothing."), params={"latest": day_year(latest)}, code="bounds"
            )
        return until

    def clean(self):
        live = self.others.filter(revoked_at=None).count()
        if live >= MOST_LINKS:
            raise ValidationError(
                _("There are %(count)s links already. Take back those that nobody needs."), params={"count": live}
            )
        return super().clean()

    def save(self, commit: bool = True) -> SignedLink:
        until, zone = self.cleaned_data["until"], self.instance.brand.zone
        # The whole of the last day, where the brand is.
        self.instance.expires_at = datetime.combine(until + timedelta(days=1), time(), zone) if until else None
        return super().save(commit)


class ShareLinkForm(SignedLinkForm):
    class Meta:
        model = ShareLink
        fields = FIELDS
        labels = LABELS | {"shows_money": gettext_lazy("Show the budget and other amounts")}
        help_texts = HELP

    def __init__(self, *args, strategy: Strategy, **kwargs):
        super().__init__(*args, instance=ShareLink(strategy=strategy), **kwargs)

    @property
    def others(self) -> QuerySet:
        return self.instance.strategy.share_links


class ReportLinkForm(SignedLinkForm):
    class Meta:
        model = ReportLink
        fields = FIELDS
        labels = LABELS | {"shows_money": gettext_lazy("Show amounts of money")}
        help_texts = HELP

    def __init__(self, *args, report: Report, may_lead: bool, **kwargs):
        # Who makes a link cannot show more than the report does.
        super().__init__(
            *args,
            instance=ReportLink(report=report, language=report.language),
            may_lead=may_lead and report.shows_money,
            **kwargs,
        )
        self.fields["language"].initial = report.language

    @property
    def others(self) -> QuerySet:
        return self.instance.report.links
