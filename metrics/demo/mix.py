"""The demo's content mix, what its pillars are about and serve, and its paid and free ways."""

from datetime import timedelta

from brands.models import Channel, User
from metrics.demo.people import LEAD, MARKETER
from strategies.models import Activity, BudgetLine, MixTarget, Pillar, Strategy

MIX = {
    "format": {"image": 25, "carousel": 25, "reel": 20, "video": 10, "story": 5, "ugc": 15},
    "journey": {"awareness": 30, "consideration": 20, "conversion": 20, "retention": 15, "advocacy": 15},
    "purpose": {"attract": 55, "engage": 45},
}
# What each pillar is about, and the types of the goals it serves.
PILLARS = {
    "Yangi kolleksiya": ("New dresses and cloths of the season, with sizes and prices", ("sales",)),
    "Uslub maslahati": ("One dress worn three ways; which pattern suits whom", ("engagement", "audience")),
    "Mijozlarimiz": ("Customers in their dresses, in their own words", ("engagement", "sales")),
    "Ustaxona": ("The loom, the dyeing, the people in Margʻilon", ("audience",)),
    "Aksiya": ("Mondays only: last pieces, sets, gifts", ("sales",)),
}
Method = Activity.Method


def create_mix(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    MixTarget.objects.bulk_create(
        MixTarget(strategy=strategy, dimension=dimension, value=value, share=share)
        for dimension, shares in MIX.items()
        for value, share in shares.items()
    )
    goals = {goal.goal_type: goal for goal in strategy.goals.all()}
    for pillar in Pillar.objects.filter(strategy=strategy):
        pillar.about, served = PILLARS[pillar.name]
        pillar.save(update_fields=["about"])
        pillar.goals.set(goals[name] for name in served)
    _ways(strategy, channels, people)


def _ways(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    lines = {line.kind: line for line in strategy.budget_lines.all()}
    kinds = BudgetLine.Kind
    # (way, what, channel, paid from, partner, first and last week, what it should bring)
    rows = (
        (Method.ADS, "Dresses in the shop’s own films", "instagram", kinds.ADS, "", 0, 25, "900 leads at 25,000 soʻm or less"),
        (Method.BOOST, "The film of the week", "tiktok", kinds.ADS, "", 4, 25, "Reach beyond those who follow"),
        (Method.INFLUENCERS, "Two style bloggers wear one dress for a week", "instagram", kinds.INFLUENCERS, "", 8, 12, "Trust, and 150 leads"),
        (Method.ACCOUNTS, "Answers within half an hour, every day", "telegram", None, "", 0, 25, "Questions that become orders"),
        (Method.PROMOTION, "A dress for the best feast-day photograph", "instagram", kinds.UGC, "", 10, 13, "200 photographs of customers"),
        (Method.COLLABORATION, "Tea and textiles: an evening together", None, None, "Choyxona Registon", 9, 9, "Their guests meet our cloth"),
        (Method.CUSTOMERS, "Photographs for a scarf", "telegram", kinds.UGC, "", 0, 25, "Ten photographs a month"),
    )  # fmt: skip
    for position, (method, name, slug, kind, partner, first, last, expected) in enumerate(rows):
        Activity.objects.create(
            strategy=strategy, method=method, name=name, partner=partner, channel=channels[slug] if slug else None,
            budget_line=lines.get(kind) if kind else None, owner=people[MARKETER if slug else LEAD], expected=expected,
            start=strategy.start + timedelta(weeks=first), end=min(strategy.start + timedelta(weeks=last, days=6), strategy.end),
            position=position,
        )  # fmt: skip
