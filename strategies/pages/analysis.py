"""The steps of the fifth stage: what it all came to."""

from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from strategies.forms.rows import RowForm
from strategies.forms.strategies import AnswerForm, DecisionForm
from strategies.models import Answer, Decision, Strategy
from strategies.pages.base import Page
from strategies.pages.rows import FixedRowsPage


def window_url(name: str, strategy: Strategy, *more: str) -> str:
    """The address of a window that a higher app fills; empty where that app has none."""
    try:
        return reverse(name, args=[strategy.brand.slug, strategy.pk, *more])
    except NoReverseMatch:
        return ""


class QuestionsPage(FixedRowsPage):
    template = "strategies/steps/questions.html"
    related = "answers"
    form_class = AnswerForm

    def context(self) -> dict[str, Any]:
        for form in self.forms.values():
            form.evidence = window_url("metrics:evidence", self.strategy, form.instance.question)
        return super().context()


class FindingsPage(Page):
    template = "strategies/steps/findings.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"window": window_url("metrics:strategy_findings", self.strategy)}


class DecisionPage(Page):
    template = "strategies/steps/decision.html"
    live_parts = {"decision-next": "strategies/steps/_decision_next.html"}

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        return {"strategy": DecisionForm(typed, instance=self.strategy, prefix="strategy")}

    def context(self) -> dict[str, Any]:
        rows = {answer.question: answer for answer in self.strategy.answers.all()}
        return super().context() | {
            "form": self.forms["strategy"],
            "answers": [rows.get(question.value) or Answer(question=question) for question in Answer.Question],
            "next_cycle": window_url("metrics:next_cycle", self.strategy),
            "goes_on": self.strategy.decision in (Decision.CONTINUE, Decision.ADJUST),
        }
