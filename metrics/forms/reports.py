"""What a report is made of, and when it goes out to whom."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.forms import VersionedModelForm
from brands.models import Brand, Membership
from metrics.dashboard import HEADINGS, kpis_for
from metrics.forms.fields import day_field, limit_to_brand
from metrics.models import Report, ReportRecipient, ReportSchedule
from metrics.period_presets import LONGEST_SPAN, OWN, PRESETS, STRATEGY
from metrics.readings import label_of
from metrics.reports.facts import MOST_LINES
from metrics.reports.sections import BY_NAME, SECTIONS, Section

MOST_RECIPIENTS = 50
PERIODS = [*((preset.name, preset.label) for preset in PRESETS), (STRATEGY, gettext_lazy("From its first day")), (OWN, gettext_lazy("Own dates"))]  # fmt: skip


def kpi_choices() -> list:
    return [
        (str(heading.label), [(kpi.name, label_of(kpi.name)) for kpi in kpis_for(money=True) if kpi.group is heading.group])
        for heading in HEADINGS
    ]


class SectionsWidget(forms.CheckboxSelectMultiple):
    """Ticked sections in the order in which the page had them: every row sends its name, ticked or not."""

    def value_from_datadict(self, data, files, name):
        ticked = set(data.getlist(name))
        order = [*data.getlist("order"), *ticked]
        return [one for one in dict.fromkeys(order) if one in ticked]


class ReportForm(VersionedModelForm):
    start = day_field(gettext_lazy("From"), required=False)
    end = day_field(gettext_lazy("To"), required=False)
    preset = forms.ChoiceField(label=gettext_lazy("Period"), choices=PERIODS)
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Sections"), choices=[(section.name, section.title) for section in SECTIONS], widget=SectionsWidget,
        error_messages={"required": gettext_lazy("Choose at least one section.")},
    )  # fmt: skip
    kpis = forms.MultipleChoiceField(
        label=gettext_lazy("KPIs of the charts"), choices=kpi_choices, required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Six at most. None: the usual ones."),
    )  # fmt: skip

    class Meta:
        model = Report
        fields = [
            "name", "scope", "strategy", "campaign", "channel", "preset", "start", "end", "compares", "language",
            "shows_money", "sections", "kpis",
        ]  # fmt: skip
        help_texts = {
            "shows_money": gettext_lazy("Income, costs and ROI. Viewers never see them, whatever is chosen here."),
            "language": gettext_lazy("The language of its readers; links may have another."),
        }

    def __init__(self, *args, brand: Brand, may_lead: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        limit_to_brand(self.fields, brand)
        # An old report may be about a strategy that is archived by now.
        self.fields["strategy"].queryset = brand.strategies.all()
        for name in ("strategy", "campaign", "channel"):
            self.fields[name].empty_label = _("None")
        if not may_lead:
            del self.fields["shows_money"]

    @property
    def rows(self) -> list[tuple[Section, bool]]:
        """All sections in the order of the report, those that are not in it below; and whether each is ticked."""
        ticked = [name for name in self["sections"].value() or [] if name in BY_NAME]
        shown = self.data.getlist("order") if self.is_bound else ticked
        names = dict.fromkeys(name for name in [*shown, *ticked, *BY_NAME] if name in BY_NAME)
        return [(BY_NAME[name], name in ticked) for name in names]

    def clean_kpis(self) -> list[str]:
        chosen = self.cleaned_data["kpis"]
        if len(chosen) > MOST_LINES:
            raise ValidationError(_("Choose %(count)s at most."), params={"count": MOST_LINES})
        return chosen

    def clean(self) -> dict:
        cleaned = super().clean()
        scope = cleaned.get("scope")
        for name in ("strategy", "campaign", "channel"):
            if name != scope:
                cleaned[name] = None
                self._errors.pop(name, None)
            elif not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Choose what the report is about."))
        self._check_days(cleaned)
        return cleaned

    def _check_days(self, cleaned: dict) -> None:
        start, end = cleaned.get("start"), cleaned.get("end")
        if cleaned.get("preset") == STRATEGY and cleaned.get("scope") not in ("strategy", "campaign"):
            self.add_error("preset", _("Only a strategy and a campaign have a first day."))
        if cleaned.get("preset") != OWN:
            cleaned["start"] = cleaned["end"] = None
            return
        for name in ("start", "end"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Choose a day."))
        if start and end and end < start:
            self.add_error("end", _("The last day must not come before the first."))
        elif start and end and (end - start).days >= LONGEST_SPAN:
            self.add_error("end", _("Choose three years at most."))


class ReportScheduleForm(VersionedModelForm):
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekday"), choices=list(WEEKDAYS.items()), coerce=int, required=False, empty_value=0
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Hour"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int,
        help_text=gettext_lazy("On the clock of the brand."),
    )  # fmt: skip

    class Meta:
        model = ReportSchedule
        fields = ["rhythm", "weekday", "day", "hour", "attaches_pdf", "attaches_xlsx"]
        help_texts = {"day": gettext_lazy("From the 29th on: the last day, where a month is shorter.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].required = False

    def clean_day(self) -> int:
        day = self.cleaned_data.get("day")
        if day is None and self.cleaned_data.get("rhythm") == ReportSchedule.Rhythm.MONTHLY:
            raise ValidationError(_("Choose a day."))
        return 1 if day is None else day

    @property
    def moves(self) -> bool:
        """Whether it changes when the report goes out."""
        return bool({"rhythm", "weekday", "day", "hour"} & set(self.changed_data))


class RecipientForm(forms.Form):
    """A member of the team, or an address outside it."""

    member = forms.ModelChoiceField(
        label=gettext_lazy("From the team"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )
    email = forms.EmailField(label=gettext_lazy("Or an address outside"), required=False, max_length=254)

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        members = report.brand.memberships.select_related("user").filter(user__is_active=True)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda row: str(row.user)

    def clean(self) -> dict:
        cleaned = super().clean()
        member, email = cleaned.get("member"), cleaned.get("email")
        if self.errors:
            return cleaned
        if bool(member) == bool(email):
            raise ValidationError(_("Choose somebody of the team, or write an address."))
        self._check(member.user.email if member else email)
        return cleaned

    def _check(self, address: str) -> None:
        known = self.report.recipients.all()
        field = "email" if self.cleaned_data.get("email") else "member"
        if known.filter(email__iexact=address).exists():
            self.add_error(field, _("This address gets the report already."))
        elif known.count() >= MOST_RECIPIENTS:
            self.add_error(field, _("A report goes to %(count)s addresses at most.") % {"count": MOST_RECIPIENTS})

    def save(self) -> ReportRecipient:
        member, email = self.cleaned_data["member"], self.cleaned_data["email"]
        if member:
            return self.report.recipients.create(user=member.user, email=member.user.email)
        # Somebody of the team is known by their address, and gets what their role may see.
        found = self.report.brand.memberships.select_related("user").filter(user__email__iexact=email).first()
        return self.report.recipients.create(user=found.user if found else None, email=email)
