"""A strategy that holds much of everything."""

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from brands.models import Channel, User
from strategies import models as tables
from strategies import plain
from strategies import whole as loading
from strategies.models import Strategy


def grow(strategy: Strategy, channels: list[Channel], person: User, goals: int, personas: int, others: int) -> None:
    """Rows of each kind; what can stand only once stands once."""
    plan = tables.CommunicationPlan.objects.create(
        brand=strategy.brand, name="Plan", start=date(2027, 1, 1), end=date(2027, 12, 31)
    )
    objective = strategy.objectives.create(text="Sell more")
    for number in range(goals):
        goal = strategy.goals.create(goal_type="sales", text=f"Goal {number}", objective=objective, deadline=strategy.end)
        goal.targets.create(metric="leads", value=10, window="total").channels.set(channels)
    for number in range(personas):
        strategy.personas.create(name=f"Persona {number}").platforms.set(channel.platform for channel in channels)
    for channel in channels[: min(others, 4)]:
        strategy.strategy_channels.create(channel=channel, posts_per_week=2)
        strategy.fit_ratings.create(platform=channel.platform, criterion="audience", rating=3)
    for number in range(others):
        _once(strategy, number, channels[0], person, plan, objective)
    strategy.snapshots.create(number=1, approved_by=person, content=plain.content_of(loading.load(fresh(strategy))))
    strategy.pillars.update(share=1)
    strategy.goals.update(text="Changed")


def _once(strategy: Strategy, number: int, channel: Channel, person: User, plan, objective) -> None:
    risk = strategy.risks.create(name=f"Risk {number}", owner=person)
    line = strategy.budget_lines.create(kind="ads", planned=Decimal(100), channel=channel)
    line.months.create(month=date(2027, 3, 1), planned=100)
    pillar = strategy.pillars.create(name=f"Pillar {number}", share=2)
    pillar.goals.set(strategy.goals.all()[:3])
    strategy.audits.create(kind="own", channel=channel, audited_on=date(2027, 1, 1))
    strategy.audits.create(kind="competitor", competitor=f"Rival {number}", platform=channel.platform)
    strategy.assets.create(kind="people", name=f"Asset {number}", owner=person)
    strategy.activities.create(method="ads", budget_line=line, channel=channel, owner=person, name=f"Way {number}")
    strategy.watch_items.create(metric="leads", risk=risk, channel=channel, owner=person)
    strategy.incidents.create(title=f"Event {number}", happened_on=date(2027, 3, 1), risk=risk, owner=person, channel=channel)
    strategy.comments.create(step="goals", text="Why?", by=person)
    strategy.events.create(kind="waived", by=person, note="Later")
    tables.MixTarget.objects.get_or_create(strategy=strategy, dimension="format", value="video", defaults={"share": 10})
    start = date(2027, 2, 1) + timedelta(days=60 * number)
    editorial = tables.EditorialPlan.objects.create(
        brand=strategy.brand, communication_plan=plan, strategy=strategy, channel=channel, start=start, end=start + timedelta(27)
    )
    editorial.slots.create(weekday=1, time=time(10), pillar=pillar, goal=strategy.goals.first(), owner=person)
    tables.StrategyChange.objects.create(
        strategy=strategy, by=person, at=timezone.now(), act="changed", part="goals", row=strategy.goals.first().pk, name="Goal",
        field="text", was="a", became="b",
    )  # fmt: skip


def fresh(strategy: Strategy) -> Strategy:
    return Strategy.objects.select_related("brand").get(pk=strategy.pk)
