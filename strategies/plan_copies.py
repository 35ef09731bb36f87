"""Plans that begin with what another one holds, or with a channel's cadence. Each in one transaction."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from brands.models import Brand, User
from brands.templatetags.ui import month_year
from strategies import cadence_slots, plans
from strategies.models import CommunicationPlan, EditorialPlan, Goal, PlanItem, Slot, Strategy, StrategyChannel
from strategies.weeks import monday

WEEK = 7  # days


class NoRoom(Exception):
    """The plan cannot stand there; the text says why, in the reader's language."""


@transaction.atomic
def next_communication_plan(plan: CommunicationPlan, by: User) -> CommunicationPlan:
    """The plan of the half-year (or year) after, with the same things in its months."""
    months = plans.whole_months(plan.start, plan.end) or plans.COMMUNICATION_MONTHS[0]
    start = plans.months_later(plan.start, months)
    end = plans.last_day(start, months)
    members = set(plan.brand.memberships.values_list("user", flat=True))
    copy = CommunicationPlan.objects.create(brand=plan.brand, name=name_of(start, end), start=start, end=end, created_by=by)
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=copy, month=plans.months_later(item.month, months), day=item.day and plans.months_later(item.day, months),
            medium=item.medium, title=item.title, content=item.content, where=item.where, position=item.position,
            owner_id=item.owner_id if item.owner_id in members else None,
        )
        for item in plan.items.all()
    )  # fmt: skip
    return copy


def name_of(start: date, end: date) -> str:
    """“2027”, “2027, first half”, “September 2026 – February 2027”."""
    if (start.month, end.month, start.year) == (1, 12, end.year):
        return str(start.year)
    if start.year == end.year and start.month in (1, 7):
        half = _("%(year)s, first half") if start.month == 1 else _("%(year)s, second half")
        return half % {"year": start.year}
    return f"{date_format(start, 'YEAR_MONTH_FORMAT').capitalize()} – {month_year(end)}"


@transaction.atomic
def plan_for_dates(strategy: Strategy, by: User) -> CommunicationPlan | None:
    """A communication plan for the first days of the strategy that none holds; None where all are held."""
    standing = list(strategy.brand.communication_plans.values_list("start", "end"))
    day = plans.uncovered_from((strategy.start, strategy.end), standing)
    if day is None:
        return None
    start, end = plans.span_for(day, strategy.end)
    return CommunicationPlan.objects.create(brand=strategy.brand, name=name_of(start, end), start=start, end=end, created_by=by)


@transaction.atomic
def next_editorial_plan(plan: EditorialPlan, by: User) -> EditorialPlan:
    """The same slots for the month (or two) after; raises NoRoom."""
    Brand.objects.select_for_update(no_key=True).get(pk=plan.brand_id)
    months = plans.whole_months(plan.start, plan.end) or 1
    start = plans.months_later(plan.start, months)
    copy = EditorialPlan(
        brand=plan.brand, strategy=plan.strategy, channel=plan.channel, medium=plan.medium, note=plan.note,
        start=start, end=plans.last_day(start, months), created_by=by,
    )  # fmt: skip
    if plan.strategy and plan.strategy.end < start:
        # Its pillars and goals are over with it.
        copy.strategy = None
    slots = [
        Slot(
            weekday=slot.weekday, time=slot.time, kind=slot.kind, theme=slot.theme, format=slot.format,
            journey_stage=slot.journey_stage, purpose=slot.purpose, owner_id=slot.owner_id,
            pillar_id=slot.pillar_id if copy.strategy else None, goal_id=slot.goal_id if copy.strategy else None,
        )
        for slot in plan.slots.all()
    ]  # fmt: skip
    return _begin(copy, slots)


@transaction.atomic
def plan_from_cadence(row: StrategyChannel, by: User, goal: Goal | None = None, least: int = WEEK) -> EditorialPlan:
    """An editorial plan for the month that runs (or in which the strategy begins), with the next where it is nearly over.

    Raises NoRoom.
    """
    strategy = row.strategy
    brand = Brand.objects.select_for_update(no_key=True).get(pk=strategy.brand_id)
    start, end = span_from_cadence(row, brand.today(), least)
    plan = EditorialPlan(brand=brand, strategy=strategy, channel=row.channel, start=start, end=end, created_by=by)
    if not brand.communication_plans.filter(start__lte=plan.start, end__gte=plan.end).exists():
        first, last = plans.span_for(start, max(plan.end, strategy.end))
        CommunicationPlan.objects.create(brand=brand, name=name_of(first, last), start=first, end=last, created_by=by)
    slots = _slots_from_cadence(row)
    for slot in slots:
        slot.goal = goal
    return _begin(plan, slots)


def span_from_cadence(row: StrategyChannel, today: date, least: int = WEEK) -> tuple[date, date]:
    """The days that a plan made now would have: two months where fewer than `least` days are left of one. Raises NoRoom."""
    start = _first_free_month(row, today)
    if start > row.strategy.end:
        raise NoRoom(_("The strategy ends before the next month that has no plan."))
    return start, _useful_end(row, start, today, least)


def _first_free_month(row: StrategyChannel, today: date) -> date:
    """The first month from today on that no active editorial plan of the channel touches."""
    month = plans.month_start(max(today, row.strategy.start))
    taken = list(row.channel.editorial_plans.filter(is_active=True).values_list("start", "end"))
    while any(plans.overlap(span, (month, plans.last_day(month, 1))) for span in taken):
        month = plans.months_later(month, 1)
    return month


def _useful_end(row: StrategyChannel, start: date, today: date, least: int) -> date:
    """The month's last day; the next month's where too few days are left, or the plan would be over as soon as made."""
    end, later = plans.last_day(start, 1), plans.last_day(start, 2)
    if (end - today).days >= least or row.strategy.end <= end:
        return end
    is_taken = row.channel.editorial_plans.filter(is_active=True, start__lte=later, end__gt=end).exists()
    holding = row.strategy.brand.communication_plans.filter(start__lte=start, end__gte=end)
    ends_there = holding.exists() and not holding.filter(end__gte=later).exists()
    return end if is_taken or ends_there else later


def _slots_from_cadence(row: StrategyChannel) -> list[Slot]:
    pillars = list(row.strategy.pillars.all())
    shares = {pillar.pk: pillar.share for pillar in pillars}
    places = cadence_slots.spread(Decimal(row.posts_per_week), row.channel.platform.slug, shares)
    return [Slot(weekday=place.weekday, time=place.time, kind=place.kind, pillar_id=place.pillar) for place in places]


def _begin(plan: EditorialPlan, slots: list[Slot]) -> EditorialPlan:
    """Save the plan with its slots, where it may stand. Call under the lock of the brand's row."""
    brand = plan.brand
    holding = brand.communication_plans.filter(start__lte=plan.start, end__gte=plan.end).first()
    if holding is None:
        raise NoRoom(_("No communication plan holds these days. Make one for them first."))
    if brand.editorial_plans.clashing(plan).exists():
        raise NoRoom(_("The channel has an active editorial plan for these days already."))
    today = brand.today()
    plan.communication_plan, plan.counts_from, plan.slots_since = holding, monday(today), today
    plan.save()
    for slot in slots:
        slot.plan = plan
    Slot.objects.bulk_create(slots)
    return plan
