"""The budget step: the whole first, lines by sum, by month or by hours; and the arithmetic behind it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from brands.fields import MoneyField
from strategies.budget import envelope, months_between, spread, staff_cost
from strategies.models import BudgetLine, Tool

LINE = {"new-kind": "ads", "new-name": "Meta Ads", "new-planned": "600", "new-version": 1}


@pytest.fixture
def ads(spring) -> BudgetLine:
    return spring.budget_lines.create(kind="ads", name="Meta Ads", planned=Decimal("600"))


def sent(line: BudgetLine, **typed: str) -> dict[str, str]:
    """The line's form as a browser sends it: what is stored, and `typed` over it (months as m3="10")."""
    months = {f"m{row.month.month}": str(row.planned) for row in line.months.all()}
    stored = {"kind": line.kind, "name": line.name, "planned": str(line.planned), "version": str(line.version)} | months
    named = {"hours": "hours_per_week", "rate": "hourly_rate"} | {f"m{n}": f"month-2027-{n:02}-01" for n in range(1, 13)}
    form = {}
    for name, value in (stored | typed).items():
        form[f"row-{line.pk}-{named.get(name, name)}"] = value
        form[f"initial-row-{line.pk}-{named.get(name, name)}"] = stored.get(name, "")
    return form


# --- arithmetic


def test_the_months_of_a_span_are_those_with_a_day_in_it():
    assert months_between(date(2027, 11, 30), date(2028, 1, 1)) == [date(2027, 11, 1), date(2027, 12, 1), date(2028, 1, 1)]
    assert months_between(date(2027, 2, 2), date(2027, 2, 1)) == []


@pytest.mark.parametrize(("total", "count"), [("100", 3), ("0.05", 6), ("98000000.01", 7), ("0", 2), ("12", 12)])
def test_parts_make_exactly_the_total_and_differ_by_a_cent_at_most(total, count):
    parts = spread(Decimal(total), count)
    assert len(parts) == count
    assert sum(parts) == Decimal(total)
    assert max(parts) - min(parts) <= Decimal("0.01")


def test_staff_costs_hours_times_rate_times_weeks():
    assert staff_cost(Decimal("36"), Decimal("50000"), 14) == Decimal("3600000.00")
    assert staff_cost(Decimal("1"), Decimal("1"), 1) == Decimal("0.14")


def test_the_envelope_is_a_share_of_all_marketing_money_and_nothing_where_either_is_not_said():
    assert envelope(Decimal("200"), 25) == Decimal("50.00")
    assert envelope(None, 25) is envelope(Decimal("200"), None) is None


@pytest.mark.parametrize("typed", ["1 200 UZS", "1200 soʻm", "1200 so'm", "1,200 сум", "uzs 1200", "1200"])
def test_an_amount_may_name_the_brands_own_currency(typed):
    with translation.override("en"):
        assert MoneyField(currency="UZS").clean(typed) == Decimal(1200)


@pytest.mark.parametrize("typed", ["$500", "500 USD", "€ 1,000", "500 руб.", "us$ 5"])
def test_an_amount_in_another_currency_is_refused_by_name(typed):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="in UZS"):
        MoneyField(currency="UZS").clean(typed)


@pytest.mark.parametrize("typed", ["many", "12 apples", "1e5 UZS x"])
def test_what_is_no_amount_is_no_amount(typed):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="number"):
        MoneyField(currency="UZS").clean(typed)


# --- the step


def test_a_line_for_the_whole_period_is_saved(as_marketer, step_url, spring):
    assert as_marketer.post(step_url("budget"), LINE).status_code == 302
    line = spring.budget_lines.get()
    assert (line.planned, line.months.count()) == (600, 0)


def test_months_make_the_sum_of_a_line(as_marketer, step_url, ads):
    assert as_marketer.post(step_url("budget"), sent(ads, m3="100", m5="250.50")).status_code == 302
    ads.refresh_from_db()
    assert ads.planned == Decimal("350.50")
    assert [(row.month, row.planned) for row in ads.months.all()] == [
        (date(2027, 3, 1), Decimal(100)), (date(2027, 5, 1), Decimal("250.50"))
    ]  # fmt: skip


