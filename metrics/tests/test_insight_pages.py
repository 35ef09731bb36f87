"""Insight as people see it: what is said, how it was computed, and when nothing is said."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from brands.models import Role
from calendar_app.models import Post, Publication
from metrics.insight import reading, words
from metrics.models import KpiValue
from metrics.models.values import Period
from metrics.periods import Span
from strategies.models import Goal, Strategy, StrategyChannel, Target

pytestmark = pytest.mark.once


@pytest.fixture
def publish(brand, record):
    """publish(channel, days_ago=9, hour=19, likes=50): a post that went out then, with its figures."""

    def make(
        channel, *, days_ago: int, hour: int = 9, likes: int = 20, views: int = 1000, taken_after: int = 5, **what
    ) -> Publication:
        day = brand.today() - timedelta(days=days_ago)
        post = Post.objects.create(brand=brand, title=what.pop("title", "Post"), **what)
        moment = datetime.combine(day, time(hour), brand.zone)
        publication = Publication.objects.create(
            brand=brand, post=post, channel=channel, status=Publication.Status.PUBLISHED, published_at=moment
        )
        end = str(day + timedelta(days=taken_after))
        for measure, value in (("likes", likes), ("views", views)):
            record(measure, str(day), value, end=end, channel=channel, publication=publication)
        return publication

    return make


@pytest.fixture
def days(brand, record):
    """days(channel, "views", 100, 60): a figure of 100 for each of the last sixty days; returns what `set` changes."""

    def make(channel, measure: str, value: int, number: int, *, last: int | None = None) -> None:
        for back in range(1, number + 1):
            shown = last if back == 1 and last is not None else value
            record(measure, str(brand.today() - timedelta(days=back)), shown, channel=channel)

    return make


def page(client, brand, query: str = "") -> str:
    answer = client.get(reverse("metrics:insight", args=[brand.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_brand_without_figures_is_told_what_would_be_needed(client, marketer, brand):
    html = page(client, brand)
    assert "Too few posts to say: 0 with figures, 30 are needed" in html
    assert "Too little history to say" in html
    assert html.count("How this was computed") >= 6


def test_the_best_hour_is_named_in_the_brands_zone_with_its_count(client, marketer, brand, instagram, publish):
    for number in range(30):
        publish(instagram, days_ago=10 + number, hour=9, likes=20)
    for number in range(4):
        # The same weekday each time.
        publish(instagram, days_ago=14 + 7 * number, hour=19, likes=80)
    html = page(client, brand)
    name = (brand.today() - timedelta(days=14)).strftime("%A")
    assert f"Posts did best on {name} 19:00." in html
    assert "2.5 times the usual, 4 posts" in html
    assert "Hours are those of Asia/Tashkent" in html


def test_paid_posts_and_figures_of_the_first_day_are_left_out(brand, instagram, publish):
    publish(instagram, days_ago=9, is_paid=True)
    publish(instagram, days_ago=9, taken_after=1)
    publish(instagram, days_ago=9)
    span = reading.post_span(Span(brand.today() - timedelta(days=28), brand.today()))
    assert len(reading.posts(brand, span, None)) == 1


def test_of_a_post_the_newest_snapshot_counts(brand, instagram, publish, record):
    publication = publish(instagram, days_ago=9, likes=20)
    day = brand.today() - timedelta(days=9)
    record("likes", str(day), 50, end=str(day + timedelta(days=7)), channel=instagram, publication=publication)
    (post,) = reading.posts(brand, reading.post_span(Span(day, day)), None)
    assert (post.acts, post.seen) == (50, 1000)


def test_the_clearly_best_format_is_marked_and_overlap_is_said(client, marketer, brand, instagram, publish):
    for number in range(8):
        publish(instagram, days_ago=10 + number, likes=60 + number, format="reel", journey_stage="awareness")
        publish(instagram, days_ago=10 + number, likes=10 + 9 * (number % 2), format="image", journey_stage="loyalty")
    html = page(client, brand)
    assert "clearly best" in html
    assert "does clearly better than the others" in html


def test_an_unusual_day_says_against_what_and_what_was_going_on(client, marketer, brand, instagram, days, publish):
    days(instagram, "views", 400, 64, last=1240)
    publish(instagram, days_ago=1, title="The loom", taken_after=0)
    html = page(client, brand)
    weekday = (brand.today() - timedelta(days=1)).strftime("%A")
    assert f"1,240 against 208–592 on a usual {weekday}" in html
    assert "The loom" in html


def test_an_import_gap_stands_beside_the_day(client, marketer, brand, instagram, days, record):
    days(instagram, "views", 400, 64, last=1240)
    brand.observations.filter(start=brand.today() - timedelta(days=2)).delete()
    assert "an import may be missing" in page(client, brand)


def test_a_usual_day_is_not_told(client, marketer, brand, instagram, days):
    days(instagram, "views", 400, 64)
    assert "No day fell out of its rhythm." in page(client, brand)


def test_the_contributions_of_channels_add_up(client, marketer, brand, channel_on, instagram, days):
    telegram = channel_on("telegram")
    days(instagram, "views", 100, 56)
    days(telegram, "views", 100, 56)
    brand.observations.filter(channel=telegram, start__gte=brand.today() - timedelta(days=28)).update(value=Decimal(200))
    html = page(client, brand)
    assert "moved most: +2,800 of +2,800" in html


def test_people_are_never_shared_out(client, marketer, brand, channel_on, instagram, days):
    days(instagram, "reach", 100, 56)
    days(channel_on("telegram"), "reach", 150, 56)
    html = page(client, brand).partition('id="chs"')[2].partition("<aside")[0]
    assert "Reach" not in html


def test_a_viewer_reads_insight(client, person_in, brand):
    client.force_login(person_in(Role.VIEWER))
    assert "Insight" in page(client, brand)


@pytest.mark.parametrize("name", ["insight", "best_times"])
def test_one_channel_and_three_cost_the_same_queries(
    client, marketer, brand, channel_on, instagram, days, publish, count_queries, name
):
    def busy(channel):
        days(channel, "views", 400, 64, last=1240)
        for number in range(12):
            publish(channel, days_ago=10 + number)

    busy(instagram)
    url = reverse(f"metrics:{name}", args=[brand.slug])
    client.get(url)
    one = count_queries(client, url)
    busy(channel_on("telegram"))
    busy(channel_on("tiktok"))
    assert count_queries(client, url) == one


def test_the_window_of_best_times_is_a_fragment_for_htmx_and_else_a_page(client, marketer, brand):
    url = reverse("metrics:best_times", args=[brand.slug])
    assert "<html" in client.get(url).content.decode()
    assert "<html" not in client.get(url, headers={"hx-request": "true"}).content.decode()


# --- a KPI


def test_a_kpi_tells_its_direction_from_stored_weeks(client, marketer, brand):
    monday = reading.full_weeks(brand.today() - timedelta(days=1), 12)
    for number, week in enumerate(monday):
        KpiValue.objects.create(
            brand=brand, kpi="audience_engagement", period=Period.WEEK, start=week.start, end=week.end, status="ok",
            value=Decimal(2 + number) / 10, exact="", inputs={}, computed_at=timezone.now(),
        )  # fmt: skip
    html = client.get(reverse("metrics:kpi_rhythm", args=[brand.slug, "audience_engagement"]) + "?preset=28").content.decode()
    assert "over 12 weeks" in html or "over 11 weeks" in html
    assert "+0.10" in html


def test_a_viewer_gets_no_rhythm_of_money(client, person_in, brand):
    client.force_login(person_in(Role.VIEWER))
    assert client.get(reverse("metrics:kpi_rhythm", args=[brand.slug, "return_on_investment"])).status_code in (403, 404)


# --- a goal


@pytest.fixture
def goal(brand, instagram) -> Goal:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=41)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=2)
    return Goal.objects.create(strategy=strategy, text="More leads", goal_type="lead_generation")


def forecast(client, goal, query: str = "") -> str:
    url = reverse("metrics:goal_forecast", args=[goal.strategy.brand.slug, goal.strategy_id, goal.pk])
    answer = client.get(url + query, headers={"hx-request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_total_is_forecast_to_its_last_day(client, marketer, goal, instagram, days):
    Target.objects.create(goal=goal, metric="leads", window=Target.Window.TOTAL, value=1000)
    days(instagram, "leads", 10, 80)
    html = forecast(client, goal)
    # Thirty days brought 300; 42 are to come, each with ten.
    assert "Likely 720–720 by" in html
    assert "the target is 1,000" in html
    assert "fewer than 5 cases in 100" in html
    assert "Tried on earlier weeks" in html


def test_a_level_is_forecast_from_its_weekly_changes(client, marketer, brand, goal, instagram, record):
    Target.objects.create(goal=goal, metric="followers", window=Target.Window.LATEST, baseline=100, value=1300)
    for back in range(1, 81):
        record("followers", str(brand.today() - timedelta(days=back)), 1000 - 2 * back, channel=instagram)
    html = forecast(client, goal)
    assert "Likely 1,082–1,082 by" in html


@pytest.mark.parametrize(
    ("metric", "window", "said"),
    [
        ("audience_engagement", Target.Window.LATEST, "This is a rate"),
        ("leads", Target.Window.PER_POST, "depends on the posts"),
        ("leads", Target.Window.TOTAL, "5 full weeks"),
    ],
)
def test_a_forecast_says_why_there_is_none(client, marketer, goal, instagram, days, metric, window, said):
    Target.objects.create(goal=goal, metric=metric, window=window, value=1000)
    days(instagram, "leads", 10, 41 if goal.strategy.brand.today().weekday() == 6 else 35 + goal.strategy.brand.today().weekday())
    assert said in forecast(client, goal)


def test_a_goal_of_another_brand_has_no_forecast_here(client, marketer, brand, goal):
    goal.strategy.brand = type(brand).objects.create(name="Other", slug="other")
    goal.strategy.save()
    url = reverse("metrics:goal_forecast", args=[brand.slug, goal.strategy_id, goal.pk])
    assert client.get(url).status_code == 404


def test_one_target_and_three_cost_the_same_queries(client, marketer, goal, instagram, days, count_queries):
    days(instagram, "leads", 10, 80)
    Target.objects.create(goal=goal, metric="leads", window=Target.Window.TOTAL, value=1000)
    url = reverse("metrics:goal_forecast", args=[goal.strategy.brand.slug, goal.strategy_id, goal.pk])
    one = count_queries(client, url)
    for metric in ("views", "followers"):
        Target.objects.create(goal=goal, metric=metric, window=Target.Window.TOTAL, value=1000)
    assert count_queries(client, url) == one


@pytest.mark.parametrize(("language", "saturday"), [("en", "Saturday"), ("uz", "shanba"), ("ru", "суббота")])
def test_a_weekday_within_a_sentence_is_written_as_its_language_does(language, saturday):
    with translation.override(language):
        assert words.weekday(5) == saturday
