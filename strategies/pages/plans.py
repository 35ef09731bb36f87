"""The communication plan and the editorial plans of the strategy."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from strategies import plan_copies, plans
from strategies.models import CommunicationPlan, EditorialPlan, StrategyChannel
from strategies.pages.base import Page, chosen_number
from strategies.plan_grid import months_without_items

WEEKS_AHEAD = 4


@dataclass
class ChannelPlans:
    """A channel of the strategy and the editorial plans that are ahead of it."""

    row: StrategyChannel
    plans: list[EditorialPlan]
    covered_until: date | None  # without a gap, from the day that is looked at
    looked_until: date

    @property
    def is_covered(self) -> bool:
        return self.covered_until is not None and self.covered_until >= self.looked_until


class PlansPage(Page):
    template = "strategies/steps/plans.html"

    def act(self, action: str) -> str | None:
        """`communication`: a communication plan for the strategy's dates; `cadence-<row>`: an editorial plan from a cadence."""
        if action == "communication":
            self._make_communication_plan()
            return ""
        if action.startswith("cadence-"):
            self._make_editorial_plan(action.removeprefix("cadence-"))
            return ""
        return None

    def _make_communication_plan(self) -> None:
        made = plan_copies.plan_for_dates(self.strategy, self.request.user)
        if made is None:
            messages.info(self.request, _("The strategy’s dates are covered already."))
            return
        self.acted = True
        messages.success(
            self.request, _("The communication plan “%(name)s” is there: now fill its months.") % {"name": made.name}
        )

    def _make_editorial_plan(self, number: str) -> None:
        rows = self.strategy.strategy_channels.select_related("channel__platform", "strategy")
        row = rows.filter(pk=chosen_number(number)).first()
        if row is None:
            return
        try:
            made = plan_copies.plan_from_cadence(row, self.request.user)
        except plan_copies.NoRoom as refusal:
            messages.error(self.request, str(refusal))
            return
        self.acted = True
        said = _("%(channel)s has an editorial plan now. Look through its slots, then fill the calendar.")
        messages.success(self.request, said % {"channel": made.where})

    def context(self) -> dict[str, Any]:
        today = self.brand.today()
        span = (self.strategy.start, self.strategy.end)
        communication = self._communication_plans()
        for plan in communication:
            plan.gaps = months_without_items(plan, today)
        first = max(today, self.strategy.start)
        last = min(first + timedelta(weeks=WEEKS_AHEAD, days=-1), self.strategy.end)
        return super().context() | {
            "communication": communication,
            "uncovered": plans.uncovered_from(span, [(plan.start, plan.end) for plan in communication]),
            "channels": self._channels(first, last) if first <= last else [],
            "is_over": first > last,
        }

    def _communication_plans(self) -> list[CommunicationPlan]:
        found = self.brand.communication_plans.filter(start__lte=self.strategy.end, end__gte=self.strategy.start)
        return list(found.order_by("start").prefetch_related("items"))

    def _channels(self, first: date, last: date) -> list[ChannelPlans]:
        rows = self.strategy.strategy_channels.select_related("channel__platform")
        editorial = self.brand.editorial_plans.filter(is_active=True, end__gte=first, start__lte=self.strategy.end)
        by_channel: dict[int | None, list[EditorialPlan]] = {}
        for plan in editorial.order_by("start").prefetch_related("slots"):
            plan.volume = plans.volume(plan.slots.all(), plan.start, plan.end)
            by_channel.setdefault(plan.channel_id, []).append(plan)
        return [self._channel(row, by_channel.get(row.channel_id, []), first, last) for row in rows]

    def _channel(self, row: StrategyChannel, mine: list[EditorialPlan], first: date, last: date) -> ChannelPlans:
        gap = plans.uncovered_from((first, last), [(plan.start, plan.end) for plan in mine])
        until = last if gap is None else gap - timedelta(days=1)
        return ChannelPlans(row, mine, until if until >= first else None, last)
