"""Schedule adherence where an editorial plan covers the weeks."""

from datetime import date, datetime

import pytest

from calendar_app.models import Post, Publication
from metrics.totals import totals
from strategies.models import CommunicationPlan, EditorialPlan, Slot, Strategy, StrategyChannel

FIRST, LAST = date(2026, 1, 5), date(2026, 1, 25)


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    strategy = Strategy.objects.create(brand=brand, name="Winter", start=FIRST, end=date(2026, 3, 31))
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=3)
    return strategy


@pytest.fixture
def publish(brand):
    def make(channel, day: str) -> None:
        at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        post = Post.objects.create(brand=brand, title="Atlas scarf")
        Publication.objects.create(brand=brand, post=post, channel=channel, at=at, published_at=at, status="published")

    return make


@pytest.fixture
def january(brand, instagram) -> EditorialPlan:
    year = CommunicationPlan.objects.create(brand=brand, name="2026", start=date(2026, 1, 1), end=date(2026, 12, 31))
    plan = EditorialPlan.objects.create(
        brand=brand, communication_plan=year, channel=instagram, start=date(2026, 1, 1), end=date(2026, 1, 31)
    )
    Slot.objects.bulk_create(Slot(plan=plan, weekday=weekday, time="10:00") for weekday in (0, 1, 2, 3, 4))
    return plan


def test_slots_are_what_was_planned(brand, instagram, strategy, publish, january):
    for day in ("2026-01-05", "2026-01-06", "2026-01-20"):
        publish(instagram, day)
    for scope in ({}, {"strategy": strategy}):
        found = totals(brand, FIRST, LAST, **scope)
        assert (found.value("posts_kept"), found.value("posts_planned")) == (3, 15)
        assert found.result("schedule_adherence").exact == 20


def test_the_plan_of_another_strategy_is_not_this_ones(brand, strategy, january):
    other = Strategy.objects.create(brand=brand, name="Other", start=date(2026, 1, 1), end=date(2026, 6, 30))
    EditorialPlan.objects.filter(pk=january.pk).update(strategy=other)
    assert totals(brand, FIRST, LAST, strategy=strategy).value("posts_planned") == 9
    assert totals(brand, FIRST, LAST, strategy=other).value("posts_planned") is None, "it uses no channel"
    assert totals(brand, FIRST, LAST).value("posts_planned") == 15


def test_slots_count_without_any_cadence(brand, strategy, january):
    strategy.delete()
    assert totals(brand, FIRST, LAST).value("posts_planned") == 15
