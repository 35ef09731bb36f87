"""The list, and the three ways to begin."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models.teams import BusinessType
from metrics.kpi import KPIS, MEASURES
from strategies.models import Strategy
from strategies.presets import PRESETS
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db

NEW = "/brands/atlas/strategies/new/"
SENT = {"name": "Autumn", "start": "2027-08-01", "end": "2028-01-31", "beginning": "blank"}


@pytest.mark.parametrize("business_type", BusinessType)
def test_every_business_type_has_a_preset_that_fills_real_figures(as_marketer, shop, telegram, business_type):
    shop.business_type = business_type
    shop.save()
    page = as_marketer.get(NEW).content.decode()
    preset = PRESETS[business_type]
    assert all(name in page for name in preset.type_names)
    as_marketer.post(NEW, SENT | {"beginning": "preset"})
    strategy = Strategy.objects.get()
    assert strategy.goals.count() == len(preset.goals)
    metrics = {target.metric for goal in strategy.goals.all() for target in goal.targets.all()}
    assert metrics <= {*KPIS, *MEASURES}
    assert strategy.primary_type == preset.types[0]
    assert list(strategy.channels.all()) == [telegram]
    assert as_marketer.get(strategy.get_absolute_url()).status_code == 200


def test_a_copy_is_offered_of_the_latest_strategy(as_marketer, shop, spring):
    Strategy.objects.create(brand=shop, name="Long ago", start=date(2020, 1, 1), end=date(2020, 6, 30))
    assert f'value="{spring.pk}" selected' in as_marketer.get(NEW).content.decode()


def test_an_empty_page_is_empty_and_leads_to_the_first_step(as_marketer):
    response = as_marketer.post(NEW, SENT)
    strategy = Strategy.objects.get()
    assert response.url == f"/brands/atlas/strategies/{strategy.pk}/business-goals/"
    assert not strategy.goals.exists()
    assert strategy.planning_steps.count() == 6


def test_a_copy_takes_the_content_along_but_not_the_answers(as_marketer, spring, telegram):
    fill(spring, telegram)
    spring.answers.update(verdict="yes", text="It went well")
    spring.planning_steps.update(due=date(2027, 3, 1))
    as_marketer.post(NEW, SENT | {"beginning": "copy", "earlier": spring.pk})
    copy = Strategy.objects.get(name="Autumn")
    goal = copy.goals.get()
    assert goal.pk != spring.goals.get().pk
    assert (goal.deadline, goal.objective.strategy) == (date(2028, 1, 31), copy)
    assert list(goal.targets.get().channels.all()) == [telegram]
    assert [pillar.name for pillar in copy.pillars.all()] == ["Ustaxona", "Mijozlarimiz"]
    assert copy.budget_lines.get().planned == 38000000
    assert copy.planning_steps.filter(due=None).count() == 6
    assert set(copy.answers.values_list("verdict", flat=True)) == {""}
    assert spring.goals.count() == 1


def test_the_usual_span_begins_next_month_and_takes_half_a_year(as_marketer, monkeypatch):
    monkeypatch.setattr("brands.models.Brand.today", lambda brand: date(2026, 11, 21))
    page = as_marketer.get(NEW).content.decode()
    assert 'value="2026-12-01"' in page
    assert 'value="2027-05-31"' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end": "2027-08-01"}, "The end must come after the start."),
        ({"end": "1999-01-01"}, "Choose a date of this century."),
        ({"start": "31.31.2027"}, "Enter a valid date."),
        ({"end": "2099-01-01"}, "three years at most"),
        ({"name": "  "}, "This field is required."),
        ({"name": "x" * 121}, "at most 120"),
        ({"beginning": "magic"}, "not one of the available choices"),
        ({"beginning": "copy"}, "Choose the strategy to copy."),
        ({"beginning": "copy", "earlier": "999"}, "not one of the available choices"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_begun_is_said(as_marketer, changes, said):
    response = as_marketer.post(NEW, SENT | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Strategy.objects.exists()


def test_a_viewer_begins_nothing(as_viewer):
    assert as_viewer.get(NEW).status_code == 403


def test_an_empty_list_says_what_to_do(as_marketer):
    assert "Begin the first strategy" in as_marketer.get("/brands/atlas/strategies/").content.decode()


def test_three_strategies_cost_the_list_no_more_queries_than_one(as_marketer, shop, spring, telegram):
    fill(spring, telegram)
    with CaptureQueriesContext(connection) as one:
        as_marketer.get("/brands/atlas/strategies/")
    for name in ("Second", "Third"):
        fill(Strategy.objects.create(brand=shop, name=name, start=date(2028, 1, 1), end=date(2028, 6, 30)), telegram)
    with CaptureQueriesContext(connection) as three:
        as_marketer.get("/brands/atlas/strategies/")
    assert len(three) == len(one)


def test_three_goals_cost_the_strategy_no_more_queries_than_one(as_marketer, spring, telegram):
    fill(spring, telegram)
    as_marketer.get(spring.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        as_marketer.get(spring.get_absolute_url())
    for number in range(2):
        goal = spring.goals.create(goal_type="sales", text=f"More {number}", deadline=spring.end)
        goal.targets.create(metric="leads", everywhere=True, value=10).channels.add(telegram)
        spring.personas.create(name=f"Persona {number}")
        spring.pillars.create(name=f"Pillar {number}")
    as_marketer.get(spring.get_absolute_url())
    with CaptureQueriesContext(connection) as three:
        as_marketer.get(spring.get_absolute_url())
    assert len(three) == len(one) <= 40


def test_strategies_that_share_a_channel_at_once_are_warned_about(as_marketer, shop, spring, telegram):
    fill(spring, telegram)
    assert "the figures of both" not in as_marketer.get(spring.get_absolute_url()).content.decode()
    other = Strategy.objects.create(brand=shop, name="Ramazon", start=date(2027, 3, 1), end=date(2027, 3, 31))
    other.strategy_channels.create(channel=telegram)
    assert "“Ramazon” uses Telegram" in as_marketer.get(spring.get_absolute_url()).content.decode()
