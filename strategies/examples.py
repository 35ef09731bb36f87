"""Ten goals to take over, two for each letter of SMART."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import GoalType, Target
from strategies.smart import Letter


class Example(NamedTuple):
    text: str | Promise
    letter: Letter
    goal_type: GoalType
    platform: str
    metric: str
    window: Target.Window
    value: Decimal | None = None
    baseline: Decimal | None = None


_W = Target.Window
EXAMPLES = (
    Example(_("10 % more Instagram Story views next quarter"), Letter.SPECIFIC, GoalType.AWARENESS, "instagram", "story_views",
            _W.TOTAL),
    Example(_("50 clicks a month to our site from LinkedIn posts"), Letter.SPECIFIC, GoalType.TRAFFIC, "linkedin", "link_clicks",
            _W.MONTHLY, Decimal(50)),
    Example(_("150 new Facebook followers in 6 months"), Letter.MEASURABLE, GoalType.AUDIENCE, "facebook", "net_new_followers",
            _W.TOTAL, Decimal(150)),
    Example(_("An average engagement rate of 5 % on X"), Letter.MEASURABLE, GoalType.ENGAGEMENT, "x",
            "engagement_rate_impressions", _W.TOTAL, Decimal(5)),
    Example(_("YouTube subscribers from 500 to 1,000 by this time next year"), Letter.ACHIEVABLE, GoalType.AUDIENCE, "youtube",
            "followers", _W.LATEST, Decimal(1000), Decimal(500)),
    Example(_("25 % more organic Facebook reach each month"), Letter.ACHIEVABLE, GoalType.AWARENESS, "facebook",
            "organic_reach", _W.MONTHLY),
    Example(_("5 qualified leads a month from LinkedIn"), Letter.RELEVANT, GoalType.SALES, "linkedin", "qualified_leads",
            _W.MONTHLY, Decimal(5)),
    Example(_("15 % more brand awareness among millennials on TikTok in 6 months"), Letter.RELEVANT, GoalType.AWARENESS,
            "tiktok", "reach_rate", _W.TOTAL),
    Example(_("500 steady views on each Instagram Reel within 3 months"), Letter.TIME_BOUND, GoalType.AWARENESS, "instagram",
            "video_views", _W.PER_POST, Decimal(500)),
    Example(_("A click-through rate of 2 % for Facebook ads by the end of the second quarter"), Letter.TIME_BOUND,
            GoalType.TRAFFIC, "facebook", "ctr", _W.TOTAL, Decimal(2)),
)  # fmt: skip


def example_at(number: str | None) -> Example | None:
    """The example an address names, counted from 1."""
    if number and number.isascii() and number.isdigit() and len(number) < 3 and 1 <= int(number) <= len(EXAMPLES):
        return EXAMPLES[int(number) - 1]
    return None
