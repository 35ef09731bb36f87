"""The declared tables: complete, spelt as declared elsewhere, and checked in the right order."""

import re
from fractions import Fraction

import pytest

from metrics.kpi import GOAL_TYPES, KPIS, MEASURES, OFFERED, Kpi, Label, Prepared, Problem, Status, offers
from metrics.kpi.declaration import Whole
from metrics.kpi.formulas import Formula
from metrics.kpi.goal_types import GoalType
from metrics.kpi.measures import Family, Join
from metrics.kpi.prepared import Preparation
from metrics.kpi.progress import Pace
from metrics.kpi.terms import Direction, Group, Klass, Level, Unit

TRUE_SHARES = {
    "share_of_voice",
    "conversation_reach",
    "bounce_rate",
    "feedback_rate",
    "issue_resolution_rate",
    "resolution_time_share",
    "satisfaction_score",
}
SHARES_AND_ATTITUDE = TRUE_SHARES | {"customer_attitude"}

FALLING = {
    *("bounce_rate", "resolution_time_avg", "resolution_time_share", "first_response_time"),
    *("cpl", "cpc", "cpm", "cpa", "cac", "cost_per_engagement", "cost_per_follower"),
}
VANITY = {
    *("audience_engagement", "buzz_growth", "reach_rate", "frequency", "applause_rate", "video_view_rate"),
    *("engagement_rate_followers", "engagement_rate_impressions", "engagement_rate_reach"),
    *("follower_growth_rate", "cost_per_engagement", "cost_per_follower"),
}
GOAL_MAP = {
    "awareness": "share_of_voice reach_rate buzz_growth, guard net_sentiment",
    "engagement": "audience_engagement conversation_reach conversation_rate, guard response_rate",
    "sales": "lead_growth lead_conversion_rate cpl roi, guard bounce_rate",
    "audience": "follower_growth_rate reach_rate, guard engagement_rate_followers",
    "traffic": "ctr web_social_time_ratio social_sessions, guard bounce_rate",
    "service": "issue_resolution_rate resolution_time_avg satisfaction_score, guard response_rate",
    "advocacy": "feedback_rate ewom_quality customer_attitude, guard nps",
}

kpis = pytest.mark.parametrize("kpi", KPIS.values(), ids=list(KPIS))


def all_labels() -> list[Label]:
    rows = [
        label
        for kpi in KPIS.values()
        for label in (kpi.label, kpi.note, kpi.aim, kpi.benchmark, kpi.lecture and kpi.lecture.reason)
        if label
    ]
    enums = [*Group, *Klass, *Unit, *Family, *Status, *Pace, *Level]
    return [
        *rows,
        *(measure.label for measure in MEASURES.values()),
        *(goal_type.label for goal_type in GOAL_TYPES.values()),
        *(member.label for member in enums),
        *(problem.text for problem in Problem),
    ]


def test_every_label_is_written_in_all_languages() -> None:
    assert [label for label in all_labels() if not (label.en.strip() and label.uz.strip() and label.ru.strip())] == []


def test_russian_is_written_in_cyrillic_and_with_its_own_quotation_marks() -> None:
    """A copy of the English has no Cyrillic letter in it."""
    wrong = re.compile(r"[\"“”'‘’`´\u02bb\u02bc]")
    assert [label.ru for label in all_labels() if not re.search(r"[а-яё]", label.ru)] == []
    assert [label.ru for label in all_labels() if wrong.search(label.ru)] == []


def test_russian_keeps_the_places_and_the_figures_of_the_english() -> None:
    places = re.compile(r"\{\w+\}")
    wrong = [label for label in all_labels() if sorted(places.findall(label.ru)) != sorted(places.findall(label.en))]
    numbers = re.compile(r"\d+(?:[.,]\d+)?")
    for label in all_labels():
        said = {figure.replace(",", ".") for figure in numbers.findall(label.en.replace("1 000", "1000"))}
        if not said <= {figure.replace(",", ".") for figure in numbers.findall(label.ru)}:
            wrong.append(label)
    assert wrong == []


def test_no_two_measures_or_kpis_have_the_same_russian_name() -> None:
    for declared in (MEASURES, KPIS):
        names = [row.label.ru for row in declared.values()]
        assert sorted(names) == sorted(set(names))


def test_uzbek_is_written_with_its_own_letters() -> None:
    wrong = re.compile(r"['‘’`´]|[\u0400-\u04ff]")
    assert [label.uz for label in all_labels() if wrong.search(label.uz)] == []


