"""Five points that make a channel an asset: each earned, not earned and not known."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from brands.models import Brand, Role
from calendar_app.models import Post
from metrics.asset import Point, Verdict, asset_scores, verdict
from metrics.periods import week_of
from strategies.models import CommunicationPlan, EditorialPlan, Goal, Strategy, StrategyChannel, Target, WatchItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=60), end=today + timedelta(days=60)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=1)
    return strategy


def points(strategy) -> dict:
    (found,) = asset_scores(Strategy.objects.get(pk=strategy.pk))
    return dict(found.points)


def aim(strategy, metric: str = "followers", *channels, everywhere: bool = False) -> Target:
    goal = Goal.objects.create(strategy=strategy, goal_type="audience", text="More")
    target = Target.objects.create(goal=goal, metric=metric, value=10, everywhere=everywhere)
    target.channels.set(channels)
    return target


@pytest.mark.parametrize(
    ("score", "said"),
    [(0, Verdict.ORNAMENT), (1, Verdict.ORNAMENT), (2, Verdict.USEFUL), (3, Verdict.USEFUL), (4, Verdict.ASSET), (5, Verdict.ASSET)],
)  # fmt: skip
def test_four_points_make_an_asset_and_two_something_useful(score, said):
    assert verdict(score) is said


def test_a_channel_of_which_nothing_is_known_has_no_points(strategy):
    (found,) = asset_scores(strategy)
    assert (found.score, found.verdict) == (0, Verdict.ORNAMENT)
    # There are no followers to compare; the cadence was planned, and nothing went out.
    assert dict(found.points) == {
        Point.GOAL: False, Point.EDITORIAL_PLAN: False, Point.MEASURED: False, Point.CADENCE: False, Point.GROWTH: None
    }  # fmt: skip
    assert found.unknown == 1


def test_a_strategy_that_has_not_begun_has_no_figures_to_judge_by(strategy, brand):
    strategy.start = brand.today() + timedelta(days=3)
    strategy.save()
    found = points(strategy)
    assert (found[Point.CADENCE], found[Point.GROWTH]) == (None, None)


def test_a_goal_counts_for_the_channels_it_names_and_for_all_where_it_names_none(strategy, instagram, channel_on):
    target = aim(strategy, "followers", channel_on("telegram"))
    assert points(strategy)[Point.GOAL] is False
    target.channels.add(instagram)
    assert points(strategy)[Point.GOAL] is True
    target.channels.clear()
    Target.objects.update(everywhere=True)
    assert points(strategy)[Point.GOAL] is True


@pytest.mark.parametrize(("metric", "is_measured"), [("followers", False), ("reach_rate", False), ("roi", True), ("leads", True)])
def test_what_people_do_is_tracked_by_a_target_or_watched(strategy, instagram, metric, is_measured):
    target = aim(strategy, metric, instagram)
    assert points(strategy)[Point.MEASURED] is is_measured
    target.delete()
    WatchItem.objects.create(strategy=strategy, metric=metric)
    assert points(strategy)[Point.MEASURED] is is_measured


def test_what_is_watched_on_another_channel_does_not_count(strategy, channel_on):
    WatchItem.objects.create(strategy=strategy, metric="leads", channel=channel_on("telegram"))
    assert points(strategy)[Point.MEASURED] is False


@pytest.mark.parametrize("own", [True, False], ids=["of the strategy", "of the brand"])
def test_an_editorial_plan_counts_while_it_covers_today(strategy, brand, instagram, own):
    today = brand.today()
    whole = CommunicationPlan.objects.create(
        brand=brand, name="Half a year", start=today - timedelta(90), end=today + timedelta(90)
    )
    plan = EditorialPlan.objects.create(
        brand=brand, communication_plan=whole, channel=instagram, strategy=strategy if own else None,
        start=today - timedelta(10), end=today + timedelta(20),
    )  # fmt: skip
    assert points(strategy)[Point.EDITORIAL_PLAN] is True
    EditorialPlan.objects.filter(pk=plan.pk).update(end=today - timedelta(1))
    assert points(strategy)[Point.EDITORIAL_PLAN] is False
    EditorialPlan.objects.filter(pk=plan.pk).update(end=today + timedelta(20), is_active=False)
    assert points(strategy)[Point.EDITORIAL_PLAN] is False


@pytest.mark.parametrize(("weeks", "is_held"), [(4, True), (3, True), (2, False), (0, False)])
def test_the_cadence_is_held_from_seventy_per_cent_of_four_weeks(strategy, brand, instagram, weeks, is_held):
    """One post a week is planned."""
    this_week = week_of(brand.today()).start
    for week in range(1, weeks + 1):
        post = Post.objects.create(brand=brand, strategy=strategy, title=f"Week {week}", state="approved")
        at = datetime.combine(this_week - timedelta(weeks=week), time(12), brand.zone)
        post.publications.create(brand=brand, channel=instagram, at=at, published_at=at, status="published")
    assert points(strategy)[Point.CADENCE] is is_held


@pytest.mark.parametrize(("now", "grows"), [(1010, True), (1000, False), (990, False)])
def test_the_audience_grows_when_it_is_larger_than_four_weeks_ago(strategy, brand, instagram, record, now, grows):
    this_week = week_of(brand.today()).start
    record("followers", str(this_week - timedelta(days=29)), 1000, channel=instagram)
    record("followers", str(this_week - timedelta(days=1)), now, channel=instagram)
    assert points(strategy)[Point.GROWTH] is grows


# --- the window


def ask(client, strategy, **headers):
    return client.get(reverse("metrics:asset", args=["atlas", strategy.pk]), headers=headers)


def test_the_window_is_a_fragment_for_htmx_and_a_page_without_scripts(client, marketer, strategy):
    fragment = ask(client, strategy, **{"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Ornament" in fragment
    assert "<html" in ask(client, strategy).content.decode()


def test_viewers_may_look_and_a_strategy_of_another_brand_is_not_there(client, person_in, brand, strategy):
    client.force_login(person_in(Role.VIEWER))
    assert ask(client, strategy).status_code == 200
    other = Brand.objects.create(name="Ipak", slug="ipak")
    theirs = Strategy.objects.create(brand=other, name="Theirs", start=brand.today(), end=brand.today() + timedelta(9))
    assert ask(client, theirs).status_code == 404


def test_a_strategy_without_channels_says_so(client, marketer, strategy):
    strategy.strategy_channels.all().delete()
    assert "uses no channel yet" in ask(client, strategy).content.decode()


def test_one_channel_and_three_take_the_same_queries(client, marketer, strategy, channel_on, instagram, count_queries):
    url = reverse("metrics:asset", args=["atlas", strategy.pk])
    aim(strategy, "followers", instagram)
    count_queries(client, url)  # the first of a process asks the database what it can
    before = count_queries(client, url)
    for slug in ("telegram", "tiktok"):
        channel = channel_on(slug)
        StrategyChannel.objects.create(strategy=strategy, channel=channel, posts_per_week=2)
        aim(strategy, "leads", channel)
        WatchItem.objects.create(strategy=strategy, metric="leads", channel=channel)
    assert count_queries(client, url) == before <= 25
