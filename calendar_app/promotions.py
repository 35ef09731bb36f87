"""What a promotion (a prize for whoever takes part) must have before it begins, and after it ended. Pure.

The campaign's own page says it, and the health check makes two rules of it: PROMO-01 and PROMO-02.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from calendar_app.models import Campaign

# The health check takes its own thresholds; a campaign's page these.
AHEAD_DAYS = RESULT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Promotion:
    pk: int
    name: str
    start: date
    end: date
    has_rules: bool = True
    guidelines_checked: bool = True
    has_results: bool = False

    def lacks(self) -> list[str]:
        """What must be there before it begins and is not, in words."""
        words = []
        if not self.has_rules:
            words.append(_("no link to the rules"))
        if not self.guidelines_checked:
            words.append(_("the platform’s guidelines were not checked"))
        return words

    def is_near_or_runs(self, today: date, days: int) -> bool:
        """It begins within so many days, or has begun and is not over."""
        return self.start - timedelta(days=days) <= today <= self.end

    def has_been_over_for(self, today: date, days: int) -> bool:
        return self.end + timedelta(days=days) <= today


def of(campaign: Campaign) -> Promotion | None:
    """None where it is no promotion."""
    if not campaign.is_promotion:
        return None
    return Promotion(
        campaign.pk, campaign.name, campaign.start, campaign.end, bool(campaign.rules_link), campaign.guidelines_checked,
        campaign.has_results,
    )  # fmt: skip


def warnings(campaign: Campaign, today: date) -> list[tuple[str, str]]:
    """(level, sentence) for the campaign's page."""
    promotion = of(campaign)
    if promotion is None:
        return []
    found = []
    if promotion.is_near_or_runs(today, AHEAD_DAYS) and (lacks := promotion.lacks()):
        found.append(("error", _("Before a promotion begins: %(lacks)s.") % {"lacks": "; ".join(lacks)}))
    if promotion.has_been_over_for(today, RESULT_DAYS) and not promotion.has_results:
        days = (today - promotion.end).days
        found.append(("warning", _("It ended %(days)s days ago, and nobody wrote down what came of it.") % {"days": days}))
    return found
