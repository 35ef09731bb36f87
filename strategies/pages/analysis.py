"""The steps of the fourth and fifth stage: what is watched, and what it all came to."""

from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from strategies import metric_names
from strategies.forms.rows import RowForm
from strategies.forms.strategies import AnswerForm, DecisionForm, RoutineForm, WatchItemForm
from strategies.models import Strategy
from strategies.pages.base import Page
from strategies.pages.rows import FixedRowsPage, RowsPage


def window_url(name: str, strategy: Strategy, *more: str) -> str:
    """The address of a window that a higher app fills; empty where that app has none."""
    try:
        return reverse(name, args=[strategy.brand.slug, strategy.pk, *more])
    except NoReverseMatch:
        return ""


class WatchPage(RowsPage):
    template = "strategies/steps/watch.html"
    related = "watch_items"
    form_class = WatchItemForm
    fields_form = RoutineForm

    def extras(self) -> dict[str, Any]:
        return {"people": self.people, "metrics": metric_names.choices()}

    def act(self, action: str) -> str | None:
        """`goals`: watch every figure that a goal is judged by."""
        if action != "goals":
            return None
        watched = {item.metric for item in self.strategy.watch_items.all()}
        aimed_at = {
            target.metric: None for goal in self.strategy.goals.prefetch_related("targets") for target in goal.targets.all()
        }
        for metric in aimed_at:
            if metric not in watched:
                self.strategy.watch_items.create(metric=metric)
                self.acted = True
        return ""


class PlanAndActualPage(Page):
    template = "strategies/steps/plan_and_actual.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"window": window_url("metrics:plan_actual", self.strategy)}


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

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        return {"strategy": DecisionForm(typed, instance=self.strategy, prefix="strategy")}

    def context(self) -> dict[str, Any]:
        return super().context() | {"form": self.forms["strategy"]}
