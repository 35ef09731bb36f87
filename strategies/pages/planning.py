"""The six planning steps."""

from typing import Any

from django.utils.html import escape

from strategies.forms.planning import PlanningStepForm
from strategies.pages.rows import FixedRowsPage


class PlanPage(FixedRowsPage):
    template = "strategies/steps/plan.html"
    related = "planning_steps"
    form_class = PlanningStepForm

    def extras(self) -> dict[str, Any]:
        return {"people": self.people}

    def live(self) -> dict[str, str]:
        return super().live() | {form.due_hint_id: escape(form.due_hint()) for form in self.forms.values()}
