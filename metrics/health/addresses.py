"""Where a rule's links lead, for the person who reads them."""

from django.urls import reverse

from metrics.health.verdicts import Link
from strategies.gates import step_url
from strategies.models import Strategy

FIVE_CS = "#five-cs"
_PAGES = {
    "imports": "metrics:imports",
    "money": "metrics:entries",
    "return": "metrics:return",
    "calendar": "calendar:month",
    "campaigns": "calendar:campaigns",
    "channels": "brands:channels",
    "team": "brands:team",
}


def address(link: Link, strategy: Strategy, *, may_lead: bool = False) -> str:
    """KeyError for a place that nobody knows: a link of a rule that is spelt wrong."""
    slug, (kind, _colon, step) = strategy.brand.slug, link.place.partition(":")
    if kind == "step":
        return step_url(strategy, step, link.query)
    if kind == "five cs":
        return reverse("metrics:health", args=[slug, strategy.pk]) + FIVE_CS
    if kind == "campaign":
        return reverse("calendar:campaign", args=[slug, link.pk])
    if kind == "channel" and may_lead:
        return reverse("brands:channel", args=[slug, link.pk])
    # Only leads change a channel; others see it in the list.
    return reverse(_PAGES["channels" if kind == "channel" else kind], args=[slug]) + link.query
