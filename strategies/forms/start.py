from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.models.teams import BusinessType
from brands.templatetags.ui import month_year
from strategies.forms.rows import day_field_widget
from strategies.forms.strategies import check_span
from strategies.models import Strategy

USUAL_MONTHS = 6


class Beginning:
    BLANK, PRESET, COPY = "blank", "preset", "copy"


class NewStrategyForm(forms.ModelForm):
    """A name, a span, and what to begin with."""

    beginning = forms.ChoiceField(
        label=_("Begin with"),
        choices=[
            (Beginning.PRESET, _("What suits your type of business")),
            (Beginning.COPY, _("A copy of an earlier strategy")),
            (Beginning.BLANK, _("An empty page")),
        ],
        widget=forms.RadioSelect,
        initial=Beginning.PRESET,
    )
    earlier = forms.ModelChoiceField(
        Strategy.objects.none(), label=_("Which one"), required=False, empty_label=_("Choose a strategy")
    )

    preset = forms.ChoiceField(
        label=_("Type of business"), choices=BusinessType.choices, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Strategy
        fields = ["name", "start", "end"]
        widgets = {"start": day_field_widget(), "end": day_field_widget()}

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand = brand
        self.fields["earlier"].queryset = brand.strategies.all()
        self.initial.setdefault("earlier", brand.strategies.order_by("-start", "-pk").first())
        start = _next_month(brand.today())
        self.initial.setdefault("preset", brand.business_type)
        self.initial.setdefault("start", start)
        self.initial.setdefault("name", gettext("Plan from %(month)s") % {"month": month_year(start)})
        self.initial.setdefault("end", start + relativedelta(months=USUAL_MONTHS) - timedelta(days=1))
        for name in ("name", "start", "end"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["earlier"].widget.attrs["class"] = "form-select"

    @property
    def fills_in(self) -> bool:
        """Whether the strategy begins with what suits a type of business."""
        return self.cleaned_data.get("beginning") == Beginning.PRESET

    def clean_preset(self) -> str:
        return self.cleaned_data["preset"] or self.instance.brand.business_type

    def clean(self) -> dict:
        cleaned = check_span(self, super().clean())
        if cleaned.get("beginning") == Beginning.COPY and not cleaned.get("earlier"):
            self.add_error("earlier", _("Choose the strategy to copy."))
        return cleaned


def _next_month(today: date) -> date:
    return today.replace(day=1) + relativedelta(months=1)
