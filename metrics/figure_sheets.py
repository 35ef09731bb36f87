"""What people write down side by side: sheets of measures, and the days, weeks or months that are their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Channel
from metrics.kpi.measures import MEASURES, Measure
from metrics.periods import DAY, Span, month_of, week_of


@dataclass(frozen=True)
class Sheet:
    name: str
    label: str | Promise
    measures: tuple[str, ...]

    @property
    def has_money(self) -> bool:
        return any(MEASURES[name].is_money for name in self.measures)


SURVEYS = ("promoters", "passives", "detractors", "supporters", "neutrals", "opponents", "brand_aware", "satisfied_comments", "total_comments")  # fmt: skip
SUPPORT = (
    "messages_received", "messages_answered", "first_response_minutes_total", "inquiries_total", "response_minutes_total",
    "problem_response_minutes", "issues_total", "issues_resolved",
)  # fmt: skip
RATINGS = ("authenticity", "timeliness", "accuracy", "depth")
LISTENING = ("brand_mentions", "competitor_mentions", "positive_mentions", "neutral_mentions", "negative_mentions", "branded_hashtag_posts", "reviews", "ugc_posts")  # fmt: skip
WEB = (
    "social_sessions",
    "total_visits",
    "single_page_visits",
    "engaged_sessions",
    "web_time_seconds",
    "web_users",
    "new_web_users",
)
SALES = ("leads", "qualified_leads", "conversions", "new_customers", "average_order_value", "ad_spend", "platform_earnings")
AUDIENCE = ("followers", "new_followers", "lost_followers", "reach", "impressions", "participants", "direct_messages")
SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet("surveys", _("Answers to surveys"), SURVEYS),
        Sheet("support", _("Messages and issues"), SUPPORT),
        Sheet("ratings", _("Quality of word of mouth"), RATINGS),
        Sheet("listening", _("Mentions"), LISTENING),
        Sheet("web", _("Website"), WEB),
        Sheet("sales", _("Leads and customers"), SALES),
        Sheet("audience", _("Audience"), AUDIENCE),
    )
}
# The part cannot be more than the whole.
PARTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "messages_answered": (("messages_answered",), "messages_received"),
    "problem_response_minutes": (("problem_response_minutes",), "response_minutes_total"),
    "issues_resolved": (("issues_resolved",), "issues_total"),
    "satisfied_comments": (("satisfied_comments",), "total_comments"),
    "opponents": (("supporters", "neutrals", "opponents"), "brand_aware"),
    "single_page_visits": (("single_page_visits",), "total_visits"),
    "engaged_sessions": (("engaged_sessions",), "total_visits"),
}


def _day_of(day: date) -> Span:
    return Span(day, day)


@dataclass(frozen=True)
class Unit:
    """The width of a column, and how many stand beside each other."""

    name: str
    label: str | Promise
    span_of: Callable[[date], Span]
    columns: int


UNITS: Mapping[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("month", _("Months"), month_of, 6),
        Unit("week", _("Weeks"), week_of, 6),
        Unit("day", _("Days"), _day_of, 7),
    )
}


@dataclass(frozen=True)
class GridAsked:
    """Which sheet, whose figures, and up to which day. `stars`: ratings are typed as one to five stars."""

    sheet: Sheet
    unit: Unit
    last: date
    channel: Channel | None = None
    stars: bool = False

    @property
    def spans(self) -> list[Span]:
        spans = [self.unit.span_of(self.last)]
        while len(spans) < self.unit.columns:
            spans.insert(0, self.unit.span_of(spans[0].start - DAY))
        return spans

    @property
    def measures(self) -> list[Measure]:
        return [MEASURES[name] for name in self.sheet.measures]

    def is_starred(self, measure: str) -> bool:
        return self.stars and measure in RATINGS

    def query(self, **changed: object) -> str:
        said = {"sheet": self.sheet.name, "unit": self.unit.name, "last": self.last.isoformat()}
        said |= {"channel": self.channel.pk} if self.channel else {}
        said |= {"stars": "on"} if self.stars else {}
        return urlencode(said | changed)

    def __str__(self) -> str:
        return self.query()

    @property
    def earlier(self) -> str:
        return self.query(last=self.spans[0].start - DAY)

    @property
    def later(self) -> str:
        last = self.spans[-1]
        for _column in range(self.unit.columns):
            last = self.unit.span_of(last.end + DAY)
        return self.query(last=last.start)


def stars_of(score: Fraction) -> Fraction:
    """A score from 0 to 1 as stars from one to five."""
    return score * 4 + 1


def score_of(stars: Fraction) -> Fraction:
    return (stars - 1) / 4
