"""What of a cycle lives on in the next one."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from metrics.next_cycle import Carried, Ending, usual_span
from strategies import metric_names
from strategies.copying import Choice
from strategies.forms.rows import day_field_widget
from strategies.forms.strategies import check_span
from strategies.models import Strategy


class NextCycleForm(forms.ModelForm):
    """A name and a span, the parts and goals that come along, and today's value of each target."""

    parts = forms.MultipleChoiceField(label=_("What comes along"), required=False, widget=forms.CheckboxSelectMultiple)
    goals = forms.TypedMultipleChoiceField(
        label=_("Goals to keep"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    keeps_values = forms.BooleanField(label=_("Keep the numbers to reach, too"), required=False)

    class Meta:
        model = Strategy
        fields = ["name", "start", "end"]
        widgets = {"start": day_field_widget(), "end": day_field_widget()}

    def __init__(self, *args, ending: Ending, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.ending = ending
        self.instance.brand = ending.strategy.brand
        self.initial["start"], self.initial["end"] = usual_span(ending.strategy)
        self._offer("parts", [(part.name, part.label) for part in ending.parts])
        self._offer("goals", [(goal.pk, str(goal)) for goal, _carried in ending.goals])
        for carried in ending.carried:
            self.fields[self._baseline(carried)] = self._baseline_field(carried)
        for name in ("name", "start", "end"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("parts", "goals", "keeps_values"):
            self.fields[name].widget.attrs["class"] = "form-check-input"

    def _offer(self, name: str, choices: list) -> None:
        self.fields[name].choices = choices
        self.initial[name] = [value for value, _label in choices]

    def _baseline(self, carried: Carried) -> str:
        return f"baseline-{carried.state.target.pk}"

    def _baseline_field(self, carried: Carried) -> NumberField:
        field = NumberField(
            label=_("New “today”: %(figure)s") % {"figure": carried.state.label},
            required=False, max_digits=20, decimal_places=4, initial=carried.final,
        )  # fmt: skip
        field.widget.attrs["class"] = "form-control num"
        return field

    def clean(self) -> dict:
        cleaned = check_span(self, super().clean())
        if cleaned.get("start") and cleaned["start"] <= self.ending.strategy.start:
            self.add_error("start", _("The next cycle begins after this one began."))
        for carried in self.ending.carried:
            self._check_baseline(carried, cleaned.get(self._baseline(carried)))
        return cleaned

    def _check_baseline(self, carried: Carried, value: Decimal | None) -> None:
        if value is not None and not metric_names.allows(carried.state.metric, value):
            said = _("“%(metric)s” can never be that much or that little.") % {"metric": carried.state.label}
            self.add_error(self._baseline(carried), said)

    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        parts = {*chosen["parts"], *(("goals",) if chosen["goals"] else ())}
        baselines = {carried.state.target.pk: chosen[self._baseline(carried)] for carried in self.ending.carried}
        return Choice(frozenset(parts), frozenset(chosen["goals"]), chosen["keeps_values"], baselines)

    @property
    def rows(self) -> list[tuple]:
        """Goals as the page lists them: the box, then each target with its field."""
        return [
            (box, goal, [(carried, self[self._baseline(carried)]) for carried in several])
            for box, (goal, several) in zip(self["goals"], self.ending.goals, strict=True)
        ]

    @property
    def part_boxes(self) -> list[tuple]:
        return list(zip(self["parts"], self.ending.parts, strict=True))
