"""The thread of a goal: from the business goal to findings and back, one click each way."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from brands.models import Brand, Role
from calendar_app.models import Post, Publication
from metrics.models import Finding, KpiValue, Observation
from metrics.models.values import Period
from metrics.periods import week_of
from strategies.models import BusinessObjective, Goal, Pillar, Strategy

pytestmark = pytest.mark.once


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=60), end=today + timedelta(days=60)
    )
    strategy.strategy_channels.create(channel=instagram, posts_per_week=2)
    return strategy


@pytest.fixture
def goal(strategy, instagram, record, brand) -> Goal:
    objective = BusinessObjective.objects.create(strategy=strategy, text="Sell out the collection")
    goal = Goal.objects.create(strategy=strategy, goal_type="audience", text="More readers", objective=objective)
    goal.targets.create(metric="followers", window="latest", baseline=8000, value=12000).channels.add(instagram)
    for weeks in range(1, 9):
        record("followers", str(brand.today() - timedelta(weeks=weeks)), 10000 - 100 * weeks, channel=instagram)
    return goal


def post_of(goal: Goal, channel, title: str, days: int, pillar: Pillar | None = None, **figures) -> Post:
    brand = goal.strategy.brand
    post = Post.objects.create(brand=brand, strategy=goal.strategy, goal=goal, pillar=pillar, title=title, state="approved")
    at = datetime.combine(brand.today() + timedelta(days=days), datetime.min.time(), brand.zone)
    out = {"published_at": at, "status": "published"} if days < 0 else {"status": "scheduled"}
    publication = Publication.objects.create(brand=brand, post=post, channel=channel, at=at, **out)
    for measure, value in figures.items():
        Observation.objects.create(
            brand=brand, channel=channel, publication=publication, measure=measure, value=value, start=at.date(),
            end=brand.today(),
        )  # fmt: skip
    return post


def page(goal: Goal) -> str:
    return reverse("metrics:goal", args=["atlas", goal.strategy_id, goal.pk])


def posts_url(goal: Goal, query: str = "") -> str:
    return reverse("metrics:thread_posts", args=["atlas", goal.strategy_id]) + f"?goal={goal.pk}{query}"


def read(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_holds_the_whole_thread(client, marketer, goal, instagram):
    pillar = goal.strategy.pillars.create(name="Ustaxona", share=40)
    pillar.goals.add(goal)
    post_of(goal, instagram, "A film", -3, pillar, views=1000, likes=50)
    Finding.objects.create(brand=goal.strategy.brand, strategy=goal.strategy, goal=goal, text="Films bring readers")
    text = read(client, page(goal))
    for said in (
        "Sell out the collection",
        "SMART, ",
        "Followers",
        "8,000",
        "9,900",
        "12,000",
        "Ustaxona",
        "Films bring readers",
    ):
        assert said in text
    assert posts_url(goal) in text.replace("&amp;", "&")


def test_now_leads_to_its_working(client, marketer, goal, instagram):
    goal.targets.create(metric="ctr", window="latest", value=2, everywhere=True)
    text = read(client, page(goal)).replace("&amp;", "&")
    assert reverse("metrics:working", args=["atlas", "ctr"]) + "?start=" in text
    assert f"&channel={instagram.pk}" in text


def test_letters_come_with_their_way_out_for_those_who_may_edit(client, person_in, goal):
    client.force_login(person_in(Role.MARKETER))
    assert "#id_goal-deadline" in read(client, page(goal))
    client.force_login(person_in(Role.VIEWER))
    text = read(client, page(goal))
    assert "no date to reach it by" in text
    assert "#id_goal-deadline" not in text


def test_a_pillar_serves_by_name_or_by_its_posts(client, marketer, goal, instagram):
    goal.strategy.pillars.create(name="Named", share=40).goals.add(goal)
    post_of(goal, instagram, "A film", -3, goal.strategy.pillars.create(name="By posts", share=30))
    goal.strategy.pillars.create(name="Nothing to do with it", share=30)
    text = read(client, page(goal))
    assert "Named" in text
    assert "By posts" in text
    assert "Nothing to do with it" not in text


def test_the_line_of_a_target_is_drawn_from_what_is_stored(client, marketer, goal, brand):
    assert "sp-spark" in read(client, page(goal))
    Observation.objects.all().delete()
    assert "sp-spark" not in read(client, page(goal))
    goal.targets.create(metric="ctr", window="latest", value=2, everywhere=True)
    for weeks in range(1, 5):
        week = week_of(brand.today() - timedelta(weeks=weeks))
        KpiValue.objects.create(
            brand=brand, kpi="ctr", period=Period.WEEK, start=week.start, end=week.end, status="ok", value=weeks,
            computed_at="2026-01-01T00:00Z",
        )  # fmt: skip
    assert "sp-spark" in read(client, page(goal))


def test_posts_stand_newest_first_with_what_they_came_to(client, marketer, goal, instagram):
    post_of(goal, instagram, "Older film", -9, views=1000, likes=30, comments=10, shares=5, saves=5)
    post_of(goal, instagram, "Coming film", 5)
    post_of(goal, instagram, "Newer film", -2)
    Post.objects.create(brand=goal.strategy.brand, strategy=goal.strategy, title="Of no goal")
    text = read(client, posts_url(goal))
    assert text.index("Coming film") < text.index("Newer film") < text.index("Older film")
    assert "1,000" in text
    assert "5.00\xa0%" in text
    assert "Of no goal" not in text


def test_a_post_without_figures_shows_a_dash_and_not_a_zero(client, marketer, goal, instagram):
    post_of(goal, instagram, "Newer film", -2)
    row = read(client, posts_url(goal)).split("Newer film")[1].split("</tr>")[0]
    assert row.count("—") == 2


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Older", "Newer", "Coming"}),
        ("&state=published", {"Older", "Newer"}),
        ("&state=measured", {"Older"}),
        ("&state=planned", {"Coming"}),
        ("&state=nonsense", {"Older", "Newer", "Coming"}),
        ("&pillar=abc&page=99", {"Older", "Newer", "Coming"}),
    ],
)
def test_posts_are_found_by_how_far_they_are(client, marketer, goal, instagram, query, shown):
    post_of(goal, instagram, "Older", -9, likes=1)
    post_of(goal, instagram, "Newer", -2)
    post_of(goal, instagram, "Coming", 5)
    text = read(client, posts_url(goal, query))
    assert {title for title in ("Older", "Newer", "Coming") if f">{title}</a>" in text} == shown


def test_posts_are_found_by_their_pillar(client, marketer, goal, instagram):
    pillar = goal.strategy.pillars.create(name="Ustaxona", share=40)
    post_of(goal, instagram, "Mine", -2, pillar)
    post_of(goal, instagram, "Other", -3)
    text = read(client, posts_url(goal, f"&pillar={pillar.pk}"))
    assert ">Mine</a>" in text
    assert ">Other</a>" not in text


def test_many_posts_are_paged_and_a_fragment_for_htmx(client, marketer, goal, instagram):
    for number in range(14):
        post_of(goal, instagram, f"Film {number}", -number - 1)
    fragment = client.get(posts_url(goal), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Film 0" in fragment
    assert "Film 13" not in fragment
    assert "Film 13" in read(client, posts_url(goal, "&page=2"))


def test_the_strip_of_a_strategy_leads_to_its_own_posts(client, marketer, goal, instagram):
    post_of(goal, instagram, "A film", -3, likes=5)
    strip = read(client, reverse("metrics:thread_counts", args=["atlas", goal.strategy_id]))
    all_posts = reverse("metrics:thread_posts", args=["atlas", goal.strategy_id])
    assert f'href="{all_posts}"' in strip
    assert f'href="{all_posts}?state=measured"' in strip
    assert "A film" in read(client, all_posts + "?state=measured")


def test_back_from_a_kpi_to_the_goals_that_aim_at_it(client, marketer, goal):
    goal.targets.create(metric="ctr", window="latest", value=2, everywhere=True)
    assert page(goal) in read(client, reverse("metrics:kpi", args=["atlas", "ctr"]))
    Strategy.objects.update(status="archived")
    assert page(goal) not in read(client, reverse("metrics:kpi", args=["atlas", "ctr"]))


def test_back_from_a_post_to_its_goal(client, marketer, goal, instagram):
    post = post_of(goal, instagram, "A film", -3)
    assert page(goal) in read(client, reverse("calendar:post", args=["atlas", post.pk]))


def test_from_a_finding_to_its_figures_posts_and_goal(client, person_in, goal, instagram, brand):
    post = post_of(goal, instagram, "A film", -3, views=1000, likes=50)
    finding = Finding.objects.create(brand=brand, strategy=goal.strategy, goal=goal, text="Films bring readers")
    finding.posts.add(post)
    figure = KpiValue.objects.create(
        brand=brand, kpi="ctr", period=Period.CUSTOM, start=brand.today(), end=brand.today(), status="ok", value="2.5",
        computed_at="2026-01-01T00:00Z",
    )  # fmt: skip
    finding.keep(figure)
    client.force_login(person_in(Role.VIEWER))
    text = read(client, reverse("metrics:read_finding", args=["atlas", finding.pk]))
    assert page(goal) in text
    assert reverse("calendar:post", args=["atlas", post.pk]) in text
    assert "2.50\xa0%" in text
    assert reverse("metrics:kpi", args=["atlas", "ctr"]) in text


def test_a_finding_about_a_post_of_the_goal_belongs_to_the_thread(client, marketer, goal, instagram, brand):
    finding = Finding.objects.create(brand=brand, strategy=goal.strategy, text="Seen in one film")
    finding.posts.add(post_of(goal, instagram, "A film", -3))
    assert reverse("metrics:read_finding", args=["atlas", finding.pk]) in read(client, page(goal))


def test_a_bare_goal_says_what_is_still_to_come(client, marketer, strategy):
    bare = Goal.objects.create(strategy=strategy, goal_type="sales")
    text = read(client, page(bare))
    for said in ("none is linked", "No figure yet says", "No pillar serves this goal yet.", "Nothing was learned about it yet."):
        assert said in text
    assert "No post serves this goal yet." in read(client, posts_url(bare))


def test_a_viewer_reads_no_money(client, person_in, goal, record, brand):
    goal.targets.create(metric="revenue", window="total", value=7777777, everywhere=True)
    client.force_login(person_in(Role.VIEWER))
    assert "7,777,777" not in read(client, page(goal))
    client.force_login(person_in(Role.MARKETER))
    assert "7,777,777" in read(client, page(goal))


def test_a_goal_of_money_alone_is_still_a_page_for_viewers(client, person_in, strategy):
    goal = Goal.objects.create(strategy=strategy, goal_type="sales", text="Earn")
    goal.targets.create(metric="revenue", window="total", value=7777777, everywhere=True)
    client.force_login(person_in(Role.VIEWER))
    assert "7,777,777" not in read(client, page(goal))


def test_the_goal_of_another_strategy_or_brand_is_not_found(client, marketer, goal):
    other = Strategy.objects.create(brand=goal.strategy.brand, name="O", start="2028-01-01", end="2028-06-30")
    assert client.get(reverse("metrics:goal", args=["atlas", other.pk, goal.pk])).status_code == 404
    assert client.get(reverse("metrics:thread_posts", args=["atlas", other.pk]) + f"?goal={goal.pk}").status_code == 404
    theirs = Strategy.objects.create(
        brand=Brand.objects.create(name="Ipak", slug="ipak"), name="X", start="2028-01-01", end="2028-06-30"
    )
    foreign = Goal.objects.create(strategy=theirs, goal_type="sales", text="Theirs")
    assert client.get(reverse("metrics:goal", args=["atlas", theirs.pk, foreign.pk])).status_code == 404


def test_many_rows_cost_no_more_queries_than_one(client, marketer, goal, instagram, count_queries):
    pillar = goal.strategy.pillars.create(name="P", share=10)
    pillar.goals.add(goal)
    post_of(goal, instagram, "A film", -3, pillar, likes=1)
    Finding.objects.create(brand=goal.strategy.brand, strategy=goal.strategy, goal=goal, text="F")
    urls = (page(goal), posts_url(goal))
    few = [count_queries(client, url) for url in urls]
    for number in range(30):
        other = goal.strategy.pillars.create(name=f"P{number}", share=1)
        other.goals.add(goal)
        post_of(goal, instagram, f"Film {number}", -4 - number, other, likes=1)
        Finding.objects.create(brand=goal.strategy.brand, strategy=goal.strategy, goal=goal, text=f"F{number}")
    goal.targets.create(metric="ctr", window="latest", value=2, everywhere=True)
    goal.targets.create(metric="leads", window="total", value=2, everywhere=True)
    assert [count_queries(client, url) for url in urls] == few
    assert max(few) <= 25, few


def test_the_window_of_todays_value_says_it_with_its_source(client, marketer, goal, instagram):
    url = reverse("metrics:known_figure", args=["atlas", goal.strategy_id])
    asked = {"target-metric": "followers", "target-channels": instagram.pk, "target-window": "latest", "target-baseline": ""}
    text = client.get(url, asked, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in text
    assert "Your figures say:" in text
    assert 'value="use-known"' in text
    taken = client.get(url, asked | {"target-baseline": "9,900"}, headers={"hx-request": "true"}).content.decode()
    assert "From your figures:" in taken
    assert "use-known" not in taken
    assert "<html" in client.get(url, asked).content.decode()
    assert "Choose the figure" in client.get(url, {"target-metric": "followers"}).content.decode()
    assert "do not know" in client.get(url, asked | {"target-metric": "story_views"}).content.decode()
