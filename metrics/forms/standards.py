"""What administrators keep about KPIs: benchmarks and classes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.kpi import KPIS, MEASURES, Klass
from metrics.models import Benchmark, KpiClass
from metrics.readings import label_of, text


def kpi_choices() -> list[tuple[str, str]]:
    return [(name, label_of(name)) for name in KPIS]


def class_choices() -> list[tuple[str, str]]:
    return [(klass.value, text(klass.label)) for klass in Klass]


def measure_choices() -> list[tuple[str, str]]:
    return [("", _("As the KPI is")), *((name, label_of(name)) for name in MEASURES)]


class BenchmarkForm(forms.ModelForm):
    kpi = forms.ChoiceField(label=_("KPI"), choices=kpi_choices)
    address = forms.URLField(label=_("address of the source"), required=False, max_length=300, assume_scheme="https")
    over = forms.ChoiceField(label=_("measured over"), choices=measure_choices, required=False)

    class Meta:
        model = Benchmark
        fields = [
            "kpi", "platform", "low", "high", "currency", "over", "note", "note_uz", "note_ru", "source", "address", "as_of", "region",
        ]  # fmt: skip

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is None and high is None and not {"low", "high"} & set(self.errors):
            self.add_error("low", _("Enter a value, or a range."))
        if low is not None and high is not None and high < low:
            self.add_error("high", _("The range must not end below its start."))
        return cleaned


class KpiClassForm(forms.ModelForm):
    kpi = forms.ChoiceField(label=_("KPI"), choices=kpi_choices)
    klass = forms.ChoiceField(label=_("class"), choices=class_choices)

    class Meta:
        model = KpiClass
        fields = ["kpi", "klass"]
