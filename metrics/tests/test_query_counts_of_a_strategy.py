"""Pages and windows that judge a strategy ask no more of the database when it holds more."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand, Channel, Role
from calendar_app.models import Post, Publication
from metrics.models import Finding
from strategies.models import Strategy
from strategies.tests.growing import grow

pytestmark = pytest.mark.once

MOST = 25
PAGES = (
    "strategies/{strategy}/health/", "strategies/{strategy}/document/", "strategies/{strategy}/goals/{goal}/",
    "strategies/{strategy}/posts/", "strategies/{strategy}/money/", "strategies/{strategy}/links/",
    "strategies/{strategy}/next-cycle/", "windows/strategy/{strategy}/goals/", "windows/strategy/{strategy}/thread/",
    "windows/strategy/{strategy}/plan/", "windows/strategy/{strategy}/assets/", "windows/strategy/{strategy}/evidence/goals/",
    "windows/strategy/{strategy}/alerts/", "windows/strategy/{strategy}/findings/", "windows/strategy/{strategy}/health/",
    "windows/strategy/{strategy}/score/", "calendar/mix/{strategy}/format/", "calendar/mix/{strategy}/pillars/",
    "strategies/{strategy}/surveys/", "strategies/{strategy}/presets/",
)  # fmt: skip


@pytest.fixture
def channels(channel_on) -> list[Channel]:
    return [channel_on(slug) for slug in ("instagram", "telegram", "facebook", "tiktok")]


def write_posts(strategy: Strategy, channels: list[Channel], count: int) -> None:
    brand, goals, pillars = strategy.brand, list(strategy.goals.all()), list(strategy.pillars.all())
    posts = [
        Post(
            brand=brand, strategy=strategy, goal=goals[number % len(goals)], pillar=pillars[number % len(pillars)],
            title=f"Post {number}", state="approved", format="video", purpose="attract",
        )
        for number in range(count)
    ]  # fmt: skip
    Post.objects.bulk_create(posts)
    first = datetime.combine(strategy.start, time(12), brand.zone)
    Publication.objects.bulk_create(
        Publication(
            brand=brand, post=post, channel=channels[number % len(channels)], at=first + timedelta(hours=number),
            status="published", published_at=first + timedelta(hours=number),
        )
        for number, post in enumerate(posts)
    )  # fmt: skip
    for post in posts[: max(count // 10, 1)]:
        Finding.objects.create(brand=brand, strategy=strategy, text="It works", verdict="works").posts.add(post)


@pytest.fixture
def lead(person_in, client):
    user = person_in(Role.LEAD)
    client.force_login(user)
    return user


@pytest.fixture
def counted(client, brand: Brand, lead, channels):
    """Address -> queries for a strategy with one row of each, and for one with many."""

    def count(address: str) -> tuple[int, int]:
        found, today = [], brand.today()
        for goals, personas, others, posts in ((1, 1, 1, 1), (50, 20, 30, 200)):
            start, end = today - timedelta(days=60), today + timedelta(days=120)
            strategy = Strategy.objects.create(brand=brand, name=f"With {goals}", start=start, end=end)
            grow(strategy, channels, lead, goals, personas, others)
            write_posts(strategy, channels, posts)
            url = f"/brands/atlas/{address.format(strategy=strategy.pk, goal=strategy.goals.first().pk)}"
            # The first look writes down what it sees.
            assert client.get(url).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
            strategy.delete()
        return found[0], found[1]

    return count


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_judges_takes_the_same_few_queries_however_much_the_strategy_holds(counted, address):
    few, many = counted(address)
    assert few == many
    assert many <= MOST
