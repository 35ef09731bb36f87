"""Posts out of the calendar as files, and files of posts into it."""

import csv
import io
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.audit import file_taken
from brands.cells import guarded
from brands.forms.handles import MissingChannelsForm
from brands.models import Brand, Role
from calendar_app import filters as calendar_filters
from calendar_app import tasks
from calendar_app.forms.plan_files import WORKBOOK, ExportForm, PlanFileForm, SettlePlanForm
from calendar_app.models import PlanFile
from calendar_app.plan_files import exporting, receiving, words
from calendar_app.plan_files.recognition import FORMATS, WRITTEN
from calendar_app.plan_files.shown import ShownPlan
from calendar_app.plan_files.tables import MOST_ROWS, Unreadable
from calendar_app.views.answers import REFUSED, wants_part

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FILES = 20


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def export(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The page where one chooses; with a format in the address, the file."""
    filters = calendar_filters.read(request.GET, brand, brand.channels.select_related("platform"))
    asked = "format" in request.GET
    form = ExportForm(request.GET if asked else None, brand=brand, channel=filters.chosen("channel"))
    if asked and form.is_valid():
        file_taken(request, brand, f"posts.{form.cleaned_data['format']}")
        return _file(brand, filters, form.cleaned_data)
    context = {
        "section": "calendar", "form": form, "filters": filters, "formats": WRITTEN, "today": brand.today(),
        "count": filters.apply(brand.publications.all()).count(), "first": request.GET.get("first", ""),
        "last": request.GET.get("last", ""),
    }  # fmt: skip
    return render(request, "calendar_app/export.html", context, status=REFUSED if form.errors else 200)


def _file(brand: Brand, filters, said: dict) -> HttpResponse | StreamingHttpResponse:
    found = exporting.wanted(
        brand, filters.apply(brand.publications.all()), said["first"], said["last"], is_filtered=filters.is_on
    )
    posts = exporting.outgoing(brand, found)
    if said["format"] == WORKBOOK:
        return _download(HttpResponse(exporting.workbook(posts), content_type=SHEET), f"{brand.slug}.xlsx")
    form = FORMATS[said["format"]]
    name = f"{brand.slug}.csv" if form.name == "ours" else f"{brand.slug}-{form.name}.csv"
    # The brand's zone is on only while this function runs; nothing in the stream asks for it.
    return _download(StreamingHttpResponse(exporting.csv_file(form, posts), content_type="text/csv; charset=utf-8"), name)


@brand_view(Role.MARKETER)
def plan_files(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = PlanFileForm(request.POST, request.FILES) if request.method == "POST" else PlanFileForm()
    if request.method == "POST" and form.is_valid():
        plan = receiving.receive(brand, request.user, form.cleaned_data["file"])
        return redirect("calendar:plan_file", brand.slug, plan.pk)
    rows = PlanFile.objects.filter(brand=brand).select_related("created_by", "brand")[:SHOWN_FILES]
    context = {
        "section": "calendar", "form": form, "files": [ShownPlan(row) for row in rows], "formats": WRITTEN,
        "most": MOST_ROWS,
    }  # fmt: skip
    return render(request, "calendar_app/plan_files.html", context, status=REFUSED if form.errors else 200)


@brand_view(Role.MARKETER)
def plan_file(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """One file: what a person must say of it, what would become of its rows, what became of them."""
    plan = _plan(brand, pk)
    if request.method == "POST":
        return _settle(request, plan)
    shown = ShownPlan(plan)
    if wants_part(request):
        if shown.state == "working":
            return HttpResponse(status=204)
        return HttpResponse(headers={"HX-Refresh": "true"})
    form = SettlePlanForm(plan=plan) if shown.state == "asking" else None
    context = {"section": "calendar", "shown": shown, "plan": plan, "form": form, "missing": _missing(plan)}
    return render(request, "calendar_app/plan_file.html", context)


def _missing(plan: PlanFile, data: QueryDict | None = None) -> MissingChannelsForm:
    return MissingChannelsForm(data, brand=plan.brand, accounts=plan.summary.get("missing", {}))


@brand_view(Role.LEAD)
@require_POST
def add_channels(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The channels that the file names, made with the handles that were looked at; then its rows are checked again."""
    plan = _plan(brand, pk)
    if plan.status != PlanFile.Status.CHECKED or receiving.is_waiting(plan):
        return redirect("calendar:plan_file", brand.slug, plan.pk)
    missing = _missing(plan, request.POST)
    if missing.saved():
        receiving.look(plan)
    elif missing.errors:
        context = {"section": "calendar", "shown": ShownPlan(plan), "plan": plan, "missing": missing}
        context["form"] = SettlePlanForm(plan=plan) if plan.summary.get("asks") else None
        return render(request, "calendar_app/plan_file.html", context, status=REFUSED)
    return redirect("calendar:plan_file", brand.slug, plan.pk)


def _settle(request: HttpRequest, plan: PlanFile) -> HttpResponse:
    if plan.status == PlanFile.Status.CHECKED and not receiving.is_waiting(plan):
        form = SettlePlanForm(request.POST, plan=plan)
        if not form.is_valid():
            context = {"section": "calendar", "shown": ShownPlan(plan), "plan": plan, "form": form}
            return render(request, "calendar_app/plan_file.html", context, status=REFUSED)
        plan.answers = form.answers()
        plan.save(update_fields=["answers"])
        receiving.look(plan)
    return redirect("calendar:plan_file", plan.brand.slug, plan.pk)


@brand_view(Role.MARKETER)
@require_POST
def apply_plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    plan = _plan(brand, pk)
    if plan.status == PlanFile.Status.CHECKED and not plan.summary.get("asks") and not receiving.is_waiting(plan):
        if plan.summary.get("rows", 0) > receiving.MANY_ROWS:
            receiving.queue(plan)
            transaction.on_commit(partial(tasks.apply_plan_file.delay, plan.pk))
        else:
            _write(request, plan)
    return redirect("calendar:plan_file", brand.slug, plan.pk)


def _write(request: HttpRequest, plan: PlanFile) -> None:
    try:
        plan = receiving.apply(plan.pk)
    except Unreadable as problem:
        messages.error(request, words.file_words(problem.code, problem.params))
        return
    if plan and plan.status == PlanFile.Status.APPLIED:
        new = plan.summary["new"]
        messages.success(request, words.done_words(new) if new else words.none_words())


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def refused_rows(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The rows that were not taken, each with its reason, in the shape of the file: mended, they can be brought again."""
    plan = _plan(brand, pk)
    try:
        head, results = receiving.refused_rows(plan)
    except Unreadable as problem:
        messages.error(request, words.file_words(problem.code, problem.params))
        return redirect("calendar:plan_file", brand.slug, plan.pk)
    file_taken(request, brand, "not-taken.csv", plan)
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    if head:
        writer.writerow([*map(guarded, head.cells), _("Why not"), _("Row")])
    width = len(head.cells) if head else max((len(result.row.cells) for result in results), default=0)
    # Our own files guard their cells already.
    keep = str if plan.format == "ours" else guarded
    for result in results:
        cells = [keep(result.row.cell(place)) for place in range(width)]
        writer.writerow([*cells, guarded(words.row_words(result.reason.code, result.reason.params)), result.row.line])
    return _download(HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8"), f"not-taken-{plan.pk}.csv")


def _download(response, name: str):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plan(brand: Brand, pk: int) -> PlanFile:
    return get_object_or_404(PlanFile.objects.select_related("brand", "created_by"), brand=brand, pk=pk)
