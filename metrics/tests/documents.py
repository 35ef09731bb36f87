"""A strategy for the tests of its document: something in every chapter, or as many of everything as asked for."""

from datetime import date, time, timedelta
from decimal import Decimal

from brands.models import Brand, Channel, Platform, User
from metrics.models import Finding, HealthCheck
from strategies import fixed_rows, stages
from strategies.models import CommunicationPlan, EditorialPlan, Strategy

TODAY = date(2027, 3, 17)


def begun(brand: Brand) -> Strategy:
    strategy = Strategy.objects.create(brand=brand, name="Bahor 2027", start=date(2027, 2, 1), end=date(2027, 7, 31))
    fixed_rows.fill_in(strategy)
    stages.look(strategy)
    return strategy


def fill(strategy: Strategy, channel: Channel, person: User, times: int = 1) -> None:
    """`times` rows of every kind that the document shows."""
    platform, brand = Platform.objects.get(slug="telegram"), strategy.brand
    strategy.strategy_channels.create(channel=channel, posts_per_week=3, why="Buyers ask there")
    strategy.planning_steps.filter(step="result").update(text="1,600 leads")
    strategy.audience_answers.filter(question="product").update(text="Dresses of adras")
    strategy.answers.filter(question="goals").update(verdict="yes", text="Nearly all")
    strategy.snapshots.create(number=1, content={}, approved_by=person)
    HealthCheck.objects.create(
        strategy=strategy, day=TODAY, checked_at="2027-03-17T01:00:00Z", score=79, errors=1, warnings=0, infos=0,
        verdicts=[{"rule": "MIST-07", "outcome": "fail", "severity": "error", "causes": [], "accepted": False}],
    )  # fmt: skip
    plan = CommunicationPlan.objects.create(brand=brand, name="Year", start=date(2027, 1, 1), end=date(2027, 12, 31))
    editorial = EditorialPlan.objects.create(
        brand=brand, communication_plan=plan, strategy=strategy, channel=channel, start=date(2027, 3, 1), end=date(2027, 3, 31)
    )
    for number in range(times):
        _rows(strategy, channel, person, platform, number)
        plan.items.create(month=date(2027, 3, 1), title=f"Navroʻz fair {number}", medium="event")
        editorial.slots.create(weekday=number % 7, time=time(10, number % 60), theme=f"Tip {number}")


def _rows(strategy: Strategy, channel: Channel, person: User, platform: Platform, number: int) -> None:
    objective = strategy.objectives.create(text=f"Sell out {number}")
    goal = strategy.goals.create(goal_type="sales", text=f"Leads {number}", objective=objective, deadline=strategy.end)
    target = goal.targets.create(metric="leads", value=1600, window="total", everywhere=number % 2 == 0)
    if number % 2:
        target.channels.add(channel)
    goal.targets.create(metric="roi", value=Decimal("120.5"), window="latest", everywhere=True, role="guard")
    persona = strategy.personas.create(name=f"Madina {number}", pain_points="Fears a wrong size", age_range="22–26")
    persona.platforms.add(platform)
    strategy.audits.create(kind="own", channel=channel, audited_on=TODAY, followers=900, gap="Nobody shows the weaving")
    strategy.audits.create(kind="competitor", competitor=f"Ipak {number}", platform=platform, works="Clear prices")
    strategy.assets.create(kind="people", name=f"Photographer {number}", supply="short", owner=person)
    risk = strategy.risks.create(
        name=f"Cloth arrives late {number}", likelihood=3, effect=2, response="Buffer posts", owner=person
    )
    line = strategy.budget_lines.create(kind="ads", name=f"Meta Ads {number}", planned=6_000_000)
    line.months.create(month=date(2027, 3, 1), planned=6_000_000)
    pillar = strategy.pillars.create(name=f"Workshop {number}", share=1)
    pillar.goals.add(goal)
    strategy.activities.create(method="ads", name=f"Spring ads {number}", channel=channel, owner=person)
    strategy.activities.create(method="community", name=f"Club {number}", channel=channel)
    strategy.watch_items.create(metric="leads", at_least=10, channel=channel if number % 2 else None, risk=risk, owner=person)
    strategy.incidents.create(title=f"Rain {number}", happened_on=TODAY - timedelta(3), risk=risk, channel=channel)
    strategy.waivers.create(gate=f"gate{number}", reason="Later, with the autumn plan", waived_by=person)
    Finding.objects.create(brand=strategy.brand, strategy=strategy, text=f"Films work {number}", author=person)
