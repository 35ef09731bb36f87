"""What holds for every figure, not only for the worked examples."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.kpi import KPIS
from metrics.kpi.formulas import Formula
from metrics.kpi.results import Result, Status
from metrics.kpi.terms import Unit

always_the_same = settings(derandomize=True, deadline=None, database=None, max_examples=60)

counts = st.integers(0, 10**12)
positive = st.integers(1, 10**12)
money = st.decimals(0, 10**15, places=2, allow_nan=False, allow_infinity=False)
scores = st.fractions(0, 1, max_denominator=1000)

TRUE_SHARES = [name for name, kpi in KPIS.items() if kpi.part_of and len(kpi.part_of.parts) == 1]
# Rates that divide like by like: a change of the scale of all inputs cancels out.
RATES = [
    name
    for name, kpi in KPIS.items()
    if kpi.unit in {Unit.PERCENT, Unit.RATIO, Unit.INDEX, Unit.POINTS, Unit.MULTIPLE, Unit.PER_POST, Unit.MINUTES}
]


def exact(name: str, **figures: object) -> Fraction:
    result = KPIS[name].calculate(figures)  # type: ignore[arg-type]
    assert result.exact is not None, result
    return result.exact


@given(money, st.decimals("0.01", 10**15, places=2))
@always_the_same
def test_return_on_spend_is_roi_plus_100(revenue: object, investment: object) -> None:
    roi = exact("roi", revenue=revenue, cogs=0, investment=investment)
    assert exact("return_on_spend", revenue=revenue, investment=investment) == roi + 100


@given(st.lists(counts, min_size=1, max_size=8))
@always_the_same
def test_shares_of_voice_sum_to_100(mentions: list[int]) -> None:
    assume(sum(mentions) > 0)
    shares = [exact("share_of_voice", brand_mentions=own, total_mentions=sum(mentions)) for own in mentions]
    assert sum(shares) == 100


@given(money, positive, positive)
@always_the_same
def test_cost_per_thousand_is_cost_per_click_times_click_rate_times_ten(spend: object, clicks: int, impressions: int) -> None:
    cpc = exact("cpc", spend_total=spend, link_clicks=clicks)
    ctr = exact("ctr", link_clicks=clicks, impressions=impressions)
    assert exact("cpm", ad_spend=spend, impressions=impressions) == cpc * ctr * 10


@pytest.mark.parametrize("name", TRUE_SHARES)
@given(counts, counts)
@always_the_same
def test_a_true_share_lies_between_0_and_100(name: str, part: int, whole: int) -> None:
    part_of = KPIS[name].part_of
    assert part_of is not None
    result = KPIS[name].calculate({part_of.parts[0]: part, part_of.whole: whole})
    assert (result.exact is None) == (whole == 0 or part > whole)
    assert result.exact is None or 0 <= result.exact <= 100


@given(counts, counts, counts)
@always_the_same
def test_balances_lie_between_minus_100_and_100(good: int, neutral: int, bad: int) -> None:
    assume(good + neutral + bad > 0)
    nps = exact("nps", promoters=good, passives=neutral, detractors=bad)
    mood = exact("net_sentiment", positive_mentions=good, neutral_mentions=neutral, negative_mentions=bad)
    assert -100 <= nps <= 100
    assert nps == mood


@given(counts, counts, counts, counts)
@always_the_same
def test_attitude_lies_between_minus_1_and_1(supporters: int, neutrals: int, opponents: int, silent: int) -> None:
    aware = supporters + neutrals + opponents + silent
    assume(aware > 0)
    opinions = {"supporters": supporters, "neutrals": neutrals, "opponents": opponents}
    assert -1 <= exact("customer_attitude", **opinions, brand_aware=aware) <= 1


@pytest.mark.parametrize("name", RATES)
@given(st.data(), st.fractions(Fraction(1, 100), 100))
@always_the_same
def test_a_rate_does_not_change_with_the_scale_of_its_inputs(name: str, data: st.DataObject, scale: Fraction) -> None:
    kpi = KPIS[name]
    figures = {measure: Fraction(data.draw(counts, measure)) for measure in kpi.inputs}
    before = kpi.calculate(figures)
    assert kpi.calculate({measure: figure * scale for measure, figure in figures.items()}) == before


@given(st.lists(scores, min_size=4, max_size=4), st.lists(st.fractions(0, 10), min_size=4, max_size=4))
@always_the_same
def test_word_of_mouth_quality_lies_between_its_scores(rated: list[Fraction], weights: list[Fraction]) -> None:
    assume(sum(weights) > 0)
    names = ("authenticity", "timeliness", "accuracy", "depth")
    figures = dict(zip(names, rated, strict=True))
    figures |= {f"w_{name}": weight for name, weight in zip(names, weights, strict=True)}
    result = KPIS["ewom_quality"].calculate_raw(figures)
    assert result.exact is not None
    assert min(rated) <= result.exact <= max(rated)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12))
@always_the_same
def test_schedule_adherence_lies_between_0_and_100(weeks: list[tuple[int, int]]) -> None:
    planned, done = map(list, zip(*weeks, strict=True))
    result = KPIS["schedule_adherence"].calculate_raw({"planned_per_week": planned, "published_per_week": done})
    assert (result.status is Status.ZERO_DENOMINATOR) == (sum(planned) == 0)
    assert result.exact is None or 0 <= result.exact <= 100


@pytest.mark.parametrize("name", list(KPIS))
@given(st.data())
@always_the_same
def test_any_figures_give_a_status_and_only_ok_gives_a_value(name: str, data: st.DataObject) -> None:
    kpi = KPIS[name]
    figure = st.none() | st.integers(-5, 5) | st.fractions() | st.just("")
    result = kpi.calculate({measure: data.draw(figure, measure) for measure in kpi.inputs})
    assert isinstance(result, Result)
    assert (result.status is Status.OK) == (result.exact is not None) == (not result.names)


@pytest.mark.parametrize("name", KPIS)
@given(numbers=st.lists(st.fractions(-50, 1000, max_denominator=7) | st.just(Fraction(0)), min_size=9, max_size=9))
@settings(derandomize=True, deadline=None, database=None, max_examples=15)
def test_worked_out_on_pairs_a_kpi_is_what_it_is_otherwise(name: str, numbers: list[Fraction]) -> None:
    figures = dict(zip(KPIS[name].inputs, numbers, strict=False))
    found = KPIS[name].of_pairs()({measure: figure.as_integer_ratio() for measure, figure in figures.items()})
    result = KPIS[name].calculate(figures)
    if found is not None and found[1]:
        assert Fraction(*found) == result.exact and found[1] > 0
    elif found is not None:
        assert result.status is Status.ZERO_DENOMINATOR
    # Where no check has anything to say, the fast way answers.
    assert (
        found is not None
        or result.status is not Status.OK
        or any(figure < 0 for figure in figures.values())
        or _no_whole(name, figures)
    )


def _no_whole(name: str, figures: dict[str, Fraction]) -> bool:
    """Whether the whole is zero, of which parts cannot be more."""
    whole = KPIS[name].part_of
    return whole is not None and figures[whole.whole] == 0


@pytest.mark.parametrize(
    "text", ["a / b", "a / (b - b)", "(a / b) / c", "a / (b / c)", "-a + b * 0.1", "(a + b) / c * 100", "a - b / c"]
)
@given(numbers=st.lists(st.fractions(-9, 9, max_denominator=3), min_size=3, max_size=3))
@always_the_same
def test_pairs_know_zero_denominators(text: str, numbers: list[Fraction]) -> None:
    figures = dict(zip("abc", numbers, strict=True))
    pairs = {name: figure.as_integer_ratio() for name, figure in figures.items()}
    top, bottom = Formula(text).of_pairs(pairs)
    assert (Fraction(top, bottom) if bottom else None) == Formula(text).evaluate(figures).exact
