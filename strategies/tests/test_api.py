"""Strategies, goals and targets for programs."""

from datetime import timedelta

import pytest

from brands.models import Brand, Membership, Platform, Role, User
from brands.tests.api_client import Program
from strategies.models import Strategy


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Atlas", slug="atlas")


@pytest.fixture
def program(brand):
    def make(role: Role) -> Program:
        user = User.objects.create_user(f"{role.name}@example.uz")
        Membership.objects.create(brand=brand, user=user, role=role)
        return Program(user, brand)

    return make


def planned(brand: Brand, name: str = "Spring") -> Strategy:
    channel, _new = brand.channels.get_or_create(platform=Platform.objects.get(slug="telegram"), handle="atlas")
    start = brand.today()
    strategy = brand.strategies.create(name=name, start=start, end=start + timedelta(days=60))
    strategy.strategy_channels.create(channel=channel)
    goal = strategy.goals.create(goal_type="sales", text="More leads")
    goal.targets.create(metric="leads", baseline="10", value="100.5", everywhere=True)
    goal.targets.create(metric="roi", value="20")
    return strategy


def test_a_strategy_is_read_with_its_goals_and_targets(program, brand):
    strategy, asking = planned(brand), program(Role.MARKETER)
    assert asking.get(f"strategies/{strategy.pk}").json()["channels"] == [brand.channels.get().pk]
    (goal,) = asking.get(f"strategies/{strategy.pk}/goals").json()["items"]
    leads, roi = goal["targets"]
    assert (leads["metric"], leads["baseline"], leads["value"]) == ("leads", "10.0000", "100.5000")
    # What nobody knows is not 0.
    assert roi["baseline"] is None
    assert leads["deadline"] == goal["deadline"] == strategy.end.isoformat()


def test_a_viewer_sees_no_money(program, brand):
    strategy = planned(brand)
    (goal,) = program(Role.VIEWER).get(f"strategies/{strategy.pk}/goals").json()["items"]
    assert [target["metric"] for target in goal["targets"]] == ["leads"]


def test_strategies_are_filtered_and_those_of_others_are_not_there(program, brand):
    planned(brand)
    other = planned(Brand.objects.create(name="Somsa", slug="somsa"))
    asking = program(Role.LEAD)
    assert len(asking.get("strategies?status=draft").json()["items"]) == 1
    assert asking.get("strategies?status=approved").json()["items"] == []
    assert asking.get(f"strategies/{other.pk}").status_code == 404
    assert asking.get(f"strategies/{other.pk}/goals").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_number_of_queries(program, brand, django_assert_num_queries, count):
    for number in range(count):
        strategy = planned(brand, str(number))
        strategy.goals.create(goal_type="sales").targets.create(metric="leads")
    asking = program(Role.LEAD)
    asking.get("strategies")
    with django_assert_num_queries(4):
        assert len(asking.get("strategies").json()["items"]) == count
    with django_assert_num_queries(7):
        asking.get(f"strategies/{strategy.pk}/goals")
