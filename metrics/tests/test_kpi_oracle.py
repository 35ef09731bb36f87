"""The worked examples, to the digit: two for every KPI, and the identities between them."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from metrics.kpi import KPIS, Outcome, Unit, compound, expected_progress
from metrics.kpi.change import Tone
from metrics.kpi.formulas import Formula
from metrics.kpi.outcomes import ESTIMATED_ROI, ESTIMATED_VALUE, profit_begins, roi_tone
from metrics.kpi.progress import pace
from metrics.kpi.results import Result

ORACLE = json.loads((Path(__file__).parent / "kpi_oracle.json").read_text(encoding="utf-8"))
SCENARIOS = {scenario["id"]: scenario for scenario in ORACLE["scenarios"]}


def shown(name: str, **inputs: str) -> str:
    return f"{KPIS[name].calculate(inputs).rounded(KPIS[name].unit):f}"


def scenario(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return SCENARIOS[name]["inputs"], SCENARIOS[name]["expected"]


@pytest.mark.parametrize("case", ORACLE["cases"], ids=lambda case: case["id"])
def test_worked_example(case: dict[str, Any]) -> None:
    kpi, expected = KPIS[case["kpi"]], case["expected"]
    result = kpi.calculate_raw(case["inputs"])
    value = result.rounded(kpi.unit)
    assert kpi.unit == case["unit"]
    assert result.status == expected["status"]
    assert (None if value is None else f"{value:f}") == expected["value"]
    if "exact" in expected:
        assert str(result.exact) == expected["exact"]


def test_every_kpi_has_two_worked_examples() -> None:
    kpis = [case["kpi"] for case in ORACLE["cases"]]
    assert {name: kpis.count(name) for name in KPIS} == dict.fromkeys(KPIS, 2)
    assert len(KPIS) == 50


def test_every_scenario_is_tested_below() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in SCENARIOS if f'scenario("{name}")' not in source and f'"{name}",' not in source] == []


def test_scales_are_those_of_the_oracle() -> None:
    assert {unit: Unit(unit).scale for unit in ORACLE["meta"]["scales"]} == ORACLE["meta"]["scales"]


def test_return_on_spend_is_roi_plus_100_without_cost_of_goods() -> None:
    inputs, expected = scenario("identity-roi-ros")
    assert shown("roi", **inputs) == expected["roi"]
    spend = {name: inputs[name] for name in ("revenue", "investment")}
    assert shown("return_on_spend", **spend) == expected["return_on_spend"]
    assert Decimal(expected["return_on_spend"]) == Decimal(expected["roi"]) + 100


def test_cost_of_impressions_follows_from_clicks() -> None:
    inputs, expected = scenario("identity-cpm")
    spend, clicks, impressions = inputs["spend"], inputs["link_clicks"], inputs["impressions"]
    cpc = KPIS["cpc"].calculate({"spend_total": spend, "link_clicks": clicks}).exact
    ctr = KPIS["ctr"].calculate({"link_clicks": clicks, "impressions": impressions}).exact
    assert cpc is not None and ctr is not None
    assert f"{Unit.MONEY.round(cpc):f}" == expected["cpc"]
    assert f"{Unit.PERCENT.round(ctr):f}" == expected["ctr"]
    assert shown("cpm", ad_spend=spend, impressions=impressions) == expected["cpm"]
    assert f"{Unit.MONEY.round(cpc * ctr * 10):f}" == expected["cpm"]


def test_cost_of_leads_follows_from_clicks() -> None:
    inputs, expected = scenario("identity-cpl")
    lead_per_click = Formula("leads / link_clicks * 100").evaluate(inputs)
    assert f"{lead_per_click.rounded(Unit.PERCENT):f}" == expected["lead_per_click_percent"]
    assert shown("cpc", spend_total=inputs["spend"], link_clicks=inputs["link_clicks"]) == expected["cpc"]
    assert shown("cpl", spend_total=inputs["spend"], leads=inputs["leads"]) == expected["cpl"]


def test_shares_of_voice_of_a_market_sum_to_100() -> None:
    inputs, expected = scenario("identity-sov")
    total = str(sum(int(count) for count in inputs["mentions"].values()))
    shares = {
        brand: shown("share_of_voice", brand_mentions=count, total_mentions=total) for brand, count in inputs["mentions"].items()
    }
    assert shares == expected
    assert sum(map(Decimal, shares.values())) == 100


def test_rate_of_several_posts_is_the_ratio_of_the_sums() -> None:
    inputs, expected = scenario("aggregate-ratio")
    kpi = KPIS["engagement_rate_impressions"]
    result = kpi.calculate_over(inputs["posts"])
    assert f"{result.rounded(kpi.unit):f}" == expected["engagement_rate_impressions"]
    rates = [kpi.calculate(post).exact or Fraction(0) for post in inputs["posts"]]
    assert f"{kpi.unit.round(sum(rates, Fraction(0)) / len(rates)):f}" == expected["wrong_mean_of_rates"]


def test_return_that_is_not_money() -> None:
    inputs, expected = scenario("nonmonetary-roi")
    outcome = Outcome.between(
        inputs["subscribers_before"],
        inputs["subscribers_after"],
        investment=inputs["investment"],
        target_gain=inputs["target_gain"],
    )
    assert f"{outcome.gain.rounded(Unit.COUNT):f}" == expected["gain"]
    assert f"{outcome.cost_per_result.rounded(Unit.MONEY):f}" == expected["cost_per_result"]
    assert f"{outcome.attainment.rounded(Unit.PERCENT):f}" == expected["attainment"]


def test_estimated_return_with_an_assigned_value() -> None:
    inputs, expected = scenario("nonmonetary-assigned-value")
    figures = {**inputs, "value_per_result": inputs["assigned_value_per_result"]}
    outcome = Outcome(figures["investment"], Result(Fraction(figures["gain"])), value_per_result=figures["value_per_result"])
    assert f"{outcome.estimated_value.rounded(Unit.MONEY):f}" == expected["estimated_value"]
    assert f"{outcome.estimated_roi.rounded(Unit.PERCENT):f}" == expected["estimated_roi"]
    assert ESTIMATED_VALUE.evaluate(figures) == outcome.estimated_value
    assert ESTIMATED_ROI.evaluate(figures) == outcome.estimated_roi


def test_monthly_growth_compounds() -> None:
    inputs, expected = scenario("compound-month")
    multiple = compound(Fraction(inputs["monthly_percent"]), int(inputs["months"]))
    assert f"{Unit.MULTIPLE.round(multiple):f}" == expected["multiple"]


@pytest.mark.parametrize(
    "name",
    [
        "pace-on-track",
        "pace-at-risk",
        "pace-behind",
    ],
)
def test_pace(name: str) -> None:
    inputs, expected = scenario(name)
    days = int(inputs["elapsed_days"]), int(inputs["total_days"])
    assert f"{expected_progress(*days).rounded(Unit.PERCENT):f}" == expected["expected_progress"]
    assert pace(Result(Fraction(inputs["progress"])), *days) == expected["status"]


def test_an_outcome_that_shrank_has_no_cost_per_result() -> None:
    outcome = Outcome.between("650", "400", investment="3000000", target_gain="200")
    assert outcome.gain.exact == -250
    assert outcome.cost_per_result.status == "INVALID_INPUT"
    assert outcome.attainment.exact == -125


def test_an_outcome_without_a_gain_says_why() -> None:
    assert Outcome.between("400", "400", investment="3000000").cost_per_result.status == "ZERO_DENOMINATOR"
    assert Outcome.between(None, "400", investment="3000000").cost_per_result.status == "MISSING_INPUT"
    assert Outcome.between("0", "4", investment="3000000").estimated_roi.names == ("value_per_result",)


def test_return_on_spend_where_profit_begins() -> None:
    assert f"{profit_begins('86400000', '47520000').rounded(Unit.PERCENT):f}" == "222.22"
    assert profit_begins("100", "100").status == "ZERO_DENOMINATOR"
    assert profit_begins("100", "101").status == "INVALID_INPUT"


def test_a_loss_is_bad_and_a_profit_below_target_is_watched() -> None:
    target = Fraction(50)
    tones = [roi_tone(Fraction(roi), target) for roi in (-1, 0, 49, 50)]
    assert tones == [Tone.BAD, Tone.WATCH, Tone.WATCH, Tone.GOOD]
    assert [roi_tone(None, target), roi_tone(Fraction(0)), roi_tone(Fraction(1))] == [Tone.FLAT, Tone.WATCH, Tone.GOOD]
