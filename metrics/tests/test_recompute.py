from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand
from metrics.models import KpiValue, Observation, StalePeriod
from metrics.periods import Span
from metrics.recompute import mark_stale, recompute, recompute_all, recompute_stale
from metrics.stored_values import compute
from metrics.totals.records import Records
from metrics.totals.summed import Summed, SummedRecords, sums_of
from strategies.models import Strategy, StrategyChannel

START, END = date(2026, 1, 1), date(2026, 1, 31)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("brands.models.Brand.today", lambda brand: date(2026, 2, 15))


def stored(kpi: str, **lookups) -> KpiValue:
    return KpiValue.objects.get(kpi=kpi, **({"channel": None, "strategy": None, "period": "month", "start": START} | lookups))


def engaged(record, channel, likes=10):
    for measure, value in {"likes": likes, "comments": 5, "shares": 3, "saves": 2, "views": 1000}.items():
        record(measure, "2026-01-05", value, channel=channel)


def test_values_are_stored_for_brand_channel_and_strategy(brand, instagram, record):
    strategy = Strategy.objects.create(brand=brand, name="Winter", start=START, end=END)
    StrategyChannel.objects.create(strategy=strategy, channel=instagram)
    engaged(record, instagram)
    recompute(brand, START, END)
    for owner in ({}, {"channel": instagram}, {"strategy": strategy}):
        value = stored("engagement_rate_impressions", **owner)
        assert (value.status, value.value, value.exact, value.inputs) == (
            "ok",
            Decimal("2.0000"),
            "2",
            {"interactions": "20", "impressions": "1000"},
        )


def test_weeks_are_stored_beside_months(brand, instagram, record):
    engaged(record, instagram)
    recompute(brand, START, END)
    assert stored("engagement_rate_impressions", period="week", start=date(2026, 1, 5)).end == date(2026, 1, 11)


def test_what_has_no_measured_input_is_not_stored(brand, instagram, record):
    engaged(record, instagram)
    recompute(brand, START, END)
    assert not KpiValue.objects.filter(kpi="nps").exists()
    assert stored("engagement_rate_reach").status == "MISSING_INPUT"


def test_computing_again_keeps_the_row(brand, instagram, record):
    engaged(record, instagram)
    recompute(brand, START, END)
    before = stored("engagement_rate_impressions")
    Observation.objects.filter(measure="likes").update(value=110)
    recompute(brand, START, END)
    after = stored("engagement_rate_impressions")
    assert (after.pk, after.value) == (before.pk, 12)


def test_a_value_whose_figures_are_gone_becomes_missing(brand, instagram, record):
    engaged(record, instagram)
    recompute(brand, START, END)
    Observation.objects.all().delete()
    recompute(brand, START, END)
    value = stored("engagement_rate_impressions")
    assert (value.status, value.value, value.inputs) == ("MISSING_INPUT", None, {})


def test_later_months_are_computed_again_too(brand, instagram, record):
    record("followers", "2026-01-20", 1000, channel=instagram)
    record("followers", "2026-02-10", 1100, channel=instagram)
    recompute(brand, START, END)
    assert stored("follower_growth_rate", start=date(2026, 2, 1)).value == 10


def test_only_the_marked_is_computed_and_the_mark_goes(brand, instagram, channel_on, record):
    x = channel_on("x")
    engaged(record, instagram)
    record("impressions", "2026-01-05", 10, channel=x)
    recompute_stale()
    Observation.objects.filter(measure__in=["likes", "impressions"]).update(value=110)
    mark_stale(brand, instagram, date(2026, 1, 5), date(2026, 1, 5))
    assert recompute_stale() == 1
    assert stored("engagement_rate_impressions", channel=instagram).value == 12
    assert stored("engagement_rate_impressions", channel=x).inputs["impressions"] == "10"
    assert not StalePeriod.objects.exists()
    assert recompute_stale() == 0


