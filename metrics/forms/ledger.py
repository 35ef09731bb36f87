"""Money that went out or came in."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.forms import VersionedModelForm
from brands.models import Brand
from brands.models.teams import Currency
from metrics.forms.fields import amount_field, day_field, limit_to_brand
from metrics.models import LedgerEntry

Kind = LedgerEntry.Kind


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
    hours = NumberField(
        label=_("Hours worked"), required=False, max_digits=7, decimal_places=1, min_value=0,
        help_text=_("For staff: how long it took."),
    )  # fmt: skip
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
        names = ("date", "currency", "strategy", "budget_line", "channel", "campaign", "hours", "is_ad", "note")
        return {name: self.cleaned_data[name] for name in names}


class LedgerEntryForm(LineMustFitStrategy, VersionedModelForm):
    act_of_changing = "money_changed"
    told_values = ("date", "kind", "amount", "currency")

    date = day_field(_("Date"))
    amount = amount_field(_("Amount"))
    hours = NumberField(
        label=_("Hours worked"), required=False, max_digits=7, decimal_places=1, min_value=0,
        help_text=_("For staff: how long it took."),
    )  # fmt: skip

    class Meta:
        model = LedgerEntry
        fields = [
            "date",
            "kind",
            "amount",
            "currency",
            "strategy",
            "budget_line",
            "channel",
            "campaign",
            "hours",
            "is_ad",
            "note",
        ]

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_to_brand(self.fields, brand)
