"""Changes, goals and pace."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from metrics.kpi.change import Tone, Zone, change, compound
from metrics.kpi.progress import Pace, expected_progress, is_met, pace, pace_on, progress
from metrics.kpi.results import Problem, Result, Status
from metrics.kpi.terms import Direction, Unit

TWO_TO_FOUR: Zone = (Fraction(2), Fraction(4))
UP_TO_100: Zone = (None, Fraction(100))


def tone(current: object, base: object, direction: Direction, zone: Zone | None = None) -> Tone:
    moved = change(Fraction(str(current)), Fraction(str(base)), unit=Unit.PERCENT, direction=direction, zone=zone)
    assert moved is not None
    return moved.tone


def test_change_is_absolute_and_relative() -> None:
    moved = change(Fraction("4.25"), Fraction("3.87"), unit=Unit.PERCENT, direction=Direction.UP)
    assert moved is not None
    assert f"{moved.absolute_rounded:f}" == "0.38"
    assert f"{moved.relative_rounded:f}" == "9.82"
    assert moved.tone is Tone.GOOD


def test_change_from_nothing_has_no_rate() -> None:
    moved = change(Fraction(5), Fraction(0), unit=Unit.COUNT, direction=Direction.UP)
    assert moved is not None
    assert (moved.absolute, moved.relative, moved.relative_rounded) == (5, None, None)


def test_change_from_below_zero_rises_when_it_rises() -> None:
    moved = change(Fraction(-5), Fraction(-10), unit=Unit.POINTS, direction=Direction.UP)
    assert moved is not None and moved.relative == 50


@pytest.mark.parametrize(("current", "base"), [(None, Fraction(1)), (Fraction(1), None), (None, None)])
def test_without_both_figures_there_is_no_change(current: Fraction | None, base: Fraction | None) -> None:
    assert change(current, base, unit=Unit.COUNT, direction=Direction.UP) is None


def test_tone_follows_the_direction() -> None:
    assert tone(2, 1, Direction.UP) is Tone.GOOD
    assert tone(1, 2, Direction.UP) is Tone.BAD
    assert tone(2, 1, Direction.DOWN) is Tone.BAD
    assert tone(1, 2, Direction.DOWN) is Tone.GOOD


def test_a_change_too_small_to_show_is_flat() -> None:
    assert tone("1.004", "1", Direction.UP) is Tone.FLAT
    assert tone("1.005", "1", Direction.UP) is Tone.GOOD


def test_tone_of_a_target_zone_is_nearer_or_farther() -> None:
    assert tone(3, 5, Direction.TARGET, TWO_TO_FOUR) is Tone.GOOD
    assert tone(1, 3, Direction.TARGET, TWO_TO_FOUR) is Tone.BAD
    assert tone(2, 4, Direction.TARGET, TWO_TO_FOUR) is Tone.FLAT
    assert tone(90, 40, Direction.TARGET, UP_TO_100) is Tone.FLAT
    assert tone(110, 90, Direction.TARGET, UP_TO_100) is Tone.BAD
    assert tone(110, 90, Direction.TARGET) is Tone.FLAT


def test_growth_compounds_and_absurd_periods_are_refused() -> None:
    assert compound(Fraction(100), 3) == 8
    assert compound(Fraction(25), 0) == 1
    assert compound(Fraction(-50), 2) == Fraction(1, 4)
    for periods in (-1, 1201):
        with pytest.raises(ValueError, match="number of periods"):
            compound(Fraction(25), periods)


def reached(current: object, target: object, **options: object) -> Result:
    return progress(_fraction(current), _fraction(target), **options)  # type: ignore[arg-type]


def _fraction(figure: object) -> Fraction | None:
    return None if figure is None else Fraction(str(figure))


def test_progress_from_a_baseline_works_both_ways() -> None:
    assert reached(800, 1000, baseline=Fraction(500)).exact == 60
    assert reached(90, 60, baseline=Fraction(120)).exact == 50
    assert reached(400, 1000, baseline=Fraction(500)).exact == -20


def test_progress_of_a_threshold_follows_the_direction() -> None:
    assert reached(4, 5).exact == 80
    assert reached(6, 5).exact == 120
    assert reached(40, 30, direction=Direction.DOWN).exact == 75


def test_progress_that_cannot_be_had_says_why() -> None:
    assert reached(None, 5).names == ("current",)
    assert reached(5, None).names == ("target",)
    assert reached(None, 5, baseline=Fraction(1)).status is Status.MISSING_INPUT
    assert reached(5, 0).status is Status.ZERO_DENOMINATOR
    assert reached(0, 30, direction=Direction.DOWN).status is Status.ZERO_DENOMINATOR
    assert reached(5, 5, baseline=Fraction(5)).status is Status.ZERO_DENOMINATOR


def test_a_threshold_below_zero_has_no_percentage() -> None:
    assert reached(-5, -10).problem is Problem.NEGATIVE
    assert reached(-5, 10, direction=Direction.DOWN).names == ("current",)
    assert reached(-5, 10).exact == -50


def test_progress_towards_a_zone() -> None:
    zone = {"direction": Direction.TARGET, "zone": TWO_TO_FOUR}
    assert [reached(figure, 3, **zone).exact for figure in (1, 2, 3, 4, 8)] == [50, 100, 100, 100, 50]
    budget = {"direction": Direction.TARGET, "zone": UP_TO_100}
    assert reached(120, 90, **budget).exact == 75
    assert reached(90, 90, **budget).exact == 100
    assert reached(1, 4, direction=Direction.TARGET, zone=(Fraction(2), None)).exact == 25
    assert reached(8, 4, direction=Direction.TARGET).exact == 50


def test_a_target_can_be_met_where_no_percentage_exists() -> None:
    zero = Fraction(0)
    assert is_met(zero, Fraction(30), direction=Direction.DOWN)
    assert is_met(Fraction(5), Fraction(5), baseline=Fraction(5))
    assert not is_met(Fraction(4), Fraction(5), baseline=Fraction(5))
    assert is_met(Fraction(3), Fraction(4), direction=Direction.TARGET, zone=TWO_TO_FOUR)
    assert not is_met(None, Fraction(5))
    assert not is_met(Fraction(5), None)


def test_a_target_from_a_baseline_is_met_on_its_own_side() -> None:
    assert is_met(Fraction(60), Fraction(60), baseline=Fraction(120), direction=Direction.UP)
    assert not is_met(Fraction(61), Fraction(60), baseline=Fraction(120))
    assert is_met(Fraction(7), Fraction(6), baseline=Fraction(1))


def test_expected_progress_stays_between_start_and_deadline() -> None:
    assert [expected_progress(day, 10).exact for day in (-3, 0, 5, 10, 14)] == [0, 0, 50, 100, 100]
    assert expected_progress(0, 0).exact == 100


@pytest.mark.parametrize(
    ("made", "elapsed", "expected"),
    [
        ("45", 90, Pace.ON_TRACK),
        ("44.99", 90, Pace.AT_RISK),
        ("35", 90, Pace.AT_RISK),
        ("34.99", 90, Pace.BEHIND),
        ("100", 90, Pace.ACHIEVED),
        ("100", 181, Pace.ACHIEVED),
        ("0", 0, Pace.ON_TRACK),
        ("-5", 0, Pace.BEHIND),
        ("95", 180, Pace.ON_TRACK),
        ("99.99", 181, Pace.MISSED),
        ("50", -1, Pace.NOT_STARTED),
    ],
)
def test_pace_compares_progress_with_the_calendar(made: str, elapsed: int, expected: Pace) -> None:
    assert pace(Result(Fraction(made)), elapsed, 180) is expected


def test_pace_without_figures_is_no_data_unless_the_target_is_met() -> None:
    nothing = Result.refused(Problem.MISSING, "current")
    assert pace(nothing, 90, 180) is Pace.NO_DATA
    assert pace(nothing, 200, 180) is Pace.NO_DATA
    assert pace(nothing, -1, 180) is Pace.NOT_STARTED
    assert pace(Result.refused(Problem.ZERO_DENOMINATOR, "current"), 90, 180, met=True) is Pace.ACHIEVED


def test_pace_on_a_day_counts_the_deadline_in() -> None:
    start, deadline = date(2027, 1, 1), date(2027, 3, 31)
    half = Result(Fraction(50))
    assert pace_on(start - timedelta(1), half, start, deadline) is Pace.NOT_STARTED
    assert pace_on(deadline, Result(Fraction(91)), start, deadline) is Pace.ON_TRACK
    assert pace_on(deadline + timedelta(1), half, start, deadline) is Pace.MISSED
    assert pace_on(start, half, start, start) is Pace.BEHIND
