"""The figures that insight looks at, read in a number of queries that does not grow and over days that are bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, Max, Q, Sum

from brands.models import Brand, Channel
from calendar_app import moments
from metrics.insight.anomalies import WEEKS
from metrics.models import Observation
from metrics.periods import DAY, Span, week_of
from metrics.post_results import INTERACTIONS, latest_snapshots

# What is watched day by day. Reach counts people, so it is only ever looked at for one day of one channel.
WATCHED = ("views", "reach", "link_clicks", "new_followers", "leads")
ADDITIVE = ("views", "link_clicks", "new_followers", "leads")
POST_DAYS = 180
MOST_POSTS = 5_000
# A post that is younger has not yet been seen by those who will see it.
RIPE_DAYS = 2
TREND_WEEKS = 26
LONGEST_DAYS = 100


@dataclass(frozen=True, slots=True)
class PostFigures:
    """One post on one channel: when it went out, what it is, what people did."""

    channel: int
    published_at: datetime
    format: str
    pillar: str
    journey_stage: str
    kind: str
    acts: Fraction
    seen: Fraction

    @property
    def rate(self) -> float:
        return float(self.acts / self.seen)


def post_span(span: Span) -> Span:
    """The days whose posts are compared: half a year up to the end of the period, or the period where it is longer."""
    return Span(min(span.start, span.end - timedelta(days=POST_DAYS - 1)), span.end)


def posts(brand: Brand, span: Span, channel: Channel | None) -> list[PostFigures]:
    """Posts that went out in these days with their newest figures, the newest first; paid ones stand apart."""
    post = "publication__post__"
    start, end = moments.span(span.start, span.end, brand.zone)
    rows = (
        latest_snapshots()
        .filter(brand=brand, measure__in=(*INTERACTIONS, "views", "impressions"), **{f"{post}is_paid": False})
        .filter(publication__published_at__gte=start, publication__published_at__lt=end)
        .order_by()
        .values_list(
            "publication", "publication__channel", "publication__published_at", f"{post}format", f"{post}pillar__name",
            f"{post}journey_stage", f"{post}kind",
        )
        .annotate(
            acts=Sum("value", filter=Q(measure__in=INTERACTIONS)), views=Sum("value", filter=Q(measure="views")),
            impressions=Sum("value", filter=Q(measure="impressions")), last=Max("end"),
        )
        .order_by("-publication__published_at", "publication")
    )  # fmt: skip
    if channel:
        rows = rows.filter(publication__channel=channel)
    found = (_post(brand, row) for row in rows[:MOST_POSTS])
    return [one for one in found if one is not None]


def _post(brand: Brand, row: tuple) -> PostFigures | None:
    _pk, channel, moment, format_, pillar, stage, kind, acts, views, impressions, last = row
    seen = views if views is not None else impressions
    local = moment.astimezone(brand.zone)
    if acts is None or not seen or seen < 0 or (last - local.date()).days < RIPE_DAYS:
        return None
    return PostFigures(channel, local, format_, pillar or "", stage, kind, Fraction(acts), Fraction(seen))


Daily = dict[tuple[int, str], dict[date, Decimal]]
"""By channel and measure: the figure of each day that has one."""


def daily(brand: Brand, span: Span, measures: Iterable[str], channels: Iterable[int] | None = None) -> Daily:
    """The channels' own figures of single days."""
    rows = Observation.objects.filter(
        brand=brand, channel__isnull=False, publication=None, campaign=None, measure__in=tuple(measures),
        start__gte=span.start, start__lte=span.end, end=F("start"),
    )  # fmt: skip
    if channels is not None:
        rows = rows.filter(channel__in=tuple(channels))
    found: Daily = defaultdict(dict)
    for channel, measure, day, value in rows.order_by().values_list("channel_id", "measure", "start", "value"):
        found[channel, measure][day] = value
    return dict(found)


def watched_span(span: Span) -> Span:
    """The last days of the period that can be judged at once, with the weeks before them that they are judged by."""
    return Span(judged_days(span).start - timedelta(weeks=WEEKS), span.end)


def judged_days(span: Span) -> Span:
    return Span(max(span.start, span.end - timedelta(days=LONGEST_DAYS - 1)), span.end)


def full_weeks(end: date, number: int) -> list[Span]:
    """So many weeks from Monday to Sunday, the last of which is over by `end`; the oldest first."""
    week = week_of(end)
    last = week if week.end <= end else week_of(week.start - DAY)
    return [Span(last.start - timedelta(weeks=back), last.end - timedelta(weeks=back)) for back in range(number)][::-1]


def weekly_sums(found: Daily, measure: str, weeks: Iterable[Span], channels: Iterable[int]) -> list[float | None]:
    """The sum over the channels by week; None for a week in which one of them lacks a day: half a week is no week.

    Days in a week are all there or the week is not: a channel that has no figures at all in these weeks is not counted.
    """
    series = [found[key] for channel in channels if (key := (channel, measure)) in found]
    return [_week_sum(series, week) for week in weeks] if series else [None for _week in weeks]


def _week_sum(series: list[dict[date, Decimal]], week: Span) -> float | None:
    days = [week.start + timedelta(days=number) for number in range(7)]
    values = [one.get(day) for one in series for day in days]
    return None if None in values else float(sum(values))
