"""Paid and free ways to be heard."""

from strategies.pages.base import Page


class MethodsPage(Page):
    template = "strategies/steps/methods.html"
