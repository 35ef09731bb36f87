from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from brands.models import Role
from metrics import ledger
from metrics.models import LedgerEntry, StalePeriod
from metrics.periods import Span
from metrics.spending import spending
from strategies.models import BudgetLine, Strategy

TODAY = date(2026, 1, 20)


@pytest.fixture
def strategy(brand) -> Strategy:
    return Strategy.objects.create(brand=brand, name="Spring", start=date(2026, 1, 1), end=date(2026, 6, 30))


@pytest.fixture
def spend(brand):
    def make(kind: str, amount: object, day: date = TODAY, **fields) -> LedgerEntry:
        values = {"currency": "UZS", **fields}
        return LedgerEntry.objects.create(brand=brand, kind=kind, amount=Decimal(str(amount)), date=day, **values)

    return make


def add(client, **typed):
    typed = {"date": "2026-01-20", "currency": "UZS", "cogs": "0", **typed}
    return client.post(reverse("metrics:new_entry", args=["atlas"]), typed)


def test_an_income_brings_its_cost_of_goods_along_even_when_that_is_zero(client, marketer, brand):
    add(client, income="1,000")
    assert {row.kind: row.amount for row in brand.ledger_entries.all()} == {"income": 1000, "cogs": 0}


def test_an_investment_alone_says_nothing_about_goods(client, marketer, brand):
    add(client, investment="500")
    assert [row.kind for row in brand.ledger_entries.all()] == ["investment"]


def test_the_form_never_asks_for_profit(client, marketer):
    page = client.get(reverse("metrics:new_entry", args=["atlas"]))
    assert set(page.context["form"].fields) >= {"income", "cogs", "investment"}
    assert not any("profit" in name for name in page.context["form"].fields)


def test_nothing_entered_is_refused(client, marketer, brand):
    page = add(client)
    assert "Enter an income, an investment, or both." in page.content.decode()
    assert not brand.ledger_entries.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_that_no_page_shows_is_refused_beside_its_field(client, marketer, brand, day):
    page = add(client, investment="5", date=day)
    assert page.context["form"].errors["date"] == ["Choose a day between 2000 and 2100."]
    assert not brand.ledger_entries.exists()


@pytest.mark.parametrize("typed", ["-5", "abc", "1e99", "9" * 30, "NaN", "Infinity"])
def test_an_amount_that_is_none_is_refused_beside_its_field(client, marketer, brand, typed):
    page = add(client, investment=typed)
    assert page.status_code == 200
    assert page.context["form"].errors["investment"]
    assert not brand.ledger_entries.exists()


def test_a_budget_line_of_another_strategy_is_refused(client, marketer, brand, strategy):
    other = Strategy.objects.create(brand=brand, name="Autumn", start=date(2026, 7, 1), end=date(2026, 12, 31))
    line = BudgetLine.objects.create(strategy=other, kind="ads", planned=10)
    page = add(client, investment="5", strategy=strategy.pk, budget_line=line.pk)
    assert page.context["form"].errors["budget_line"]


def test_a_budget_line_names_its_strategy(client, marketer, brand, strategy):
    line = BudgetLine.objects.create(strategy=strategy, kind="ads", planned=10)
    add(client, investment="5", budget_line=line.pk)
    assert brand.ledger_entries.get().strategy == strategy


def test_a_new_entry_makes_the_kpis_of_its_day_stale(client, marketer, brand):
    add(client, investment="5")
    assert StalePeriod.objects.filter(brand=brand, start=TODAY).exists()


def test_two_people_editing_one_entry_lose_nothing(client, marketer, brand, spend):
    entry = spend("investment", 500)
    url = reverse("metrics:entry", args=["atlas", entry.pk])
    typed = {"date": "2026-01-20", "kind": "investment", "currency": "UZS", "note": "mine", "amount": "700", "version": "1"}
    entry.note = "theirs"
    entry.save_version(1)
    page = client.post(url, typed)
    assert "Somebody changed this while you were editing" in page.content.decode()
    assert 'value="700"' in page.content.decode()
    entry.refresh_from_db()
    assert (entry.amount, entry.note) == (500, "theirs")
    client.post(url, typed | {"version": "2"})
    entry.refresh_from_db()
    assert entry.amount == 700


