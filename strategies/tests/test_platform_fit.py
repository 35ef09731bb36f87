"""Platforms rated by hand: what each criterion makes of plain values, and the score over what is known."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from brands.models.teams import BusinessType
from brands.platform_rows import ACTIVE
from strategies.fit_words import reason_text
from strategies.models import Criterion, GoalType, StrategyType
from strategies.platform_fit import (
    BUSINESSES,
    CRITERIA,
    STRENGTHS,
    WEIGHTS,
    Network,
    Reason,
    Rival,
    Situation,
    Use,
    Why,
    approach,
    audience,
    format_,
    forms_of,
    names,
    resources,
    review_is_due,
    rivals,
    score,
    suggest,
    weights_of,
)

NETWORKS = {
    row["slug"]: Network(
        row["slug"],
        row["name"],
        frozenset({row["media_type"], *row.get("secondary_types", [])}),
        forms_of(row["formats"], links=row.get("links_in_text", True)),
        row.get("needs_video", False),
        Fraction(row["cadence_min"]),
    )
    for row in ACTIVE
}
INSTAGRAM, LINKEDIN, TIKTOK, TELEGRAM = (NETWORKS[name] for name in ("instagram", "linkedin", "tiktok", "telegram"))
X, PINTEREST = NETWORKS["x"], NETWORKS["pinterest"]


def why(suggestion) -> list[Why]:
    return [reason.why for reason in suggestion.reasons]


def personas(*platforms: str) -> Situation:
    return Situation(personas=tuple(frozenset(each.split()) for each in platforms))


# --- the tables


def test_the_criteria_are_those_of_the_rows_and_weigh_a_hundred():
    assert list(WEIGHTS) == list(CRITERIA) == Criterion.values
    assert WEIGHTS == {"audience": 35, "format": 25, "resources": 20, "approach": 10, "rivals": 10}
    assert sum(WEIGHTS.values()) == 100


def test_what_is_declared_speaks_of_what_there_is():
    assert set(BUSINESSES) == set(BusinessType.values)
    assert set(STRENGTHS) == set(NETWORKS)
    for strength in STRENGTHS.values():
        assert strength.types <= set(StrategyType.values)
        assert strength.goals <= set(GoalType.values)


# --- audience


@pytest.mark.parametrize(
    ("where", "rating"),
    [(("telegram",), 5), (("telegram", "x"), 3), (("x", "x", "x"), 0), (("telegram", "telegram", "x"), 3), (("telegram", "x", "x"), 2)],
)  # fmt: skip
def test_the_audience_is_the_share_of_personas_who_are_there(where, rating):
    assert audience(TELEGRAM, personas(*where)).rating == rating


def test_without_a_persona_the_audience_is_not_known_rather_than_nobody():
    assert audience(TELEGRAM, Situation()).rating is None


# --- format and business


@pytest.mark.parametrize(
    ("business", "better", "worse"),
    [
        ("small", "instagram", "linkedin"), ("small", "pinterest", "linkedin"), ("ecommerce", "instagram", "linkedin"),
        ("b2b", "linkedin", "pinterest"), ("b2b", "linkedin", "tiktok"), ("b2b", "linkedin", "instagram"),
    ],
)  # fmt: skip
def test_a_clothes_shop_belongs_on_pictures_and_companies_on_linkedin(business, better, worse):
    situation = Situation(business=business)
    assert format_(NETWORKS[better], situation).rating > format_(NETWORKS[worse], situation).rating


def test_linkedin_says_why_it_is_not_for_consumers():
    assert Why.FOR_COMPANIES in why(format_(LINKEDIN, Situation(business="small")))
    assert Why.FOR_COMPANIES not in why(format_(LINKEDIN, Situation(business="large")))


@pytest.mark.parametrize(
    ("planned", "network", "rating"),
    [
        ({"video": 60, "reel": 40}, TIKTOK, 5), ({"text": 100}, TIKTOK, 0), ({"text": 50, "reel": 50}, TIKTOK, 3),
        ({"ugc": 100}, INSTAGRAM, 5), ({"link": 100}, INSTAGRAM, 0), ({"link": 100}, TELEGRAM, 5),
    ],
)  # fmt: skip
def test_planned_posts_count_where_their_form_works(planned, network, rating):
    assert format_(network, Situation(planned_forms=planned)).rating == rating


def test_business_and_plan_count_alike():
    situation = Situation(business="small", planned_forms={"text": 100})
    assert format_(INSTAGRAM, replace(situation, planned_forms={})).rating == 5
    # (5 + 0) / 2, half up.
    assert format_(INSTAGRAM, situation).rating == 3


def test_a_platform_without_known_forms_is_not_rated():
    assert format_(Network("odnoklassniki", "OK"), Situation(business="small")).rating is None
    assert format_(INSTAGRAM, Situation()).rating is None


# --- resources


@pytest.mark.parametrize(
    ("free", "rating"), [(6, 5), ("5.99", 4), ("4.2", 3), ("3.5", 2), (3, 2), ("2.99", 1), (2, 1), ("1.99", 0), (0, None)]
)
def test_the_less_is_left_the_lower_the_rating(free, rating):
    """Instagram's usual three posts take three hours."""
    situation = Situation(hours=Fraction(free) if free else None)
    assert resources(INSTAGRAM, situation).rating == rating