def test_an_emptied_month_goes(as_marketer, step_url, ads):
    as_marketer.post(step_url("budget"), sent(ads, m3="100", m5="250"))
    ads.refresh_from_db()
    assert as_marketer.post(step_url("budget"), sent(ads, m5="")).status_code == 302
    ads.refresh_from_db()
    assert (ads.planned, ads.months.count()) == (100, 1)


def test_a_sum_that_its_months_do_not_make_is_told_at_the_field_and_kept(as_marketer, step_url, ads):
    as_marketer.post(step_url("budget"), sent(ads, m3="100"))
    ads.refresh_from_db()
    answer = as_marketer.post(step_url("budget"), sent(ads, planned="999"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The months make 100" in page and 'value="999"' in page


def test_a_sum_is_spread_evenly_over_the_months_to_the_cent(as_marketer, step_url, spring):
    line = spring.budget_lines.create(kind="ads", planned=Decimal("100.01"))
    as_marketer.post(step_url("budget"), {"action": f"spread-{line.pk}"})
    assert line.months.count() == 6
    assert sum(row.planned for row in line.months.all()) == Decimal("100.01")


def test_hours_and_their_cost_make_the_sum_of_a_line_of_staff(as_marketer, step_url, spring):
    typed = LINE | {"new-kind": "staff", "new-hours_per_week": "10", "new-hourly_rate": "70"}
    assert as_marketer.post(step_url("budget"), typed).status_code == 302
    line = spring.budget_lines.get()
    assert line.planned == 10 * 70 * Decimal(spring.days) / 7
    assert "10 h a week × 70" in as_marketer.get(step_url("budget")).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"new-planned": "$500"}, "Amounts here are in UZS"),
        ({"new-planned": "-1"}, "greater than or equal to 0"),
        ({"new-month-2027-03-01": "5 EUR"}, "Amounts here are in UZS"),
        ({"new-hours_per_week": "10", "new-hourly_rate": "5"}, "Hours belong to a line of staff"),
        (
            {"new-kind": "staff", "new-hours_per_week": "10", "new-hourly_rate": "5", "new-month-2027-03-01": "5"},
            "by hours or by months",
        ),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_the_work_is_kept(as_marketer, step_url, spring, typed, said):
    answer = as_marketer.post(step_url("budget"), LINE | typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and "Meta Ads" in page
    assert not spring.budget_lines.exists()


def test_two_people_who_plan_one_line_do_not_mix_its_months(as_marketer, step_url, ads):
    mine = sent(ads, m4="7")
    as_marketer.post(step_url("budget"), sent(ads, m3="100"))
    answer = as_marketer.post(step_url("budget"), mine)
    assert answer.status_code == 409
    ads.refresh_from_db()
    assert [row.month.month for row in ads.months.all()] == [3] and ads.planned == 100


def test_the_whole_is_said_first_and_what_is_left_of_it(as_marketer, step_url, spring, ads):
    typed = {"strategy-marketing_budget": "4,000", "strategy-social_share": "25", "strategy-version": spring.version}
    assert as_marketer.post(step_url("budget"), typed).status_code == 302
    page = as_marketer.get(step_url("budget")).content.decode()
    assert "400\xa0UZS left of 1,000\xa0UZS" in page


def test_organic_only_beside_lines_with_money_is_spoken_of(as_marketer, step_url, spring, ads):
    answer = as_marketer.post(step_url("budget"), {"strategy-organic_only": "on", "strategy-version": spring.version})
    assert answer.status_code == 422
    assert "There are lines with money" in answer.content.decode()


def test_what_paid_tools_cost_becomes_one_line_however_often_it_is_taken(as_marketer, step_url, shop, spring):
    Tool.objects.create(brand=shop, name="Hootsuite", group="management", is_paid=True, price_per_month=Decimal("99.50"))
    for _ in range(2):
        as_marketer.post(step_url("budget"), {"action": "tools"})
    line = spring.budget_lines.get()
    assert (line.kind, line.planned, line.months.count()) == ("tools", Decimal("597.00"), 6)


def test_that_somebody_looked_at_the_budget_is_kept(as_marketer, step_url, shop, spring):
    as_marketer.post(step_url("budget"), {"action": "reviewed"})
    spring.refresh_from_db()
    assert spring.budget_reviewed_on == shop.today()
    assert spring.events.get().kind == "budget"
