"""The rules on promotions: what must stand before one begins, and what must be written down afterwards. Pure."""

from django.utils.translation import gettext as _

from brands.templatetags.ui import number
from metrics.health.facts import Facts
from metrics.health.thresholds import Limits
from metrics.health.verdicts import Answer, Cause, Link, NotApplicable


def unchecked_promotion(facts: Facts, limits: Limits) -> Answer:
    days = int(limits["promotion_ahead_days"])
    near = [each for each in facts.promotions if each.is_near_or_runs(facts.today, days)]
    if not near:
        return NotApplicable(_("No promotion runs or begins soon."))
    return [
        Cause(
            f"promotion:{each.pk}", _("“%(name)s”: %(lacks)s") % {"name": each.name, "lacks": "; ".join(lacks)},
            Link("campaign", each.pk),
        )
        for each in near
        if (lacks := each.lacks())
    ]  # fmt: skip


def promotion_without_results(facts: Facts, limits: Limits) -> Answer:
    days = int(limits["promotion_result_days"])
    over = [each for each in facts.promotions if each.has_been_over_for(facts.today, days)]
    if not over:
        return NotApplicable(_("No promotion has been over for long enough."))
    text = _("“%(name)s” ended %(days)s days ago")
    return [
        Cause(
            f"results:{each.pk}", text % {"name": each.name, "days": number((facts.today - each.end).days)},
            Link("campaign", each.pk),
        )
        for each in over
        if not each.has_results
    ]  # fmt: skip
