"""Asking the audience: ready questions, a link without an account, no robots, no floods, and what the answers come to."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.forms import robots
from strategies import surveys
from strategies.models import Survey, SurveyQuestion


@pytest.fixture
def survey(spring, marketer) -> Survey:
    found = surveys.begin(spring, "About you", "en", marketer)
    Survey.objects.filter(pk=found.pk).update(is_open=True)
    found.refresh_from_db()
    return found


@pytest.fixture
def patient(monkeypatch) -> None:
    """Somebody who read the page before answering."""
    monkeypatch.setattr(robots, "FASTEST_SECONDS", -1)


def link(survey: Survey) -> str:
    return reverse("survey", args=[surveys.token(survey)])


def sheet(survey: Survey, **more: str) -> dict[str, str]:
    """The public form as a browser sends it, with the first question answered."""
    shown = Client().get(link(survey)).context["sheet"]["shown"].value()
    return {f"q{survey.questions.first().pk}": "25–34", "shown": shown, "website": ""} | more


def page(spring, rest: str = "") -> str:
    return f"/brands/atlas/strategies/{spring.pk}/surveys/{rest}"


# --- the team


def test_a_survey_begins_with_ready_questions_in_the_audiences_language(as_marketer, shop, spring):
    shop.language = "uz"
    shop.save()
    assert as_marketer.post(page(spring, "new/")).status_code == 302
    found = spring.surveys.get()
    assert (found.language, found.is_open, found.questions.count()) == ("uz", False, len(surveys.READY_QUESTIONS))


def test_a_survey_is_opened_closed_and_given_a_new_link(as_marketer, spring, survey):
    old = link(survey)
    as_marketer.post(page(spring, f"{survey.pk}/close/"))
    assert Client().get(old).status_code == 410
    as_marketer.post(page(spring, f"{survey.pk}/open/"))
    assert Client().get(old).status_code == 200
    as_marketer.post(page(spring, f"{survey.pk}/replace-link/"))
    survey.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(link(survey)).status_code == 200


def test_a_survey_without_a_question_is_not_opened(as_marketer, spring, survey):
    survey.questions.all().delete()
    Survey.objects.update(is_open=False)
    as_marketer.post(page(spring, f"{survey.pk}/open/"))
    assert not Survey.objects.get().is_open


def test_questions_are_written_changed_moved_and_removed(as_marketer, spring, survey):
    typed = {"text": "Tea or coffee?", "kind": "one", "options": "Tea\n\n  Coffee \nTea"}
    assert as_marketer.post(page(spring, f"{survey.pk}/questions/new/"), typed).status_code == 302
    question = survey.questions.last()
    assert question.options == ["Tea", "Coffee"]
    as_marketer.post(page(spring, f"{survey.pk}/move-up/"), {"question": question.pk})
    assert list(survey.questions.all())[-2] == question
    as_marketer.post(page(spring, f"{survey.pk}/remove-question/"), {"question": question.pk})
    assert not SurveyQuestion.objects.filter(pk=question.pk).exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"options": "Only one"}, "options"),
        ({"options": "\n".join(str(number) for number in range(13))}, "options"),
        ({"options": "a\n" + "x" * 81}, "options"),
        ({"kind": "magic"}, "kind"),
    ],
)
def test_a_question_that_cannot_be_is_told_at_the_field(as_marketer, spring, survey, typed, field):
    said = {"text": "Tea?", "kind": "one", "options": "Tea\nCoffee"} | typed
    answer = as_marketer.post(page(spring, f"{survey.pk}/questions/new/"), said)
    assert answer.status_code == 422 and field in answer.context["form"].errors


def test_fifteen_questions_are_the_most(as_marketer, spring, survey):
    for number in range(20):
        as_marketer.post(page(spring, f"{survey.pk}/questions/new/"), {"text": f"Q{number}", "kind": "text"})
    assert survey.questions.count() == 15


def test_two_people_who_edit_a_survey_lose_nothing(as_marketer, spring, survey):
    typed = {"title": "Mine", "language": "en", "version": survey.version - 1 or 99}
    answer = as_marketer.post(page(spring, f"{survey.pk}/edit/"), typed)
    assert answer.status_code == 422 and "Somebody changed this" in answer.content.decode()


def test_viewers_read_what_came_in_and_change_nothing(as_viewer, spring, survey):
    assert as_viewer.get(page(spring, f"{survey.pk}/")).status_code == 200
    assert surveys.token(survey) not in as_viewer.get(page(spring, f"{survey.pk}/")).content.decode()
    assert as_viewer.post(page(spring, f"{survey.pk}/close/")).status_code == 403
    assert as_viewer.get(page(spring, f"{survey.pk}/answers.csv")).status_code == 403


def test_a_survey_of_another_strategy_is_not_found(as_marketer, shop, spring, survey):
    other = shop.strategies.create(name="Other", start=spring.start, end=spring.end)
    assert as_marketer.get(page(other, f"{survey.pk}/")).status_code == 404


# --- the people


def test_whoever_has_the_link_answers_without_an_account(survey, patient):
    answer = Client().post(link(survey), sheet(survey))
    assert "Thank you" in answer.content.decode()
    row = survey.responses.get()
    assert row.answers == {str(survey.questions.first().pk): "25–34"}
    assert "127.0.0.1" not in row.sender


def test_the_link_is_not_indexed_not_stored_and_not_told_on(survey):
    answer = Client().get(link(survey))
    assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("signed", ["x", "W10:abc", "1:1", "%00", "a" * 300])
def test_a_forged_link_tells_nothing(db, signed):
    answer = Client().get(f"/surveys/{signed}/")
    assert answer.status_code == 404 and "Atlas" not in answer.content.decode()


@pytest.mark.parametrize("trick", [{"website": "http://spam.example"}, {"shown": ""}, {"shown": "1:forged"}])
def test_a_robot_is_thanked_and_nothing_is_kept(survey, patient, trick):
    assert Client().post(link(survey), sheet(survey) | trick).status_code == 200
    assert not survey.responses.exists()


def test_who_answers_faster_than_anybody_reads_is_a_robot(survey):
    Client().post(link(survey), sheet(survey))
    assert not survey.responses.exists()


def test_a_page_that_stayed_open_for_days_is_still_answered(survey, monkeypatch):
    days_ago = time.time() - timedelta(days=3).total_seconds()
    with monkeypatch.context() as then:
        then.setattr(time, "time", lambda: days_ago)
        shown = robots.CLOCK.sign(str(int(days_ago)))
    Client().post(link(survey), sheet(survey, shown=shown))
    assert survey.responses.count() == 1


def test_a_flood_from_one_address_is_slowed_down_and_keeps_what_was_written(survey, patient, monkeypatch):
    monkeypatch.setattr(surveys, "MOST_AN_HOUR", 2)
    text = survey.questions.get(kind="text")
    for _ in range(2):
        Client().post(link(survey), sheet(survey))
    answer = Client().post(link(survey), sheet(survey) | {f"q{text.pk}": "My long words"})
    assert answer.status_code == 429 and "My long words" in answer.content.decode()
    assert survey.responses.count() == 2
    survey.responses.update(created_at=survey.created_at - timedelta(hours=2))
    assert Client().post(link(survey), sheet(survey)).status_code == 200


def test_a_full_survey_takes_no_more(survey, patient, monkeypatch):
    monkeypatch.setattr(surveys, "MOST_RESPONSES", 1)
    sent = sheet(survey)
    Client().post(link(survey), sent)
    assert Client().post(link(survey), sent).status_code == 410


def test_after_its_last_day_a_survey_is_closed(survey, shop):
    Survey.objects.update(closes_on=shop.today() - timedelta(days=1))
    assert Client().get(link(survey)).status_code == 410


@pytest.mark.parametrize(
    ("kind", "given"), [("one", "Something else"), ("several", "Mars"), ("scale", "9"), ("text", "x" * 1001)]
)
def test_an_answer_that_is_not_offered_is_told_at_the_question(survey, patient, kind, given):
    question = survey.questions.filter(kind=kind).first()
    answer = Client().post(link(survey), sheet(survey) | {f"q{question.pk}": given})
    assert answer.status_code == 422 and f"q{question.pk}" in answer.context["sheet"].errors
    assert not survey.responses.exists()


def test_an_empty_sheet_is_not_sent(survey, patient):
    sent = {"shown": sheet(survey)["shown"]}
    assert Client().post(link(survey), sent).status_code == 422


# --- what it comes to


def test_answers_are_counted_over_those_who_answered_the_question(survey):
    one, several, scale, text = (survey.questions.filter(kind=kind).first() for kind in ("one", "several", "scale", "text"))
    given = [
        {str(one.pk): "25–34", str(several.pk): ["Telegram", "Instagram"], str(scale.pk): "5"},
        {str(one.pk): "25–34", str(scale.pk): "2", str(text.pk): "The size"},
        {str(one.pk): "35–44", str(several.pk): ["Telegram"]},
        {},
    ]
    found = {summary.question.pk: summary for summary in surveys.summarise(list(survey.questions.all()), given)}
    assert (found[one.pk].answered, found[one.pk].most_named) == (3, "25–34")
    assert round(found[one.pk].counted[0].share, 2) == Decimal("66.67")
    assert [(entry.text, entry.count, entry.share) for entry in found[several.pk].counted][:2] == [
        ("Telegram", 2, 100), ("Instagram", 1, 50)
    ]  # fmt: skip
    assert found[scale.pk].mean == Decimal("3.5")
    assert found[text.pk].texts == ["The size"]


def test_an_option_that_was_renamed_keeps_the_answers_it_got(survey):
    one = survey.questions.filter(kind="one").first()
    (summary,) = surveys.summarise([one], [{str(one.pk): "Thirty or so"}])
    assert summary.most_named == "Thirty or so"


def test_the_table_of_answers_holds_no_formula(as_marketer, spring, survey):
    text = survey.questions.get(kind="text")
    surveys.keep(survey, {str(text.pk): '=HYPERLINK("http://x")'}, "s")
    body = as_marketer.get(page(spring, f"{survey.pk}/answers.csv")).content.decode()
    assert "'=HYPERLINK" in body


def test_one_answer_takes_as_many_queries_as_three(as_marketer, spring, survey):
    surveys.keep(survey, {}, "s")
    as_marketer.get(page(spring, f"{survey.pk}/"))
    with CaptureQueriesContext(connection) as one:
        as_marketer.get(page(spring, f"{survey.pk}/"))
    for _ in range(2):
        surveys.keep(survey, {}, "s")
    with CaptureQueriesContext(connection) as three:
        as_marketer.get(page(spring, f"{survey.pk}/"))
    assert len(one) == len(three) <= 25
