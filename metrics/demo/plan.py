"""The demo's strategy: all five stages filled in as a marketer would fill them."""

from datetime import date, timedelta
from decimal import Decimal

from brands.models import Brand, Channel, User
from metrics.demo.people import LEAD, MARKETER
from metrics.demo.posts import PILLARS
from strategies.models import (
    Answer,
    AudienceAnswer,
    Audit,
    BudgetLine,
    BusinessObjective,
    Goal,
    Persona,
    Pillar,
    PlannedWeek,
    PlanningStep,
    Strategy,
    StrategyChannel,
    Target,
    WatchItem,
)
from strategies.weeks import weeks_between

SEASONS = ("Qish", "Qish", "Bahor", "Bahor", "Bahor", "Yoz", "Yoz", "Yoz", "Kuz", "Kuz", "Kuz", "Qish")
MONTHS = 6
# (channel, posts per week, hours per post)
CADENCE = (("telegram", 4, 1), ("instagram", 3, 3), ("tiktok", 2, 4), ("facebook", 1, 1))
# (kind, what for, planned for the whole period)
BUDGET = (
    (BudgetLine.Kind.ADS, "Meta Ads, TikTok Promote", 36_000_000),
    (BudgetLine.Kind.STAFF, "Two people, 36 hours a week", 30_000_000),
    (BudgetLine.Kind.PRODUCTION, "Photographs and films", 14_000_000),
    (BudgetLine.Kind.INFLUENCERS, "Two style bloggers", 9_000_000),
    (BudgetLine.Kind.TOOLS, "Bot and design tools", 3_600_000),
    (BudgetLine.Kind.UGC, "Scarves for customers’ photographs", 2_400_000),
    (BudgetLine.Kind.TEST, "New formats", 3_000_000),
)


