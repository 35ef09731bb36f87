"""Was it published as planned? Week by week: a week with too many posts does not repair one with too few.

A week begins on Monday in the brand's zone. The functions on numbers are pure; the two below ask the database.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from brands.models import Brand
from calendar_app.moments import span
from calendar_app.month import days_between
from strategies.models import StrategyChannel
from strategies.weeks import monday

# What is planned or published, by channel and week.
Week = tuple[int, date]


def kept_and_planned(planned: Mapping[Week, Fraction], published: Mapping[Week, int]) -> tuple[Fraction, Fraction]:
    """Σ min(published, planned) and Σ planned, over the weeks in which something was planned."""
    kept = sum((min(plan, Fraction(published.get(week, 0))) for week, plan in planned.items()), Fraction(0))
    return kept, sum(planned.values(), Fraction(0))


def weekly_plan(per_week: Fraction, first: date, last: date, kept: Mapping[date, Decimal] | None = None) -> dict[date, Fraction]:
    """The posts planned in each week from `first` to `last`; a part of a week counts by its days.

    `kept` names weeks (by their Monday) that were planned with another cadence than `per_week`.
    """
    days = Counter(monday(day) for day in days_between(first, last))
    plan = {week: Fraction((kept or {}).get(week, per_week)) * number / 7 for week, number in days.items()}
    return {week: posts for week, posts in plan.items() if posts > 0}


def weeks_of(moments: Iterable[tuple[int, datetime]], zone: ZoneInfo) -> dict[Week, int]:
    """How often each channel published in each week, out of (channel, moment)."""
    return dict(Counter((channel, monday(at.astimezone(zone).date())) for channel, at in moments))


def planned_per_week(brand: Brand, first: date, last: date, channels: Iterable[int] | None = None) -> dict[Week, Fraction]:
    """What the strategies of the brand plan from `first` to `last`, by channel and week."""
    rows = StrategyChannel.objects.filter(strategy__brand=brand, strategy__start__lte=last, strategy__end__gte=first)
    rows = rows.exclude(strategy__status="archived").select_related("strategy").prefetch_related("planned_weeks")
    if channels is not None:
        rows = rows.filter(channel__in=channels)
    planned: dict[Week, Fraction] = {}
    for row in rows:
        start, end = max(first, row.strategy.start), min(last, row.strategy.end)
        plan = weekly_plan(Fraction(row.posts_per_week), start, end, row.kept_weeks())
        for week, posts in plan.items():
            # Two strategies on one channel plan the same posts, not twice as many.
            planned[row.channel_id, week] = max(posts, planned.get((row.channel_id, week), Fraction(0)))
    return planned


def published_per_week(brand: Brand, first: date, last: date, channels: Iterable[int] | None = None) -> dict[Week, int]:
    """What went out from `first` to `last`, by channel and week."""
    start, end = span(first, last, brand.zone)
    rows = brand.publications.published_between(start, end)
    if channels is not None:
        rows = rows.filter(channel__in=channels)
    return weeks_of(rows.order_by().values_list("channel_id", "published_at"), brand.zone)


def schedule_adherence(brand: Brand, first: date, last: date, channels: Iterable[int] | None = None) -> tuple[Fraction, Fraction]:
    """(posts that went out as planned, posts planned): the two sides of the KPI."""
    channels = None if channels is None else list(channels)
    return kept_and_planned(planned_per_week(brand, first, last, channels), published_per_week(brand, first, last, channels))
