from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from brands.models import Role
from metrics.progress import clock, goal_states, looked_at
from strategies.models import Goal, Strategy, Target

TODAY = date(2026, 3, 17)


@pytest.fixture
def strategy(brand, monkeypatch) -> Strategy:
    """Day 45 of 181 of a strategy."""
    monkeypatch.setattr(type(brand), "today", lambda self: TODAY)
    return Strategy.objects.create(brand=brand, name="Spring", start=date(2026, 2, 1), end=date(2026, 7, 31))


@pytest.fixture
def goal(strategy) -> Goal:
    return Goal.objects.create(strategy=strategy, goal_type="sales", text="1,600 leads")


def state_of(goal, **fields):
    Target.objects.create(goal=goal, **fields)
    return goal_states(goal.strategy)[0].states[0]


def test_a_total_grows_from_zero_whatever_the_baseline_says(goal, record):
    record("leads", "2026-02-10", 482)
    record("leads", "2026-01-31", 9999)
    state = state_of(goal, metric="leads", window="total", value=1600, baseline=1200)
    assert (state.current, state.percent) == (482, Decimal("30.1"))
    assert state.expected == Decimal("24.4")
    assert state.status == "on_track"


def test_a_latest_value_moves_away_from_its_baseline(goal, record, channel_on):
    telegram = channel_on("telegram")
    record("followers", "2026-03-16", 9020, channel=telegram)
    target = Target.objects.create(goal=goal, metric="followers", window="latest", baseline=8200, value=12000)
    target.channels.add(telegram)
    state = goal_states(goal.strategy)[0].states[0]
    assert (state.percent, state.status) == (Decimal("21.6"), "at_risk")
    with override("uz"):
        assert (state.baseline_bare, state.target_shown) == ("8\xa0200", "12\xa0000")


def test_a_falling_goal_counts_downwards(goal, record):
    record("first_response_minutes_total", "2026-03-10", 440)
    record("messages_answered", "2026-03-10", 10)
    state = state_of(goal, metric="first_response_time", window="latest", baseline=95, value=30)
    assert (state.current, state.percent, state.status) == (44, Decimal("78.5"), "on_track")


def test_a_threshold_without_a_baseline_divides_by_the_target(goal, record):
    record("leads", "2026-03-10", 50)
    record("social_sessions", "2026-03-10", 1000)
    state = state_of(goal, metric="lead_conversion_rate", window="latest", value=10)
    assert (state.current, state.percent) == (5, Decimal("50.0"))


def test_a_monthly_target_begins_anew_with_the_month(goal, record):
    record("link_clicks", "2026-02-20", 1000)
    record("link_clicks", "2026-03-05", 20)
    state = state_of(goal, metric="link_clicks", window="monthly", value=50)
    assert (state.current, state.percent, state.expected) == (20, Decimal("40.0"), Decimal("53.3"))
    assert state.status == "at_risk"


def test_per_post_divides_by_the_posts_that_went_out(goal, brand, instagram, record):
    from calendar_app.models import Post, Publication

    for number in (1, 2):
        post = Post.objects.create(brand=brand, title=str(number))
        at = f"2026-03-0{number}T09:00:00+00:00"
        Publication.objects.create(brand=brand, post=post, channel=instagram, at=at, published_at=at, status="published")
    record("likes", "2026-03-05", 90, channel=instagram)
    target = Target.objects.create(goal=goal, metric="likes", window="per_post", value=50)
    target.channels.add(instagram)
    assert goal_states(goal.strategy)[0].states[0].current == 45


def test_no_figure_is_no_data_and_never_zero(goal):
    state = state_of(goal, metric="leads", window="total", value=1600)
    assert (state.current, state.percent, state.status, state.current_shown) == (None, None, "no_data", "—")


@pytest.mark.parametrize(("value", "baseline"), [(None, None), (0, None), (5, 5), (0, 0)])
def test_a_target_that_cannot_be_judged_breaks_nothing(goal, record, value, baseline):
    record("leads", "2026-03-10", 3)
    record("social_sessions", "2026-03-10", 100)
    state = state_of(goal, metric="lead_conversion_rate", window="latest", value=value, baseline=baseline)
    assert state.status in {"no_data", "achieved", "on_track", "behind", "at_risk"}


def test_a_retired_metric_breaks_nothing(goal):
    assert state_of(goal, metric="once_there_was", window="total", value=5).status == "no_data"


def test_a_goal_is_as_well_as_its_worst_primary_target(goal, record):
    record("leads", "2026-02-10", 482)
    Target.objects.create(goal=goal, metric="leads", window="total", value=1600)
    Target.objects.create(goal=goal, metric="leads", window="total", value=9000)
    Target.objects.create(goal=goal, metric="bounce_rate", window="latest", value=1, role="guard")
    found = goal_states(goal.strategy)[0]
    assert found.status == "behind"
    assert [state.metric for state in found.guards] == ["bounce_rate"]


def test_after_the_deadline_a_target_is_missed_and_before_the_start_not_begun(goal, strategy, record, brand):
    record("leads", "2026-02-10", 1)
    late = Target.objects.create(goal=goal, metric="leads", window="total", value=10, deadline=date(2026, 3, 1))
    assert goal_states(strategy)[0].status == "not_reached"
    late.delete()
    Strategy.objects.filter(pk=strategy.pk).update(start=date(2026, 4, 1))
    strategy.refresh_from_db()
    Target.objects.create(goal=goal, metric="leads", window="total", value=10)
    assert goal_states(strategy)[0].status == "not_started"


def test_windows_look_at_their_own_days(goal, strategy):
    monthly = Target(goal=goal, metric="leads", window="monthly")
    assert (clock(monthly, strategy, TODAY).start, clock(monthly, strategy, TODAY).end) == (date(2026, 3, 1), date(2026, 3, 31))
    latest = Target(goal=goal, metric="roi", window="latest")
    assert looked_at(latest, strategy, TODAY).days == 28
    total = Target(goal=goal, metric="leads", window="total")
    assert looked_at(total, strategy, TODAY).end == TODAY


def test_viewers_are_not_told_targets_about_money(goal, strategy, client, person_in):
    Target.objects.create(goal=goal, metric="cpl", window="latest", value=55000)
    Target.objects.create(goal=goal, metric="leads", window="total", value=1600)
    assert [s.metric for s in goal_states(strategy, money=False)[0].states] == ["leads"]
    client.force_login(person_in(Role.VIEWER))
    said = client.get(reverse("metrics:goal_progress", args=["atlas", strategy.pk])).content.decode()
    assert "Cost per lead" not in said
    assert "Leads" in said


def test_any_number_of_targets_takes_the_same_queries(goal, strategy, channel_on, client, marketer, count_queries):
    url = reverse("metrics:goal_progress", args=["atlas", strategy.pk])
    Target.objects.create(goal=goal, metric="leads", window="total", value=10)
    one = count_queries(client, url)
    for number, slug in enumerate(("instagram", "telegram", "tiktok")):
        more = Goal.objects.create(strategy=strategy, goal_type="sales", text=f"Goal {number}")
        target = Target.objects.create(
            goal=more, metric="roi", window="monthly", value=10, deadline=TODAY + timedelta(days=number)
        )
        target.channels.add(channel_on(slug), channel_on(slug, "second"))
    # One more: the platforms of the channels that targets name.
    assert count_queries(client, url) <= one + 2
