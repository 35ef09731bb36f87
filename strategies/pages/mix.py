"""How the posts are divided: formats, journey stages, attracting and engaging."""

from strategies.pages.base import Page


class MixPage(Page):
    template = "strategies/steps/mix.html"
