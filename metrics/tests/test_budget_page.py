"""Planned and spent: line by line, month by month, nothing added that must not be."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brands.models import Brand, Membership, Role, User
from metrics.budget_page import planned_by_month, table
from metrics.models import LedgerEntry
from strategies.models import BudgetLine, Strategy


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Choyxona", slug="choyxona", currency="UZS")


@pytest.fixture
def strategy(brand) -> Strategy:
    return Strategy.objects.create(brand=brand, name="Bahor", start=date(2027, 2, 15), end=date(2027, 4, 30))


@pytest.fixture
def ads(strategy) -> BudgetLine:
    line = strategy.budget_lines.create(kind="ads", name="Meta Ads", planned=300)
    line.months.create(month=date(2027, 3, 1), planned=100)
    line.months.create(month=date(2027, 4, 1), planned=200)
    return line


def person(brand: Brand, role: Role) -> Client:
    user = User.objects.create_user(f"{role.name}@example.com", name=role.name)
    Membership.objects.create(brand=brand, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def spend(strategy: Strategy, amount: str, day: date, line: BudgetLine | None = None, **more) -> LedgerEntry:
    values = {"kind": "investment", "currency": "UZS"} | more
    return LedgerEntry.objects.create(
        brand=strategy.brand, strategy=strategy, date=day, amount=Decimal(amount), budget_line=line, **values
    )


def test_each_line_says_what_was_planned_spent_and_is_left(strategy, ads):
    spend(strategy, "120.50", date(2027, 3, 3), ads)
    spend(strategy, "20", date(2027, 3, 31), ads)
    found = table(strategy)
    (row,) = found.rows
    assert found.months == [date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1)]
    assert (row.whole.planned, row.whole.spent, row.whole.left) == (300, Decimal("140.50"), Decimal("159.50"))
    assert [(cell.planned, cell.spent, cell.is_over) for cell in row.months] == [
        (None, 0, False), (100, Decimal("140.50"), True), (200, 0, False)
    ]  # fmt: skip


def test_what_was_spent_without_a_line_stands_in_a_row_of_its_own(strategy, ads):
    spend(strategy, "7", date(2027, 5, 2))
    found = table(strategy)
    assert [row.line for row in found.rows] == [ads, None]
    assert found.rows[1].whole.planned is None and found.rows[1].whole.is_over
    assert found.foot.whole.spent == 7 and found.months[-1] == date(2027, 5, 1)


def test_income_and_other_currencies_are_never_added(strategy, ads):
    spend(strategy, "7", date(2027, 3, 2), ads, kind="income")
    spend(strategy, "9", date(2027, 3, 2), ads, currency="USD")
    found = table(strategy)
    assert found.foot.whole.spent == 0
    assert found.others == [("USD", Decimal(9))]


def test_a_line_without_months_is_spread_by_days_to_the_cent(strategy):
    line = strategy.budget_lines.create(kind="tools", planned=Decimal("100.01"))
    shares = planned_by_month(line, strategy)
    assert sum(shares.values()) == Decimal("100.01")
    assert shares[date(2027, 2, 1)] == Decimal("18.67")  # 14 of 75 days


def test_a_quarter_after_the_last_look_the_next_is_due(strategy):
    found = table(strategy)
    assert found.due_on == date(2027, 5, 18)
    assert not found.is_due(date(2027, 5, 17)) and found.is_due(date(2027, 5, 18))


def test_the_page_shows_the_table_and_marks_what_is_over(brand, strategy, ads):
    spend(strategy, "120", date(2027, 3, 3), ads)
    page = person(brand, Role.MARKETER).get(f"/brands/choyxona/strategies/{strategy.pk}/money/").content.decode()
    assert "Meta Ads" in page and "over plan" in page


def test_without_a_budget_the_page_says_what_will_be_there(brand, strategy):
    assert (
        "No budget yet" in person(brand, Role.MARKETER).get(f"/brands/choyxona/strategies/{strategy.pk}/money/").content.decode()
    )


def test_viewers_see_no_money(brand, strategy):
    assert person(brand, Role.VIEWER).get(f"/brands/choyxona/strategies/{strategy.pk}/money/").status_code == 403


def test_one_line_takes_as_many_queries_as_three(brand, strategy, ads):
    client, address = person(brand, Role.MARKETER), f"/brands/choyxona/strategies/{strategy.pk}/money/"
    spend(strategy, "1", date(2027, 3, 3), ads)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for kind in ("tools", "staff"):
        line = strategy.budget_lines.create(kind=kind, planned=5)
        line.months.create(month=date(2027, 3, 1), planned=5)
        spend(strategy, "1", date(2027, 4, 3), line)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three) <= 25
