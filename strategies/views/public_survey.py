"""The survey as people with the link see it: no account, no trace, no flood."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from brands.limits import limited
from strategies import surveys
from strategies.forms.surveys import AnswerSheet
from strategies.models import Survey


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("survey")
def answer(request: HttpRequest, signed: str) -> HttpResponse:
    """A forged or replaced link gets a page that tells nothing; a closed survey says that it is closed."""
    survey = surveys.find(signed)
    if survey is None:
        return _untraced(render(request, "strategies/public_survey_closed.html", status=404))
    with translation.override(survey.language):
        return _untraced(_answer(request, survey))


def _answer(request: HttpRequest, survey: Survey) -> HttpResponse:
    if not surveys.takes_answers(survey) or surveys.is_full(survey):
        return render(request, "strategies/public_survey_closed.html", {"survey": survey}, status=410)
    questions = list(survey.questions.all())
    sheet = AnswerSheet(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST" and sheet.is_valid():
        return _received(request, survey, sheet)
    context = {"survey": survey, "brand": survey.strategy.brand, "sheet": sheet}
    return render(request, "strategies/public_survey.html", context, status=422 if sheet.errors else 200)


def _received(request: HttpRequest, survey: Survey, sheet: AnswerSheet) -> HttpResponse:
    context = {"survey": survey, "brand": survey.strategy.brand}
    sender = surveys.sender_of(get_adapter().get_client_ip(request))
    if surveys.is_flood(survey, sender):
        context |= {"sheet": sheet, "is_flood": True}
        return render(request, "strategies/public_survey.html", context, status=429)
    # A robot is thanked like everybody: it learns nothing from it, and nothing is kept.
    if not sheet.looks_like_a_robot:
        surveys.keep(survey, sheet.answers(), sender)
    request.was_taken = True
    return render(request, "strategies/public_survey_thanks.html", context)


def _untraced(response: HttpResponse) -> HttpResponse:
    """Not indexed, and the link is not told to the pages that people go to next.

    Not "no-referrer": browsers then send the form with `Origin: null`, and Django refuses it as coming from elsewhere.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
