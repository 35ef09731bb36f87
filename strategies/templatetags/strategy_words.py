"""Words of targets in templates."""

from decimal import Decimal

from django import template

from brands.models import Platform
from brands.templatetags.ui import MISSING, number
from strategies import goal_words, metric_names
from strategies.models import Target

register = template.Library()


@register.filter
def metric_name(name: str) -> str:
    return metric_names.name_of(name)


@register.filter
def in_unit(value: Decimal | None, metric: str) -> str:
    """A figure with its sign; money without the currency, which the page's reader knows."""
    return MISSING if value is None else metric_names.with_unit(metric, number(value), "").strip()


@register.filter
def target_place(target: Target) -> str:
    return goal_words.place_name(target) or MISSING


@register.filter
def said(platform: Platform, field: str) -> str:
    """`platform|said:"cadence_note"`: a text of the platform in the reader's language."""
    return platform.said(field)
