"""The steps of the fourth stage: what is watched, how it goes, what happened."""

from typing import Any

from strategies import metric_names
from strategies.forms.monitoring import RoutineForm, WatchItemForm
from strategies.pages.analysis import window_url
from strategies.pages.base import Page
from strategies.pages.rows import RowsPage


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
