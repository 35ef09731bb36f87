"""Writing goals and targets: what is saved, what is refused and how it is said."""

from decimal import Decimal

import pytest

from brands.models import User
from strategies.models import BusinessObjective, Goal, Target

pytestmark = pytest.mark.django_db

NEW_GOAL = {
    "item": "new",
    "goal-goal_type": "audience",
    "goal-deadline": "2027-07-31",
    "target-metric": "followers",
    "target-everywhere": "on",
    "target-window": "latest",
    "target-baseline": "8,200",
    "target-value": "12,000",
}


@pytest.fixture
def objective(spring):
    return BusinessObjective.objects.create(strategy=spring, text="Sell out the spring collection by June")


@pytest.fixture
def goal(spring, objective, telegram) -> Goal:
    goal = Goal.objects.create(strategy=spring, goal_type="audience", objective=objective, deadline=spring.end)
    target = goal.targets.create(metric="followers", window="latest", baseline=8200, value=12000)
    target.channels.add(telegram)
    return goal


def typed(goal: Goal, **changes: str) -> dict:
    target = goal.targets.first()
    return {
        "item": goal.pk,
        "goal-version": goal.version,
        "goal-goal_type": goal.goal_type,
        "goal-text": goal.text,
        "goal-objective": goal.objective_id or "",
        "goal-deadline": goal.deadline.isoformat(),
        "target-version": target.version,
        "target-metric": target.metric,
        "target-channels": [channel.pk for channel in target.channels.all()],
        "target-window": target.window,
        "target-baseline": "8,200",
        "target-value": "12,000",
    } | changes


def test_a_goal_is_saved_with_its_target_and_named_by_itself(as_marketer, step_url, spring):
    response = as_marketer.post(step_url("goals"), NEW_GOAL)
    goal = spring.goals.get()
    assert response.url == step_url("goals", f"?goal={goal.pk}")
    assert goal.targets.get().value == 12000
    assert goal.text == "Followers: 12,000"


def test_a_name_that_the_app_wrote_follows_the_figures(as_marketer, step_url, goal):
    as_marketer.post(step_url("goals"), typed(goal, **{"target-value": "13 000", "goal-text": ""}))
    goal.refresh_from_db()
    assert goal.text == "Followers, Telegram: 13,000"
    target_version = goal.targets.get().version
    as_marketer.post(
        step_url("goals"), typed(goal, **{"target-value": "14 000", "goal-text": "", "target-version": target_version})
    )
    goal.refresh_from_db()
    assert goal.text == "Followers, Telegram: 14,000"


