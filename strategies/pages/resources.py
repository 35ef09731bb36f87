"""What the strategy can build on."""

from strategies.pages.base import Page


class ResourcesPage(Page):
    template = "strategies/steps/resources.html"
