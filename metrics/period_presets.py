"""The spans that a page of results can look at: named ones, and the reader's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from metrics.periods import DAY, Span, last_days, month_of, quarter_of, week_of, year_of

LONGEST_SPAN = 3 * 366
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Preset:
    name: str
    label: Promise
    span: Callable[[date], Span]


def _so_far(of: Callable[[date], Span]) -> Callable[[date], Span]:
    return lambda today: Span(of(today).start, today)


def _last(of: Callable[[date], Span]) -> Callable[[date], Span]:
    return lambda today: of(of(today).start - DAY)


PRESETS = (
    Preset("7", _("Last 7 days"), lambda today: last_days(7, today)),
    Preset("28", _("Last 28 days"), lambda today: last_days(28, today)),
    Preset("90", _("Last 90 days"), lambda today: last_days(90, today)),
    Preset("week", _("This week"), _so_far(week_of)),
    Preset("last_week", _("Last week"), _last(week_of)),
    Preset("month", _("This month"), _so_far(month_of)),
    Preset("last_month", _("Last month"), _last(month_of)),
    Preset("quarter", _("This quarter"), _so_far(quarter_of)),
    Preset("last_quarter", _("Last quarter"), _last(quarter_of)),
    Preset("year", _("This year"), _so_far(year_of)),
    Preset("last_year", _("Last year"), _last(year_of)),
)
BY_NAME = {preset.name: preset for preset in PRESETS}
DEFAULT = "28"
OWN = "own"
STRATEGY = "strategy"
WHOLE = "whole"  # all days of the campaign or post that is looked at


class Compare(TextChoices):
    """What a period is held against."""

    BEFORE = "", _("The period before")
    YEAR = "year", _("The same days last year")
    NOTHING = "no", _("Nothing")


class Step(TextChoices):
    """How long each point of a trend is."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", pgettext_lazy("length of time", "Year")

    @property
    def whole(self) -> Callable[[date], Span]:
        """The whole step that a day lies in."""
        return {"week": week_of, "month": month_of, "quarter": quarter_of, "year": year_of}.get(self.value, _day)

    @classmethod
    def fitting(cls, span: Span) -> "Step":
        """The step that leaves a line neither two points nor two hundred."""
        limits = ((MOST_DAYS, cls.DAY), (MOST_WEEKS, cls.WEEK))
        return next((step for days, step in limits if span.days <= days), cls.MONTH)


MOST_DAYS = 100
MOST_WEEKS = 400


def _day(day: date) -> Span:
    return Span(day, day)


def has_weekday_rhythm(preset: str, span: Span) -> bool:
    """Whether a year before is told by weekdays: whole weeks, or a week so far, are; months and longer are not."""
    return preset == "week" or (span.days % 7 == 0 and not span.is_of_months and span.days <= MOST_DAYS)
