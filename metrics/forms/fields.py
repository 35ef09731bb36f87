"""Days, amounts and choices as the pages of results ask for them."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.models import Brand
from metrics.period_presets import EARLIEST, LATEST
from strategies.models import BudgetLine, Strategy


class DayInput(forms.DateInput):
    """The browser's own calendar; it reads and writes ISO days whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def day_field(label: object, **options: object) -> forms.DateField:
    said = _("Choose a day between 2000 and 2100.")
    within = [MinValueValidator(EARLIEST, said), MaxValueValidator(LATEST, said)]
    return forms.DateField(label=label, widget=DayInput, input_formats=["%Y-%m-%d"], localize=False, validators=within, **options)


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
