"""The return of a strategy and a campaign, lines against their plan, and what results beside money are worth."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from brands.models import Role
from calendar_app.models import Campaign
from metrics.models import AssignedValue, LedgerEntry
from strategies.models import BudgetLine, Goal, Strategy, Target


@pytest.fixture
def strategy(brand) -> Strategy:
    today = brand.today()
    return Strategy.objects.create(brand=brand, name="Spring", start=today - timedelta(days=49), end=today + timedelta(days=50))


@pytest.fixture
def campaign(brand) -> Campaign:
    today = brand.today()
    return Campaign.objects.create(brand=brand, name="Navroʻz", start=today - timedelta(days=9), end=today + timedelta(days=5))


@pytest.fixture
def entry(brand):
    def make(kind: str, amount: object, **fields: object) -> LedgerEntry:
        values = {"currency": "UZS", "date": brand.today() - timedelta(days=3)} | fields
        return LedgerEntry.objects.create(brand=brand, kind=kind, amount=Decimal(str(amount)), **values)

    return make


def opened(client, name: str, *args: object, **query: object):
    page = client.get(reverse(f"metrics:{name}", args=["atlas", *args]), query)
    assert page.status_code == 200
    return page


# --- of a strategy, of a campaign


def test_a_strategy_has_a_return_of_its_own(client, marketer, strategy, entry):
    entry("income", 1000, strategy=strategy)
    entry("investment", 500, strategy=strategy)
    entry("investment", 7000)
    found = opened(client, "return_of_strategy", strategy.pk).context["found"]
    assert found.roi.value == 100


def test_a_campaign_has_a_return_of_its_own_over_its_own_days(client, marketer, campaign, entry):
    entry("income", 900, campaign=campaign)
    entry("investment", 300, campaign=campaign)
    entry("investment", 7000)
    page = opened(client, "return_of_campaign", campaign.pk)
    assert page.context["found"].roi.value == 200
    assert page.context["asked"].span.start == campaign.start


def test_a_period_that_the_reader_chose_wins_over_the_campaigns_days(client, marketer, campaign, brand, entry):
    entry("income", 900, campaign=campaign)
    asked = {"preset": "own", "start": campaign.start, "end": campaign.start}
    assert opened(client, "return_of_campaign", campaign.pk, **asked).context["found"].is_empty


def test_a_chosen_channel_narrows_all_of_a_campaigns_return(client, marketer, campaign, entry, instagram):
    entry("income", 900, campaign=campaign, channel=instagram)
    entry("investment", 300, campaign=campaign, channel=instagram)
    entry("investment", 7000, campaign=campaign)
    page = opened(client, "return_of_campaign", campaign.pk, channel=instagram.pk)
    assert page.context["found"].roi.value == 200 and page.context["found"].went_in_all.spent == 300
    entries = client.get(reverse("metrics:entries", args=["atlas"]) + "?" + page.context["entries_query"]).context["page"]
    assert {row.amount for row in entries} == {900, 300}


def test_a_campaigns_figures_lead_to_workings_of_its_own(client, marketer, campaign, entry):
    entry("income", 900, campaign=campaign)
    entry("income", 50)
    (row,) = opened(client, "return", preset="28").context["found"].campaigns
    working = client.get(reverse("metrics:working", args=["atlas", "revenue"]) + "?" + row.query).context["working"]
    assert working.figure.value == 900 == row.money.income


def test_strategies_and_campaigns_stand_beside_each_other(client, marketer, strategy, campaign, entry, brand):
    entry("income", 1000, strategy=strategy)
    entry("investment", 500, strategy=strategy)
    entry("income", 50, campaign=campaign)
    entry("investment", 100, campaign=campaign)
    found = opened(client, "return", preset="28").context["found"]
    assert [(row.owner, row.roi_shown) for row in found.strategies] == [(strategy, "100.00\xa0%")]
    assert [(row.owner, row.roi_shown) for row in found.campaigns] == [(campaign, "−50.00\xa0%")]


def test_a_campaign_that_was_only_paid_for_has_no_roi_yet(client, marketer, campaign, entry):
    entry("investment", 100, campaign=campaign)
    row = opened(client, "return", preset="28").context["found"].campaigns[0]
    assert (row.roi_shown, row.money.net_profit) == ("—", None)


def test_another_currency_is_in_no_row(client, marketer, campaign, entry):
    entry("income", 100, campaign=campaign, currency="USD")
    assert opened(client, "return", preset="28").context["found"].campaigns == []


@pytest.mark.parametrize("name", ["return", "return_of_campaign", "return_of_strategy", "what_if", "assigned_value"])
def test_viewers_see_no_return(client, person_in, strategy, campaign, name):
    client.force_login(person_in(Role.VIEWER))
    goal = Goal.objects.create(strategy=strategy, goal_type="sales", text="Leads")
    target = Target.objects.create(goal=goal, metric="leads", value=10)
    keys = {"return_of_campaign": [campaign.pk], "return_of_strategy": [strategy.pk], "assigned_value": [target.pk]}
    assert client.get(reverse(f"metrics:{name}", args=["atlas", *keys.get(name, [])])).status_code == 403


def test_the_page_takes_the_same_queries_for_one_and_for_three_of_everything(
    client, marketer, brand, strategy, entry, count_queries
):
    def more(number: int) -> None:
        today = brand.today()
        line = BudgetLine.objects.create(strategy=strategy, kind="ads", name=f"Ads {number}", planned=1000)
        one = Campaign.objects.create(brand=brand, name=f"C {number}", start=today - timedelta(days=9), end=today)
        entry("income", 100, strategy=strategy, campaign=one)
        entry("investment", 50, strategy=strategy, campaign=one, budget_line=line)

    more(1)
    address = reverse("metrics:return", args=["atlas"]) + "?preset=28"
    client.get(address)
    few = count_queries(client, address)
    more(2)
    more(3)
    assert count_queries(client, address) == few


# --- lines against their plan


def test_a_line_stands_beside_its_plan_for_these_days(client, marketer, strategy, entry):
    line = BudgetLine.objects.create(strategy=strategy, kind="ads", name="Reels ads", planned=1000)
    entry("investment", 330, strategy=strategy, budget_line=line)
    row, *rest = opened(client, "return_of_strategy", strategy.pk, preset="28").context["found"].went_to
    assert not rest
    assert (row.planned, row.spent, row.used_shown, row.is_over) == (280, 330, Decimal("117.86"), True)


def test_a_line_that_was_planned_and_not_spent_is_there(client, marketer, strategy, entry):
    BudgetLine.objects.create(strategy=strategy, kind="tools", name="Tools", planned=500)
    entry("investment", 10, strategy=strategy)
    rows = opened(client, "return_of_strategy", strategy.pk, preset="28").context["found"].went_to
    assert [(str(row.line) if row.line else "", row.planned, row.spent) for row in rows] == [
        ("", None, 10), ("Tools", 140, 0),
    ]  # fmt: skip


def test_all_lines_together_are_the_investment(client, marketer, strategy, entry):
    line = BudgetLine.objects.create(strategy=strategy, kind="ads", name="Ads", planned=1000)
    entry("investment", "330.40", strategy=strategy, budget_line=line)
    entry("investment", "19.60", strategy=strategy)
    found = opened(client, "return_of_strategy", strategy.pk, preset="28").context["found"]
    assert found.went_in_all.spent == found.main.investment == 350
    assert sum(row.share for row in found.went_to) == 100


# --- the way to a customer


def test_the_funnel_tells_both_steps_and_the_whole_way(client, marketer, brand, entry, record):
    day = (brand.today() - timedelta(days=2)).isoformat()
    for measure, value in (("social_sessions", 2000), ("leads", 50), ("new_customers", 12)):
        record(measure, day, value)
    entry("income", 10)
    way = opened(client, "return", preset="28").context["found"].way_to_customer
    assert [rate for _measure, _name, rate in way] == ["2.50\xa0%", "24.00\xa0%", "0.60\xa0%"]


def test_a_step_that_was_not_measured_has_no_rate(client, marketer, brand, entry, record):
    record("leads", (brand.today() - timedelta(days=2)).isoformat(), 50)
    entry("income", 10)
    assert opened(client, "return", preset="28").context["found"].way_to_customer == []


# --- worth of a result


@pytest.fixture
def target(strategy) -> Target:
    goal = Goal.objects.create(strategy=strategy, goal_type="sales", text="200 leads")
    return Target.objects.create(goal=goal, metric="leads", window="total", value=200)


def say(client, target: Target, **typed: object):
    given = {"amount": "20,000", "currency": "UZS", "reason": "One lead in five buys", "version": "1"} | typed
    return client.post(reverse("metrics:assigned_value", args=["atlas", target.pk]), given)


def test_an_assigned_worth_gives_an_estimated_return_beside_roi(client, marketer, strategy, target, entry, record, brand):
    record("leads", (brand.today() - timedelta(days=2)).isoformat(), 250)
    entry("investment", 3_000_000, strategy=strategy)
    assert say(client, target).status_code == 302
    page = opened(client, "return_of_strategy", strategy.pk)
    row = page.context["found"].outcomes[0]
    assert row.estimated_roi == "66.67\xa0%"
    assert row.estimate == "(250 × 20,000 − 3,000,000) ÷ 3,000,000 × 100"
    assert page.context["found"].roi.value is None
    assert "Estimate" in page.content.decode()
    assert "One lead in five buys" in page.content.decode()


def test_a_worth_in_another_currency_is_not_reckoned_with(client, marketer, strategy, target, entry, record, brand):
    record("leads", (brand.today() - timedelta(days=2)).isoformat(), 250)
    entry("investment", 3_000_000, strategy=strategy)
    say(client, target, currency="USD")
    assert opened(client, "return_of_strategy", strategy.pk).context["found"].outcomes[0].estimated_roi == "—"


@pytest.mark.parametrize("wrong", [{"amount": "-1"}, {"amount": "much"}, {"amount": ""}, {"reason": ""}, {"currency": "XXX"}])
def test_a_worth_that_cannot_be_is_refused_beside_its_field(client, marketer, target, wrong):
    page = say(client, target, **wrong)
    assert set(page.context["form"].errors) == set(wrong)
    assert not AssignedValue.objects.exists()


def test_two_people_who_say_a_worth_at_once_lose_nothing(client, marketer, target):
    say(client, target)
    say(client, target, amount="30,000")
    page = say(client, target, amount="40,000", version="1")
    assert page.status_code == 200
    assert page.context["form"].errors
    assert AssignedValue.objects.get().amount == 30_000


def test_a_worth_is_taken_away_and_comes_back(client, marketer, target):
    say(client, target)
    client.post(reverse("metrics:delete_assigned_value", args=["atlas", target.pk]))
    assert not AssignedValue.objects.exists()
    client.post(reverse("metrics:restore", args=["atlas"]))
    assert AssignedValue.objects.get().reason == "One lead in five buys"


# --- what if


@pytest.fixture
def sold(brand, entry, record) -> None:
    day = (brand.today() - timedelta(days=2)).isoformat()
    record("social_sessions", day, 2000)
    record("new_customers", day, 12)
    entry("income", 1200)
    entry("cogs", 300)
    entry("investment", 500)


def shown(page, label: str) -> tuple[str, str]:
    line = next(line for line in page.context["page"].lines if line.label == label)
    return line.now, line.then


def supposed(client, **levers: object):
    typed = {
        "preset": "28",
        "investment": "500",
        "visits": "2000",
        "conversion": "0.6",
        "order_value": "100",
        "goods_share": "25",
    }
    return opened(client, "what_if", **(typed | levers))


def test_what_if_begins_with_what_was_measured(client, marketer, sold):
    page = opened(client, "what_if", preset="28")
    assert page.context["form"].start == {
        "investment": 500, "visits": 2000, "conversion": Decimal("0.6"), "order_value": 100, "goods_share": 25,
    }  # fmt: skip
    assert shown(page, "ROI") == ("80.00\xa0%", "80.00\xa0%")


def test_a_better_conversion_moves_roi(client, marketer, sold):
    page = supposed(client, conversion="1.2")
    assert shown(page, "ROI") == ("80.00\xa0%", "260.00\xa0%")
    assert shown(page, "Net profit") == ("400", "1,300")


def test_more_spend_brings_more_visits_only_where_that_is_supposed(client, marketer, sold):
    assert shown(supposed(client, investment="1000"), "ROI")[1] == "−10.00\xa0%"
    assert shown(supposed(client, investment="1000", visits_follow="on"), "ROI")[1] == "80.00\xa0%"


def test_levers_left_alone_count_exactly_however_they_are_rounded(client, marketer, brand, entry, record):
    day = (brand.today() - timedelta(days=2)).isoformat()
    record("social_sessions", day, 7)
    record("new_customers", day, 3)
    entry("income", 1000)
    entry("investment", 333)
    page = opened(client, "what_if", preset="28")
    typed = {name: str(value) for name, value in page.context["form"].start.items()}
    again = opened(client, "what_if", preset="28", **typed)
    assert again.context["page"].then == again.context["page"].now


def test_a_lever_that_was_not_measured_is_asked_for(client, marketer, brand, entry):
    entry("income", 1000)
    entry("investment", 500)
    page = opened(client, "what_if", preset="28")
    assert page.context["page"].missing == ["Visits", "Visits that become customers", "A customer’s order"]
    filled = supposed(client, goods_share="0")
    assert shown(filled, "ROI") == ("100.00\xa0%", "140.00\xa0%") or shown(filled, "ROI")[1] == "140.00\xa0%"


@pytest.mark.parametrize("wrong", ["-1", "much", "1e99", "9" * 40, "\x00", "<script>"])
def test_a_lever_that_is_no_number_is_told_at_its_field(client, marketer, sold, wrong):
    page = supposed(client, order_value=wrong)
    assert page.context["form"].errors["order_value"]
    assert shown(page, "ROI")[1] == "—"


def test_the_strongest_lever_comes_first(client, marketer, sold):
    nudges = opened(client, "what_if", preset="28").context["page"].nudges
    changes = [abs(Decimal(row.moved.replace("−", "-").split("\xa0")[0])) for row in nudges]
    assert changes == sorted(changes, reverse=True)
    assert {row.label for row in nudges if row.is_gain} == {"Visits", "Visits that become customers", "A customer’s order"}


def test_what_if_of_a_campaign_starts_from_the_campaigns_money(client, marketer, campaign, entry):
    entry("income", 900, campaign=campaign)
    entry("investment", 300, campaign=campaign)
    entry("investment", 7000)
    page = opened(client, "what_if", campaign=campaign.pk)
    assert page.context["form"].start["investment"] == 300


@pytest.mark.parametrize("said", ["0", "999999", "x", "9" * 30, "-1"])
def test_what_if_of_something_that_is_not_the_brands_is_not_there(client, marketer, said):
    assert client.get(reverse("metrics:what_if", args=["atlas"]), {"campaign": said}).status_code == 404
    assert client.get(reverse("metrics:what_if", args=["atlas"]), {"strategy": said}).status_code == 404


def test_htmx_gets_the_answer_alone(client, marketer, sold):
    page = client.get(reverse("metrics:what_if", args=["atlas"]), {"preset": "28"}, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "80.00" in page.content.decode()
