"""Reports as they were issued: kept pages and files, the schedule, and who gets them."""

from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.audit import file_taken
from brands.deleting import delete
from brands.models import Brand, Role
from metrics import pdf
from metrics.forms.reports import RecipientForm, ReportScheduleForm
from metrics.models import IssuedReport, ReportSchedule
from metrics.reports import issuing, printing
from metrics.reports.timetable import moment_of, next_day
from metrics.views.reports import no_pdf, pdf_response, taken, xlsx_response


def _issued(brand: Brand, pk: int) -> IssuedReport:
    row = get_object_or_404(IssuedReport.objects.select_related("report", "issued_by"), pk=pk, report__brand=brand)
    row.report.brand = brand
    return row


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def issued(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The report as it stood when it was issued."""
    row = _issued(brand, pk)
    said = row.told(money=request.membership.sees_money)
    letters = row.letters.select_related("recipient__user") if request.membership.may(Role.LEAD) else []
    context = {
        "section": "results",
        "report": row.report,
        "issued": row,
        "page": printing.page_of(said) if said else "",
        "letters": letters,
    }
    return render(request, "metrics/issued.html", context)


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def issued_pdf(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse | FileResponse:
    row = _issued(brand, pk)
    said = row.told(money=request.membership.sees_money)
    try:
        return _taken_file(request, row, "report.pdf", pdf_response(said)) if said else redirect(row)
    except pdf.PdfRefused as refusal:
        return no_pdf(request, row.report, refusal.reason)


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def issued_xlsx(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse | FileResponse:
    row = _issued(brand, pk)
    said = row.told(money=request.membership.sees_money)
    return _taken_file(request, row, "report.xlsx", xlsx_response(said)) if said else redirect(row)


def _taken_file(request: HttpRequest, row: IssuedReport, file: str, response: FileResponse) -> FileResponse:
    file_taken(request, row.report.brand, file, row)
    return response


@brand_view(Role.MARKETER)
@require_POST
def issue_report(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = issuing.issue_now(taken(brand, pk), request.user)
    if row.state == IssuedReport.State.READY:
        messages.success(request, _("Kept as it stands now. It will not change any more."))
    else:
        messages.error(request, _("It could not be made. It is tried again by itself."))
    return redirect(row)


@brand_view(Role.LEAD)
@require_POST
def try_again(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _issued(brand, pk)
    issuing.try_again(row)
    messages.success(request, _("It is tried again in the next minutes."))
    return redirect(row)


@brand_view(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """When the report goes out, to whom; and what went out so far."""
    report = taken(brand, pk)
    row = getattr(report, "schedule", None) or ReportSchedule(report=report, counts_from=timezone.now())
    adds = "add" in request.POST
    form = ReportScheduleForm(None if adds else request.POST or None, instance=row)
    recipient = RecipientForm(request.POST if adds else None, report=report)
    if request.method == "POST" and (_added(request, recipient) if adds else _scheduled(request, form)):
        return redirect("metrics:report_schedule", brand.slug, pk)
    context = {
        "section": "results",
        "report": report,
        "form": form,
        "recipient_form": recipient,
        "recipients": report.recipients.select_related("user"),
        "next_at": _next_at(row) if row.pk and not row.is_paused else None,
        "schedule": row if row.pk else None,
    }
    return render(request, "metrics/report_schedule.html", context, status=422 if form.errors or recipient.errors else 200)


def _added(request: HttpRequest, form: RecipientForm) -> bool:
    if not form.is_valid():
        return False
    messages.success(request, _("%(address)s gets the report from now on.") % {"address": form.save().email})
    return True


def _scheduled(request: HttpRequest, form: ReportScheduleForm) -> bool:
    """A new hour does not bring back what was due before it was set."""
    if form.moves:
        form.instance.counts_from = timezone.now()
    if not form.saved():
        return False
    messages.success(request, _("Saved."))
    return True


def _next_at(row: ReportSchedule) -> datetime:
    zone, now = row.report.brand.zone, timezone.now()
    return moment_of(next_day(row.rhythm, row.weekday, row.day, row.hour, now, zone), row.hour, zone)


@brand_view(Role.LEAD)
@require_POST
def pause_schedule(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Stop it, or let it go on; what was due meanwhile is not made up for."""
    report = taken(brand, pk)
    row = get_object_or_404(ReportSchedule, report=report)
    row.is_paused = "pause" in request.POST
    row.counts_from = row.counts_from if row.is_paused else timezone.now()
    row.save_version(row.version)
    messages.success(request, _("Paused.") if row.is_paused else _("It goes out again."))
    return redirect("metrics:report_schedule", brand.slug, pk)


@brand_view(Role.LEAD)
@require_POST
def remove_recipient(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    row = get_object_or_404(taken(brand, pk).recipients, pk=number)
    delete(brand, row)
    messages.success(request, _("%(address)s gets the report no more.") % {"address": row.email})
    return redirect("metrics:report_schedule", brand.slug, pk)
