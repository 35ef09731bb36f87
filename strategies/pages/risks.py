"""What may go wrong, and what is done then."""

from strategies.pages.base import Page


class RisksPage(Page):
    template = "strategies/steps/risks.html"
