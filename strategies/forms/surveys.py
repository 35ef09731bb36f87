from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm
from brands.forms.robots import RobotTrap
from strategies.forms.rows import bound_day, day_field_widget
from strategies.models import Survey, SurveyQuestion
from strategies.surveys import LONGEST_TEXT, SCALE

MOST_QUESTIONS = 15
MOST_OPTIONS = 12
LONGEST_OPTION = 80

Kind = SurveyQuestion.Kind


class SurveyForm(VersionedModelForm):
    class Meta:
        model = Survey
        fields = ["title", "intro", "thanks", "language", "closes_on"]
        widgets = {"closes_on": day_field_widget(), "intro": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound_day(self.fields["closes_on"])


class QuestionForm(VersionedModelForm):
    options = forms.CharField(
        label=_("Answers to choose from"), required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One per line.")
    )

    class Meta:
        model = SurveyQuestion
        fields = ["text", "kind", "options", "is_required"]

    def __init__(self, *args, survey: Survey, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.survey = survey
        self.initial["options"] = "\n".join(self.instance.options)

    def clean_options(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["options"].splitlines())
        options = list(dict.fromkeys(line for line in lines if line))
        if len(options) > MOST_OPTIONS:
            raise ValidationError(_("%(count)s answers are the most."), params={"count": MOST_OPTIONS})
        if any(len(option) > LONGEST_OPTION for option in options):
            raise ValidationError(_("An answer has %(count)s characters at most."), params={"count": LONGEST_OPTION})
        return options

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen_from = cleaned.get("kind") in (Kind.ONE, Kind.SEVERAL)
        if chosen_from and "options" in cleaned and len(cleaned["options"]) < 2:
            self.add_error("options", _("Write at least two answers to choose from."))
        if not chosen_from and "options" in cleaned:
            cleaned["options"] = []
        if self.instance.pk is None and self.instance.survey.questions.count() >= MOST_QUESTIONS:
            self.add_error(None, _("%(count)s questions are the most: people stop reading.") % {"count": MOST_QUESTIONS})
        return cleaned


class AnswerSheet(RobotTrap):
    """The survey as somebody fills it in."""

    def __init__(self, *args, questions: list[SurveyQuestion], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[self._name(question)] = _field_of(question)

    @staticmethod
    def _name(question: SurveyQuestion) -> str:
        return f"q{question.pk}"

    @property
    def answer_fields(self) -> list[tuple[SurveyQuestion, forms.BoundField]]:
        return [(question, self[self._name(question)]) for question in self.questions]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not self.answers():
            raise ValidationError(_("Answer at least one question."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """By the question's key; what was left empty is left out."""
        found = {str(question.pk): self.cleaned_data.get(self._name(question)) for question in self.questions}
        return {key: given for key, given in found.items() if given not in (None, "", [])}


def _field_of(question: SurveyQuestion) -> forms.Field:
    common = {"label": question.text, "required": question.is_required}
    if question.kind == Kind.SEVERAL:
        choices = [(option, option) for option in question.options]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if question.kind == Kind.TEXT:
        return forms.CharField(
            max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}), **common
        )
    options = [str(number) for number in SCALE] if question.kind == Kind.SCALE else question.options
    return forms.ChoiceField(choices=[(option, option) for option in options], widget=forms.RadioSelect, **common)