def test_a_mark_made_while_computing_stays(brand, instagram, record, monkeypatch):
    engaged(record, instagram)
    mark_stale(brand, instagram, START, START)

    def compute_and_mark(*arguments):
        mark_stale(brand, instagram, END, END)
        return compute(*arguments)

    monkeypatch.setattr("metrics.recompute.compute", compute_and_mark)
    recompute_stale()
    assert StalePeriod.objects.get().start == END


def test_all_of_a_brand_is_computed_from_its_first_day(brand, instagram, record):
    record("likes", "2025-03-05", 1, channel=instagram)
    engaged(record, instagram)
    recompute_all()
    assert KpiValue.objects.filter(start=date(2025, 3, 1), kpi="applause_rate").exists()
    assert stored("engagement_rate_impressions").value == 2


def test_a_brand_without_figures_computes_nothing(brand):
    recompute_all()
    assert not KpiValue.objects.exists()


def test_impossible_sizes_are_invalid_and_not_an_error(brand, record):
    for measure in ("average_order_value", "orders_per_year", "lifespan_years"):
        record(measure, "2026-01-05", 10**15)
    record("gross_margin", "2026-01-05", 1)
    recompute(brand, START, END)
    assert stored("clv").status == "INVALID_INPUT"


def test_more_days_take_no_more_queries(brand, instagram, record):
    def views_of(days):
        for number in days:
            record("views", str(date(2025, 3, 1) + timedelta(days=number)), 5, channel=instagram)
        with CaptureQueriesContext(connection) as asked:
            recompute(brand, date(2025, 1, 1), END)
        return len(asked)

    engaged(record, instagram)
    views_of(range(3))
    some = views_of(range(3, 33))
    assert views_of(range(33, 300)) <= some <= 35


def test_an_accident_with_one_brand_does_not_keep_the_values_of_the_others_back(brand, instagram, record, monkeypatch, caplog):
    first = Brand.objects.create(name="Somsaxona", slug="somsaxona")
    engaged(record, instagram)
    mark_stale(first, None, START, END)
    mark_stale(brand, None, START, END)

    def compute_or_fail(asked, *arguments):
        if asked == first:
            raise OverflowError("date value out of range")
        return compute(asked, *arguments)

    monkeypatch.setattr("metrics.recompute.compute", compute_or_fail)
    recompute_stale()
    assert stored("engagement_rate_impressions").status == "ok"
    assert [mark.brand for mark in StalePeriod.objects.all()] == [first], "what failed is tried again"
    assert "could not be computed" in caplog.text


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_at_the_end_of_the_calendar_is_computed_without_its_centuries(brand, instagram, record, day):
    engaged(record, instagram)
    recompute(brand, *sorted([day, START]))
    assert KpiValue.objects.filter(brand=brand).exists()
    assert not KpiValue.objects.filter(start__lt=date(1999, 12, 31)).exists()


@pytest.mark.only_on_services
def test_the_sums_of_all_periods_at_once_are_those_that_pages_read(brand, instagram, record):
    engaged(record, instagram)
    for number in range(70):
        record("views", str(date(2025, 3, 1) + timedelta(days=number)), f"5.{number:02}", channel=instagram)
    record("brand_mentions", "2025-03-02", 7)
    spans = [Span(date(2025, month, 1), date(2025, month, 28)) for month in (3, 4)]
    at_once, usual = (
        SummedRecords(brand, spans, before=[Span(date(2025, 2, 1), date(2025, 2, 28))]),
        Records(brand, spans, before=[Span(date(2025, 2, 1), date(2025, 2, 28))]),
    )
    assert at_once.figures and all(isinstance(book, Summed) for book in at_once.figures.values())
    assert {key: sums_of(book) for key, book in at_once.figures.items()} == {
        key: sums_of(book) for key, book in usual.figures.items()
    }
    record("reach", "2025-03-01", 9, end="2025-03-07", channel=instagram)
    with_long = SummedRecords(brand, spans)
    assert not any(isinstance(book, Summed) for book in with_long.figures.values())
