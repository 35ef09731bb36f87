"""The five Cs, worked by hand: what cannot be scored has no score."""

from fractions import Fraction

import pytest

from metrics.five_cs import C, ConversionGoal, FiveCs

FULL = FiveCs(
    slots=8, complete_slots=6, answered=Fraction(45), received=Fraction(50), kept=Fraction(30), planned=Fraction(40),
    partners=("Style blog",), goals=(ConversionGoal("Leads", Fraction(60)), ConversionGoal("Orders", Fraction(130))),
)  # fmt: skip


def scores(facts: FiveCs, **options) -> dict[C, Fraction | None]:
    return {each.c: each.score for each in facts.scored(**options)}


def test_the_five_come_in_their_order():
    assert [each.c for each in FULL.scored()] == list(C)


def test_each_is_worked_out_from_its_own_figures():
    assert scores(FULL) == {
        C.CONTENT: 75,
        C.COMMUNITY: 90,
        C.CONSISTENCY: 75,
        C.COLLABORATION: 50,
        C.CONVERSION: 80,  # (60 + 100) ÷ 2: what is over 100 counts as 100
    }


@pytest.mark.parametrize(
    ("c", "facts"),
    [
        (C.CONTENT, FiveCs()),
        (C.COMMUNITY, FiveCs(answered=Fraction(5))),
        (C.COMMUNITY, FiveCs(answered=Fraction(0), received=Fraction(0))),
        (C.CONSISTENCY, FiveCs(kept=None, planned=Fraction(4))),
        (C.CONSISTENCY, FiveCs(kept=Fraction(0), planned=Fraction(0))),
        (C.COLLABORATION, FiveCs(has_begun=False, partners=("Blog",))),
        (C.CONVERSION, FiveCs()),
        (C.CONVERSION, FiveCs(goals=(ConversionGoal("Leads", None),))),
    ],
)
def test_what_cannot_be_said_is_not_0_and_says_why(c, facts):
    (found,) = [each for each in facts.scored() if each.c is c]
    assert found.score is None and found.percent is None
    assert found.working.endswith(".")


@pytest.mark.parametrize(
    ("c", "facts"),
    [
        (C.CONTENT, FiveCs(slots=3)),
        (C.COMMUNITY, FiveCs(answered=Fraction(0), received=Fraction(7))),
        (C.CONSISTENCY, FiveCs(kept=Fraction(0), planned=Fraction(7))),
        (C.COLLABORATION, FiveCs()),
        (C.CONVERSION, FiveCs(goals=(ConversionGoal("Leads", Fraction(-40)),))),
    ],
)
def test_what_was_measured_and_is_nothing_is_0(c, facts):
    assert scores(facts)[c] == 0


@pytest.mark.parametrize(("partners", "score"), [(1, 50), (2, 100), (5, 100)])
def test_two_partners_make_100(partners, score):
    assert scores(FiveCs(partners=tuple(str(number) for number in range(partners))))[C.COLLABORATION] == score


def test_a_goal_without_figures_does_not_pull_the_others_down():
    goals = (ConversionGoal("Leads", Fraction(60)), ConversionGoal("Orders", None))
    assert scores(FiveCs(goals=goals))[C.CONVERSION] == 60


def test_goals_about_money_are_left_out_for_whoever_may_not_see_it():
    goals = (ConversionGoal("Leads", Fraction(60)), ConversionGoal("Revenue", Fraction(20), is_money=True))
    assert scores(FiveCs(goals=goals))[C.CONVERSION] == 40
    assert scores(FiveCs(goals=goals), money=False)[C.CONVERSION] == 60
    assert scores(FiveCs(goals=goals[1:]), money=False)[C.CONVERSION] is None


def test_the_working_says_what_was_counted():
    said = {each.c: each.working for each in FULL.scored()}
    assert said[C.CONTENT] == "6 of 8 slots of the editorial plans say format, journey stage and pillar."
    assert said[C.COMMUNITY].startswith("45 of 50 messages")
    assert "Style blog" in said[C.COLLABORATION]
    posts = FiveCs(slots=8, complete_slots=6, counts_posts=True).scored()[0]
    assert posts.working.startswith("6 of 8 posts")
