"""The arithmetic of a plan's money. Pure: days, amounts in, amounts out."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def months_between(start: date, end: date) -> list[date]:
    """The first day of every month that has a day from `start` to `end`, in order."""
    first, months = start.replace(day=1), []
    while first <= end and start <= end:
        months.append(first)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return months


def spread(total: Decimal, count: int) -> list[Decimal]:
    """`total` in `count` parts that differ by a cent at most and make exactly the total; the first ones carry the cents."""
    if count < 1:
        return []
    cents = int((total / CENT).to_integral_value(ROUND_HALF_UP))
    each, rest = divmod(cents, count)
    return [(each + (place < rest)) * CENT for place in range(count)]


def staff_cost(hours_per_week: Decimal, hourly_rate: Decimal, days: int) -> Decimal:
    """Hours per week × cost of an hour × weeks; a part of a week counts by its days. Rounded once, to the cent."""
    return (hours_per_week * hourly_rate * days / 7).quantize(CENT, ROUND_HALF_UP)


def envelope(marketing_budget: Decimal | None, social_share: int | None) -> Decimal | None:
    """What of all marketing money is meant for social media; None where either is not said."""
    if marketing_budget is None or social_share is None:
        return None
    return (marketing_budget * social_share / 100).quantize(CENT, ROUND_HALF_UP)
