"""The numbers that rules compare with: declared here, set otherwise by administrators (`RuleThreshold`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Limits = Mapping[str, Decimal]
"""The value of every threshold, by its name."""

PERCENT, DAYS, CHANNELS, POSTS = _("%"), _("days"), _("channels"), _("posts")
_COUNTED = (
    (DAYS, lambda count: ngettext("%(count)s day", "%(count)s days", count)),
    (CHANNELS, lambda count: ngettext("%(count)s channel", "%(count)s channels", count)),
    (POSTS, lambda count: ngettext("%(count)s post", "%(count)s posts", count)),
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number: what it means, what it counts, its usual value, and the values that make sense."""

    name: str
    label: str | Promise
    unit: str | Promise
    default: int
    lowest: int = 0
    highest: int = 100

    def said(self, value: Decimal) -> str:
        """A value with its unit, as a reader counts: “4 channels”."""
        shown = f"{value.normalize():f}"
        for unit, declined in _COUNTED:
            if unit is self.unit:
                return (declined(int(value)) % {"count": shown}).replace(" ", "\xa0")
        return f"{shown}\xa0{self.unit}"

    def allows(self, value: Decimal) -> bool:
        return self.lowest <= value <= self.highest


_DECLARED = (
    Threshold("task_days", _("A task with a day and a person within the next"), DAYS, 30, 1, 366),
    Threshold("figure_days", _("Newest figures of a channel at most this old"), DAYS, 31, 1, 366),
    Threshold("utilisation", _("Spent, of what was planned to date, at most"), PERCENT, 110, 50, 1000),
    Threshold("staff_hours", _("Hours worked, of the hours planned to date, at most"), PERCENT, 110, 50, 1000),
    Threshold("vanity_share", _("Share of vanity figures among the KPIs, at most"), PERCENT, 70),
    Threshold("automated_share", _("Share of posts made by a machine, at most"), PERCENT, 50),
    Threshold("response_rate", _("Share of messages answered, at least"), PERCENT, 50),
    Threshold("promo_share", _("Share of promotional posts, less than"), PERCENT, 80, 1),
    Threshold("growth", _("Growth of followers in 30 days that looks doubtful, above"), PERCENT, 30, 1, 1000),
    Threshold("engagement_fall", _("Fall of the engagement rate meanwhile, above"), PERCENT, 50, 1),
    Threshold("adherence", _("Posts published of those planned, at least"), PERCENT, 70),
    Threshold("gap_days", _("Days without a post on a channel, at most"), DAYS, 14, 1, 90),
    Threshold("outside_share", _("Share of posts outside the calendar, at most"), PERCENT, 30),
    Threshold("pages_limit", _("Pages at the limit of what a team keeps up"), CHANNELS, 4, 1, 50),
    Threshold("pages_over", _("Pages that are too many, from"), CHANNELS, 5, 1, 50),
    Threshold("original_days", _("Original content while advertising within the last"), DAYS, 14, 1, 90),
    Threshold("budget_review_days", _("Budget looked at within the last"), DAYS, 92, 1, 1000),
    Threshold("platform_review_days", _("Platforms judged again within the last"), DAYS, 365, 1, 3000),
    Threshold("audit_days", _("An audit within the last"), DAYS, 365, 1, 3000),
    Threshold("mix_posts", _("Posts of a month that say whether they attract or engage, to judge by"), POSTS, 2, 1, 1000),
    Threshold("promotion_ahead_days", _("Rules of a promotion ready before it begins by"), DAYS, 14, 0, 90),
    Threshold("promotion_result_days", _("Results of a promotion written down after its end within"), DAYS, 14, 1, 366),
)
THRESHOLDS: Mapping[str, Threshold] = {threshold.name: threshold for threshold in _DECLARED}
DEFAULTS: Limits = {threshold.name: Decimal(threshold.default) for threshold in _DECLARED}


def in_force(rows: Iterable[tuple[str, Decimal]]) -> Limits:
    """The thresholds as administrators left them. A retired name or an impossible value counts for nothing."""
    return {**DEFAULTS, **{name: value for name, value in rows if name in THRESHOLDS and THRESHOLDS[name].allows(value)}}
