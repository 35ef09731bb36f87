"""Which kind of strategy it is, and what it keeps speaking about."""

from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.http import QueryDict

from strategies.forms.rows import RowForm
from strategies.forms.strategies import PillarForm, TypeForm
from strategies.pages.analysis import window_url
from strategies.pages.base import Page
from strategies.pages.rows import RowsPage
from strategies.types import PROCESS, TYPES, comparison, suits

COLOURS = 6


class TypePage(Page):
    template = "strategies/steps/type.html"

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        return {"strategy": TypeForm(typed, instance=self.strategy, prefix="strategy")}

    def context(self) -> dict[str, Any]:
        form = self.forms["strategy"]
        chosen = form["primary_type"].value() or ""
        further = form["secondary_types"].value() or []
        reasons = suits({goal.goal_type for goal in self.strategy.goals.all()})
        able = {skill for member in self.brand.memberships.all() for skill in member.skills}
        cards = [
            {
                "type": declared,
                "is_primary": declared.name == chosen,
                "is_further": declared.name in further,
                "reasons": reasons[declared.name],
                "lacking": [str(skill.label) for skill in declared.skills if skill.value not in able],
            }
            for declared in TYPES
        ]
        return super().context() | {"form": form, "cards": cards, "comparison": comparison(), "process": PROCESS}


class PillarsPage(RowsPage):
    template = "strategies/steps/pillars.html"
    live_parts = {"pillars-live": "strategies/steps/_pillars_live.html"}
    related = "pillars"
    form_class = PillarForm

    def rows(self) -> list[models.Model]:
        rows = list(self.strategy.pillars.all())
        prefetch_related_objects(rows, "goals")
        return rows

    def extras(self) -> dict[str, Any]:
        return {"goals": list(self.strategy.goals.all())}

    def new_row(self) -> models.Model:
        row = super().new_row()
        used = {pillar.colour for pillar in self.strategy.pillars.all()}
        row.colour = next((colour for colour in range(1, COLOURS + 1) if colour not in used), COLOURS)
        return row

    def context(self) -> dict[str, Any]:
        for form in self.forms.values():
            if form.is_bound:
                form.is_valid()
        pillars = [form.instance for form in self.forms.values() if form.instance.name]
        total = sum(pillar.share or 0 for pillar in pillars)
        scale = max(total, 100)
        parts = [(f"f-pil{pillar.colour}", (pillar.share or 0) * 100 / scale) for pillar in pillars]
        return super().context() | {
            "pillars": pillars, "total": total, "left": 100 - total, "parts": parts, "window": window_url("calendar:pillar_mix", self.strategy),
        }  # fmt: skip
