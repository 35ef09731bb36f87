from datetime import date
from decimal import Decimal

from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.fields import MoneyField, NumberField
from brands.templatetags.ui import money
from strategies import budget
from strategies.forms.rows import People, RowForm, StrategyFieldsForm, offer
from strategies.models import BudgetLine, BudgetMonth, Strategy

MOST = {"max_digits": 18, "decimal_places": 2, "min_value": 0}
MONTH = "month-"  # and its first day: the name of a month's field


class BudgetLineForm(RowForm):
    """A line: a sum for the whole period, or one that its months make, or one that hours make."""

    planned = MoneyField(label=pgettext_lazy("amount of money", "Planned"), required=False, **MOST)
    hours_per_week = NumberField(label=_("Hours per week"), required=False, max_digits=5, decimal_places=1, min_value=0)
    hourly_rate = MoneyField(label=_("Cost of an hour"), required=False, **MOST)

    class Meta:
        model = BudgetLine
        fields = ["kind", "name", "planned", "channel", "hours_per_week", "hourly_rate"]

    def __init__(self, *args, people: People, strategy: Strategy, **kwargs) -> None:
        self.strategy = strategy
        super().__init__(*args, **kwargs)
        offer(self.fields["channel"], people.channels, _("All channels"))
        for name in ("planned", "hourly_rate"):
            self.fields[name].currency = strategy.brand.currency

    def _add_months(self) -> None:
        stored = {row.month: row.planned for row in self.instance.months.all()} if self.instance.pk else {}
        months = sorted({*budget.months_between(self.strategy.start, self.strategy.end), *stored})
        self.months = {f"{MONTH}{month.isoformat()}": month for month in months}
        for name, month in self.months.items():
            label = date_format(month, "YEAR_MONTH_FORMAT")
            self.fields[name] = MoneyField(label=label, required=False, currency=self.strategy.brand.currency, **MOST)
            self.initial[name] = stored.get(month)

    def prepare_fields(self) -> None:
        self._add_months()

    @property
    def month_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.months]

    @property
    def has_months(self) -> bool:
        return any(self[name].value() not in (None, "") for name in self.months)

    @property
    def has_month_errors(self) -> bool:
        return any(name in self.errors for name in self.months)

    @property
    def working(self) -> str:
        """How hours made the sum, in words; empty where they did not."""
        hours, rate = self.instance.hours_per_week, self.instance.hourly_rate
        if self.instance.kind != BudgetLine.Kind.STAFF or not hours or not rate:
            return ""
        words = _("%(hours)s h a week × %(rate)s × %(weeks)s weeks = %(sum)s")
        weeks = Decimal(self.strategy.days) / 7
        total = budget.staff_cost(hours, rate, self.strategy.days)
        return str(words) % {"hours": money(hours), "rate": money(rate), "weeks": money(round(weeks, 1)), "sum": money(total)}

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        planned = {month: cleaned.get(name) for name, month in self.months.items()}
        months = {month: amount for month, amount in planned.items() if amount is not None}
        hours, rate = cleaned.get("hours_per_week"), cleaned.get("hourly_rate")
        is_staff = cleaned.get("kind") == BudgetLine.Kind.STAFF
        if (hours or rate) and not is_staff:
            self.add_error("hours_per_week", _("Hours belong to a line of staff. Choose “Staff”, or empty them."))
        elif hours and rate:
            self._take_hours(cleaned, months, budget.staff_cost(hours, rate, self.strategy.days))
        elif months:
            self._take_months(cleaned, months)
        elif cleaned.get("planned") is None:
            cleaned["planned"] = Decimal(0)
        return cleaned

    def _take_hours(self, cleaned: dict, months: dict[date, Decimal], cost: Decimal) -> None:
        if months:
            self.add_error("hourly_rate", _("Plan this line by hours or by months: empty one of them."))
        cleaned["planned"] = cost

    def _take_months(self, cleaned: dict, months: dict[date, Decimal]) -> None:
        total = sum(months.values(), Decimal(0))
        typed = cleaned.get("planned")
        only_the_sum = "planned" in self.changed_data and not set(self.changed_data) & set(self.months)
        if only_the_sum and typed not in (None, total):
            message = _("The months make %(sum)s. Change the months, or empty them.")
            self.add_error("planned", forms.ValidationError(message, params={"sum": money(total)}))
        cleaned["planned"] = total

    def save(self, commit: bool = True) -> BudgetLine:
        with transaction.atomic():
            row = super().save(commit)
            write_months(row, {month: self.cleaned_data.get(name) for name, month in self.months.items()})
        return row


def write_months(line: BudgetLine, planned: dict[date, Decimal | None]) -> None:
    """Make the line's months these; None takes a month away. Call where the line itself is saved."""
    gone = [month for month, amount in planned.items() if amount is None]
    kept = [BudgetMonth(line=line, month=month, planned=amount) for month, amount in planned.items() if amount is not None]
    line.months.filter(month__in=gone).delete()
    BudgetMonth.objects.bulk_create(kept, update_conflicts=True, unique_fields=["line", "month"], update_fields=["planned"])


class EnvelopeForm(StrategyFieldsForm):
    """What there is in all, before it is divided; or that nothing is spent."""

    marketing_budget = MoneyField(label=_("All marketing money of the period"), required=False, **MOST)
    social_share = NumberField(
        label=_("Share of social media, %"), required=False, max_digits=3, decimal_places=0, min_value=0, max_value=100
    )

    class Meta:
        model = Strategy
        fields = ["marketing_budget", "social_share", "organic_only"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["marketing_budget"].currency = self.instance.brand.currency

    def clean(self) -> dict:
        cleaned = super().clean()
        costs = any(line.planned for line in self.instance.budget_lines.all())
        if cleaned.get("organic_only") and costs and "organic_only" in self.changed_data:
            self.add_error("organic_only", _("There are lines with money. Remove them first, or leave this open."))
        return cleaned
