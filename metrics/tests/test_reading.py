"""Statements that are made once must answer for every brand, zone and span as if they were made for it alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Brand, Channel
from calendar_app.models import Post, Publication
from metrics.models import LedgerEntry, Observation
from metrics.periods import Span
from metrics.totals import Scope, totals, totals_of
from strategies.models import BudgetLine, Goal, Strategy, Target

JANUARY = Span(date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def other(instagram) -> Channel:
    """The same platform of another brand, whose clocks run five hours behind Tashkent's."""
    brand = Brand.objects.create(name="Humo", slug="humo", time_zone="UTC")
    return Channel.objects.create(brand=brand, platform=instagram.platform, handle="humo")


def publish(channel: Channel, at: datetime) -> None:
    post = Post.objects.create(brand=channel.brand, title="Ikat")
    Publication.objects.create(
        brand=channel.brand, post=post, channel=channel, at=at, published_at=at, status=Publication.Status.PUBLISHED
    )


def test_each_brand_gets_its_own_figures_money_and_plan(brand, instagram, other):
    for channel, times in ((instagram, 1), (other, 10)):
        brand_of = channel.brand
        Observation.objects.create(
            brand=brand_of, channel=channel, measure="likes", start=date(2026, 1, 5), end=date(2026, 1, 5), value=4 * times
        )
        LedgerEntry.objects.create(
            brand=brand_of,
            kind=LedgerEntry.Kind.INVESTMENT,
            date=date(2026, 1, 5),
            amount=Decimal("0.10") * times,
            currency=brand_of.currency,
        )
        strategy = Strategy.objects.create(brand=brand_of, name="Spring", start=JANUARY.start, end=JANUARY.end)
        BudgetLine.objects.create(strategy=strategy, kind=BudgetLine.Kind.ADS, planned=Decimal("0.30") * times)
    for channel, times in ((instagram, 1), (other, 10)):
        found = totals(channel.brand, JANUARY.start, JANUARY.end)
        assert (found.value("likes"), found.value("investment"), found.value("planned")) == (
            4 * times,
            Fraction(times, 10),
            Fraction(3 * times, 10),
        )


def test_a_day_ends_when_it_does_in_the_zone_of_the_brand(brand, instagram, other):
    """Nine in the evening in UTC is the second of January in Tashkent."""
    for channel in (instagram, other):
        publish(channel, datetime(2026, 1, 1, 21, tzinfo=UTC))
    first = Span(date(2026, 1, 1), date(2026, 1, 1))
    assert totals(brand, first.start, first.end).value("posts_published") == 0
    assert totals(other.brand, first.start, first.end).value("posts_published") == 1


def test_the_same_number_of_cuts_on_other_days_is_another_question(brand, instagram, record):
    for day, value in (("2026-01-05", 1), ("2026-02-05", 20), ("2026-03-05", 300)):
        record("likes", day, value, channel=instagram)
    for month, value in ((1, 1), (2, 20), (3, 300)):
        assert totals(brand, date(2026, month, 1), date(2026, month, 28)).value("likes") == value


def test_a_stock_opens_with_the_last_figure_before_the_days(brand, instagram, record):
    for day, value in (("2025-02-01", 90), ("2025-03-01", 100), ("2026-01-20", 130)):
        record("followers", day, value, channel=instagram)
    found = totals(brand, JANUARY.start, JANUARY.end)
    assert (found.value("followers_start"), found.value("followers")) == (100, 130)


def test_everything_is_read_in_two_queries_however_many_spans(brand, instagram):
    numbers = []
    for spans in ([JANUARY], [JANUARY, JANUARY.previous, JANUARY.previous.previous]):
        totals_of(brand, spans, [Scope()])
        with CaptureQueriesContext(connection) as captured:
            totals_of(brand, spans, [Scope()])
        numbers.append(len(captured))
    assert numbers == [2, 2]


def test_the_results_page_takes_fifteen_queries_at_most_with_goals_and_channels(client, marketer, brand, instagram, record):
    today = brand.today()
    record("likes", today.isoformat(), 4, channel=instagram)
    strategy = Strategy.objects.create(brand=brand, name="Spring", start=today.replace(day=1), end=today)
    strategy.strategy_channels.create(channel=instagram)
    goal = Goal.objects.create(strategy=strategy, text="More likes")
    Target.objects.create(goal=goal, metric="likes", value=10).channels.add(instagram)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("metrics:results", args=[brand.slug]))
    assert page.status_code == 200
    assert "More likes" in page.content.decode()
    assert len(captured) <= 15, [query["sql"][:90] for query in captured]
