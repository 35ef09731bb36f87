"""Reports: the list, the builder with its preview, the report as a page and as files, and the links that show it."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.audit import file_taken
from brands.deleting import delete
from brands.models import Brand, Role
from metrics import pdf, share
from metrics.forms.reports import ReportForm
from metrics.forms.share import ReportLinkForm
from metrics.models import Report
from metrics.reports import presets, printing
from metrics.reports.sections import read
from metrics.reports.workbook import workbook_of

PARTS = ("strategy", "campaign__strategy", "channel__platform", "schedule")
HISTORY_SHOWN = 24


def taken(brand: Brand, pk: int) -> Report:
    report = get_object_or_404(brand.reports.select_related(*PARTS), pk=pk)
    report.brand = brand
    return report


@brand_view(Role.VIEWER)
def reports(request: HttpRequest, brand: Brand) -> HttpResponse:
    rows = brand.reports.select_related(*PARTS).annotate(issued_last=Max("issued__issued_at"))
    return render(request, "metrics/reports.html", {"section": "results", "reports": rows, "presets": presets.PRESETS})


@brand_view(Role.MARKETER)
def new_report(request: HttpRequest, brand: Brand) -> HttpResponse:
    preset = presets.BY_NAME.get(request.GET.get("preset", ""), presets.PRESETS[0])
    report = Report(
        brand=brand, name=str(preset.title), scope=preset.scope, preset=preset.period, language=brand.language,
        sections=list(preset.sections),
    )  # fmt: skip
    if report.scope == Report.Scope.CAMPAIGN:
        report.campaign = brand.campaigns.order_by("-start", "-pk").first()
    return _builder(request, report)


@brand_view(Role.MARKETER)
def edit_report(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _builder(request, taken(brand, pk))


def _builder(request: HttpRequest, report: Report) -> HttpResponse:
    """The form with a preview beside it. Pressing anything but “Save” only looks."""
    lead = request.membership.may(Role.LEAD)
    typed = _moved(request) if request.method == "POST" else None
    form = ReportForm(typed, instance=report, brand=report.brand, may_lead=lead)
    if request.method == "POST" and "save" in request.POST:
        form.instance.created_by = form.instance.created_by or request.user
        if form.saved():
            messages.success(request, _("Saved."))
            return redirect(report)
    shows = not form.is_bound or form.is_valid()
    said = read(report, money=request.membership.sees_money) if shows else None
    context = {
        "section": "results",
        "form": form,
        "report": report,
        "page": printing.page_of(said, below_a_heading=True) if said else "",
    }
    if request.htmx:
        return render(request, "metrics/_report_preview.html", context)
    return render(request, "metrics/report_builder.html", context, status=422 if form.errors else 200)


def _moved(request: HttpRequest):
    """What was typed, with one section moved up or down where such a button was pressed."""
    data = request.POST.copy()
    order = data.getlist("order")
    for word, step in (("up", -1), ("down", 1)):
        name = data.get(word)
        place = order.index(name) if name in order else -1
        if place >= 0 and 0 <= place + step < len(order):
            order.insert(place + step, order.pop(place))
    data.setlist("order", order)
    return data


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def report(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = taken(brand, pk)
    said = read(row, money=request.membership.sees_money)
    context = {
        "section": "results",
        "report": row,
        "page": printing.page_of(said),
        "history": row.issued.select_related("issued_by").defer("content", "content_without_money")[:HISTORY_SHOWN],
    }
    return render(request, "metrics/report.html", context)


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def report_pdf(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse | FileResponse:
    row = taken(brand, pk)
    try:
        response = pdf_response(read(row, money=request.membership.sees_money))
    except pdf.PdfRefused as refusal:
        return no_pdf(request, row, refusal.reason)
    file_taken(request, brand, "report.pdf", row)
    return response


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def report_xlsx(request: HttpRequest, brand: Brand, pk: int) -> FileResponse:
    row = taken(brand, pk)
    response = xlsx_response(read(row, money=request.membership.sees_money))
    file_taken(request, brand, "report.xlsx", row)
    return response


def pdf_response(said: dict[str, Any]) -> FileResponse:
    """Raises PdfRefused."""
    return _file(printing.pdf_of(said), printing.PDF, printing.file_name(said, "pdf"))


def xlsx_response(said: dict[str, Any]) -> FileResponse:
    return _file(workbook_of(said), printing.XLSX, printing.file_name(said, "xlsx"))


def _file(content: bytes, kind: str, name: str) -> FileResponse:
    headers = {"Cache-Control": "no-store"}
    return FileResponse(BytesIO(content), content_type=kind, as_attachment=True, filename=name, headers=headers)


def no_pdf(request: HttpRequest, row: Report, reason: str) -> HttpResponse:
    return render(request, "metrics/report_no_pdf.html", {"section": "results", "report": row, "reason": reason}, status=503)


@brand_view(Role.LEAD)
def delete_report(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Asked first: what was issued goes with it."""
    row = taken(brand, pk)
    if request.method == "POST":
        delete(brand, row)
        messages.success(request, _("“%(name)s” was deleted.") % {"name": row.name})
        return redirect("metrics:reports", brand.slug)
    return render(request, "metrics/report_delete.html", {"section": "results", "report": row, "issued": row.issued.count()})


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def report_links(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The links of a report, and a new one."""
    row = taken(brand, pk)
    form = ReportLinkForm(request.POST or None, report=row, may_lead=request.membership.may(Role.LEAD))
    if request.method == "POST" and form.is_valid():
        form.instance.created_by = request.user
        link = share.made(form)
        messages.success(request, _("The link for “%(name)s” is ready.") % {"name": link.name})
        return redirect("metrics:report_links", brand.slug, pk)
    links = [(link, share.report_address(link)) for link in row.links.select_related("created_by")]
    context = {"section": "results", "report": row, "form": form, "links": links}
    return render(request, "metrics/report_links.html", context, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_POST
def take_back_report_link(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    link = get_object_or_404(taken(brand, pk).links, pk=number)
    share.take_back(link)
    messages.success(request, _("The link for “%(name)s” works no more.") % {"name": link.name})
    return redirect("metrics:report_links", brand.slug, pk)
