"""The communication plan and the editorial plans of the strategy."""

from strategies.pages.base import Page


class PlansPage(Page):
    template = "strategies/steps/plans.html"
