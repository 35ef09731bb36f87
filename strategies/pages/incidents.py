"""What happened and was not planned."""

from functools import cached_property
from typing import Any

from django.db import models
from django.http import QueryDict

from strategies.forms.incidents import IncidentForm
from strategies.forms.rows import RowForm
from strategies.models import Incident, Risk
from strategies.pages.base import chosen_number
from strategies.pages.cards import CardsPage
from strategies.pages.risks import by_weight

SHOWN = 50  # the newest; more of them in one cycle are no incidents any more, but the usual state


class IncidentsPage(CardsPage):
    template = "strategies/steps/incidents.html"
    live_parts = {"incident-guide": "strategies/steps/_incident_guide.html"}
    related = "incidents"
    parameter = "incident"

    def stored(self) -> models.QuerySet:
        return self.strategy.incidents.select_related("risk", "channel__platform", "owner")

    @cached_property
    def risks(self) -> list[Risk]:
        return by_weight(list(self.strategy.risks.all()))

    def new_item(self, named: str) -> Incident | None:
        """An empty one, or one that an alert began: its words, day, channel and risk stand in the address."""
        if named != "new" and "new" not in self.request.GET:
            return None
        return Incident(strategy=self.strategy, happened_on=self.brand.today())

    def form_for(self, typed: QueryDict | None) -> RowForm:
        # Offered, not set: what an address says becomes a row only when a person saves it.
        offered = self._offered() if self.item.pk is None and typed is None else None
        return IncidentForm(
            typed, instance=self.item, prefix="item", people=self.people, risks=self.risks, initial=offered
        )  # fmt: skip

    def _offered(self) -> dict[str, Any]:
        asked = self.request.GET
        offered: dict[str, Any] = {"title": asked.get("title", "").replace("\x00", "")[:160]}
        if (risk := chosen_number(asked.get("risk"))) in {row.pk for row in self.risks}:
            offered["risk"] = risk
        if (channel := chosen_number(asked.get("channel"))) in {row.pk for row in self.people.channels}:
            offered["channel"] = channel
        return offered

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "guide": self._guide(),
            "open": sum(row.settled_on is None for row in self.items),
            "shown": SHOWN,
        }

    def _guide(self) -> Risk | None:
        """The risk of the open form: its response is what was meant to be done."""
        if (form := self.forms.get("item")) is None:
            return None
        chosen = chosen_number(str(form["risk"].value() or ""))
        return next((risk for risk in self.risks if risk.pk == chosen), None)