def test_uzbek_avoids_the_words_that_the_glossary_strikes_out() -> None:
    avoided = re.compile(r"yetakchi|etakchi|taassurot|izdosh|byudjet|aktsiya|mamnuyat|konvertatsiya", re.IGNORECASE)
    assert [label.uz for label in all_labels() if avoided.search(label.uz)] == []


@kpis
def test_kpi_reads_in_words_without_a_bare_name(kpi: Kpi) -> None:
    for language in ("en", "uz", "ru", "uz-latn"):
        assert "_" not in kpi.formula.in_words(language)


@kpis
def test_kpi_refers_only_to_what_exists(kpi: Kpi) -> None:
    assert set(kpi.inputs) <= set(MEASURES)
    assert set(kpi.see_also) <= set(KPIS)
    assert kpi.levels
    assert (kpi.target_zone is not None) == (kpi.direction is Direction.TARGET)


@kpis
def test_kpi_without_figures_names_all_that_is_missing(kpi: Kpi) -> None:
    result = kpi.calculate({})
    assert (result.status, result.names, result.exact) == (Status.MISSING_INPUT, kpi.inputs, None)


@kpis
def test_kpi_refuses_a_negative_figure_before_a_zero_denominator(kpi: Kpi) -> None:
    figures = dict.fromkeys(kpi.inputs, 0)
    for name in kpi.inputs:
        if name in {"current", "target", "baseline"}:
            continue
        result = kpi.calculate({**figures, name: -1})
        assert (result.status, result.problem, result.names) == (Status.INVALID_INPUT, Problem.NEGATIVE, (name,))


def test_falling_kpis_and_target_zones_are_as_declared() -> None:
    assert {name for name, kpi in KPIS.items() if kpi.direction is Direction.DOWN} == FALLING
    zones = {name: kpi.target_zone for name, kpi in KPIS.items() if kpi.target_zone}
    assert zones == {"frequency": (2, 4), "budget_utilisation": (None, 100)}


def test_vanity_and_control_kpis_are_told_from_behaviour() -> None:
    assert {name for name, kpi in KPIS.items() if kpi.klass is Klass.VANITY} == VANITY
    control = {name for name, kpi in KPIS.items() if kpi.klass is Klass.CONTROL}
    assert control == {"budget_utilisation", "schedule_adherence", "goal_progress"}
    assert control == {name for name, kpi in KPIS.items() if kpi.group is Group.CONTROL}


def test_goals_begin_with_the_kpis_of_their_type() -> None:
    declared = {name: f"{' '.join(goal.primary)}, guard {goal.guard}" for name, goal in GOAL_TYPES.items()}
    assert declared == GOAL_MAP


def test_a_kpi_over_an_undeclared_measure_is_refused() -> None:
    roi = KPIS["roi"]
    with pytest.raises(ValueError, match="no such measure: profit"):
        Kpi(
            "wrong",
            roi.label,
            Formula("profit / investment"),
            roi.unit,
            roi.direction,
            roi.group,
            roi.klass,
            roi.levels,
            roi.note,
        )


def test_a_goal_type_over_an_undeclared_kpi_is_refused() -> None:
    with pytest.raises(ValueError, match="no such KPI or measure: fame"):
        GoalType("wrong", Label("Wrong", "Notoʻgʻri", "Неверно"), ("fame",), "roi")


def test_part_over_whole_is_checked_for_true_shares_and_nowhere_else() -> None:
    assert {name for name, kpi in KPIS.items() if kpi.part_of} == SHARES_AND_ATTITUDE


@pytest.mark.parametrize("name", sorted(TRUE_SHARES))
def test_a_part_over_its_whole_is_invalid_and_the_whole_itself_is_100(name: str) -> None:
    kpi = KPIS[name]
    whole = kpi.part_of
    assert isinstance(whole, Whole)
    (part,) = whole.parts
    too_much = kpi.calculate({part: 2, whole.whole: 1})
    assert (too_much.status, too_much.problem) == (Status.INVALID_INPUT, Problem.PART_OVER_WHOLE)
    assert too_much.names == (part, whole.whole)
    assert kpi.calculate({part: 1, whole.whole: 1}).exact == 100
    assert kpi.calculate({part: 2, whole.whole: 0}).status is Status.ZERO_DENOMINATOR


def test_opinions_cannot_outnumber_those_who_know_the_brand() -> None:
    kpi = KPIS["customer_attitude"]
    figures = {"supporters": 1, "neutrals": 1, "opponents": 1}
    assert kpi.calculate({**figures, "brand_aware": 2}).problem is Problem.PART_OVER_WHOLE
    assert kpi.calculate({**figures, "brand_aware": 3}).exact == Fraction(1, 3)
    assert kpi.calculate({**figures, "brand_aware": 0}).status is Status.ZERO_DENOMINATOR
    assert kpi.calculate({"supporters": 0, "neutrals": 9, "opponents": 0, "brand_aware": 9}).exact == 1


