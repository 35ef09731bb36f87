"""What the rules look at is what the tables hold. Each fact is written down, read, and looked at."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.models import Brand, Channel, Role
from calendar_app.models import Campaign, Post, Publication
from calendar_app.promotions import Promotion
from metrics.five_cs import C
from metrics.health.facts import Facts
from metrics.health.reading import longest_gap, read
from metrics.models import LedgerEntry, RuleThreshold
from strategies import fixed_rows
from strategies.models import CommunicationPlan, EditorialPlan, PlatformReview, Strategy, StrategyChannel


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=40), end=today + timedelta(days=60)
    )
    StrategyChannel.objects.create(
        strategy=strategy, channel=instagram, posts_per_week=3, hours_per_post=2, community_hours=Decimal("1.5")
    )
    return strategy


@pytest.fixture
def publish(brand: Brand, strategy: Strategy, instagram: Channel):
    """A post that went out so many days ago, or is planned for so many days ahead."""

    def publish(days_ago: int, **fields) -> Post:
        day = brand.today() - timedelta(days=days_ago)
        at = datetime.combine(day, time(12), brand.zone)
        out = at < timezone.now() and days_ago > 0
        post = Post.objects.create(**{"brand": brand, "strategy": strategy, "title": "Film"} | fields)
        Publication.objects.create(
            brand=brand, post=post, channel=instagram, at=at,
            status="published" if out else "planned", published_at=at if out else None,
        )  # fmt: skip
        return post

    return publish


@pytest.fixture
def spend(brand: Brand, strategy: Strategy):
    def spend(amount: int, days_ago: int = 3, **fields) -> LedgerEntry:
        return LedgerEntry.objects.create(
            **{"brand": brand, "strategy": strategy, "date": brand.today() - timedelta(days=days_ago), "kind": "investment",
               "amount": amount, "currency": brand.currency} | fields,
        )  # fmt: skip

    return spend


def facts(strategy: Strategy) -> Facts:
    return read(Strategy.objects.select_related("brand").get(pk=strategy.pk)).facts


def test_an_empty_strategy_has_nothing_and_costs_nothing(strategy):
    found = facts(strategy)
    assert [len(found.empty_steps), len(found.unanswered), found.goals, found.personas] == [6, 6, (), 0]
    assert (found.next_task, found.adherence, found.response_rate, found.last_audit) == (None, 0, None, None)
    assert (found.money.lines, found.money.utilisation, found.money.hours_worked) == ((), None, None)
    (channel,) = found.channels
    assert (channel.growth, channel.last_figure, channel.last_original, channel.has_persona) == (None, None, None, False)


def test_steps_and_answers_that_are_filled_in_are_not_empty(strategy):
    fixed_rows.fill_in(strategy)
    strategy.planning_steps.filter(step="assets").update(text="A shop in Chilonzor")
    strategy.audience_answers.filter(question="product").update(text="Clothes of adras")
    strategy.audience_answers.filter(question="for_whom").update(text="Women")
    found = facts(strategy)
    assert "assets" not in {step.key for step in found.empty_steps}
    assert {"product", "for_whom"} & {question.key for question in found.unanswered} == {"for_whom"}


def test_the_next_task_is_the_first_day_that_somebody_has_something_to_do(strategy, publish, person_in, brand):
    owner, today = person_in(Role.MARKETER), brand.today()
    publish(-3)
    assert facts(strategy).next_task is None
    strategy.activities.create(method="ads", owner=owner, start=today + timedelta(days=20))
    assert facts(strategy).next_task == today + timedelta(days=20)
    publish(-9, owner=owner)
    assert facts(strategy).next_task == today + timedelta(days=9)
    strategy.planning_steps.create(step="assets", owner=owner, due=today + timedelta(days=2))
    assert facts(strategy).next_task == today + timedelta(days=2)
    strategy.planning_steps.create(step="result", owner=owner, due=today - timedelta(days=2))
    assert facts(strategy).next_task == today + timedelta(days=2)


def test_an_activity_that_runs_is_a_task_today(strategy, person_in, brand):
    start = brand.today() - timedelta(days=5)
    strategy.activities.create(method="community", owner=person_in(Role.LEAD), start=start, end=brand.today())
    assert facts(strategy).next_task == brand.today()


@pytest.fixture
def editorial_plan(brand, strategy, instagram) -> EditorialPlan:
    today = brand.today()
    plan = CommunicationPlan.objects.create(brand=brand, name="Plan", start=today.replace(day=1), end=today + timedelta(days=180))
    return EditorialPlan.objects.create(
        brand=brand, communication_plan=plan, strategy=strategy, channel=instagram, start=today - timedelta(days=5),
        end=today + timedelta(days=25),
    )  # fmt: skip


def test_a_slot_of_somebody_is_a_task_and_counts_as_content(strategy, editorial_plan, person_in, brand):
    tomorrow = brand.today() + timedelta(days=1)
    pillar = strategy.pillars.create(name="Tea", share=100)
    whole = {"format": "image", "journey_stage": "awareness", "pillar": pillar}
    editorial_plan.slots.create(weekday=tomorrow.weekday(), time=time(10), owner=person_in(Role.MARKETER), **whole)
    editorial_plan.slots.create(weekday=tomorrow.weekday(), time=time(12), **{**whole, "format": ""})
    editorial_plan.slots.create(weekday=tomorrow.weekday(), time=time(14), kind="reactive")
    found = facts(strategy)
    assert found.next_task == tomorrow
    assert (found.five_cs.complete_slots, found.five_cs.slots, found.five_cs.counts_posts) == (1, 2, False)
    assert found.channels[0].has_editorial_plan


def test_a_plan_of_no_strategy_covers_its_channel_too(strategy, editorial_plan):
    EditorialPlan.objects.update(strategy=None)
    assert facts(strategy).channels[0].has_editorial_plan
    EditorialPlan.objects.update(is_active=False)
    assert not facts(strategy).channels[0].has_editorial_plan


def test_a_plan_that_is_over_covers_nothing(strategy, editorial_plan, brand):
    EditorialPlan.objects.update(start=brand.today() - timedelta(days=40), end=brand.today() - timedelta(days=1))
    assert not facts(strategy).channels[0].has_editorial_plan


def test_goals_bring_their_letters_and_metrics(strategy):
    objective = strategy.objectives.create(text="Sell")
    goal = strategy.goals.create(goal_type="sales", text="Leads", objective=objective, deadline=strategy.end)
    goal.targets.create(metric="leads", everywhere=True, baseline=100, value=110)
    goal.targets.create(metric="bounce_rate", role="guard")
    strategy.goals.create(goal_type="audience", text="Followers").targets.create(metric="followers", role="guard", value=5)
    whole, bare = facts(strategy).goals
    assert (whole.letters, whole.lacks, whole.has_target, whole.serves_business) == (5, (), True, True)
    assert set(whole.metrics) == {"leads", "bounce_rate"}
    assert (bare.has_target, bare.serves_business) == (False, False)
    assert bare.letters == 0 and len(bare.lacks) == 5


def test_personas_count_when_complete_and_use_channels(strategy, instagram):
    persona = strategy.personas.create(name="Madina", age_range="22", pain_points="Sizes", how_we_help="Answers")
    assert (facts(strategy).personas, facts(strategy).complete_personas) == (1, 0)
    persona.platforms.add(instagram.platform)
    found = facts(strategy)
    assert (found.complete_personas, found.channels[0].has_persona) == (1, True)


def test_a_channel_brings_what_is_set_and_measured(strategy, instagram, record, brand):
    today = brand.today()
    days = {60: 100, 31: 100, 1: 150}
    for days_ago, followers in days.items():
        record("followers", str(today - timedelta(days=days_ago)), followers, channel=instagram)
    record("platform_interactions", str(today - timedelta(days=40)), 20, channel=instagram)
    record("platform_interactions", str(today - timedelta(days=4)), 3, channel=instagram)
    Channel.objects.update(grew_by_buying=True)
    found = facts(strategy).channels[0]
    assert (found.grew_by_buying, found.is_personal, found.hours_needed) == (True, False, Decimal("7.5"))
    assert found.last_figure == today - timedelta(days=1)
    assert found.growth == 50
    assert (found.engagement_before, found.engagement) == (20, 2)


def test_a_profile_where_companies_have_pages_is_known(strategy, instagram):
    for category, kind, apart, personal, closed in (
        ("page_and_profile", "profile", True, True, False),
        ("page_and_profile", "page", True, False, False),
        ("same_profile", "profile", False, False, False),
        ("no_company_profile", "profile", False, False, True),
    ):
        Channel.objects.update(kind=kind)
        instagram.platform.category_current = category
        instagram.platform.save()
        found = facts(strategy).channels[0]
        assert (found.keeps_pages_apart, found.is_personal, found.has_no_company_pages) == (apart, personal, closed)


def test_a_channel_out_of_use_is_not_looked_at(strategy):
    Channel.objects.update(is_active=False)
    assert facts(strategy).channels == ()


def test_posts_are_counted_by_what_they_are(strategy, publish):
    pillar = strategy.pillars.create(name="Tea", share=100)
    publish(2, kind="promo", format="image", journey_stage="awareness", pillar=pillar)
    publish(3, kind="unplanned")
    publish(4, kind="reactive")
    publish(5, is_automated=True)
    publish(35, kind="promo", is_automated=True)
    found = facts(strategy)
    assert (found.posts.published, found.posts.automated, found.posts.promo) == (4, 1, 1)
    assert (found.posts.published_in_weeks, found.posts.outside) == (3, 1)
    assert (found.five_cs.complete_slots, found.five_cs.slots, found.five_cs.counts_posts) == (1, 4, True)


def test_posts_of_thirty_days_and_of_four_weeks_end_with_today(strategy, publish):
    for days_ago in (27, 28, 29, 30):
        publish(days_ago, kind="unplanned")
    found = facts(strategy).posts
    assert (found.published, found.published_in_weeks) == (3, 1)


def test_what_went_out_before_the_strategy_is_not_its_own(strategy, publish, brand):
    publish(5, kind="promo")
    Strategy.objects.update(start=brand.today() - timedelta(days=2))
    assert facts(strategy).posts.published == 0


def test_the_month_is_told_by_what_attracts_and_what_engages(strategy, publish, brand):
    publish(0, purpose="attract")
    publish(0, purpose="engage")
    publish(0, purpose="")
    called_off = publish(0, purpose="engage")
    called_off.publications.update(status="cancelled")
    publish(62, purpose="engage")
    found = facts(strategy).posts
    assert (found.attract, found.engage) == (1, 1)


def test_original_is_what_the_brand_made_for_the_channel(strategy, publish, brand):
    publish(9)
    publish(1, is_paid=True)
    publish(2, kind="buffer")
    publish(3, format="ugc")
    found = facts(strategy).channels[0]
    assert found.last_original == brand.today() - timedelta(days=9)
    assert found.last_promotion == brand.today() - timedelta(days=1)


def test_advertising_is_known_from_money_and_from_what_is_agreed(strategy, spend, instagram, brand):
    today = brand.today()
    spend(5, days_ago=8, is_ad=True, channel=instagram)
    assert facts(strategy).channels[0].last_promotion == today - timedelta(days=8)
    strategy.activities.create(method="boost", channel=instagram, start=today - timedelta(days=9), end=today - timedelta(days=6))
    strategy.activities.create(method="community", channel=instagram, start=today - timedelta(days=9))
    strategy.activities.create(method="ads", channel=instagram, start=today + timedelta(days=9))
    assert facts(strategy).channels[0].last_promotion == today - timedelta(days=6)
    spend(5, days_ago=2, is_ad=True)
    assert facts(strategy).unplaced_promotion == today - timedelta(days=2)


def test_lines_know_what_was_spent_on_them_and_what_hours_went_in(strategy, spend):
    ads = strategy.budget_lines.create(kind="ads", name="Adverts", planned=100)
    test = strategy.budget_lines.create(kind="test", planned=5)
    staff = strategy.budget_lines.create(kind="staff", name="Team", hours_per_week=7)
    staff.months.create(month=strategy.start.replace(day=1), planned=30)
    spend(40, budget_line=ads)
    spend(2, budget_line=ads, is_ad=True)
    spend(7, hours=Decimal("12.5"), budget_line=staff)
    spend(11)
    spend(1000, currency="USD")
    spend(1000, kind="income")
    found = facts(strategy).money
    assert [(line.pk, line.planned, line.spent, line.is_test) for line in found.lines] == [
        (ads.pk, 100, 42, False), (test.pk, 5, 0, True), (staff.pk, 30, 7, False), (None, 0, 11, False),
    ]  # fmt: skip
    assert (found.hours_worked, found.hours_planned) == (Decimal("12.5"), 41)


def test_returns_are_those_of_the_last_whole_months(strategy, spend, brand):
    today = brand.today()
    Strategy.objects.update(start=today - timedelta(days=100))
    last = today.replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    for day, income in ((before, 50), (last, 150), (today, 1)):
        spend(100, date=day)
        spend(income, date=day, kind="income")
    assert [(row.month, row.percent) for row in facts(strategy).money.returns] == [
        (before.replace(day=1), -50), (last.replace(day=1), 50),
    ]  # fmt: skip


def test_response_and_adherence_are_worked_out_from_their_sums(strategy, record, publish, brand):
    for days_ago, received, answered in ((3, 10, 9), (20, 90, 31)):
        day = str(brand.today() - timedelta(days=days_ago))
        record("messages_received", day, received)
        record("messages_answered", day, answered)
    monday = brand.today() - timedelta(days=brand.today().weekday())
    for number in range(3):
        publish((brand.today() - monday).days + 7 - number)
    found = facts(strategy)
    assert found.response_rate == 40
    assert found.adherence == Fraction(3, 12) * 100
    scored = {each.c: each.score for each in found.five_cs.scored()}
    assert (scored[C.COMMUNITY], scored[C.CONSISTENCY]) == (40, 25)


def test_the_team_is_its_hours_and_skills(strategy, person_in, brand):
    for role, hours, skills in ((Role.LEAD, 12, ["copy"]), (Role.MARKETER, "24.5", ["video", "copy"])):
        person_in(role)
        brand.memberships.filter(role=role).update(hours_per_week=hours, skills=skills)
    found = facts(strategy)
    assert (found.team_hours, found.skills) == (Decimal("36.5"), {"copy", "video"})


def test_looks_at_platforms_and_rivals_are_remembered(strategy, instagram, brand):
    day = brand.today() - timedelta(days=10)
    PlatformReview.objects.create(strategy=strategy, reviewed_on=day)
    strategy.audits.create(kind="own", channel=instagram, audited_on=day - timedelta(days=5))
    strategy.audits.create(kind="competitor", competitor="Rival", audited_on=day)
    strategy.audits.create(kind="competitor", competitor="Another")
    found = facts(strategy)
    assert (found.platforms_reviewed_on, found.last_audit) == (day, day)


def test_partners_count_once_and_when_work_has_begun(strategy, brand):
    for name, start in (
        ("Style blog", None),
        ("style  Blog ", brand.today()),
        ("Museum", brand.today() + timedelta(days=3)),
        ("", None),
    ):
        strategy.activities.create(method="collaboration", partner=name, start=start)
    before = strategy.start - timedelta(days=1)
    strategy.activities.create(method="collaboration", partner="Of another time", start=before, end=before)
    assert facts(strategy).five_cs.partners == ("Style blog",)


def test_conversion_is_the_way_of_the_goals_of_leads_and_sales(strategy, record, brand):
    for kind, metric in (("sales", "leads"), ("sales", "revenue"), ("audience", "followers")):
        strategy.goals.create(goal_type=kind, text=metric).targets.create(metric=metric, value=200, everywhere=True)
    record("leads", str(brand.today() - timedelta(days=2)), 50)
    goals = facts(strategy).five_cs.goals
    assert [(goal.name, goal.progress, goal.is_money) for goal in goals] == [("leads", 25, False), ("revenue", None, True)]


def test_thresholds_are_read_as_they_are_set(strategy):
    RuleThreshold.objects.create(name="gap_days", value=5)
    limits = read(Strategy.objects.select_related("brand").get(pk=strategy.pk)).limits
    assert (limits["gap_days"], limits["adherence"]) == (5, 70)


def test_a_gap_is_the_longest_of_the_last_four_weeks(brand):
    today = brand.today()
    start = today - timedelta(days=100)

    def gap(*days_ago: int, start=start) -> int | None:
        return longest_gap(sorted(today - timedelta(days=number) for number in days_ago), start, today)

    assert gap(50, 30, 20, 10, 3) == 10
    assert gap(50, 26, 20, 10, 3) == 24
    assert gap(90, 60, 1, 3, 8, 15, 22) == 38
    assert gap(5, 3, start=today - timedelta(days=6)) == 3
    assert gap(40, start=today - timedelta(days=6)) == 6
    assert gap() == 100
    assert gap(start=today + timedelta(days=1)) is None


def test_facts_take_the_same_queries_for_one_row_and_many(strategy, publish, spend, record, instagram, brand):  # fmt: skip
    def fill(times: int) -> None:
        for number in range(times):
            goal = strategy.goals.create(goal_type="sales", text=f"Goal {number}")
            goal.targets.create(metric="leads", value=5).channels.add(instagram)
            strategy.personas.create(name=f"Persona {number}").platforms.add(instagram.platform)
            line = strategy.budget_lines.create(kind="ads", planned=5)
            line.months.create(month=strategy.start.replace(day=1), planned=5)
            spend(2, budget_line=line)
            publish(3 + number)
            strategy.activities.create(method="ads", partner=f"Blog {number}")
            record("likes", str(brand.today() - timedelta(days=1 + strategy.goals.count())), 3, channel=instagram)

    def count() -> int:
        strategy_ = Strategy.objects.select_related("brand").get(pk=strategy.pk)
        with CaptureQueriesContext(connection) as captured:
            read(strategy_)
        return len(captured)

    facts(strategy)
    fill(1)
    once = count()
    fill(12)
    assert count() == once <= 18


def test_promotions_of_the_strategy_are_known_with_what_they_have(strategy, brand):
    today = brand.today()
    dates = {"start": today, "end": today + timedelta(days=9), "kind": "promotion"}
    mine = Campaign.objects.create(
        brand=brand, strategy=strategy, name="Prize", rules_link="https://e.uz/rules", sales=0, **dates
    )
    Campaign.objects.create(brand=brand, name="Of no strategy", **dates)
    Campaign.objects.create(brand=brand, strategy=strategy, name="No prize", **dates | {"kind": "campaign"})
    (found,) = facts(strategy).promotions
    assert found == Promotion(mine.pk, "Prize", today, today + timedelta(days=9), True, False, has_results=True)
