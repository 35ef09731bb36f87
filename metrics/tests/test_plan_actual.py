"""Plan against actual: eight weeks at a time, the whole strategy in one row, money month by month."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Role
from calendar_app.models import Post, Publication
from metrics.models import LedgerEntry
from metrics.plan_actual import plan_actual, shown_weeks
from strategies.models import BudgetLine, Incident, Strategy, StrategyChannel
from strategies.weeks import monday

MON = date(2027, 1, 4)


@pytest.mark.parametrize(
    ("start", "last", "asked", "first", "newest", "count"),
    [
        (MON, MON + timedelta(days=200), None, MON + timedelta(weeks=21), MON + timedelta(weeks=28), 8),
        (MON, MON + timedelta(days=200), MON + timedelta(weeks=9), MON + timedelta(weeks=2), MON + timedelta(weeks=9), 8),
        (MON, MON + timedelta(days=200), MON - timedelta(weeks=9), MON, MON, 1),
        (MON, MON + timedelta(days=200), MON + timedelta(weeks=99), MON + timedelta(weeks=21), MON + timedelta(weeks=28), 8),
        (MON + timedelta(days=2), MON + timedelta(days=15), None, MON, MON + timedelta(weeks=2), 3),
    ],
)  # fmt: skip
def test_eight_weeks_are_shown_and_none_outside_the_strategy(start, last, asked, first, newest, count):
    weeks = shown_weeks(start, last, asked)
    assert (weeks[0], weeks[-1], len(weeks)) == (first, newest, count)


@pytest.fixture
def strategy(brand, instagram, channel_on) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=monday(today) - timedelta(weeks=20), end=today + timedelta(days=60)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=2)
    StrategyChannel.objects.create(strategy=strategy, channel=channel_on("telegram"), posts_per_week=1)
    return strategy


@pytest.fixture
def publish(brand, instagram):
    def make(day: date, channel=instagram) -> Publication:
        post = Post.objects.create(brand=brand, title=f"Film of {day}", state="approved")
        at = datetime.combine(day, time(10), brand.zone)
        return Publication.objects.create(brand=brand, post=post, channel=channel, at=at, published_at=at, status="published")

    return make


def address(strategy: Strategy, query: str = "") -> str:
    return reverse("metrics:plan_actual", args=["atlas", strategy.pk]) + query


def test_the_whole_strategy_has_a_row_that_keeps_only_what_each_channel_kept(brand, strategy, publish):
    week = monday(brand.today()) - timedelta(weeks=1)
    for days in (0, 1, 2):
        publish(week + timedelta(days=days))
    found = plan_actual(strategy, money=True)
    cell = found.whole[found.weeks.index(week)]
    # Three on Instagram, where two were planned, do not make up for none in Telegram.
    assert (cell.published, cell.planned, cell.is_kept) == (3, "3", False)


def test_weeks_before_are_a_page_away(client, marketer, brand, strategy, publish):
    long_ago = monday(brand.today()) - timedelta(weeks=12)
    publish(long_ago)
    now = client.get(address(strategy)).context["found"]
    assert long_ago not in now.weeks
    assert now.newer is None
    before = client.get(address(strategy, f"?week={now.older}")).context["found"]
    assert before.weeks[-1] == now.weeks[0] - timedelta(weeks=1)
    assert sum(cell.published for cell in before.whole) == 1
    assert before.newer == now.weeks[-1]
    oldest = client.get(address(strategy, f"?week={before.older}")).context["found"]
    assert oldest.older is None


@pytest.mark.parametrize("asked", ["never", "0001-01-01", "9999-12-31", "2027-02-30", "%00"])
def test_a_week_that_makes_no_sense_shows_the_newest(client, marketer, strategy, asked):
    found = client.get(address(strategy, f"?week={asked}")).context["found"]
    assert found.newer is None


def test_a_cell_leads_to_the_posts_of_its_week_and_channel(client, marketer, brand, strategy, publish, instagram):
    week = monday(brand.today()) - timedelta(weeks=1)
    inside, outside = publish(week + timedelta(days=6)), publish(week + timedelta(days=7))
    found = plan_actual(strategy, money=True)
    cells = {channel.pk: cells for channel, cells in found.rows}
    page = client.get(cells[instagram.pk][found.weeks.index(week)].url)
    said = page.content.decode()
    assert str(inside.post) in said
    assert str(outside.post) not in said
    assert "Only the week that begins on" in said


def test_money_stands_beside_its_plan_month_by_month(brand, strategy):
    BudgetLine.objects.create(strategy=strategy, kind="ads", planned=Decimal(1000))
    assert all(month.spent is None for month in plan_actual(strategy, money=True).months)
    LedgerEntry.objects.create(
        brand=brand, strategy=strategy, kind="investment", amount=Decimal("70.25"), currency=brand.currency, date=brand.today()
    )
    LedgerEntry.objects.create(brand=brand, strategy=strategy, kind="investment", amount=9, currency="USD", date=brand.today())
    LedgerEntry.objects.create(
        brand=brand, strategy=strategy, kind="income", amount=8, currency=brand.currency, date=brand.today()
    )
    months = plan_actual(strategy, money=True).months
    assert months[-1].spent == Decimal("70.25")
    assert months[0].spent == 0
    assert all(month.planned > 0 for month in months)


def test_viewers_see_no_money(client, person_in, brand, strategy):
    BudgetLine.objects.create(strategy=strategy, kind="ads", planned=Decimal(1000))
    client.force_login(person_in(Role.VIEWER))
    assert client.get(address(strategy)).context["found"].months == []


def test_before_it_begins_there_is_nothing_to_compare(client, marketer, brand, strategy):
    Strategy.objects.filter(pk=strategy.pk).update(start=brand.today() + timedelta(days=9))
    assert "has not begun" in client.get(address(strategy)).content.decode()


def test_the_queries_grow_neither_with_the_weeks_nor_with_the_posts(client, marketer, brand, strategy, publish):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(strategy)).status_code == 200
        return len(captured)

    BudgetLine.objects.create(strategy=strategy, kind="ads", planned=1000)
    publish(brand.today())
    one = count()
    for weeks in range(1, 8):
        publish(brand.today() - timedelta(weeks=weeks))
        BudgetLine.objects.create(strategy=strategy, kind="ads", planned=1000)
    assert count() == one <= 25


def test_incidents_are_evidence_that_something_unexpected_happened(client, marketer, brand, strategy):
    url = reverse("metrics:evidence", args=["atlas", strategy.pk, "surprises"])
    assert "Incidents written down" in client.get(url).content.decode()
    for number in range(7):
        Incident.objects.create(strategy=strategy, happened_on=brand.today() - timedelta(number), title=f"Storm {number}")
    rows = client.get(url).context["rows"]
    assert rows[0].value == "7"
    assert [row.label for row in rows[1:6]] == [f"Storm {number}" for number in range(5)]
    assert rows[1].note == "not foreseen, not settled yet"
