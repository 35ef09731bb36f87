"""One campaign's page: its posts, its money for those who see it, and what a promotion needs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from calendar_app import promotions
from calendar_app.models import Campaign
from calendar_app.tests.conftest import soon
from strategies.models import BudgetLine, Strategy


def url(name: str, *args) -> str:
    return reverse(f"calendar:{name}", args=["choyxona", *args])


@pytest.fixture
def giveaway(brand, strategy, telegram) -> Campaign:
    today = brand.today()
    row = Campaign.objects.create(
        brand=brand, strategy=strategy, name="Win a teapot", kind="promotion", start=today, end=today + timedelta(days=9),
        budget=Decimal(500_000), prize="Teapot", prize_value=Decimal(90_000), sales=Decimal(1_234_000),
        rules_link="https://choyxona.uz/rules", guidelines_checked=True, participants=77, result="Many came",
    )  # fmt: skip
    row.channels.set([telegram])
    return row


def said(campaign: Campaign, days: int = 0) -> list[str]:
    return [level for level, _text in promotions.warnings(campaign, campaign.brand.today() + timedelta(days=days))]


@pytest.mark.parametrize(("days", "levels"), [(-15, []), (-14, ["error"]), (0, ["error"]), (9, ["error"]), (10, [])])
@pytest.mark.parametrize("missing", [{"rules_link": ""}, {"guidelines_checked": False}])
def test_a_promotion_needs_rules_and_guidelines_from_two_weeks_before_to_its_end(days, levels, missing, giveaway):
    assert said(giveaway, days) == []
    for name, value in missing.items():
        setattr(giveaway, name, value)
    assert said(giveaway, days) == levels


@pytest.mark.parametrize(("days", "levels"), [(22, []), (23, ["warning"])])
def test_two_weeks_after_its_end_the_results_are_asked_for(days, levels, giveaway):
    assert said(giveaway, days) == []
    giveaway.participants = giveaway.sales = None
    giveaway.result = ""
    assert said(giveaway, days) == levels


def test_only_promotions_are_asked(giveaway):
    giveaway.kind, giveaway.rules_link = "launch", ""
    assert said(giveaway) == []


def test_the_page_shows_posts_results_and_what_is_missing(giveaway, write, marketer, signed_in):
    write(title="Take part", campaign=giveaway, at=soon(-30), status="published")
    write(title="Last day", campaign=giveaway, at=soon(30))
    Campaign.objects.update(guidelines_checked=False)
    page = signed_in(marketer).get(url("campaign", giveaway.pk)).content.decode()
    for words in (
        "Take part",
        "Last day",
        "1 of 2 went out",
        "Teapot",
        "Many came",
        "500,000",
        "1,234,000",
        "guidelines were not checked",
    ):
        assert words in page, words


def test_a_viewer_sees_the_campaign_without_money_and_without_nagging(giveaway, viewer, signed_in):
    Campaign.objects.update(guidelines_checked=False)
    page = signed_in(viewer).get(url("campaign", giveaway.pk)).content.decode()
    assert "Many came" in page and "77" in page
    for words in ("500,000", "1,234,000", "90,000", "Put it right", url("edit_campaign", giveaway.pk)):
        assert words not in page, words


def test_more_than_its_budget_lines_plan_is_said(giveaway, strategy, marketer, signed_in):
    giveaway.budget_lines.set([BudgetLine.objects.create(strategy=strategy, kind="ads", planned=400_000)])
    page = signed_in(marketer).get(url("campaign", giveaway.pk)).content.decode()
    assert "400,000" in page and "wants more than its lines plan" in page


def test_a_promotion_is_written_in_the_form(giveaway, goal, marketer, telegram, instagram, signed_in):
    client = signed_in(marketer)
    sent = {
        "name": "Win two", "kind": "promotion", "start": str(giveaway.start), "end": str(giveaway.end), "version": 1,
        "strategy": giveaway.strategy_id, "goal": goal.pk, "channels": [telegram.pk, instagram.pk], "approach": "Tell a friend",
        "prize": "Two teapots", "rules_link": "choyxona.uz/rules", "guidelines_checked": "on", "participants": "80",
    }  # fmt: skip
    assert client.post(url("edit_campaign", giveaway.pk), sent).status_code == 302
    giveaway.refresh_from_db()
    assert (giveaway.prize, giveaway.goal, giveaway.participants) == ("Two teapots", goal, 80)
    assert giveaway.rules_link == "https://choyxona.uz/rules" and giveaway.channels.count() == 2


def test_a_goal_of_another_strategy_is_refused(giveaway, goal, brand, marketer, signed_in):
    other = Strategy.objects.create(brand=brand, name="Other", start=giveaway.start, end=giveaway.end)
    sent = {
        "name": "x", "kind": "launch", "start": str(giveaway.start), "end": str(giveaway.end), "version": 1,
        "strategy": other.pk, "goal": goal.pk,
    }  # fmt: skip
    answer = signed_in(marketer).post(url("edit_campaign", giveaway.pk), sent)
    assert answer.status_code == 200 and "Choose one of this strategy" in answer.content.decode()
    fragment = signed_in(marketer).get(url("campaign_goals") + f"?strategy={goal.strategy_id}").content.decode()
    assert goal.text in fragment


def test_a_campaign_takes_the_same_queries_for_one_post_and_for_three(
    giveaway, write, marketer, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    client = signed_in(marketer)
    write(campaign=giveaway, at=soon())
    with django_assert_max_num_queries(12) as few:
        client.get(url("campaign", giveaway.pk))
    for hours in (30, 60):
        write(campaign=giveaway, at=soon(hours))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(url("campaign", giveaway.pk))