def month_after(day: date, months: int) -> date:
    """The first day of the month that comes `months` after the day's own (before, where negative)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def create_strategy(brand: Brand, channels: dict[str, Channel], people: dict[str, User], today: date) -> Strategy:
    start = month_after(today, -2)
    end = month_after(start, MONTHS) - timedelta(1)
    season = SEASONS[today.month - 1]
    strategy = Strategy.objects.create(
        brand=brand,
        name=f"{season} {today.year}",
        summary="Make Atlas Libos the first name for ready-to-wear adras and xonatlas in Tashkent, and turn that attention "
        "into orders before the season ends.",
        start=start,
        end=end,
        primary_type="content",
        secondary_types=["commerce"],
        why_type="People must see how adras is worn before they buy it; offers follow where interest is proven.",
        watch_routine="Each Monday Dilnoza imports the week’s figures and confirms what went out. If a channel keeps less "
        "than 70 % of its cadence for four weeks, she decides whether to cut slots or add hands.",
        created_by=people[LEAD],
    )
    _goals(strategy, channels)
    _planning(strategy, channels, people)
    _choices(strategy, channels)
    _monitoring(strategy, channels, people)
    return strategy


def _goals(strategy: Strategy, channels: dict[str, Channel]) -> None:
    sell, service, name = (
        BusinessObjective.objects.create(strategy=strategy, text=text, position=position)
        for position, text in enumerate(
            (
                "Sell out the season’s collection",
                "Customers who come back for a second dress",
                "Be the first name for adras in Tashkent",
            )
        )
    )
    late = strategy.end - timedelta(31)
    # (type, words, objective, deadline, metric, channels, window, baseline, target)
    rows = (
        ("sales", "1,600 leads from all channels", sell, strategy.end, "leads", (), "total", 0, 1600),
        ("service", "Answer messages within 30 minutes", service, late, "first_response_time", (), "latest", 95, 30),
        ("audience", "10,500 Telegram subscribers", name, strategy.end, "followers", ("telegram",), "latest", 8200, 10_500),
        ("engagement", "Instagram engagement at 5 %", name, late, "audience_engagement", ("instagram",), "latest", 3.1, 5),
    )
    for position, (kind, text, objective, deadline, metric, where, window, baseline, value) in enumerate(rows):
        goal = Goal.objects.create(
            strategy=strategy, goal_type=kind, text=text, objective=objective, deadline=deadline, position=position,
            confirmed_achievable=True,
        )  # fmt: skip
        target = Target.objects.create(
            goal=goal, metric=metric, window=window, baseline=Decimal(str(baseline)), value=value, everywhere=not where
        )
        target.channels.set(channels[slug] for slug in where)
    leads = strategy.goals.get(goal_type="sales")
    Target.objects.create(goal=leads, metric="bounce_rate", window="latest", baseline=49, value=45, role="guard", everywhere=True)


def _planning(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    steps = {
        "preparation": "Photograph the new stock, agree prices, set up the Telegram bot’s size table.",
        "target_group": "Women of 20 to 45 in Tashkent who dress for feasts and for the office, and buy by phone.",
        "approach": "Show the weaving and the wearing; answer sizes within half an hour; offers only on Mondays.",
        "assets": "A shop in Chilonzor, a workshop in Margʻilon, 36 hours a week, two phones that film well.",
        "problems": "Cloth arrives late: buffer posts for a week. A bad review: answer the same day, exchange free.",
        "result": "1,600 leads, 700 orders, and a name that people say when they mean adras.",
    }
    for index, (step, text) in enumerate(steps.items()):
        owner = people[LEAD if index % 2 else MARKETER]
        PlanningStep.objects.create(
            strategy=strategy, step=step, text=text, owner=owner, due=strategy.start + timedelta(7 * index + 14)
        )
    answers = {
        "product": "Ready-to-wear clothes of adras and xonatlas, sewn in our own workshop.",
        "for_whom": "Women who want a feast-day dress that also works on a Tuesday.",
        "who_uses": "Mothers and daughters, office workers, brides’ friends.",
        "who_buys": "Mostly women of 24 to 45 themselves; before feasts, husbands and sons.",
        "who_cares": "Style bloggers, tour guides, and Uzbeks abroad who miss the cloth.",
        "who_before": "Neighbours of the shop, and guests of weddings who asked where the dress was from.",
    }
    for question, text in answers.items():
        AudienceAnswer.objects.create(strategy=strategy, question=question, text=text)
    _personas(strategy, channels)
    _audits(strategy, channels)
    for position, (kind, name, planned) in enumerate(BUDGET):
        BudgetLine.objects.create(strategy=strategy, kind=kind, name=name, planned=planned, position=position)


def _personas(strategy: Strategy, channels: dict[str, Channel]) -> None:
    madina = Persona.objects.create(
        strategy=strategy, name="Madina", age_range="22–26", gender="female", occupation="student and barista", income="4–6 mln soʻm",
        aspirations="To look like herself at every feast.", pain_points="A student’s budget; fears a wrong size.",
        how_we_help="Sizes answered in Telegram, free exchange, one dress worn three ways.", motive="inspiration",
        active_hours="20:00–23:00", language="Oʻzbekcha", region="Toshkent",
    )  # fmt: skip
    gulnora = Persona.objects.create(
        strategy=strategy, name="Gulnora", age_range="38–45", gender="female", occupation="head of a school", income="9–12 mln soʻm",
        aspirations="To dress her two daughters and herself before Navroʻz.", pain_points="Little time; asks where the cloth was woven.",
        how_we_help="Mother-and-daughter sets, the story of each cloth, delivery the same day.", motive="information",
        active_hours="07:00–08:30", language="Oʻzbekcha, русский", region="Toshkent",
    )  # fmt: skip
    madina.platforms.set(channels[slug].platform for slug in ("instagram", "tiktok", "telegram"))
    gulnora.platforms.set(channels[slug].platform for slug in ("telegram", "facebook"))


def _audits(strategy: Strategy, channels: dict[str, Channel]) -> None:
    Audit.objects.create(
        strategy=strategy, kind="own", channel=channels["instagram"], audited_on=strategy.start - timedelta(6), followers=13_720,
        posts_per_month=12, best_format="Carousels with a question", works="Workshop films; answers in stories.",
        to_improve="Captions end without a next step.", strengths="Our own cloth and hands", weaknesses="Late answers in the evening",
        hypothesis="Showing the price in the picture brings more messages than hiding it.", gap="TikTok is empty of adras.",
    )  # fmt: skip
    Audit.objects.create(
        strategy=strategy, kind="competitor", competitor="Margʻilon Style", platform=channels["instagram"].platform,
        audited_on=strategy.start - timedelta(5), followers=41_300, posts_per_month=30, best_format="Catalogue photographs",
        works="Daily posts and clear prices.", to_improve="Nobody answers comments.", strengths="Range", weaknesses="No face, no story",
        gap="Three rivals show catalogue photographs; none shows the weaving.",
    )  # fmt: skip


def _choices(strategy: Strategy, channels: dict[str, Channel]) -> None:
    for slug, posts, hours in CADENCE:
        StrategyChannel.objects.create(strategy=strategy, channel=channels[slug], posts_per_week=posts, hours_per_post=hours)
    # The team began with one film a week and found that it can carry two.
    tiktok = strategy.strategy_channels.get(channel=channels["tiktok"])
    first_weeks = list(weeks_between(strategy.start, strategy.start + timedelta(27)))
    PlannedWeek.objects.bulk_create(PlannedWeek(strategy_channel=tiktok, week=week, posts=1) for week in first_weeks)
    for position, (name, share, colour) in enumerate(PILLARS):
        Pillar.objects.create(strategy=strategy, name=name, share=share, colour=colour, position=position)


def _monitoring(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    rows = (
        ("audience_engagement", None, "weekly", "Film more in the workshop, cut offers"),
        ("followers", "telegram", "weekly", "A contest with a scarf, cross-posts from Instagram"),
        ("first_response_time", None, "daily", "Share evenings between two people"),
        ("leads", None, "weekly", "Move advertising to the best post of the week"),
    )
    for metric, slug, rhythm, otherwise in rows:
        channel = channels[slug] if slug else None
        WatchItem.objects.create(
            strategy=strategy, metric=metric, channel=channel, rhythm=rhythm, owner=people[LEAD], if_it_fails=otherwise
        )
    Answer.objects.create(
        strategy=strategy,
        question="surprises",
        verdict="yes",
        text="One TikTok film went round: nine times the usual views in a day.",
    )
