"""What a change reaches, and what it does not: computed again are only the scopes and periods that may show it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from metrics.models import KpiValue, LedgerEntry, Observation, RecomputeRun, StalePeriod, Standing
from metrics.period_presets import LATEST
from metrics.recompute import (
    brands_due,
    cut_off,
    forget_old_runs,
    look_again,
    mark_stale,
    recompute_all_of,
    recompute_stale,
    recompute_stale_of,
)
from metrics.stale import after_money
from metrics.stored_values import compute
from strategies.models import Strategy, StrategyChannel

TODAY = date(2026, 2, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("brands.models.Brand.today", lambda brand: TODAY)


@pytest.fixture
def year(brand, instagram, record):
    """A year of likes, computed."""
    for number in range(0, 400, 3):
        record("likes", str(TODAY - timedelta(days=number)), 5, channel=instagram)
    recompute_stale()
    return brand


@pytest.fixture
def asked(monkeypatch) -> list:
    """The scopes and periods that are computed from now on."""
    found = []

    def watched(brand, items):
        found.extend((item.target, item.period.value, item.span.start.isoformat()) for item in items)
        return compute(brand, items)

    monkeypatch.setattr("metrics.recompute.compute", watched)
    return found


def test_a_figure_touches_its_own_periods_and_those_compared_with_them(year, instagram, channel_on, asked):
    mark_stale(year, instagram, date(2025, 10, 8), date(2025, 10, 8), carries=False)
    recompute_stale()
    assert {row[0] for row in asked} == {"brand", "channel"}
    assert {row[1:] for row in asked} == {
        ("week", "2025-10-06"),
        ("week", "2025-10-13"),
        ("month", "2025-10-01"),
        ("month", "2025-11-01"),
        ("quarter", "2025-10-01"),
        ("quarter", "2026-01-01"),
        ("year", "2025-01-01"),
        ("year", "2026-01-01"),
    }


def test_a_stock_is_carried_on_until_its_next_figure_and_no_further(year, instagram, record, asked):
    record("followers", "2025-06-10", 100, channel=instagram)
    record("followers", "2025-09-20", 100, channel=instagram)
    mark_stale(year, instagram, date(2025, 6, 10), date(2025, 6, 10))
    recompute_stale()
    months = {start for _scope, period, start in asked if period == "month"}
    assert months == {"2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01"}


def test_other_channels_and_their_strategies_are_left_alone(year, instagram, channel_on, asked):
    x = channel_on("x")
    for name, channel in (("Ours", instagram), ("Theirs", x)):
        strategy = Strategy.objects.create(brand=year, name=name, start=date(2025, 9, 1), end=date(2025, 12, 1))
        StrategyChannel.objects.create(strategy=strategy, channel=channel)
    look_again(year)
    recompute_stale()
    asked.clear()
    mark_stale(year, x, date(2025, 10, 8), date(2025, 10, 8))
    recompute_stale()
    assert len([row for row in asked if row[:2] == ("channel", "month") and row[2] == "2025-10-01"]) == 1
    assert len([row for row in asked if row[:2] == ("strategy", "month") and row[2] == "2025-10-01"]) == 1


def test_nothing_is_computed_where_nothing_changed(year, asked):
    assert recompute_stale() == 0
    look_again(year)
    assert recompute_stale() == 1
    assert asked == []


def test_a_new_day_has_the_current_periods_computed(year, asked, monkeypatch):
    monkeypatch.setattr("brands.models.Brand.today", lambda brand: TODAY + timedelta(days=1))
    assert brands_due() == [year.pk]
    recompute_stale()
    assert {row[1:] for row in asked} == {
        ("week", "2026-02-09"), ("week", "2026-02-16"), ("month", "2026-02-01"), ("quarter", "2026-01-01"), ("year", "2026-01-01"),
    }  # fmt: skip


def test_a_published_post_has_its_month_computed_whoever_published_it(year, instagram, asked):
    from calendar_app.models import Post, Publication

    post = Post.objects.create(brand=year, title="Tea")
    moment = timezone.now().replace(year=2025, month=11, day=12)
    Publication.objects.create(brand=year, post=post, channel=instagram, at=moment, published_at=moment, status="published")
    look_again(year)
    recompute_stale()
    assert {start for _scope, period, start in asked if period == "month"} == {"2025-11-01", "2025-12-01"}


def test_any_request_that_may_write_has_the_brand_looked_at_again(year, marketer, client):
    assert brands_due() == []
    client.get(reverse("metrics:entries", args=[year.slug]))
    assert brands_due() == []
    client.post(reverse("metrics:new_entry", args=[year.slug]), {})
    assert brands_due() == [year.pk]


def test_the_first_money_of_a_kind_counts_on_and_the_second_does_not(year, instagram):
    def spend(day: date) -> StalePeriod:
        row = LedgerEntry.objects.create(brand=year, kind="investment", amount=5, currency="UZS", date=day, channel=instagram)
        after_money(year, [row])
        return StalePeriod.objects.latest("pk")

    assert spend(date(2025, 11, 5)).end == LATEST
    assert spend(date(2025, 12, 5)).end == date(2025, 12, 5)
    assert spend(date(2025, 10, 5)).end == date(2025, 11, 5)


# --- claims


def test_while_somebody_computes_a_brand_others_leave_it(year, instagram):
    Standing.objects.update(claim="other", claimed_until=timezone.now() + timedelta(minutes=1))
    mark_stale(year, instagram, TODAY, TODAY)
    assert not recompute_stale_of(year.pk)
    assert StalePeriod.objects.exists()


def test_the_claim_of_a_worker_that_died_runs_out(year, instagram):
    dead = RecomputeRun.objects.create(brand=year, kind="full", claimed_until=timezone.now() - timedelta(seconds=1))
    Standing.objects.update(claim="dead", claimed_until=timezone.now() - timedelta(seconds=1))
    assert cut_off() == [year.pk]
    assert recompute_all_of(year.pk)
    dead.refresh_from_db()
    assert dead.error == RecomputeRun.CUT_OFF
    assert cut_off() == []


def test_a_worker_that_was_taken_for_dead_writes_nothing(year, instagram, monkeypatch):
    def overtaken(brand, items):
        Standing.objects.update(claim="other", claimed_until=timezone.now() + timedelta(minutes=1))
        return compute(brand, items)

    Observation.objects.update(value=7)
    mark_stale(year, instagram, date(2025, 3, 1), TODAY)
    before = list(KpiValue.objects.order_by("pk").values())
    monkeypatch.setattr("metrics.recompute.compute", overtaken)
    recompute_stale_of(year.pk)
    assert list(KpiValue.objects.order_by("pk").values()) == before
    assert StalePeriod.objects.exists()
    assert RecomputeRun.objects.first().error == RecomputeRun.CUT_OFF
    assert Standing.objects.get().claim == "other"


def test_what_changes_while_everything_is_computed_is_no_drift(year, instagram, monkeypatch):
    def changed_meanwhile(brand, items):
        if len(items) > 20:
            Observation.objects.filter(start__gte=date(2026, 1, 1)).update(value=9)
            mark_stale(brand, instagram, date(2026, 1, 1), TODAY)
        return compute(brand, items)

    monkeypatch.setattr("metrics.recompute.compute", changed_meanwhile)
    recompute_all_of(year.pk)
    run = RecomputeRun.objects.first()
    assert run.written
    assert run.drift == 0


def test_old_runs_are_forgotten(year):
    RecomputeRun.objects.create(brand=year, kind="full", started_at=timezone.now() - timedelta(days=80))
    RecomputeRun.objects.create(brand=year, kind="stale", started_at=timezone.now() - timedelta(days=80))
    forget_old_runs()
    old = RecomputeRun.objects.filter(started_at__lt=timezone.now() - timedelta(days=1))
    assert [run.kind for run in old] == ["full"]
