"""Beginning the next cycle: shown first, once, with the final values as the new “today”."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from brands.models import Brand, Role
from metrics.models import Finding
from strategies.models import BusinessObjective, Goal, Strategy, Target

TODAY = date(2026, 8, 3)


@pytest.fixture
def strategy(brand, instagram, monkeypatch) -> Strategy:
    """A cycle of half a year that is over and was judged."""
    monkeypatch.setattr(Brand, "today", lambda self: TODAY)
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=date(2026, 2, 1), end=date(2026, 7, 31), decision="adjust"
    )  # fmt: skip
    strategy.strategy_channels.create(channel=instagram, posts_per_week=3)
    strategy.personas.create(name="Madina")
    return strategy


@pytest.fixture
def goal(strategy, instagram, record) -> Goal:
    goal = Goal.objects.create(
        strategy=strategy, goal_type="audience", text="More readers", objective=BusinessObjective.objects.create(
            strategy=strategy, text="Sell out"), deadline=strategy.end,
    )  # fmt: skip
    goal.targets.create(metric="followers", window="latest", baseline=8200, value=12000).channels.add(instagram)
    goal.targets.create(metric="nps", window="latest", value=50, role="guard", everywhere=True, baseline=40)
    record("followers", "2026-07-30", 11500, channel=instagram)
    record("followers", "2026-08-02", 99999, channel=instagram)
    return goal


def page(strategy) -> str:
    return reverse("metrics:next_cycle", args=["atlas", strategy.pk])


def sent(goal: Goal, **changes) -> dict:
    followers, nps = goal.targets.get(metric="followers"), goal.targets.get(metric="nps")
    return {
        "name": "Autumn", "start": "2026-08-01", "end": "2027-01-28", "goals": [goal.pk],
        "parts": ["personas", "strategy_channels"], f"baseline-{followers.pk}": "11,500", f"baseline-{nps.pk}": "",
    } | changes  # fmt: skip


def test_the_page_shows_what_each_figure_came_to_before_anything_is_made(client, marketer, strategy, goal):
    text = client.get(page(strategy)).content.decode()
    assert "11,500" in text
    assert "99,999" not in text
    assert "not measured" in text
    assert "1 target was not measured" in text
    assert 'value="2026-08-01"' in text
    assert 'value="2027-01-28"' in text
    assert "Personas" in text
    assert Strategy.objects.count() == 1


def test_a_cycle_that_still_runs_says_that_its_values_are_not_final(client, marketer, strategy, goal):
    said = "the values are those of today"
    assert said not in client.get(page(strategy)).content.decode()
    Strategy.objects.update(end=date(2026, 8, 31))
    assert said in client.get(page(strategy)).content.decode()


def test_the_next_cycle_begins_where_the_last_one_ended(client, marketer, strategy, goal):
    response = client.post(page(strategy), sent(goal))
    new = strategy.following.get()
    assert response.url == f"/brands/atlas/strategies/{new.pk}/goals/"
    assert (new.name, new.start, new.created_by) == ("Autumn", date(2026, 8, 1), marketer)
    assert new.decision == ""
    followers = Target.objects.get(goal__strategy=new, metric="followers")
    assert (followers.baseline, followers.value) == (11500, None)
    assert Target.objects.get(goal__strategy=new, metric="nps").baseline is None
    assert new.goals.get().objective.text == "Sell out"
    assert [persona.name for persona in new.personas.all()] == ["Madina"]
    assert new.strategy_channels.get().posts_per_week == 3
    assert new.planning_steps.count() == 6
    assert new.events.get().kind == "created"
    assert strategy.goals.count() == 1


def test_numbers_to_reach_come_along_where_that_was_ticked(client, marketer, strategy, goal):
    client.post(page(strategy), sent(goal, keeps_values="on"))
    assert Target.objects.get(goal__strategy=strategy.following.get(), metric="followers").value == 12000


def test_a_baseline_can_be_corrected(client, marketer, strategy, goal):
    target = goal.targets.get(metric="nps")
    client.post(page(strategy), sent(goal, **{f"baseline-{target.pk}": "41.5"}))
    assert Target.objects.get(goal__strategy=strategy.following.get(), metric="nps").baseline == Decimal("41.5")


def test_what_was_not_ticked_stays_behind(client, marketer, strategy, goal):
    client.post(page(strategy), sent(goal, goals=[], parts=["personas"]))
    new = strategy.following.get()
    assert not new.goals.exists()
    assert not new.strategy_channels.exists()
    assert new.personas.count() == 1


def test_begun_twice_it_is_begun_once(client, marketer, strategy, goal):
    client.post(page(strategy), sent(goal))
    again = client.post(page(strategy), sent(goal, name="Once more"))
    assert again.url == strategy.following.get().get_absolute_url()
    assert client.get(page(strategy)).url == again.url
    assert Strategy.objects.count() == 2


def test_a_follower_in_the_archive_makes_room_for_another(client, marketer, strategy, goal):
    client.post(page(strategy), sent(goal))
    strategy.following.update(status="archived")
    client.post(page(strategy), sent(goal))
    assert strategy.following.count() == 2


@pytest.mark.parametrize(("decision", "said"), [("", "Decide first"), ("stop", "It was decided to stop")])
def test_without_a_decision_to_go_on_nothing_begins(client, marketer, strategy, goal, decision, said):
    Strategy.objects.update(decision=decision)
    assert said in client.get(page(strategy)).content.decode()
    assert client.post(page(strategy), sent(goal)).status_code == 409
    assert Strategy.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"end": "2026-07-01"}, "The end must come after the start."),
        ({"start": "2026-01-01"}, "begins after this one began"),
        ({"end": "2036-01-01"}, "three years at most"),
        ({"parts": ["answers"]}, "not one of the available choices"),
        ({"goals": ["999999"]}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, marketer, strategy, goal, changes, said):
    response = client.post(page(strategy), sent(goal, **({"name": "My autumn"} | changes)))
    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert changes.get("name", "My autumn") in text
    assert Strategy.objects.count() == 1


def test_an_impossible_baseline_is_told_at_its_field(client, marketer, strategy, goal):
    target = goal.targets.get(metric="followers")
    response = client.post(page(strategy), sent(goal, **{f"baseline-{target.pk}": "-5"}))
    assert response.status_code == 422
    assert "can never be that much or that little" in response.content.decode()
    assert 'value="-5"' in response.content.decode()


def test_findings_of_the_last_cycle_stand_on_the_page(client, marketer, strategy, goal):
    Finding.objects.create(brand=strategy.brand, strategy=strategy, text="Films sell", verdict="works")
    assert "Films sell" in client.get(page(strategy)).content.decode()


def test_a_cycle_without_goals_can_be_followed(client, marketer, strategy):
    assert "No goals yet." in client.get(page(strategy)).content.decode()
    client.post(page(strategy), {"name": "Autumn", "start": "2026-08-01", "end": "2027-01-28"})
    assert strategy.following.count() == 1


def test_a_viewer_begins_nothing_and_a_stranger_finds_nothing(client, person_in, strategy):
    client.force_login(person_in(Role.VIEWER))
    assert client.get(page(strategy)).status_code == 403
    other = Brand.objects.create(name="Ipak", slug="ipak")
    foreign = Strategy.objects.create(brand=other, name="X", start=date(2026, 1, 1), end=date(2026, 6, 30))
    client.force_login(person_in(Role.MARKETER))
    assert client.get(reverse("metrics:next_cycle", args=["atlas", foreign.pk])).status_code == 404


def test_three_goals_cost_no_more_queries_than_one(client, marketer, strategy, goal, count_queries):
    one = count_queries(client, page(strategy))
    for number in range(2):
        extra = Goal.objects.create(strategy=strategy, goal_type="sales", text=f"More {number}")
        extra.targets.create(metric="leads", everywhere=True, value=10)
        strategy.personas.create(name=f"P{number}")
        Finding.objects.create(brand=strategy.brand, strategy=strategy, text=f"F{number}")
    assert count_queries(client, page(strategy)) == one <= 25
