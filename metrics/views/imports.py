"""Files of figures: received, looked at before anything is saved, saved, taken back."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.audit import file_taken
from brands.forms.handles import MissingChannelsForm
from brands.models import Brand, Role
from brands.templatetags.ui import day_year
from metrics import imports as steps
from metrics import tasks
from metrics.forms.imports import LARGEST, SettleForm, UploadForm
from metrics.importers import IMPORTERS
from metrics.imports import undo as undo_import
from metrics.imports.shown import ShownImport, issue_words
from metrics.models import Import
from metrics.tables import Table, columns, count, words
from metrics.views.csv_files import csv_response

PER_PAGE = 25


@brand_view(Role.MARKETER)
def imports(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        return _received(request, brand, form.cleaned_data["files"])
    rows = brand.imports.select_related("brand", "channel__platform", "uploaded_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [ShownImport(row) for row in page.object_list]
    context = {
        "section": "results",
        "form": form,
        "page": page,
        "shown": shown,
        "is_working": any(import_.is_working for import_ in shown),
        "importers": [
            (importer, importer.title.in_language(get_language()), importer.how_to_get.in_language(get_language()))
            for importer in IMPORTERS
        ],
        "limit": LARGEST,
        "channels": brand.channels.filter(is_active=True).count(),
    }
    return render(request, "metrics/imports.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, brand: Brand, files: list) -> HttpResponse:
    received = [steps.receive(brand, request.user, file) for file in files]
    for import_, is_new in received:
        if is_new:
            transaction.on_commit(partial(tasks.check_import.delay, import_.pk))
        else:
            messages.info(request, _already(import_))
    new = sum(is_new for _import, is_new in received)
    if len(received) == 1:
        return redirect("metrics:import", brand.slug, received[0][0].pk)
    if new:
        messages.success(
            request, ngettext("%(count)s file is being read.", "%(count)s files are being read.", new) % {"count": new}
        )
    return redirect("metrics:imports", brand.slug)


def _already(import_: Import) -> str:
    if import_.applied_at:
        days = {"name": import_.name, "day": day_year(import_.applied_at.astimezone(import_.brand.zone).date())}
        return _("“%(name)s” was already imported on %(day)s. Nothing changed.") % days
    return _("“%(name)s” is here already.") % {"name": import_.name}


@brand_view(Role.MARKETER)
def import_(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _row(brand, pk)
    shown = ShownImport(row)
    if request.htmx and request.GET.get("was") == row.status:
        return render(request, "metrics/_import_progress.html", {"import": shown})
    if request.htmx and "was" in request.GET:
        return HttpResponse(headers={"HX-Refresh": "true"})
    form = SettleForm(import_=row) if row.status in ("checked", "refused") else None
    context = {"section": "results", "import": shown, "form": form, "missing": _missing(brand, form) if form else None}
    return render(request, "metrics/import.html", context)


def _missing(brand: Brand, form: SettleForm, data: QueryDict | None = None) -> MissingChannelsForm:
    return MissingChannelsForm(data, brand=brand, accounts=form.missing)


@brand_view(Role.LEAD)
@require_POST
def add_channels(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The channels that the file names, made with the handles that were looked at; then it is read again."""
    row = _row(brand, pk)
    form = SettleForm(import_=row)
    missing = _missing(brand, form, request.POST)
    if missing.saved():
        if steps.check_again(row, row.options):
            transaction.on_commit(partial(tasks.check_import.delay, row.pk))
    elif missing.errors:
        context = {"section": "results", "import": ShownImport(row), "form": form, "missing": missing}
        return render(request, "metrics/import.html", context, status=422)
    return redirect("metrics:import", brand.slug, row.pk)


@brand_view(Role.MARKETER)
@require_POST
def settle(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Read the file again with what a person said of it."""
    row = _row(brand, pk)
    form = SettleForm(request.POST, import_=row)
    if not form.is_valid():
        context = {"section": "results", "import": ShownImport(row), "form": form}
        return render(request, "metrics/import.html", context, status=422)
    if steps.check_again(row, form.options()):
        transaction.on_commit(partial(tasks.check_import.delay, row.pk))
    else:
        messages.warning(request, _("This file has moved on meanwhile. This is how it stands now."))
    return redirect("metrics:import", brand.slug, row.pk)


@brand_view(Role.MARKETER)
@require_POST
def save_import(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _row(brand, pk)
    if steps.queue(row, set(request.POST.getlist("post")) if "posts-shown" in request.POST else None):
        transaction.on_commit(partial(tasks.apply_import.delay, row.pk))
    elif row.status == Import.Status.CHECKED:
        messages.error(request, _("Say first which channel the figures go to."))
    else:
        messages.warning(request, _("This file has moved on meanwhile. This is how it stands now."))
    return redirect("metrics:import", brand.slug, row.pk)


@brand_view(Role.MARKETER)
@require_POST
def cancel_import(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _row(brand, pk)
    if steps.cancel(row):
        messages.success(request, _("“%(name)s” was cancelled. Nothing was saved.") % {"name": row.name})
        return redirect("metrics:imports", brand.slug)
    messages.warning(request, _("Too late to cancel: the file is saved. You can undo it."))
    return redirect("metrics:import", brand.slug, row.pk)


@brand_view(Role.MARKETER)
@require_POST
def undo(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _row(brand, pk)
    if undo_import.begin(row):
        transaction.on_commit(partial(tasks.take_back_import.delay, row.pk))
    else:
        messages.warning(request, _("This file has moved on meanwhile. This is how it stands now."))
    return redirect("metrics:import", brand.slug, row.pk)


@brand_view(Role.MARKETER)
def rows_not_stored(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Every row or cell that is not stored, and why, as a table."""
    row = _row(brand, pk)
    file_taken(request, brand, "not-stored.csv", row)
    return csv_response(_not_stored(row), f"not-stored-{row.pk}")


def _not_stored(row: Import) -> Table:
    """Every row or cell that is not stored, and why."""
    has_tables = bool(row.summary.get("tables"))
    heads = [*([_("Table")] if has_tables else []), _("Row"), _("Column"), _("What stood there"), _("Why it is not stored")]
    rows = (
        [
            *([words(row.table_title(issue.table))] if has_tables else []),
            count(issue.line), words(issue.column), words(issue.raw), words(issue_words(issue)),
        ]
        for issue in row.issues.iterator()
    )  # fmt: skip
    return Table(row.name, columns(*heads), rows)


def _row(brand: Brand, pk: int) -> Import:
    return get_object_or_404(brand.imports.select_related("brand", "channel__platform", "uploaded_by"), pk=pk)
