"""Ten goals to take over, two for each letter of SMART."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import GoalType, Target
from strategies.smart import Letter, compounded


class Example(NamedTuple):
    """A goal in words and in fields.

    `change`: the target is so many per cent more than today, each month anew where the words say so. `months`: it takes
    so long from the start; `until`: it ends on the next such day (month, day). Without either it ends with the strategy.
    """

    text: str | Promise
    letter: Letter
    goal_type: GoalType
    platform: str
    metric: str
    window: Target.Window
    value: Decimal | None = None
    baseline: Decimal | None = None
    change: Decimal | None = None
    each_month: bool = False
    months: int | None = None
    until: tuple[int, int] | None = None

    def deadline(self, start: date, end: date) -> date:
        """The day to reach it by, in a strategy from `start` to `end`."""
        if self.months:
            return start + relativedelta(months=self.months) - timedelta(days=1)
        if self.until:
            day = date(start.year, *self.until)
            return day if day > start else date(start.year + 1, *self.until)
        return end

    def target(self, today: Decimal | None, months: int) -> Decimal | None:
        """The number to reach; for a change it follows from today's value, and without one it is not known."""
        if self.change is None or today is None:
            return self.value
        return today * compounded(self.change, months if self.each_month else 1)


_W = Target.Window
EXAMPLES = (
    Example(_("10 % more Instagram Story views next quarter"), Letter.SPECIFIC, GoalType.AWARENESS, "instagram", "story_views",
            _W.TOTAL, change=Decimal(10), months=3),
    Example(_("50 clicks a month to our site from LinkedIn posts"), Letter.SPECIFIC, GoalType.TRAFFIC, "linkedin", "link_clicks",
            _W.MONTHLY, Decimal(50)),
    Example(_("150 new Facebook followers in 6 months"), Letter.MEASURABLE, GoalType.AUDIENCE, "facebook", "net_new_followers",
            _W.TOTAL, Decimal(150), months=6),
    Example(_("An average engagement rate of 5 % on X"), Letter.MEASURABLE, GoalType.ENGAGEMENT, "x",
            "engagement_rate_impressions", _W.TOTAL, Decimal(5)),
    Example(_("YouTube subscribers from 500 to 1,000 by this time next year"), Letter.ACHIEVABLE, GoalType.AUDIENCE, "youtube",
            "followers", _W.LATEST, Decimal(1000), Decimal(500), months=12),
    Example(_("25 % more organic Facebook reach each month"), Letter.ACHIEVABLE, GoalType.AWARENESS, "facebook",
            "organic_reach", _W.MONTHLY, change=Decimal(25), each_month=True),
    Example(_("5 qualified leads a month from LinkedIn"), Letter.RELEVANT, GoalType.SALES, "linkedin", "qualified_leads",
            _W.MONTHLY, Decimal(5)),
    Example(_("15 % more brand awareness among millennials on TikTok in 6 months"), Letter.RELEVANT, GoalType.AWARENESS,
            "tiktok", "reach_rate", _W.TOTAL, change=Decimal(15), months=6),
    Example(_("500 steady views on each Instagram Reel within 3 months"), Letter.TIME_BOUND, GoalType.AWARENESS, "instagram",
            "video_views", _W.PER_POST, Decimal(500), months=3),
    Example(_("A click-through rate of 2 % for Facebook ads by the end of the second quarter"), Letter.TIME_BOUND,
            GoalType.TRAFFIC, "facebook", "ctr", _W.TOTAL, Decimal(2), until=(6, 30)),
)  # fmt: skip


def example_at(number: str | None) -> Example | None:
    """The example an address names, counted from 1."""
    if number and number.isascii() and number.isdigit() and len(number) < 3 and 1 <= int(number) <= len(EXAMPLES):
        return EXAMPLES[int(number) - 1]
    return None
