"""The arithmetic of insight: worked examples, what must not change the answer, and how often the intervals hold."""

import random
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction

import pytest

from metrics.insight import anomalies, forecast, groups, shares, times, trends
from metrics.insight.robust import Declined, Interval, rolling_mean, spread, student

DAY = date(2027, 3, 20)  # a Saturday


def test_the_arithmetic_needs_no_django():
    names = ["anomalies", "forecast", "groups", "robust", "shares", "times", "trends"]
    program = f"import sys; [__import__('metrics.insight.' + name) for name in {names}]; print('django' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


# --- small statistics


@pytest.mark.parametrize(("degrees", "expected"), [(1, 6.314), (2, 2.920), (3, 2.353), (4, 2.132), (7, 1.895), (30, 1.697)])
def test_students_quantiles_are_those_of_the_tables(degrees, expected):
    assert student(degrees) == pytest.approx(expected, rel=0.004)


def test_one_wild_figure_does_not_move_the_spread():
    assert spread([1, 2, 3, 4, 5]) == spread([1, 2, 3, 4, 5_000_000]) == pytest.approx(1.4826)


def test_the_rolling_mean_is_a_gap_where_most_days_are_unknown():
    assert rolling_mean([1, 2, 3, None, None, 6], 3) == [None, None, 2, 2.5, None, None]


# --- best time to post


def posts_at(weekday: int, hour: int, rates: list[float], channel: int = 1) -> list[times.Timed]:
    return [times.Timed(channel, weekday, hour, rate) for rate in rates]


def test_the_best_hour_is_the_one_whose_posts_usually_do_best():
    found = times.heat(posts_at(0, 9, [0.02] * 20) + posts_at(4, 19, [0.04] * 12))
    assert found.best == [(4, 19)]
    # (12 × 2.0 + 4 × 1.0) ÷ 16
    assert found.cell(4, 19).index == pytest.approx(1.75)
    assert found.cell(0, 9).posts == 20


def test_one_post_that_went_round_does_not_make_an_hour_the_best():
    quiet = posts_at(0, 9, [0.02] * 27) + posts_at(4, 19, [0.02, 0.02, 0.02])
    loud = posts_at(0, 9, [0.02] * 27) + posts_at(4, 19, [0.02, 0.02, 0.9])
    assert times.heat(quiet).cell(4, 19) == times.heat(loud).cell(4, 19)
    assert times.heat(loud).best == []


def test_a_cell_with_two_posts_is_counted_but_not_told():
    found = times.heat(posts_at(0, 9, [0.02] * 30) + posts_at(4, 19, [0.09, 0.09]))
    assert found.cell(4, 19) == times.Cell(2, None)
    assert found.cell(4, 19).tone == 0


def test_a_loud_network_does_not_make_its_hours_the_best():
    found = times.heat(posts_at(0, 9, [0.02] * 20) + posts_at(4, 19, [0.08] * 20, channel=2))
    assert {cell.index for cell in found.cells.values()} == {1.0}


def test_too_few_posts_are_declined_with_what_is_needed():
    assert times.heat(posts_at(0, 9, [0.02] * 29)) == Declined("posts", 29, 30)
    scattered = [times.Timed(1, number % 7, number % 24, 0.02) for number in range(40)]
    assert times.heat(scattered) == Declined("cells", 1, 3)
    assert times.heat([]) == Declined("posts", 0, 30)


def test_the_order_of_posts_and_the_size_of_rates_do_not_matter():
    chance = random.Random(7)
    posts = [times.Timed(1, chance.randrange(7), chance.choice((9, 19)), chance.uniform(0.01, 0.05)) for _ in range(80)]
    shuffled = chance.sample(posts, len(posts))
    larger = [times.Timed(post.channel, post.weekday, post.hour, post.rate * 4) for post in posts]
    assert times.heat(shuffled) == times.heat(posts)
    assert times.heat(larger) == times.heat(posts)


# --- best group


def sample(group: str, acts: int, seen: int = 1000) -> groups.Sample:
    return groups.Sample(group, Fraction(acts), Fraction(seen))


def test_a_rate_is_the_ratio_of_the_sums_and_lies_in_its_interval():
    found = groups.ranking([*(sample("film", 50) for _ in range(8)), *(sample("film", 300, 2000) for _ in range(2)),
                            *(sample("picture", 10) for _ in range(8))])  # fmt: skip
    film = found.groups[0]
    assert (film.name, film.posts, film.rate) == ("film", 10, Fraction(1000, 12000) * 100)
    assert all(float(group.rate) in group.interval for group in found.groups)


