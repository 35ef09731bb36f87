"""The demo's money by month, and the tools it pays for."""

from datetime import timedelta
from decimal import Decimal

from brands.models import Channel, User
from metrics.demo.people import LEAD, MARKETER
from strategies import budget
from strategies.models import BudgetLine, BudgetMonth, Strategy, Tool

MARKETING, SOCIAL_SHARE = Decimal(140_000_000), 70
STAFF_HOURS = Decimal(36)
# More before the feasts than after them, in per cent of a line; the last month takes what is left.
SEASON = (12, 14, 18, 24, 18)

# name, group, paid, price per month, note, channels
TOOLS = (
    ("Google Calendar", "planning", False, None, "Shoots and feasts, shared with the workshop.", ()),
    ("Canva", "management", True, Decimal(320_000), "Covers and stories.", ("instagram", "telegram", "facebook")),
    ("Size bot", "management", True, Decimal(280_000), "Answers sizes and prices at night.", ("telegram",)),
    ("Google Alerts", "monitoring", False, None, "Our name and those of six rivals.", ()),
    ("Google Analytics 4", "monitoring", False, None, "Which posts bring visitors to the shop’s site.", ()),
)


def plan_money(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    strategy.marketing_budget, strategy.social_share = MARKETING, SOCIAL_SHARE
    strategy.budget_reviewed_on = max(strategy.start, strategy.brand.today() - timedelta(days=40))
    strategy.save()
    strategy.budget_lines.filter(kind=BudgetLine.Kind.STAFF).update(hours_per_week=STAFF_HOURS)
    for line in strategy.budget_lines.filter(kind__in=[BudgetLine.Kind.ADS, BudgetLine.Kind.INFLUENCERS]):
        _plan_season(line, strategy)
    for name, group, is_paid, price, note, where in TOOLS:
        owner = people[MARKETER if where else LEAD]
        tool = Tool.objects.create(
            brand=strategy.brand, name=name, group=group, is_paid=is_paid, price_per_month=price, note=note, owner=owner
        )
        tool.channels.set(channels[slug] for slug in where)


def _plan_season(line: BudgetLine, strategy: Strategy) -> None:
    months = budget.months_between(strategy.start, strategy.end)
    parts = [line.planned * share / 100 for share in SEASON[: len(months) - 1]]
    parts.append(line.planned - sum(parts))
    BudgetMonth.objects.bulk_create(
        BudgetMonth(line=line, month=month, planned=part) for month, part in zip(months, parts, strict=False)
    )
