"""Figures that people measured themselves."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.models import Brand
from brands.models.teams import Currency
from metrics.figure_sheets import SHEETS, UNITS, GridAsked, Unit
from metrics.forms.fields import day_field, limit_to_brand
from metrics.kpi.measures import MEASURES, Family, Measure
from metrics.models import Observation
from metrics.period_presets import EARLIEST, LATEST, LONGEST_SPAN
from metrics.periods import DAY


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
    value = NumberField(label=pgettext_lazy("number", "Figure"), max_digits=18, decimal_places=6)
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
        elif start and end and (end - start).days >= LONGEST_SPAN:
            self.add_error("end", _("Choose three years at most."))
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
                "source": None, "table": 0, "line": None, "recorded_by": person, "from_mentions": False,
            },
        )  # fmt: skip


class GridForm(forms.Form):
    """Which sheet of figures is shown: what, whose, and which days, weeks or months."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False, choices=[(sheet.name, sheet.label) for sheet in SHEETS.values()])
    channel = forms.ModelChoiceField(label=_("Whose"), queryset=None, required=False, empty_label=_("The whole brand"))
    unit = forms.ChoiceField(label=_("Columns"), required=False, choices=[(unit.name, unit.label) for unit in UNITS.values()])
    last = day_field(_("Up to"), required=False)
    stars = forms.BooleanField(label=_("As one to five stars"), required=False)

    def __init__(self, query: dict, brand: Brand) -> None:
        super().__init__(query)
        self.brand = brand
        self.fields["channel"].queryset = brand.channels.select_related("platform")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        self.fields["stars"].widget.attrs["class"] = "form-check-input"

    def asked(self) -> GridAsked:
        """What was asked; what could not be understood falls back to the usual."""
        self.is_valid()
        said = self.cleaned_data
        sheet, unit = SHEETS[said.get("sheet") or "surveys"], UNITS[said.get("unit") or "month"]
        found = GridAsked(sheet, unit, self._last(said.get("last"), unit), said.get("channel"), bool(said.get("stars")))
        self.data = self.data.copy()
        for name, value in (("sheet", sheet.name), ("unit", unit.name), ("last", found.last.isoformat())):
            self.data[name] = value
        return found

    def _last(self, asked: date | None, unit: Unit) -> date:
        """At least as many columns lie within the years that figures are kept for."""
        day = asked or self.brand.today()
        return min(max(day, EARLIEST + 400 * DAY), LATEST - 62 * DAY)