def test_a_clear_difference_has_a_winner_and_an_unclear_one_has_none():
    clear = [*(sample("film", 50 + n) for n in range(8)), *(sample("picture", 10 + n) for n in range(8))]
    assert groups.ranking(clear).winner.name == "film"
    unclear = [*(sample("film", 10 * n) for n in range(1, 9)), *(sample("picture", 9 * n) for n in range(1, 9))]
    assert groups.ranking(unclear).winner is None


def test_groups_with_few_posts_are_named_but_not_compared():
    rows = [
        *(sample("film", 5) for _ in range(8)),
        *(sample("picture", 5) for _ in range(8)),
        *(sample("story", 90) for _ in range(7)),
    ]
    found = groups.ranking(rows)
    assert found.few == (("story", 7),)
    assert {group.name for group in found.groups} == {"film", "picture"}
    assert groups.ranking(rows[:8]) == Declined("groups", 1, 2)


def test_the_intervals_of_groups_hold_about_as_often_as_said():
    chance, held = random.Random(11), 0
    for _ in range(300):
        rows = []
        for name in ("a", "b"):
            for _post in range(15):
                seen = chance.randrange(400, 1600)
                rows.append(sample(name, round(seen * max(chance.gauss(0.05, 0.015), 0)), seen))
        held += 5.0 in groups.ranking(rows).groups[0].interval
        held += 5.0 in groups.ranking(rows).groups[1].interval
    assert 0.84 <= held / 600 <= 0.95


# --- unusual days


def saturdays(values: list[float], today: float) -> dict[date, float]:
    return {DAY: today} | {DAY - timedelta(weeks=back): value for back, value in enumerate(values, 1)}


def test_a_day_far_above_its_weekday_is_unusual_and_says_against_what():
    found = anomalies.judge(saturdays([390, 400, 410, 380, 420, 400, 405, 395], 1240), DAY)
    # Spread: 7.4 (MAD of 5), at least 12 % of 400 = 48; four times that about 400.
    assert found.usual == Interval(208, 592)
    assert (found.value, found.middle, found.weeks, found.is_below) == (1240, 400, 8, False)


def test_a_busy_saturday_is_usual_where_saturdays_are_busy():
    series = saturdays([900] * 8, 930) | {DAY - timedelta(days=back): 300.0 for back in range(1, 57) if back % 7}
    assert anomalies.judge(series, DAY) is None


def test_a_film_that_went_round_before_does_not_hide_the_next():
    assert isinstance(anomalies.judge(saturdays([400] * 7 + [9000], 1240), DAY), anomalies.Unusual)


def test_little_history_and_small_figures_are_declined():
    assert anomalies.judge(saturdays([400] * 4, 9000), DAY) == Declined("weeks", 4, 5)
    assert anomalies.judge(saturdays([2] * 8, 30), DAY) == Declined("small", 2, 5)


def test_a_day_without_a_figure_is_passed_over_not_taken_for_zero():
    series = saturdays([400] * 8, 400)
    del series[DAY]
    assert anomalies.unusual_days(series, [DAY]) == []


def test_quiet_chance_is_seldom_called_unusual():
    chance, called = random.Random(3), 0
    for _ in range(300):
        series = {DAY - timedelta(days=back): 500 * (1.3 if back % 7 == 0 else 1) * chance.gauss(1, 0.12) for back in range(57)}
        called += anomalies.judge(series, DAY) is not None
    assert called <= 3


def test_an_unusual_day_is_unusual_in_any_unit():
    series = saturdays([390, 400, 410, 380, 420, 400, 405, 395], 1240)
    tenfold = {day: value * 10 for day, value in series.items()}
    assert anomalies.judge(tenfold, DAY).middle == 10 * anomalies.judge(series, DAY).middle


# --- direction


def test_a_straight_line_has_its_slope_and_nothing_beside_it():
    found = trends.slope([10 + 3 * week for week in range(9)])
    assert (found.per_week, found.interval, found.weeks) == (3, Interval(3, 3), 9)
    assert found.is_clear


def test_gaps_keep_their_place_in_time():
    assert trends.slope([0, None, 4, 6, 8, None, 12, 14, 16, 18]).per_week == 2


def test_a_direction_is_declined_when_short_and_unclear_when_mixed():
    assert trends.slope([1, 2, 3, None]) == Declined("weeks", 3, 8)
    assert not trends.slope([5, 1, 6, 2, 5, 1, 6, 2]).is_clear


def test_backwards_the_slope_is_the_opposite():
    values = [random.Random(5).gauss(0, 3) + week for week in range(12)]
    assert trends.slope(values[::-1]).per_week == pytest.approx(-trends.slope(values).per_week)


def test_the_interval_of_the_slope_holds_about_as_often_as_said():
    chance = random.Random(1)
    held = sum(2.0 in trends.slope([2 * week + chance.gauss(0, 5) for week in range(12)]).interval for _ in range(300))
    assert 0.84 <= held / 300 <= 0.96


