from datetime import datetime, timedelta

import pytest

from calendar_app.models import Post, Publication
from metrics.models import Observation
from metrics.periods import last_days
from metrics.post_results import outstanding
from metrics.totals import Scope


@pytest.fixture
def published(brand, instagram):
    def make(title, likes, views, *, days=3, earlier=None) -> Publication:
        post = Post.objects.create(brand=brand, title=title)
        at = datetime.combine(brand.today() - timedelta(days=days), datetime.min.time(), brand.zone)
        out = Publication.objects.create(brand=brand, post=post, channel=instagram, at=at, published_at=at, status="published")
        snapshots = [(0, {"likes": likes, "views": views}), *([(1, earlier)] if earlier else [])]
        for age, figures in snapshots:
            for measure, value in figures.items():
                Observation.objects.create(
                    brand=brand, channel=instagram, publication=out, measure=measure, value=value,
                    start=at.date(), end=brand.today() - timedelta(days=age),
                )  # fmt: skip
        return out

    return make


def named(rows):
    return [row.publication.post.title for row in rows]


def found(brand, channel=None):
    return outstanding(brand, last_days(28, brand.today()), Scope((channel,) if channel else None))


def test_best_first_and_none_in_both_lists(brand, published):
    for number in range(1, 6):
        published(f"Post {number}", likes=number, views=100)
    posts = found(brand)
    assert named(posts.best) == ["Post 5", "Post 4", "Post 3"]
    assert named(posts.worst) == ["Post 1", "Post 2"]
    assert posts.best[0].rate_shown == "5.00\xa0%"


def test_a_later_snapshot_replaces_the_earlier_one(brand, published):
    published("Film", likes=10, views=100, earlier={"likes": 7, "views": 90})
    assert found(brand).best[0].rate == 10


def test_posts_nobody_saw_and_posts_of_other_days_stay_out(brand, published):
    published("Unseen", likes=1, views=0)
    published("Old", likes=1, views=10, days=60)
    assert found(brand).best == []


def test_one_channel_alone(brand, published, channel_on):
    published("Film", likes=1, views=10)
    assert named(found(brand, channel_on("telegram")).best) == []


def test_any_number_of_posts_takes_three_queries(brand, published, django_assert_num_queries):
    for number in range(8):
        published(f"Post {number}", likes=number, views=100)
    with django_assert_num_queries(3):
        found(brand)
