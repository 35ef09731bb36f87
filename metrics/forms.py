"""What people type in on the pages of results: money, figures measured by hand, findings."""

from decimal import Decimal
from fractions import Fraction

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.forms import VersionedModelForm
from brands.models import Brand, Channel
from brands.models.teams import Currency
from metrics.kpi.measures import MEASURES, Family, Measure
from metrics.models import Finding, LedgerEntry, Observation
from strategies.models import Answer, BudgetLine, Strategy

Kind = LedgerEntry.Kind


class DayInput(forms.DateInput):
    """The browser's own calendar; it reads and writes ISO days whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def day_field(label: object, **options: object) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, input_formats=["%Y-%m-%d"], localize=False, **options)


def amount_field(label: object, **options: object) -> NumberField:
    return NumberField(label=label, min_value=0, max_digits=18, decimal_places=2, **options)


def limit_to_brand(fields: dict[str, forms.Field], brand: Brand) -> None:
    """Offer only what belongs to the brand, whatever ids a request brings along."""
    of_brand: dict[str, QuerySet] = {
        "strategy": brand.strategies.exclude(status=Strategy.Status.ARCHIVED),
        "channel": brand.channels.select_related("platform"),
        "campaign": brand.campaigns.all(),
        "budget_line": BudgetLine.objects.filter(strategy__brand=brand),
    }
    for name, rows in of_brand.items():
        if name in fields:
            fields[name].queryset = rows
            if not fields[name].required and name != "channel":
                fields[name].empty_label = _("None")


class LineMustFitStrategy:
    """A budget line belongs to one strategy; naming another one with it would count the money twice."""

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        line, strategy = cleaned.get("budget_line"), cleaned.get("strategy")
        if line and strategy and line.strategy_id != strategy.pk:
            self.add_error("budget_line", _("This line belongs to another strategy."))
        elif line:
            cleaned["strategy"] = line.strategy
        return cleaned


class MoneyForm(LineMustFitStrategy, forms.Form):
    """Income with its cost of goods, or an investment, or both at once. Profit is worked out, never asked."""

    date = day_field(_("Date"))
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency)
    income = amount_field(_("Income (revenue)"), required=False, help_text=_("What customers paid."))
    cogs = amount_field(
        _("Cost of goods"), required=False, initial=Decimal(0), help_text=_("What the sold goods cost you. 0 for services.")
    )
    investment = amount_field(
        _("Investment"), required=False, help_text=_("What you spent: ads, people, tools, production, rewards.")
    )
    strategy = forms.ModelChoiceField(label=_("Strategy"), queryset=None, required=False)
    budget_line = forms.ModelChoiceField(label=_("Budget line"), queryset=None, required=False)
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=None, required=False)
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=None, required=False)
    is_ad = forms.BooleanField(label=_("Paid advertising: counts for ROAS"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_to_brand(self.fields, brand)
        self.fields["channel"].empty_label = _("None")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("income") is None and cleaned.get("investment") is None and not self.errors:
            raise forms.ValidationError(_("Enter an income, an investment, or both."))
        return cleaned

    def amounts(self) -> dict[str, Decimal | None]:
        """By kind of entry. Goods cost something only where something was sold."""
        sold = self.cleaned_data["income"] is not None
        return {
            Kind.INCOME: self.cleaned_data["income"],
            Kind.COGS: (self.cleaned_data["cogs"] or Decimal(0)) if sold else None,
            Kind.INVESTMENT: self.cleaned_data["investment"],
        }

    def common(self) -> dict[str, object]:
        names = ("date", "currency", "strategy", "budget_line", "channel", "campaign", "is_ad", "note")
        return {name: self.cleaned_data[name] for name in names}


class LedgerEntryForm(LineMustFitStrategy, VersionedModelForm):
    date = day_field(_("Date"))
    amount = amount_field(_("Amount"))

    class Meta:
        model = LedgerEntry
        fields = ["date", "kind", "amount", "currency", "strategy", "budget_line", "channel", "campaign", "is_ad", "note"]

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_to_brand(self.fields, brand)


def measure_choices(language: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every measure a person may record, under the heading of its family."""
    return [
        (family.label.in_language(language), listed)
        for family in Family
        if (listed := [(m.name, m.label.in_language(language)) for m in MEASURES.values() if m.recorded and m.family is family])
    ]