def test_rates_other_than_shares_may_pass_100() -> None:
    assert KPIS["reach_rate"].calculate({"reach": 3, "followers": 1}).exact == 300
    assert KPIS["response_rate"].calculate({"messages_answered": 3, "messages_received": 2}).exact == 150


def test_a_score_over_one_is_out_of_range() -> None:
    scores = {"authenticity": "1.1", "timeliness": "1", "accuracy": "0", "depth": "0.5"}
    result = KPIS["ewom_quality"].calculate_raw(scores)
    assert (result.status, result.problem) == (Status.INVALID_INPUT, Problem.OUT_OF_RANGE)
    assert result.names == ("authenticity",)


def test_a_margin_written_in_per_cent_is_out_of_range() -> None:
    figures = {"average_order_value": 1, "orders_per_year": 1, "lifespan_years": 1, "gross_margin": 40}
    assert KPIS["clv"].calculate(figures).problem is Problem.OUT_OF_RANGE


def test_weights_of_zero_are_a_zero_denominator_and_a_single_weight_leaves_the_rest_at_a_quarter() -> None:
    kpi = KPIS["ewom_quality"]
    scores = {"authenticity": "1", "timeliness": "0", "accuracy": "0", "depth": "0"}
    nothing = {f"w_{name}": "0" for name in scores}
    assert kpi.calculate_raw({**scores, **nothing}).status is Status.ZERO_DENOMINATOR
    assert kpi.calculate_raw({**scores, "w_authenticity": "0.75"}).exact == Fraction(1, 2)
    assert kpi.calculate_raw({**scores, "w_depth": "-1"}).names == ("w_depth",)
    assert kpi.calculate_raw({**scores, "depth": None}).names == ("depth",)
    assert kpi.calculate_raw({**scores, "depth": None, "w_depth": "-1"}).status is Status.MISSING_INPUT


def test_weeks_are_checked_like_other_figures() -> None:
    kpi = KPIS["schedule_adherence"]
    planned, done = kpi.raw_inputs
    assert kpi.calculate_raw({planned: [3, 3]}).names == (done,)
    assert kpi.calculate_raw({planned: [3, 3], done: [1, None]}).names == (done,)
    assert kpi.calculate_raw({planned: [3, -3], done: [1, 1]}).problem is Problem.NEGATIVE
    assert kpi.calculate_raw({planned: [3, 3], done: [1]}).problem is Problem.UNEQUAL_LENGTH
    assert kpi.calculate_raw({planned: [], done: []}).status is Status.ZERO_DENOMINATOR
    assert kpi.calculate_raw({planned: "4", done: "3"}).exact == 75


def test_two_currencies_make_money_invalid_and_one_does_not() -> None:
    kpi = KPIS["roi"]
    figures = {"revenue": 3, "cogs": 0, "investment": 1}
    mixed = kpi.calculate(figures, {"revenue": "USD", "cogs": "UZS", "investment": "UZS"})
    assert (mixed.status, mixed.problem) == (Status.INVALID_INPUT, Problem.MIXED_CURRENCIES)
    assert kpi.calculate(figures, dict.fromkeys(figures, "UZS")).exact == 200
    assert KPIS["cpl"].calculate({"spend_total": 4, "leads": 2}, {"leads": "USD", "spend_total": "UZS"}).exact == 2


def test_followers_lost_have_no_cost() -> None:
    result = KPIS["cost_per_follower"].calculate({"spend_total": 100, "net_new_followers": -5})
    assert result.problem is Problem.NEGATIVE
    assert MEASURES["net_new_followers"].allows(Fraction(-5))


def test_a_goal_may_begin_and_aim_below_zero() -> None:
    assert KPIS["goal_progress"].calculate({"current": 5, "baseline": -10, "target": 20}).exact == 50


def test_rows_add_up_before_they_divide_and_a_gap_stays_a_gap() -> None:
    kpi = KPIS["ctr"]
    rows = [{"link_clicks": 1, "impressions": 10}, {"link_clicks": 2, "impressions": 90}]
    assert kpi.calculate_over(rows).exact == 3
    assert kpi.calculate_over([*rows, {"link_clicks": 1, "impressions": None}]).names == ("impressions",)
    assert kpi.calculate_over([]).status is Status.MISSING_INPUT


def test_people_do_not_add_up_over_rows() -> None:
    rows = [{"reach": 1, "followers": 1}, {"reach": 1, "followers": 1}]
    assert KPIS["reach_rate"].calculate_over(rows).problem is Problem.NOT_ADDITIVE
    assert KPIS["reach_rate"].calculate_over(rows[:1]).exact == 100


def test_reasons_name_the_measures_in_the_readers_language() -> None:
    missing = KPIS["engagement_rate_reach"].calculate({"interactions": 1})
    assert missing.in_words() == "Not recorded: reach."
    assert missing.in_words("uz") == "Kiritilmagan: qamrov."
    assert missing.in_words("ru") == "Не внесены данные: охват."
    over = KPIS["bounce_rate"].calculate({"single_page_visits": 2, "total_visits": 1})
    assert over.in_words() == "More than the whole: one-page visits against website visits."
    assert KPIS["reach_rate"].calculate({"reach": 1, "followers": 1}).in_words() == ""


def test_measures_join_as_what_they_count() -> None:
    never = {name for name, measure in MEASURES.items() if measure.join is Join.NEVER}
    assert {"reach", "participants", "audience_total", "viewers"} <= never
    assert MEASURES["followers"].join is Join.LAST
    assert MEASURES["likes"].join is Join.UP
    assert MEASURES["new_followers"].join is Join.UP


def test_every_prepared_measure_leads_to_recorded_figures() -> None:
    def leads_somewhere(name: str, above: tuple[str, ...] = ()) -> bool:
        assert name not in above, f"{name} is prepared from itself"
        measure = MEASURES[name]
        ways = measure.prepared
        assert measure.recorded or ways, name
        return all(leads_somewhere(part, (*above, name)) for way in ways for part in way.measures)

    assert all(leads_somewhere(name) for name in MEASURES)


def test_prepared_measures_name_kpis_and_stand_ins_that_exist() -> None:
    ways = [way for measure in MEASURES.values() for way in measure.prepared]
    assert all(way.sources[0] in KPIS for way in ways if way.kind is Preparation.KPI)
    assert {way.kind for way in ways} == set(Preparation)
    assert all(measure.stand_in in {"", *MEASURES} for measure in MEASURES.values())


def test_every_input_of_a_raw_sum_is_a_measure_of_its_kpi() -> None:
    for name in ("ewom_quality", "schedule_adherence"):
        kpi = KPIS[name]
        assert kpi.raw is not None
        figures = {raw: [1] if raw in kpi.raw.lists else 1 for raw in kpi.raw_inputs}
        assert set(kpi.prepare(figures)) == set(kpi.inputs)  # type: ignore[arg-type]


def test_platforms_offer_declared_measures() -> None:
    assert {measure for measures in OFFERED.values() for measure in measures} <= set(MEASURES)


def test_an_interaction_that_a_platform_does_not_offer_is_told_apart_from_one_not_recorded() -> None:
    assert not offers("x", "tags")
    assert offers("instagram", "saves")
    assert not offers("facebook", "saves")
    assert offers("x", "leads")
    assert offers("x", "interactions")
    assert offers("someplace", "tags")
    assert offers("x", "no_such_measure")


def test_on_each_platform_something_counts_as_seen() -> None:
    for platform in OFFERED:
        views = MEASURES["views"]
        assert offers(platform, "views") or offers(platform, views.stand_in)


def test_interactions_are_the_sum_that_the_domain_names() -> None:
    first = MEASURES["interactions"].prepared[0]
    assert first == Prepared.sum("likes", "comments", "shares", "saves", "tags", "other_interactions")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uz", "Qamrov"),
        ("uz_Latn", "Qamrov"),
        ("ru", "Охват"),
        ("ru-kg", "Охват"),
        ("de", "Reach"),
        ("", "Reach"),
        (None, "Reach"),
    ],
)
def test_label_falls_back_to_english_in_a_language_that_it_does_not_know(code: str | None, text: str) -> None:
    assert MEASURES["reach"].label.in_language(code) == text


def test_abbreviations_keep_their_capital_in_a_sentence() -> None:
    assert Label("CLV of a customer", "CLV", "CLV").in_sentence("en") == "CLV of a customer"
    assert Label("Oʻzaro", "Oʻzaro", "Взаимно").in_sentence("uz") == "oʻzaro"
    assert Label("UGC", "UGC", "UGC-посты").in_sentence("ru") == "UGC-посты"
    assert Label("Views", "Koʻrishlar", "Просмотры").in_sentence("ru") == "просмотры"
