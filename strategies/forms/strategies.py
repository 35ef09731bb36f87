from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from strategies.forms.rows import EARLIEST, LATEST, OTHER_CENTURY, RowForm, StrategyFieldsForm, day_field_widget, offer
from strategies.models import Answer, Goal, Pillar, Strategy, StrategyType

LONGEST_DAYS = 3 * 366


class FrameForm(StrategyFieldsForm):
    """What a strategy is called and when it runs."""

    class Meta:
        model = Strategy
        fields = ["name", "summary", "start", "end"]
        widgets = {"start": day_field_widget(), "end": day_field_widget(), "summary": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict:
        return check_span(self, super().clean())


def check_span(form: forms.ModelForm, cleaned: dict) -> dict:
    """That the days are of this century and not too far apart; the model says that the end comes after the start."""
    start, end = cleaned.get("start"), cleaned.get("end")
    for name, day in (("start", start), ("end", end)):
        if day and not EARLIEST <= day <= LATEST:
            form.add_error(name, OTHER_CENTURY)
    if start and end and (end - start).days > LONGEST_DAYS and not form.has_error("end"):
        form.add_error("end", _("A strategy runs for three years at most."))
    return cleaned


class TypeForm(StrategyFieldsForm):
    primary_type = forms.ChoiceField(
        label=_("Strategy type"), choices=StrategyType.choices, widget=forms.RadioSelect, required=False
    )
    secondary_types = forms.MultipleChoiceField(
        label=_("Further types"), choices=StrategyType.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Strategy
        fields = ["primary_type", "secondary_types", "why_type"]
        widgets = {"why_type": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict:
        cleaned = super().clean()
        primary = cleaned.get("primary_type")
        cleaned["secondary_types"] = [name for name in cleaned.get("secondary_types") or [] if name != primary]
        return cleaned


class PillarForm(RowForm):
    share = NumberField(label=_("Share, %"), max_digits=3, decimal_places=0, min_value=0, max_value=100)
    colour = forms.TypedChoiceField(label=_("Colour"), coerce=int, choices=[], widget=forms.RadioSelect)

    class Meta:
        model = Pillar
        fields = ["name", "share", "colour", "about", "goals"]
        widgets = {"goals": forms.CheckboxSelectMultiple}

    COLOURS = [
        (1, _("Lapis")), (2, _("Turquoise")), (3, _("Saffron")), (4, _("Terracotta")), (5, _("Pomegranate")), (6, _("Grey")),
    ]  # fmt: skip

    def __init__(self, *args, goals: list[Goal], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = self.COLOURS
        offer(self.fields["goals"], goals)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = Pillar.objects.filter(strategy=self.instance.strategy, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("There is a pillar of this name already."))
        return name


class AnswerForm(RowForm):
    class Meta:
        model = Answer
        fields = ["verdict", "text"]
        widgets = {"verdict": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = Answer.Verdict.choices


class DecisionForm(StrategyFieldsForm):
    class Meta:
        model = Strategy
        fields = ["decision", "decision_reason"]
        widgets = {"decision": forms.RadioSelect, "decision_reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = self._meta.model._meta.get_field("decision").choices
