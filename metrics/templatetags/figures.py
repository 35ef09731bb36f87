"""Figures that were measured: each is a link to how it came about. `data-figure` names the measure or KPI.

{% load figures %}
{% figure "reach" "12,010" asked.query %}         a figure as it stands in a page
{% figure "roi" card.reading.shown query "sp-kpi__v" %}
"""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from metrics.kpi.formulas import NO_FIGURE

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(context, metric: str, shown: str, query: str = "", css: str = "") -> SafeString:
    """The figure, linked to its working; nothing was measured where a dash stands, and the working says why."""
    return format_html(
        '<a class="sp-fig {}" data-figure="{}" href="{}">{}</a>',
        css, metric, figure_url(context["brand"].slug, metric, query), conditional_escape(shown or NO_FIGURE),
    )  # fmt: skip


def figure_url(brand: str, metric: str, query: str = "") -> str:
    address = _address(brand, metric)
    return f"{address}?{query}" if query else address


@lru_cache(maxsize=4096)
def _address(brand: str, metric: str) -> str:
    """A page prints hundreds, of a few kinds."""
    return reverse("metrics:working", args=[brand, metric])