def test_hours_of_other_channels_are_taken_off_and_its_own_are_what_it_needs():
    situation = Situation(hours=Fraction(10), used=(Use("telegram", Fraction(6)), Use("instagram", Fraction(4))))
    found = resources(INSTAGRAM, situation)
    assert found.reasons[0].values == {"needed": 4, "left": 4}
    assert found.rating == 2


def test_nothing_left_is_no_rating_of_nothing_known():
    found = resources(INSTAGRAM, Situation(hours=Fraction(6), used=(Use("telegram", Fraction(7)),)))
    assert (found.rating, why(found)) == (0, [Why.NO_HOURS_LEFT])


@pytest.mark.parametrize(
    ("needed", "said"), [("1", "about 1 hour a week"), ("0.5", "about 0.5 hours a week"), ("2", "about 2 hours a week")]
)
@pytest.mark.parametrize("reason", [Why.HOURS, Why.NO_HOURS_LEFT])
def test_one_hour_is_not_said_in_the_plural(reason, needed, said):
    assert said in reason_text(Reason(reason, {"needed": Fraction(needed), "left": Fraction(3)}))


@pytest.mark.parametrize(("skills", "rating"), [(frozenset({"copy"}), 1), (frozenset({"video"}), 5), (None, 5)])
def test_video_first_without_video_skill_is_low(skills, rating):
    assert resources(TIKTOK, Situation(hours=Fraction(100), skills=skills)).rating == rating
    assert (Why.NO_VIDEO_SKILL in why(resources(TIKTOK, Situation(skills=skills)))) is (rating == 1)


def test_a_fifth_channel_is_rated_lower():
    used = tuple(Use(name, Fraction(0)) for name in ("x", "threads", "youtube", "facebook"))
    assert resources(INSTAGRAM, Situation(hours=Fraction(100), used=used[:3])).rating == 5
    assert resources(INSTAGRAM, Situation(hours=Fraction(100), used=used)).rating == 3


# --- approach and rivals


@pytest.mark.parametrize(
    ("types", "goals", "network", "rating"),
    [
        (("content",), "awareness", INSTAGRAM, 5), (("monitoring",), "service", INSTAGRAM, 0),
        # The primary type counts twice: 2 of 3, then 1 of 3.
        (("content", "crm"), "", INSTAGRAM, 3), (("crm", "content"), "", INSTAGRAM, 2),
        ((), "service sales", TELEGRAM, 5), ((), "service awareness", TELEGRAM, 3),
    ],
)  # fmt: skip
def test_strengths_are_held_against_type_and_goals(types, goals, network, rating):
    assert approach(network, Situation(types=types, goals=frozenset(goals.split()))).rating == rating


def test_without_type_and_goals_or_strengths_the_approach_is_not_known():
    assert approach(TELEGRAM, Situation()).rating is None
    assert approach(Network("odnoklassniki", "OK"), Situation(types=("crm",))).rating is None


