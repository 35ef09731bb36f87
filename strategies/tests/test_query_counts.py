"""No page of a strategy asks more of the database when the strategy grows."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.models import Channel, Platform, User
from strategies import models as tables
from strategies import plain
from strategies import whole as loading
from strategies.models import Strategy
from strategies.steps import STEPS

pytestmark = pytest.mark.django_db

MOST = 25
OTHERS = ("", "history/", "history/?step=goals", "compare/", "versions/1/", "edit/")


@pytest.fixture
def channels(shop) -> list[Channel]:
    platforms = Platform.objects.all()[:4]
    return [Channel.objects.create(brand=shop, platform=platform, handle=f"atlas{platform.pk}") for platform in platforms]


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


@pytest.fixture
def counted(as_lead, shop, lead, channels):
    """Address within the strategy -> queries for a small one and for a large one."""

    def count(rest: str) -> tuple[int, int]:
        found = []
        for goals, personas, others in ((1, 1, 1), (50, 20, 30)):
            strategy = Strategy.objects.create(brand=shop, name=f"With {goals}", start=date(2027, 2, 1), end=date(2027, 7, 31))
            grow(strategy, channels, lead, goals, personas, others)
            url = f"/brands/atlas/strategies/{strategy.pk}/{rest}"
            # The first look writes down what it sees.
            assert as_lead.get(url).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                assert as_lead.get(url).status_code == 200
            found.append(len(queries))
            strategy.strategy_channels.all().delete()
        return found[0], found[1]

    return count


@pytest.mark.parametrize("rest", [*OTHERS, *(f"{step.slug}/" for step in STEPS)])
def test_a_page_takes_the_same_few_queries_however_much_the_strategy_holds(counted, rest):
    small, large = counted(rest)
    assert small == large
    assert large <= MOST


def test_the_list_takes_the_same_queries_for_one_strategy_and_for_twenty(as_lead, shop):
    counts = []
    for number in range(20):
        strategy = Strategy.objects.create(brand=shop, name=f"Cycle {number}", start=date(2027, 1, 1), end=date(2027, 6, 30))
        strategy.goals.create(goal_type="sales", text="Leads")
        if number in (0, 19):
            with CaptureQueriesContext(connection) as queries:
                as_lead.get("/brands/atlas/strategies/")
            counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST
