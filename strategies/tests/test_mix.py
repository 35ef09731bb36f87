"""The content mix: shares by format, journey stage and purpose; pillars with what they serve."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategies.content_kinds import JOURNEY, KINDS
from strategies.mix import KINDS as KINDS_OF
from strategies.mix import STARTING, compare, difference, share, targets_of
from strategies.models import MixTarget
from strategies.types import TYPES, suits

PURPOSE = "mix-purpose"


@pytest.fixture
def shares(spring):
    return lambda dimension: {row.value: row.share for row in spring.mix_targets.filter(dimension=dimension)}


# --- pure


@pytest.mark.parametrize(
    ("target", "actual", "posts", "said"),
    [
        (None, Fraction(40), 20, ""),
        (30, None, 0, "too few posts to say"),
        (30, Fraction(100), 4, "too few posts to say"),
        (30, Fraction(30), 5, "as planned"),
        (30, Fraction(35), 20, "as planned"),
        (30, Fraction(36), 20, "6 points more than planned"),
        (30, Fraction(12), 20, "18 points less than planned"),
        (0, Fraction(50), 10, "50 points more than planned"),
    ],
)
def test_a_difference_is_said_in_words(target, actual, posts, said):
    assert difference(target, actual, posts) == said


def test_what_is_told_as_planned_is_not_marked_as_off():
    first, second = compare([("a", "A"), ("b", "B")], {"a": 20, "b": 80}, {"a": 8, "b": 46}, {})
    assert (first.said, first.is_off) == ("as planned", False)  # 14.8 %
    assert not second.is_off


def test_a_share_of_nothing_is_none_and_not_zero():
    assert share(0, 0) is None
    assert share(0, 4) == 0
    assert share(1, 3) == Fraction(100, 3)


def test_only_kinds_that_are_planned_or_used_make_rows():
    kinds = [("image", "Image"), ("reel", "Short video"), ("live", "Live")]
    rows = compare(kinds, {"image": 100}, {"image": 1, "reel": 1}, {})
    assert [(row.value, row.target, row.published_share) for row in rows] == [("image", 100, 50), ("reel", 0, 50)]
    assert all(row.planned_share is None for row in rows)


def test_shares_that_are_no_whole_are_no_plan():
    rows = [MixTarget(dimension="purpose", value="attract", share=60), MixTarget(dimension="format", value="reel", share=40)]
    assert targets_of(rows, "purpose") == {}
    rows.append(MixTarget(dimension="purpose", value="engage", share=40))
    assert targets_of(rows, "purpose") == {"attract": 60, "engage": 40}


@pytest.mark.parametrize("dimension", STARTING)
def test_every_mix_to_begin_with_is_a_whole_of_known_kinds(dimension):
    for starting in STARTING[dimension].values():
        assert sum(starting.shares.values()) == 100
        assert set(starting.shares) <= set(KINDS_OF[dimension].values)


def test_every_journey_stage_has_advice_with_real_figures():
    assert [row.stage for row in JOURNEY] == list(KINDS_OF["journey"])
    assert all(name != shown for row in JOURNEY for name, shown in zip(row.kpis, row.kpi_names, strict=True))
    assert len({kind.name for kind in KINDS}) == len(KINDS) == 20


def test_goals_speak_for_types():
    reasons = suits({"sales", "service"})
    assert reasons["commerce"] == ["Leads and sales"]
    assert reasons["content"] == []
    assert len(reasons) == len(TYPES) == 4


# --- the step


@pytest.mark.django_db
def test_shares_that_make_a_whole_are_saved(as_marketer, step_url, spring, shares):
    sent = {f"{PURPOSE}-attract-share": "60", f"{PURPOSE}-engage-share": "40", "action": "next"}
    assert as_marketer.post(step_url("mix"), sent).status_code == 302
    assert shares("purpose") == {"attract": 60, "engage": 40}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attract", "engage", "said"),
    [("60", "30", "give the other 10 %"), ("60", "50", "take 10 % away"), ("60", "", "give the other 40 %")],
)
def test_shares_that_make_no_whole_are_told_at_the_field_and_kept(as_marketer, step_url, shares, attract, engage, said):
    sent = {f"{PURPOSE}-attract-share": attract, f"{PURPOSE}-engage-share": engage, "action": "save"}
    response = as_marketer.post(step_url("mix"), sent)
    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert shares("purpose")["attract"] == 60


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"), [("lots", "Enter a number."), ("-1", "greater than or equal to 0"), ("101", "less than or equal to 100")]
)
def test_a_share_that_cannot_be_is_refused_at_its_field(as_marketer, step_url, shares, typed, said):
    response = as_marketer.post(step_url("mix"), {f"{PURPOSE}-attract-share": typed, "action": "save"})
    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert f'value="{typed}"' in response.content.decode()
    assert not shares("purpose")


@pytest.mark.django_db
def test_half_a_mix_is_saved_quietly_and_its_sum_said(as_marketer, step_url, shares):
    sent = {f"{PURPOSE}-attract-share": "60", f"{PURPOSE}-engage-share": ""}
    answer = as_marketer.post(step_url("mix"), sent, headers={"X-Autosave": "yes"}).json()
    assert answer["saved"]
    assert answer["is_reserved"] and answer["message"].endswith("but the shares of “Attract or engage” make 60 %")
    assert "60 % so far, 40 % to give" in answer["parts"]["mix-live-purpose"]
    assert shares("purpose") == {"attract": 60}
    answer = as_marketer.post(step_url("mix"), sent | {f"{PURPOSE}-engage-share": "40"}, headers={"X-Autosave": "yes"}).json()
    assert answer["saved"] and not answer["is_reserved"] and "but" not in answer["message"]


@pytest.mark.django_db
def test_a_share_that_cannot_be_is_not_called_saved(as_marketer, step_url, shares):
    answer = as_marketer.post(step_url("mix"), {f"{PURPOSE}-attract-share": "140"}, headers={"X-Autosave": "yes"}).json()
    assert not answer["saved"] and answer["message"].startswith("Not saved yet")
    assert not shares("purpose")


@pytest.mark.django_db
def test_an_emptied_share_is_no_zero(as_marketer, step_url, spring, shares):
    row = spring.mix_targets.create(dimension="purpose", value="attract", share=100)
    prefix = f"{PURPOSE}-attract"
    sent = {f"{prefix}-share": "", f"initial-{prefix}-share": "100", f"{prefix}-version": row.version}
    as_marketer.post(step_url("mix"), sent)
    assert shares("purpose") == {}


@pytest.mark.django_db
def test_two_people_do_not_overwrite_each_other(as_marketer, step_url, spring):
    spring.mix_targets.create(dimension="purpose", value="attract", share=70, version=3)
    spring.mix_targets.create(dimension="purpose", value="engage", share=30)
    prefix = f"{PURPOSE}-attract"
    sent = {f"{prefix}-share": "50", f"initial-{prefix}-share": "60", f"{prefix}-version": 2, "action": "save"}
    response = as_marketer.post(step_url("mix"), sent)
    assert response.status_code == 409
    assert 'value="50"' in response.content.decode()
    assert spring.mix_targets.get(value="attract").share == 70


@pytest.mark.django_db
def test_who_did_not_touch_a_removed_share_does_not_bring_it_back(as_marketer, step_url, shares):
    prefix = f"{PURPOSE}-attract"
    sent = {f"{prefix}-share": "60", f"initial-{prefix}-share": "60", f"{prefix}-version": 2}
    as_marketer.post(step_url("mix"), sent)
    assert shares("purpose") == {}


@pytest.mark.django_db
def test_an_empty_dimension_begins_with_one_press_and_is_emptied_with_another(as_marketer, step_url, shares):
    as_marketer.post(step_url("mix"), {"action": "start-journey-sell"})
    assert sum(shares("journey").values()) == 100
    as_marketer.post(step_url("mix"), {"action": "start-journey-keep"})
    assert shares("journey")["conversion"] == 30
    as_marketer.post(step_url("mix"), {"action": "empty-journey"})
    assert shares("journey") == {}
    as_marketer.post(step_url("mix") + "undo/")
    assert shares("journey")["conversion"] == 30


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["start-journey-magic", "start-magic-sell", "empty-magic", "start-", "empty"])
def test_a_button_that_is_none_does_no_harm(as_marketer, step_url, spring, action):
    assert as_marketer.post(step_url("mix"), {"action": action}).status_code == 302
    assert not spring.mix_targets.exists()


@pytest.mark.django_db
def test_a_full_mix_costs_no_more_queries_than_an_empty_one(as_marketer, step_url, spring):
    as_marketer.get(step_url("mix"))
    with CaptureQueriesContext(connection) as empty:
        as_marketer.get(step_url("mix"))
    for dimension, mixes in STARTING.items():
        as_marketer.post(step_url("mix"), {"action": f"start-{dimension}-{next(iter(mixes))}"})
    as_marketer.get(step_url("mix"))
    with CaptureQueriesContext(connection) as full:
        as_marketer.get(step_url("mix"))
    assert len(full) == len(empty) <= 25


@pytest.mark.django_db
def test_viewers_do_not_write_the_mix(as_viewer, step_url):
    assert as_viewer.get(step_url("mix")).status_code == 403


# --- pillars


@pytest.mark.django_db
def test_a_pillar_says_what_it_is_about_and_which_goals_it_serves(as_marketer, step_url, spring):
    goal = spring.goals.create(goal_type="sales", text="1,600 leads", deadline=spring.end)
    sent = {"new-name": "Ustaxona", "new-share": "100", "new-colour": "2", "new-about": "The weaving", "new-goals": goal.pk}
    as_marketer.post(step_url("pillars"), sent | {"new-version": 1})
    pillar = spring.pillars.get()
    assert (pillar.about, list(pillar.goals.all())) == ("The weaving", [goal])


@pytest.mark.django_db
def test_a_pillar_serves_no_goal_of_another_strategy(as_marketer, step_url, spring, shop):
    other = shop.strategies.create(name="Other", start=spring.start, end=spring.end)
    foreign = other.goals.create(goal_type="sales", text="Theirs", deadline=spring.end)
    sent = {"new-name": "Ustaxona", "new-share": "100", "new-colour": "2", "new-goals": foreign.pk, "new-version": 1}
    assert as_marketer.post(step_url("pillars"), sent).status_code == 422


@pytest.mark.django_db
def test_three_pillars_cost_no_more_queries_than_one(as_marketer, step_url, spring):
    goal = spring.goals.create(goal_type="sales", text="1,600 leads", deadline=spring.end)
    spring.pillars.create(name="One", share=40).goals.add(goal)
    as_marketer.get(step_url("pillars"))
    with CaptureQueriesContext(connection) as one:
        as_marketer.get(step_url("pillars"))
    for name in ("Two", "Three"):
        spring.pillars.create(name=name, share=30).goals.add(goal)
    with CaptureQueriesContext(connection) as three:
        as_marketer.get(step_url("pillars"))
    assert len(three) == len(one) <= 25


# --- types


@pytest.mark.django_db
def test_a_type_says_what_speaks_for_it_and_what_the_team_lacks(as_marketer, marketer, step_url, spring):
    marketer.memberships.update(skills=["community"])
    spring.goals.create(goal_type="service", text="Answer faster", deadline=spring.end)
    page = as_marketer.get(step_url("type")).content.decode()
    assert "Your goals speak for it: Customer service" in page
    assert "Nobody of the team has this skill yet: Advertising, Writing" in page
    assert "The team has the skills for it" in page
    assert "A sale counts, and so does every person who answers" in page
