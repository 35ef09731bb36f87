"""Was it published as planned? Week by week: a week with too many posts does not repair one with too few.

Planned is what the slots of an active editorial plan ask for on the days that it covers, and the channel's cadence on
the others. A week begins on Monday in the brand's zone. The functions on numbers are pure; the last ones ask the database.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from brands.models import Brand
from calendar_app.moments import span
from calendar_app.month import days_between
from strategies.joined import joined
from strategies.models import StrategyChannel
from strategies.plans import SlotPlan
from strategies.weeks import monday

# What is planned or published, by channel and week.
Week = tuple[int, date]


def kept_and_planned(planned: Mapping[Week, Fraction], published: Mapping[Week, int]) -> tuple[Fraction, Fraction]:
    """Σ min(published, planned) and Σ planned, over the weeks in which something was planned."""
    kept = sum((min(plan, Fraction(published.get(week, 0))) for week, plan in planned.items()), Fraction(0))
    return kept, sum(planned.values(), Fraction(0))


def weekly_plan(
    per_week: Fraction, first: date, last: date, kept: Mapping[date, Decimal] | None = None, without: Container[date] = ()
) -> dict[date, Fraction]:
    """The posts planned in each week from `first` to `last`; a part of a week counts by its days.

    `kept` names weeks (by their Monday) that were planned with another cadence than `per_week`; the days in `without`
    are planned by something else than a cadence.
    """
    days = Counter(monday(day) for day in days_between(first, last) if day not in without)
    plan = {week: Fraction((kept or {}).get(week, per_week)) * number / 7 for week, number in days.items()}
    return {week: posts for week, posts in plan.items() if posts > 0}


def weeks_of(moments: Iterable[tuple[int, datetime]], zone: ZoneInfo) -> dict[Week, int]:
    """How often each channel published in each week, out of (channel, moment)."""
    return dict(Counter((channel, monday(at.astimezone(zone).date())) for channel, at in moments))


def planned_of(rows: Iterable[StrategyChannel], plans: Iterable[SlotPlan], first: date, last: date) -> dict[Week, Fraction]:
    """The posts that slots and cadences plan from `first` to `last`, by channel and week.

    `rows` come with their strategy and planned weeks; each counts within its strategy's dates.
    """
    slots = _days_with_slots(plans, first, last)
    planned: dict[Week, Fraction] = {}
    for row in rows:
        start, end = max(first, row.strategy.start), min(last, row.strategy.end)
        if start > end:
            continue
        covered = slots.get(row.channel_id, {})
        for week, posts in weekly_plan(Fraction(row.posts_per_week), start, end, row.kept_weeks(), covered).items():
            # Two strategies on one channel plan the same posts, not twice as many.
            planned[row.channel_id, week] = max(posts, planned.get((row.channel_id, week), Fraction(0)))
    for channel, days in slots.items():
        for day, posts in days.items():
            if posts:
                planned[channel, monday(day)] = planned.get((channel, monday(day)), Fraction(0)) + posts
    return planned


def _days_with_slots(plans: Iterable[SlotPlan], first: date, last: date) -> dict[int, dict[date, int]]:
    """The days that editorial plans cover, by channel. Where a day was kept of one plan and another covers it, the fuller counts."""
    found: dict[int, dict[date, int]] = {}
    for plan in plans:
        days = found.setdefault(plan.channel, {})
        for day, posts in plan.days(first, last).items():
            days[day] = max(posts, days.get(day, 0))
    return found


def slot_plans(brand: Brand, first: date, last: date) -> list[SlotPlan]:
    """The brand's editorial plans of those days, but for what an archived strategy had planned."""
    return brand.editorial_plans.with_slots_between(first, last).slot_plans()


def planned_per_week(brand: Brand, first: date, last: date, channels: Iterable[int] | None = None) -> dict[Week, Fraction]:
    """What the editorial plans and strategies of the brand plan from `first` to `last`, by channel and week."""
    rows = StrategyChannel.objects.filter(strategy__brand=brand, strategy__start__lte=last, strategy__end__gte=first)
    rows = rows.exclude(strategy__status="archived").select_related("strategy")
    plans = slot_plans(brand, first, last)
    if channels is not None:
        chosen = set(channels)
        rows, plans = rows.filter(channel__in=chosen), [plan for plan in plans if plan.channel in chosen]
    return planned_of(joined(rows, "planned_weeks"), plans, first, last)


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
