"""The steps of the fourth stage: what is watched, how it goes, what happened."""

from functools import cached_property
from typing import Any

from django.db import models

from strategies import metric_names
from strategies.forms.monitoring import RoutineForm, WatchItemForm
from strategies.models import Risk
from strategies.pages.analysis import window_url
from strategies.pages.base import Page
from strategies.pages.risks import by_weight
from strategies.pages.rows import MOST_ROWS, RowsPage
from strategies.watch_list import by_channel


class WatchPage(RowsPage):
    template = "strategies/steps/watch.html"
    live_parts = {"watch-live": "strategies/steps/_watch_live.html"}
    related = "watch_items"
    form_class = WatchItemForm
    fields_form = RoutineForm

    def rows(self) -> list[models.Model]:
        # select_related asks the database anew; what was read with the whole strategy has its channels already.
        return [item for _channel, items in by_channel(self._items()) for item in items]

    def _items(self) -> list:
        there = getattr(self.strategy, "_prefetched_objects_cache", {})
        items = self.strategy.watch_items.all()
        return list(items if "watch_items" in there else items.select_related("channel__platform"))

    @cached_property
    def risks(self) -> list[Risk]:
        return by_weight(list(self.strategy.risks.all()))

    def extras(self) -> dict[str, Any]:
        return {"people": self.people, "metrics": metric_names.choices(), "risks": self.risks}

    def act(self, action: str) -> str | None:
        """`goals`: watch every figure that a goal is judged by."""
        if action != "goals":
            return None
        items = self.strategy.watch_items.all()
        watched, left = {item.metric for item in items}, MOST_ROWS - len(items)
        aimed_at = {
            target.metric: None for goal in self.strategy.goals.prefetch_related("targets") for target in goal.targets.all()
        }
        for metric in [metric for metric in aimed_at if metric not in watched][:left]:
            self.strategy.watch_items.create(metric=metric)
            self.acted = True
        return ""

    def context(self) -> dict[str, Any]:
        stored = [form for prefix, form in self.forms.items() if prefix.startswith("row-")]
        items = [form.instance for form in stored if not (form.is_bound and not form.is_valid())]
        for form in stored:
            form.unit = metric_names.with_unit(form.instance.metric, "", self.brand.currency).strip()
            form.response = form.instance.risk.response if form.instance.risk else ""
        return super().context() | {
            "count": len(items),
            "bounded": sum(item.at_least is not None or item.at_most is not None for item in items),
            "helpless": [
                metric_names.name_of(item.metric)
                for item in items
                if (item.at_least is not None or item.at_most is not None) and not (item.if_it_fails or item.risk)
            ],
            "risks": self.risks,
            "alerts": window_url("metrics:strategy_alerts", self.strategy),
        }


class PlanAndActualPage(Page):
    template = "strategies/steps/plan_and_actual.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "window": window_url("metrics:plan_actual", self.strategy),
            "alerts": window_url("metrics:strategy_alerts", self.strategy),
        }