@pytest.mark.parametrize(
    ("seen", "rating"),
    [
        ((), None),
        ((Rival("instagram"),), None),
        ((Rival("tiktok"),), 2),
        ((Rival("tiktok", shows_success=True),), 3),
        ((Rival("tiktok", shows_success=True, gap="Nobody shows the weaving"),), 4),
        ((Rival("instagram", neglected="TikTokda hech kim yoʻq"),), 4),
        ((Rival("instagram", neglected="TikTok"), Rival("x", neglected="tiktok, YouTube")), 5),
        ((Rival("tiktok", shows_success=True, gap="No prices", neglected="TikTok"),), 5),
    ],
)
def test_rivals_show_what_works_and_what_they_neglect(seen, rating):
    assert rivals(TIKTOK, Situation(rivals=seen)).rating == rating


@pytest.mark.parametrize(
    ("text", "network", "is_named"),
    [
        ("They forgot Twitter", X, True), ("X (Twitter)", X, True), ("extra pixels", X, False), ("x", X, False),
        ("Pinterestda yoʻq", PINTEREST, True), ("nowhere", PINTEREST, False), ("LINKEDIN!", LINKEDIN, True), ("", LINKEDIN, False),
    ],
)  # fmt: skip
def test_a_platform_is_found_in_free_text(text, network, is_named):
    assert names(text, network) is is_named


# --- the score


def test_the_score_is_the_weighed_sum():
    found = score({"audience": 5, "format": 4, "resources": 3, "approach": 2, "rivals": 1})
    # 35 + 20 + 12 + 4 + 2
    assert (found.exact, found.points, found.is_complete) == (73, 73, True)


def test_what_is_not_known_is_left_out_and_said():
    found = score({"audience": 5, "format": None, "resources": 1, "approach": None, "rivals": None})
    # (35 + 4) of 55
    assert (found.exact, found.points, found.weighed, found.is_complete) == (Fraction(3900, 55), 71, 55, False)


def test_nothing_known_is_no_score_and_nothing_earned_is_zero():
    assert score(dict.fromkeys(WEIGHTS)).points is None
    assert score(dict.fromkeys(WEIGHTS, 0)).points == 0


def test_points_are_rounded_half_up():
    assert score({"audience": 1, "format": 0}, {"audience": 1, "format": 7}).exact == Fraction(5, 2)
    assert score({"audience": 1, "format": 0}, {"audience": 1, "format": 7}).points == 3


RATINGS = some.fixed_dictionaries({name: some.one_of(some.none(), some.integers(0, 5)) for name in WEIGHTS})


@given(RATINGS)
def test_a_score_lies_between_zero_and_a_hundred_and_all_fives_make_a_hundred(ratings):
    found = score(ratings)
    assert (found.exact is None) == (not found.weighed)
    if found.exact is None:
        return
    assert 0 <= found.exact <= 100
    better = {name: None if rating is None else 5 for name, rating in ratings.items()}
    assert score(better).exact == 100


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"audience": 100},
        dict(WEIGHTS) | {"audience": 36},
        dict(WEIGHTS) | {"audience": "35"},
        dict(WEIGHTS) | {"audience": -35},
    ],
)
def test_weights_that_make_no_hundred_give_way_to_the_usual_ones(said):
    assert weights_of(said) == WEIGHTS


def test_weights_may_be_others_and_zero():
    ours = {"audience": 60, "format": 40, "resources": 0, "approach": 0, "rivals": 0}
    assert weights_of(ours) == ours
    assert score({"audience": 5, "format": 0, "resources": 0}, ours).exact == 60


def test_every_criterion_says_why():
    for network in NETWORKS.values():
        for suggestion in suggest(network, Situation()).values():
            assert suggestion.rating is None
    situation = replace(personas("telegram"), business="small", hours=Fraction(20), types=("content",), rivals=(Rival("x"),))
    for network in NETWORKS.values():
        assert all(suggestion.reasons for suggestion in suggest(network, situation).values())


# --- the yearly review


@pytest.mark.parametrize(("days", "is_due"), [(365, False), (366, True), (0, False)])
def test_platforms_are_judged_again_after_a_year(days, is_due):
    today = date(2026, 11, 21)
    assert review_is_due(today - timedelta(days), today) is is_due


def test_a_review_that_never_was_is_not_overdue():
    assert not review_is_due(None, date(2026, 11, 21))
