from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from metrics.drawings import NARROW, Step, log_widths, scale, waterfall
from metrics.models import LedgerEntry
from strategies.models import Goal, Strategy, Target


@pytest.fixture
def book(brand):
    def write(**amounts) -> None:
        currency = amounts.pop("currency", "UZS")
        for kind, amount in amounts.items():
            LedgerEntry.objects.create(
                brand=brand, kind=kind, amount=amount, date=brand.today() - timedelta(days=3), currency=currency
            )

    return write


def the_return(client):
    return client.get(reverse("metrics:return", args=["atlas"]))


def test_roi_and_return_on_spend_stand_side_by_side(client, marketer, book):
    book(income=1000, cogs=0, investment=500)
    found = the_return(client).context["found"]
    assert (found.roi.value, found.spend.value) == (Decimal("100.00"), Decimal("200.00"))


def test_return_on_spend_tells_where_profit_begins(client, marketer, book):
    book(income=1000, cogs=500, investment=400)
    found = the_return(client).context["found"]
    assert found.profit_from == 200
    assert "200.00\xa0% profit begins" in the_return(client).content.decode()


def test_return_on_spend_is_never_painted_as_profit(client, marketer, book):
    book(income=1000, cogs=0, investment=500)
    assert "Revenue, not profit" in the_return(client).content.decode()


def test_without_an_investment_the_return_has_a_reason_instead_of_a_number(client, marketer, book):
    book(income=1000, cogs=0)
    page = the_return(client)
    assert page.context["found"].roi.value is None
    assert page.context["found"].roi.reason
    assert page.context["found"].roi.reason in page.content.decode()


def test_a_loss_is_drawn_below_zero(client, marketer, book):
    book(income=100, cogs=50, investment=500)
    found = the_return(client).context["found"]
    assert found.tone == "bad"
    assert found.waterfalls[0].bars[-1].css == "loss"


def test_other_currencies_are_listed_aside(client, marketer, book):
    book(income=1000, cogs=0, investment=500)
    book(income=70, currency="USD")
    page = the_return(client)
    assert page.context["found"].roi.value == 100
    assert "In other currencies" in page.content.decode()


def test_a_strategy_counts_only_what_belongs_to_it_by_key(client, marketer, brand, book):
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=60)
    )
    book(income=1000, cogs=0, investment=500)
    assert the_return(client).context["found"].is_empty
    LedgerEntry.objects.update(strategy=strategy)
    found = the_return(client).context["found"]
    assert not found.is_empty
    assert found.roi.value == 100


def test_an_empty_return_says_what_to_enter(client, marketer):
    assert "No money recorded in these days" in the_return(client).content.decode()


def test_what_money_does_not_show_divides_the_whole_investment(client, marketer, brand, book, record):
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=60)
    )
    goal = Goal.objects.create(strategy=strategy, goal_type="sales", text="200 leads")
    Target.objects.create(goal=goal, metric="leads", window="total", value=200)
    record("leads", str(today - timedelta(days=2)), 250)
    book(income=0, cogs=0, investment=3_000_000)
    LedgerEntry.objects.update(strategy=strategy)
    row = the_return(client).context["found"].outcomes[0]
    assert (row.attained, row.cost) == (Decimal("125.00"), "12,000")


# --- geometry


def steps(*amounts):
    *changes, total = amounts
    listed = [Step("change", Decimal(amount), str(amount), "in") for amount in changes]
    return [*listed, Step("sum", Decimal(total), str(total), "net", is_sum=True)]


def test_bars_hang_where_the_one_before_ended():
    drawing = waterfall(steps(100, -60, 40))
    first, second, total = drawing.bars
    assert first.y == second.y
    assert second.y + second.height == pytest.approx(total.y, abs=0.2)
    assert total.y + total.height == pytest.approx(drawing.zero, abs=0.2)


def test_a_negative_sum_hangs_below_zero():
    drawing = waterfall(steps(100, -160, -60))
    assert drawing.bars[-1].y == drawing.zero


def test_bars_of_nothing_stay_in_the_drawing():
    assert all(0 <= bar.x <= NARROW for bar in waterfall(steps(0, 0, 0), NARROW).bars)


def test_labels_that_would_touch_stand_in_two_rows():
    marks = scale(Decimal(60), Decimal(0), Decimal(100), [(Decimal(10), "a"), (Decimal(20), "b")]).marks
    assert [mark.row for mark in marks] == [0, 1]


def test_a_loss_runs_from_zero_to_the_left():
    drawn = scale(Decimal(-50), Decimal(-100), Decimal(100), [])
    assert (drawn.start, drawn.length) == (25, 25)


def test_widths_of_a_funnel_stay_within_the_page():
    assert log_widths([Decimal(1000), Decimal(10), Decimal(0)]) == [100.0, pytest.approx(34.7, abs=0.1), 0.0]
    assert log_widths([]) == []
    assert log_widths([Decimal(0)]) == [0.0]