# --- contributions


def test_shares_of_the_change_add_up_to_the_change():
    found = shares.parts({"tg": Fraction(100), "ig": Fraction(50)}, {"tg": Fraction(160), "ig": Fraction(40)})
    assert [(part.name, part.change, part.of_change) for part in found] == [
        ("tg", 60, Fraction(6, 5)), ("ig", -10, Fraction(-1, 5)),
    ]  # fmt: skip
    assert sum(part.share for part in found) == 1


def test_a_channel_without_figures_before_has_no_change_to_share():
    assert [part.name for part in shares.parts({"tg": Fraction(1)}, {"tg": Fraction(2), "ig": Fraction(9)})] == ["tg"]


def test_no_change_at_all_has_no_shares():
    (one, other) = shares.parts({"a": Fraction(1), "b": Fraction(2)}, {"a": Fraction(2), "b": Fraction(1)})
    assert one.of_change is None and other.of_change is None


def test_more_weight_alone_moves_the_rate_by_mix_only():
    then = {"tg": (Fraction(10), Fraction(100)), "ig": (Fraction(2), Fraction(100))}
    now = {"tg": (Fraction(30), Fraction(300)), "ig": (Fraction(2), Fraction(100))}
    found = {effect.name: effect for effect in shares.effects(then, now)}
    assert all(effect.rate == 0 for effect in found.values())
    assert sum(effect.mix for effect in found.values()) == Fraction(32, 400) - Fraction(12, 200)


@pytest.mark.parametrize("seed", range(20))
def test_effects_add_up_to_exactly_the_change_whatever_the_channels(seed):
    chance = random.Random(seed)

    def sums():
        return {
            name: (Fraction(chance.randrange(500)), Fraction(chance.randrange(1, 5000))) for name in chance.sample("abcde", 4)
        }

    then, now = sums(), sums()
    whole = [sum(top for top, _ in one.values()) / sum(bottom for _, bottom in one.values()) for one in (then, now)]
    assert sum(effect.whole for effect in shares.effects(then, now)) == whole[1] - whole[0]


def test_a_rate_over_nothing_is_not_taken_apart():
    assert shares.effects({"a": (Fraction(1), Fraction(0))}, {"a": (Fraction(1), Fraction(2))}) == []


# --- forecast


def test_steady_weeks_carry_on_without_doubt():
    found = forecast.forecast(100, [10] * 9, 21)
    assert (found.value, found.interval, found.weeks_ahead) == (130, Interval(130, 130), 3)
    assert found.chance(130) == 1 and found.chance(131) == 0
    assert found.backtest.median_error == 0


def test_the_farther_the_day_the_wider_the_interval():
    growth = [10, 12, 9, 14, 8, 11, 10, 12]
    near, far = (forecast.forecast(0, growth, days).interval for days in (14, 70))
    assert near.high - near.low < far.high - far.low
    assert forecast.forecast(0, growth, 14).value in near


def test_a_forecast_is_declined_with_few_weeks_far_days_or_a_day_that_came():
    assert forecast.forecast(0, [10] * 5, 14) == Declined("weeks", 5, 6)
    assert forecast.forecast(0, [10] * 12, 7 * 27) == Declined("ahead", 27, 26)
    assert forecast.forecast(0, [10] * 12, 0) == Declined("over")


def test_ten_times_the_figures_make_ten_times_the_forecast():
    growth = [10, 12, 9, 14, 8, 11]
    one, ten = forecast.forecast(5, growth, 30), forecast.forecast(50, [10 * week for week in growth], 30)
    assert ten.value == pytest.approx(10 * one.value)
    assert ten.interval.high == pytest.approx(10 * one.interval.high)


def test_the_forecasts_interval_holds_about_as_often_as_said():
    chance, held = random.Random(2), 0
    for _ in range(400):
        growth = [chance.gauss(100, 20) for _ in range(12)]
        held += sum(chance.gauss(100, 20) for _ in range(6)) in forecast.forecast(0, growth, 42).interval
    assert 0.74 <= held / 400 <= 0.88


def test_the_chance_of_a_falling_target_is_that_of_staying_below():
    found = forecast.forecast(100, [-5, -7, -3, -6, -4, -5, -8, -2], 28)
    assert found.chance(90, rising=False) + found.chance(90) == pytest.approx(1)
    assert found.chance(90, rising=False) > 0.9


def test_the_backtest_uses_only_weeks_that_were_known_then():
    tried = forecast.backtest([10.0] * 6 + [10, 10, 10, 500], 1)
    # Four trials; only the last one meets the jump.
    assert (tried.trials, tried.held, tried.median_error) == (4, 3, 0)
    assert forecast.backtest([10.0] * 8, 1) is None
