from datetime import date

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.fields import NumberField
from strategies.forms.rows import People, RowForm, StrategyFieldsForm, offer
from strategies.models import BudgetLine, Strategy


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