class FigureForm(forms.Form):
    """A figure that no file brings: survey answers, leads counted in the shop, visits to the site."""

    measure = forms.ChoiceField(label=_("What was measured"))
    value = NumberField(label=_("Figure"), max_digits=18, decimal_places=6)
    start = day_field(_("From"))
    end = day_field(_("To"))
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        queryset=None,
        required=False,
        empty_label=_("The whole brand"),
        help_text=_("Leave empty for a figure of the whole brand."),
    )
    subject = forms.CharField(
        label=_("About whom"), max_length=120, required=False, help_text=_("A competitor’s name, for mentions of competitors.")
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency, required=False)

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.fields["measure"].choices = [("", _("Choose")), *measure_choices(get_language())]
        limit_to_brand(self.fields, brand)

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day must not come before the first."))
        measure = MEASURES.get(cleaned.get("measure", ""))
        if measure and cleaned.get("value") is not None:
            self._check_possible(measure, cleaned["value"])
        return cleaned

    def _check_possible(self, measure: Measure, value: Decimal) -> None:
        if not measure.allows(Fraction(value)):
            lowest, highest = measure.lowest, measure.highest
            if highest is None:
                self.add_error("value", _("This figure cannot be below %(lowest)s.") % {"lowest": lowest})
            else:
                bounds = {"lowest": lowest, "highest": highest}
                self.add_error("value", _("This figure lies between %(lowest)s and %(highest)s.") % bounds)

    def save(self, person) -> tuple[Observation, bool]:
        """Store the figure; answers it, and False where it replaced one for the same days."""
        given = self.cleaned_data
        measure = MEASURES[given["measure"]]
        key = {"channel": given["channel"], "subject": "" if given["channel"] else given["subject"], "measure": measure.name}
        return Observation.objects.update_or_create(
            brand=self.brand, publication=None, campaign=None, **key, start=given["start"], end=given["end"],
            defaults={
                "value": given["value"],
                "currency": given["currency"] or self.brand.currency if measure.is_money else "",
                "source": None, "line": None, "recorded_by": person,
            },
        )  # fmt: skip


class FindingForm(VersionedModelForm):
    question = forms.ChoiceField(
        label=_("Which question does it answer?"),
        required=False,
        choices=[("", _("None in particular")), *Answer.Question.choices],
    )

    class Meta:
        model = Finding
        fields = ["strategy", "goal", "question", "text", "verdict", "kpi_values", "posts"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "kpi_values": forms.CheckboxSelectMultiple,
            "posts": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, brand: Brand, chosen_posts: QuerySet | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_to_brand(self.fields, brand)
        self.fields["goal"].queryset = self.fields["goal"].queryset.filter(strategy__brand=brand)
        if self.instance.pk:
            # A finding keeps the figures and posts it was written about; they can be let go, not swapped.
            self.fields["kpi_values"].queryset = self.instance.kpi_values.all()
            self.fields["posts"].queryset = self.instance.posts.all()
        else:
            del self.fields["kpi_values"]
            self.fields["posts"].queryset = brand.posts.none() if chosen_posts is None else chosen_posts

    def clean(self) -> dict:
        cleaned = super().clean()
        goal, strategy = cleaned.get("goal"), cleaned.get("strategy")
        if goal and strategy and goal.strategy_id != strategy.pk:
            self.add_error("goal", _("This goal belongs to another strategy."))
        return cleaned


def channel_of(brand: Brand, written: str) -> Channel | None:
    """The brand's channel with the id that stands in an address; None for anything else."""
    return (
        brand.channels.select_related("platform").filter(pk=written).first()
        if written.isdecimal() and len(written) < 19
        else None
    )