def test_a_deleted_entry_can_be_put_back(client, marketer, brand, spend):
    entry = spend("income", "12.50", note="promo code")
    page = client.post(reverse("metrics:delete_entry", args=["atlas", entry.pk]), follow=True)
    assert not brand.ledger_entries.exists()
    assert "Undo" in page.content.decode()
    client.post(reverse("metrics:restore", args=["atlas"]))
    back = brand.ledger_entries.get()
    assert (back.pk, back.amount, back.note) == (entry.pk, Decimal("12.50"), "promo code")


def test_undo_works_once_and_without_a_deleted_row_says_so(client, marketer, brand):
    page = client.post(reverse("metrics:restore", args=["atlas"]), follow=True)
    assert "can no longer be undone" in page.content.decode()


def test_what_was_deleted_in_one_brand_does_not_come_back_in_another(client, marketer, brand, spend):
    entry = spend("income", 5)
    client.post(reverse("metrics:delete_entry", args=["atlas", entry.pk]))
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    other.memberships.create(user=marketer, role=Role.MARKETER)
    client.post(reverse("metrics:restore", args=["ipak"]))
    assert not LedgerEntry.objects.exists()


def test_currencies_stand_apart(brand, spend):
    spend("income", 100)
    spend("income", 7, currency="USD")
    found = ledger.by_currency(ledger.entries(brand, TODAY, TODAY), "UZS")
    assert [(book.currency, book.income) for book in found] == [("UZS", 100), ("USD", 7)]


def test_large_sums_are_exact_on_every_database(brand, spend):
    # Storing in SQLite keeps fifteen digits; adding must not lose any of them.
    for amount in ("9999999999999.99", "9999999999999.98", "0.03"):
        spend("income", amount)
    found = ledger.entries(brand, TODAY, TODAY)
    assert ledger.by_currency(found, "UZS")[0].income == Decimal("20000000000000.00")
    assert ledger.income_by_channel(found, "UZS", [])[0].amount == Decimal("20000000000000.00")


def test_a_kind_that_nobody_recorded_is_not_zero(brand, spend):
    spend("income", 100)
    book = ledger.by_currency(ledger.entries(brand, TODAY, TODAY), "UZS")[0]
    assert book.investment is None
    assert book.net_profit is None


def test_shares_of_the_costs_are_by_line(brand, spend, strategy):
    ads = BudgetLine.objects.create(strategy=strategy, kind="ads", name="Ads", planned=1)
    spend("investment", 30, budget_line=ads)
    spend("investment", 10)
    rows, whole = spending(ledger.entries(brand, TODAY, TODAY), [], Span(TODAY, TODAY), "UZS")
    assert [(row.line, row.spent, row.share) for row in rows] == [(ads, 30, 75), (None, 10, 25)]
    assert whole.spent == 40


@pytest.mark.parametrize("name", ["return", "entries", "new_entry"])
def test_viewers_never_reach_money(client, person_in, brand, name):
    client.force_login(person_in(Role.VIEWER))
    assert client.get(reverse(f"metrics:{name}", args=["atlas"])).status_code == 403


def test_the_list_asks_the_same_for_one_entry_and_for_three(client, marketer, brand, spend, instagram, strategy, count_queries):
    url = reverse("metrics:entries", args=["atlas"])
    spend("income", 1, channel=instagram, strategy=strategy)
    one = count_queries(client, url)
    spend("income", 1, channel=instagram, strategy=strategy)
    spend("income", 1, channel=instagram, strategy=strategy)
    assert count_queries(client, url) == one


def test_hours_worked_belong_to_what_was_invested(client, marketer, brand):
    add(client, income="10", investment="5", hours="7.5")
    assert {row.kind: row.hours for row in brand.ledger_entries.all()} == {
        "income": None,
        "cogs": None,
        "investment": Decimal("7.5"),
    }
