"""Surveys of the audience, for the team: write them, open them, read what came back."""

import csv

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brands.access import brand_view
from brands.audit import file_taken, record
from brands.cells import guarded
from brands.deleting import delete
from brands.models import Brand, Role
from strategies import surveys
from strategies.forms.surveys import QuestionForm, SurveyForm
from strategies.models import Survey, SurveyQuestion
from strategies.views.wizard import take

# A cell that begins so would be worked out by a spreadsheet: it is text.


def _survey(brand: Brand, pk: int, number: int) -> Survey:
    found = get_object_or_404(take(brand, pk).surveys.select_related("strategy"), pk=number)
    found.strategy.brand = brand
    return found


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def list_surveys(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = take(brand, pk)
    rows = strategy.surveys.annotate(response_count=Count("responses"))
    return render(request, "strategies/surveys.html", {"section": "strategy", "strategy": strategy, "surveys": rows})


@brand_view(Role.MARKETER)
@require_POST
def new_survey(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Begin with the ready questions; everything can be changed afterwards."""
    found = surveys.begin(take(brand, pk), _("A few questions about you"), brand.language, request.user)
    return redirect("strategies:survey", brand.slug, pk, found.pk)


@brand_view(Role.VIEWER)
@require_safe
def survey(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    return _page(request, _survey(brand, pk, number))


def _page(request: HttpRequest, found: Survey, status: int = 200, **more: object) -> HttpResponse:
    questions = list(found.questions.all())
    responses = list(found.responses.values_list("answers", flat=True))
    context = {
        "section": "strategy", "strategy": found.strategy, "survey": found, "questions": questions,
        "summaries": surveys.summarise(questions, responses), "response_count": len(responses),
        "is_taking": surveys.takes_answers(found), "address": surveys.address(found),
    }  # fmt: skip
    return render(request, "strategies/survey.html", context | more, status=status)


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_survey(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    found = _survey(brand, pk, number)
    form = SurveyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("strategies:survey", brand.slug, pk, number)
    context = {"section": "strategy", "strategy": found.strategy, "survey": found, "form": form, "what": _("The survey")}
    return render(request, "strategies/survey_edit.html", context, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: HttpRequest, brand: Brand, pk: int, number: int, question: int | None = None) -> HttpResponse:
    found = _survey(brand, pk, number)
    row = (
        SurveyQuestion(position=found.questions.count()) if question is None else get_object_or_404(found.questions, pk=question)
    )
    form = QuestionForm(request.POST or None, instance=row, survey=found)
    if request.method == "POST" and form.saved():
        return redirect("strategies:survey", brand.slug, pk, number)
    context = {
        "section": "strategy",
        "strategy": found.strategy,
        "survey": found,
        "form": form,
        "what": _("Question") if question else _("New question"),
    }
    return render(request, "strategies/survey_edit.html", context | {"question": row}, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_POST
def act_on_survey(request: HttpRequest, brand: Brand, pk: int, number: int, name: str) -> HttpResponse:
    """Open, close, replace the link, move or remove a question, delete."""
    found = _survey(brand, pk, number)
    act = _ACTS.get(name)
    if act is None:
        raise Http404
    act(request, found)
    if name == "delete":
        messages.success(request, _("“%(name)s” and its answers were deleted.") % {"name": found.title})
        return redirect("strategies:surveys", brand.slug, pk)
    return redirect("strategies:survey", brand.slug, pk, number)


def _open(request: HttpRequest, found: Survey) -> None:
    if not found.questions.exists():
        messages.error(request, _("Write a question first."))
        return
    Survey.objects.filter(pk=found.pk).update(is_open=True, version=F("version") + 1)
    messages.success(request, _("It takes answers now. Share the link."))


def _close(request: HttpRequest, found: Survey) -> None:
    with transaction.atomic():
        Survey.objects.filter(pk=found.pk).update(is_open=False, version=F("version") + 1)
        record("link_ended", brand=found.strategy.brand, on=found)
    messages.success(request, _("It takes no more answers. What came in stays."))


def _replace(request: HttpRequest, found: Survey) -> None:
    with transaction.atomic():
        Survey.objects.filter(pk=found.pk).update(issue=F("issue") + 1, version=F("version") + 1)
        record("link_ended", brand=found.strategy.brand, on=found)
        record("link_made", brand=found.strategy.brand, on=found)
    messages.success(request, _("The old link is dead. Share the new one."))


def _drop(request: HttpRequest, found: Survey) -> None:
    for question in found.questions.filter(pk=_number(request)):
        delete(found.strategy.brand, question)


def _raise(request: HttpRequest, found: Survey) -> None:
    """Move a question up by one place."""
    with transaction.atomic():
        rows = list(found.questions.select_for_update())
        place = next((place for place, row in enumerate(rows) if row.pk == _number(request)), 0)
        if place:
            rows.insert(place - 1, rows.pop(place))
        for position, row in enumerate(rows):
            row.position = position
        SurveyQuestion.objects.bulk_update(rows, ["position"])


def _number(request: HttpRequest) -> int | None:
    typed = request.POST.get("question", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None


_ACTS = {
    "open": _open, "close": _close, "replace-link": _replace, "remove-question": _drop, "move-up": _raise,
    "delete": lambda _request, found: delete(found.strategy.brand, found),
}  # fmt: skip


@brand_view(Role.MARKETER)
@require_safe
def survey_csv(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    found = _survey(brand, pk, number)
    questions = list(found.questions.all())
    file_taken(request, brand, "survey.csv", found)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survey-{found.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Day"), *(_cell(question.text) for question in questions)])
    for row in found.responses.iterator(chunk_size=500):
        day = row.created_at.astimezone(brand.zone).date()
        writer.writerow([day.isoformat(), *(_cell(row.answers.get(str(question.pk))) for question in questions)])
    return response


def _cell(given: object) -> str:
    text = "; ".join(map(str, given)) if isinstance(given, list) else "" if given is None else str(given)
    return guarded(text)
