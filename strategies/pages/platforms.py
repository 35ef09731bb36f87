"""Which platforms fit, criterion by criterion."""

from strategies.pages.base import Page


class PlatformsPage(Page):
    template = "strategies/steps/platforms.html"
