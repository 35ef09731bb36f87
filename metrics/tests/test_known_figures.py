"""What the figures already say of a target that is being written: value, days, where from, or why not."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Role
from metrics.models import Import
from strategies import known_figures
from strategies.known_figures import Asked
from strategies.models import Goal, Strategy, Target
from strategies.presets.applying import apply

TODAY = date(2026, 3, 17)


@pytest.fixture
def strategy(brand, monkeypatch) -> Strategy:
    """A strategy that begins in two weeks."""
    monkeypatch.setattr(type(brand), "today", lambda self: TODAY)
    return Strategy.objects.create(brand=brand, name="Spring", start=date(2026, 4, 1), end=date(2026, 4, 30))


def known(strategy, metric, window="latest", *channels, until=None):
    return known_figures.look(strategy, [Asked(metric, channels, window, until)])[0]


def test_followers_of_today_are_the_last_that_were_counted(strategy, record, channel_on):
    telegram = channel_on("telegram")
    record("followers", "2026-03-01", 8000, channel=telegram)
    record("followers", "2026-03-10", 8200, channel=telegram)
    found = known(strategy, "followers", "latest", telegram)
    assert (found.value, found.first, found.last) == (8200, date(2026, 3, 10), date(2026, 3, 10))
    assert found.source == f"{telegram}, channel figures"
    assert f"start=2026-03-10&end=2026-03-10&channel={telegram.pk}" in found.url


def test_followers_older_than_a_quarter_are_not_those_of_today(strategy, record, instagram):
    record("followers", "2025-11-01", 8000, channel=instagram)
    found = known(strategy, "followers", "latest", instagram)
    assert found.value is None
    assert "No such figure was recorded" in found.why_not


def test_a_strategy_that_runs_began_with_the_figure_of_the_day_before(strategy, record, instagram):
    Strategy.objects.update(start=date(2026, 3, 1))
    strategy.refresh_from_db()
    record("followers", "2026-02-27", 8000, channel=instagram)
    record("followers", "2026-03-10", 8200, channel=instagram)
    assert known(strategy, "followers", "latest", instagram).value == 8000


def test_where_nothing_was_measured_before_the_start_the_newest_counts(strategy, record, instagram):
    Strategy.objects.update(start=date(2026, 3, 1))
    strategy.refresh_from_db()
    record("followers", "2026-03-10", 8200, channel=instagram)
    assert known(strategy, "followers", "latest", instagram).value == 8200


def test_a_rate_is_that_of_the_last_four_weeks(strategy, record):
    record("leads", "2026-03-10", 50)
    record("social_sessions", "2026-03-10", 1000)
    record("leads", "2026-01-10", 900)
    record("social_sessions", "2026-01-10", 1000)
    found = known(strategy, "lead_conversion_rate")
    assert (found.value, found.first, found.last) == (Decimal("5.00"), date(2026, 2, 17), date(2026, 3, 16))
    assert "/results/working/lead_conversion_rate/?start=2026-02-17" in found.url
    assert "the whole brand" in found.source


def test_a_rate_without_its_inputs_says_which_are_missing(strategy, record):
    record("leads", "2026-03-10", 50)
    found = known(strategy, "lead_conversion_rate")
    assert found.value is None
    assert "Missing:" in found.why_not


def test_a_monthly_target_begins_with_the_last_whole_month(strategy, record, instagram):
    for day, clicks in (("2026-02-01", 10), ("2026-02-28", 30), ("2026-03-05", 500)):
        record("link_clicks", day, clicks, channel=instagram)
    found = known(strategy, "link_clicks", "monthly", instagram)
    assert (found.value, found.first, found.last) == (40, date(2026, 2, 1), date(2026, 2, 28))


def test_a_total_begins_with_as_many_days_before(strategy, record, instagram):
    for day, views in (("2026-02-15", 100), ("2026-03-16", 100), ("2026-02-14", 999)):
        record("story_views", day, views, channel=instagram)
    found = known(strategy, "story_views", "total", instagram)
    assert (found.value, found.first, found.last) == (200, date(2026, 2, 15), date(2026, 3, 16))


def test_a_total_of_too_few_days_is_not_offered(strategy, record, instagram):
    record("story_views", "2026-03-10", 100, channel=instagram)
    found = known(strategy, "story_views", "total", instagram)
    assert found.value is None
    assert "too few days" in found.why_not


def test_a_figure_per_post_divides_by_the_posts(strategy, brand, record, instagram):
    for number in (1, 2):
        post = brand.posts.create(title=str(number))
        at = f"2026-03-0{number}T09:00:00+00:00"
        brand.publications.create(post=post, channel=instagram, at=at, published_at=at, status="published")
    record("video_views", "2026-03-03", 700, channel=instagram)
    assert known(strategy, "video_views", "per_post", instagram).value == 350


def test_everywhere_means_the_channels_of_the_strategy(strategy, record, channel_on):
    ours, other = channel_on("telegram"), channel_on("facebook")
    strategy.strategy_channels.create(channel=ours)
    record("followers", "2026-03-10", 8200, channel=ours)
    record("followers", "2026-03-10", 100, channel=other)
    assert known(strategy, "followers").value == 8200


def test_a_channel_without_the_figure_is_named(strategy, record, channel_on):
    counted, silent = channel_on("telegram"), channel_on("facebook")
    record("followers", "2026-03-10", 8200, channel=counted)
    assert f"without {silent}" in known(strategy, "followers", "latest", counted, silent).source


def test_many_questions_cost_the_queries_of_one(strategy, record, instagram):
    record("followers", "2026-03-10", 8200, channel=instagram)
    one = [Asked("followers", (instagram,))]
    many = [*one, Asked("reach_rate"), Asked("link_clicks", (), "monthly"), Asked("story_views", (instagram,), "total")]
    with CaptureQueriesContext(connection) as few:
        known_figures.look(strategy, one)
    with CaptureQueriesContext(connection) as several:
        known_figures.look(strategy, many)
    assert len(several) == len(few)


def test_new_targets_are_filled_where_the_place_is_said_and_nothing_was_written(strategy, record, instagram):
    record("followers", "2026-03-10", 8200, channel=instagram)
    goal = Goal.objects.create(strategy=strategy, goal_type="audience")
    blank = goal.targets.create(metric="followers", window="latest", everywhere=True)
    written = goal.targets.create(metric="followers", window="latest", everywhere=True, baseline=1)
    nowhere = goal.targets.create(metric="followers", window="latest")
    assert known_figures.fill_in(strategy, [blank, written, nowhere]) == [blank]
    assert [target.baseline for target in goal.targets.order_by("pk")] == [8200, 1, None]


def test_the_newest_figure_of_a_channel_comes_with_its_file(brand, record, instagram, channel_on):
    file = Import.objects.create(brand=brand, name="march.csv", sha256="0" * 64)
    record("followers", "2026-03-09", 13000, channel=instagram)
    record("followers", "2026-03-10", 13720, channel=instagram, source=file)
    record("following", "2026-03-10", 210, channel=instagram)
    silent = channel_on("facebook")
    found = known_figures.latest(instagram, "followers")
    assert (found.value, found.last) == (13720, date(2026, 3, 10))
    assert found.source == f"{instagram}, march.csv"
    with CaptureQueriesContext(connection) as captured:
        several = known_figures.latest_of([(instagram, "followers"), (instagram, "following"), (silent, "followers")])
    assert [known.value for known in several.values()] == [13720, 210, None]
    assert len(captured) == 2


def test_what_a_preset_aims_at_begins_where_the_figures_stand(client, strategy, brand, record, person_in, instagram):
    record("impressions", "2026-03-10", 1000, channel=instagram)
    record("link_clicks", "2026-03-10", 25, channel=instagram)
    apply(strategy, "ecommerce", person_in(Role.MARKETER))
    baselines = dict(Target.objects.values_list("metric", "baseline"))
    assert baselines["ctr"] == Decimal("2.50")
    assert baselines["roas"] is None