def test_a_name_that_somebody_wrote_stays(as_marketer, step_url, goal):
    as_marketer.post(step_url("goals"), typed(goal, **{"goal-text": "Fill the channel", "target-value": "13000"}))
    goal.refresh_from_db()
    assert goal.text == "Fill the channel"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target-value": "8200"}, "The target is the same as today"),
        ({"target-value": "lots"}, "Enter a number."),
        ({"target-value": "-5"}, "can never be that much or that little"),
        ({"target-value": "NaN"}, "Enter a number."),
        ({"target-value": "9" * 40}, "digits"),
        ({"goal-deadline": "2027-01-31"}, "The deadline must come after the strategy’s start."),
        ({"goal-deadline": "31.02.2027"}, "Enter a valid date."),
        ({"target-value": "0", "target-baseline": ""}, "Zero can only be a target for something that falls"),
        ({"target-metric": "password"}, "not one of the available choices"),
        ({"target-metric": "roi", "target-value": "10", "target-baseline": "20"}, "worse than today"),
        ({"target-metric": "bounce_rate", "target-value": "120", "target-baseline": "130"}, "can never be that much"),
        ({"target-channels": ["999999"]}, "not one of the available choices"),
        ({"goal-goal_type": "world peace"}, "not one of the available choices"),
        ({"goal-objective": "abc"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(as_marketer, step_url, goal, changes, said):
    response = as_marketer.post(step_url("goals"), typed(goal, **changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Target.objects.get().value == 12000
    assert Goal.objects.get().deadline.isoformat() == "2027-07-31"


def test_zero_is_a_target_for_a_figure_that_falls(as_marketer, step_url, goal):
    changes = {"target-metric": "bounce_rate", "target-value": "0", "target-baseline": "40", "target-window": "total"}
    assert as_marketer.post(step_url("goals"), typed(goal, **changes)).status_code == 302
    assert Target.objects.get().value == 0


def test_what_is_right_in_one_half_is_kept_though_the_other_is_wrong(as_marketer, step_url, goal):
    as_marketer.post(step_url("goals"), typed(goal, **{"goal-early_warning": "Fewer than 60", "target-value": "lots"}))
    goal.refresh_from_db()
    assert goal.early_warning == "Fewer than 60"


def test_numbers_are_read_in_the_writers_format(as_marketer, step_url, goal):
    User.objects.update(language="uz")
    as_marketer.post(step_url("goals"), typed(goal, **{"target-baseline": "8 200,5", "target-value": "12.000,25"}))
    target = Target.objects.get()
    assert (target.baseline, target.value) == (Decimal("8200.5"), Decimal("12000.25"))


def test_the_letters_answer_while_one_types(as_marketer, step_url, goal):
    response = as_marketer.post(
        step_url("goals"), typed(goal, **{"goal-objective": "", "target-value": "40000"}), headers={"X-Autosave": "yes"}
    )
    answer = response.json()
    assert 'data-unmet="AR"' in answer["parts"]["goal-live"] or 'data-unmet="RA"' in answer["parts"]["goal-live"]
    assert "40,000" in answer["parts"]["goal-live"]
    assert answer["message"].startswith("Saved")


def test_letters_answer_for_what_cannot_be_saved_yet(as_marketer, step_url, goal):
    response = as_marketer.post(step_url("goals"), typed(goal, **{"target-value": "8200"}), headers={"X-Autosave": "yes"})
    answer = response.json()
    assert answer["saved"] is False
    assert "same as today" in answer["errors"]["id_target-value"]


def test_a_new_goal_is_made_once_by_two_quiet_saves(as_marketer, step_url, spring):
    answer = as_marketer.post(step_url("goals"), NEW_GOAL, headers={"X-Autosave": "yes"}).json()
    assert answer["item"] == spring.goals.get().pk
    again = NEW_GOAL | {"item": answer["item"], "goal-version": 1, "target-version": 1, "target-value": "12,500"}
    as_marketer.post(step_url("goals"), again, headers={"X-Autosave": "yes"})
    assert spring.goals.count() == 1
    assert Target.objects.get().value == 12500


@pytest.mark.parametrize("number", range(1, 11))
def test_each_example_can_be_taken_over(as_marketer, step_url, number):
    assert as_marketer.get(step_url("goals", f"?goal=new&example={number}")).status_code == 200


def test_an_example_taken_over_unchanged_is_saved(as_marketer, step_url, spring):
    page = as_marketer.get(step_url("goals", "?goal=new&example=3")).content.decode()
    assert "150 new Facebook followers in 6 months" in page
    sent = {"item": "new", "goal-goal_type": "audience", "goal-text": "150 new Facebook followers in 6 months",
            "goal-deadline": "2027-07-31", "target-metric": "net_new_followers", "target-window": "total", "target-value": "150",
            "goal-version": "1", "target-version": "1"}  # fmt: skip
    as_marketer.post(step_url("goals"), sent)
    assert spring.goals.get().targets.get().value == 150


@pytest.mark.parametrize("query", ["?goal=0", "?goal=abc", "?goal=-1", "?goal=99999999999999999999", "?example=99&goal=new"])
def test_garbage_in_the_address_is_no_error_of_ours(as_marketer, step_url, goal, query):
    assert as_marketer.get(step_url("goals", query)).status_code in (200, 404)


def test_the_goal_of_another_strategy_is_not_found(as_marketer, step_url, goal, shop):
    other = shop.strategies.create(name="Other", start="2028-01-01", end="2028-06-30")
    foreign = Goal.objects.create(strategy=other, goal_type="sales", text="Theirs")
    assert as_marketer.get(step_url("goals", f"?goal={foreign.pk}")).status_code == 404
    assert as_marketer.post(step_url("goals"), typed(goal, item=str(foreign.pk))).status_code == 404


def test_the_usual_figures_of_a_goal_type_are_added_with_their_guard(as_marketer, step_url, goal):
    as_marketer.post(step_url("targets"), {"action": f"usual-{goal.pk}"})
    assert set(goal.targets.values_list("metric", "role")) == {
        ("followers", "primary"),
        ("follower_growth_rate", "primary"),
        ("reach_rate", "primary"),
        ("engagement_rate_followers", "guard"),
    }


def test_a_guard_may_be_worse_than_today(as_marketer, step_url, goal):
    sent = {"item": "new", "goal": goal.pk, "target-metric": "net_sentiment", "target-role": "guard", "target-window": "total",
            "target-everywhere": "on", "target-baseline": "50", "target-value": "40"}  # fmt: skip
    assert as_marketer.post(step_url("targets"), sent).status_code == 302
    assert goal.targets.filter(role="guard").get().value == 40


def test_a_removed_goal_comes_back_with_its_targets(as_marketer, step_url, goal, telegram):
    as_marketer.post(step_url("goals"), {"remove": goal.pk, "item": goal.pk})
    assert not Goal.objects.exists()
    as_marketer.post(step_url("goals") + "undo/")
    assert list(Goal.objects.get(pk=goal.pk).targets.get().channels.all()) == [telegram]


def test_fetching_a_removed_row_twice_is_refused_gently(as_marketer, step_url, goal):
    as_marketer.post(step_url("goals"), {"remove": goal.pk, "item": goal.pk})
    for _time in range(2):
        assert as_marketer.post(step_url("goals") + "undo/").status_code == 302
    assert Goal.objects.count() == 1
