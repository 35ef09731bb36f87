from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.models import Channel
from strategies import metric_names
from strategies.forms.rows import RowForm, day_field_widget, offer
from strategies.models import BusinessObjective, Goal, Strategy, Target


class ObjectiveForm(RowForm):
    class Meta:
        model = BusinessObjective
        fields = ["text"]


class GoalForm(RowForm):
    class Meta:
        model = Goal
        fields = ["goal_type", "text", "objective", "deadline", "confirmed_achievable", "early_warning"]
        widgets = {"deadline": day_field_widget()}

    def __init__(self, *args, objectives: list[BusinessObjective], own_name: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["objective"], objectives, _("Choose one of your business goals"))
        self.fields["text"].help_text = _("Leave it empty and it is written for you.")
        if own_name and self.instance.text == own_name:
            self.initial["text"] = ""
            self.fields["text"].widget.attrs["placeholder"] = own_name

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class TargetForm(RowForm):
    metric = forms.ChoiceField(label=_("What changes"))
    baseline = NumberField(label=_("Today"), required=False, max_digits=20, decimal_places=4)
    value = NumberField(label=_("Target"), required=False, max_digits=20, decimal_places=4)

    class Meta:
        model = Target
        fields = ["metric", "everywhere", "channels", "window", "baseline", "value", "deadline", "role"]
        widgets = {"channels": forms.CheckboxSelectMultiple, "deadline": day_field_widget()}

    def __init__(self, *args, strategy: Strategy, channels: list[Channel], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.strategy = strategy
        self.fields["metric"].choices = self._metrics()
        offer(self.fields["channels"], channels)
        self.channels = channels

    def _metrics(self) -> list:
        choices = metric_names.choices()
        stored = self.instance.metric
        if stored and not metric_names.is_chosen_from(stored):
            choices.append((stored, metric_names.name_of(stored)))
        return choices

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("channels"):
            cleaned["everywhere"] = False
        if "value" in cleaned and "baseline" in cleaned and cleaned.get("metric"):
            self._check_numbers(cleaned["metric"], cleaned["baseline"], cleaned["value"])
        return cleaned

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline <= self.strategy.start:
            raise ValidationError(_("The deadline must come after the strategy’s start."))
        return deadline

    def _check_numbers(self, metric: str, baseline: Decimal | None, value: Decimal | None) -> None:
        for name, figure in (("baseline", baseline), ("value", value)):
            if figure is not None and not metric_names.allows(metric, figure):
                message = _("“%(metric)s” can never be that much or that little.")
                self.add_error(name, ValidationError(message, params={"metric": metric_names.name_of(metric)}))
        if value is not None and not self.has_error("value") and not self.has_error("baseline"):
            self._check_change(metric, baseline, value)

    def _check_change(self, metric: str, baseline: Decimal | None, value: Decimal) -> None:
        if baseline is not None and baseline == value:
            self.add_error("value", _("The target is the same as today: nothing would change."))
        elif value == 0 and not baseline:
            self.add_error("value", _("Zero can only be a target for something that falls: say also what it is today."))
        elif self._is_primary() and self._worsens(metric, baseline, value):
            message = _("That would be worse than today. A figure that must only not get worse is a guard.")
            self.add_error("value", message)

    def _is_primary(self) -> bool:
        return self.cleaned_data.get("role", self.instance.role) == Target.Role.PRIMARY

    def _worsens(self, metric: str, baseline: Decimal | None, value: Decimal) -> bool:
        falls = metric_names.falls(metric)
        if falls is None or baseline is None:
            return False
        return value > baseline if falls else value < baseline


class MainTargetForm(TargetForm):
    """The target beside its goal: the goal's own deadline counts, and the target is a primary one."""

    class Meta(TargetForm.Meta):
        fields = ["metric", "everywhere", "channels", "window", "baseline", "value"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # A goal may stand there before its figure is chosen; a target without a figure may not.
        self.fields["metric"].required = self.instance.pk is not None
