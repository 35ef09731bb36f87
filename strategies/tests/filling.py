"""A strategy that lacks nothing."""

from decimal import Decimal

from brands.models import Channel, Platform
from strategies.models import Strategy


def fill(strategy: Strategy, channel: Channel) -> Strategy:
    objective = strategy.objectives.create(text="Sell out the spring collection")
    goal = strategy.goals.create(goal_type="audience", text="12,000 subscribers", objective=objective, deadline=strategy.end)
    target = goal.targets.create(metric="followers", window="latest", baseline=8200, value=12000)
    target.channels.add(channel)
    strategy.planning_steps.update(text="Who, what and by when")
    strategy.audience_answers.update(text="Ready-to-wear dresses of adras")
    persona = strategy.personas.create(name="Madina", age_range="24", pain_points="A wrong size", how_we_help="A size table")
    persona.platforms.add(Platform.objects.get(slug="telegram"))
    strategy.audits.create(kind="own", channel=channel)
    strategy.audits.create(kind="competitor", competitor="Milliy Gul")
    strategy.budget_lines.create(kind="ads", name="Secret ads", planned=Decimal("38000000"))
    strategy.strategy_channels.create(channel=channel, posts_per_week=4)
    strategy.pillars.create(name="Ustaxona", share=60)
    strategy.pillars.create(name="Mijozlarimiz", share=40, colour=2)
    strategy.watch_items.create(metric="leads")
    Strategy.objects.filter(pk=strategy.pk).update(primary_type="content")
    strategy.refresh_from_db()
    return strategy
