"""What happened and was not planned."""

from strategies.pages.base import Page


class IncidentsPage(Page):
    template = "strategies/steps/incidents.html"
