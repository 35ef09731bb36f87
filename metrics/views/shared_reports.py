"""What people with a link see of reports: a live one, an issued one out of a letter, and the way off the list."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from brands.endings import is_one_click
from brands.limits import limited
from metrics import pdf, share
from metrics.models import ReportLetter, ReportLink, ReportRecipient
from metrics.reports import letters, printing
from metrics.reports.sections import read
from metrics.views.reports import pdf_response, xlsx_response
from metrics.views.shared import public_view


def _live(link: ReportLink) -> dict:
    return read(link.report, money=link.shows_money, language=link.language)


@public_view(share.find_report)
def report(request: HttpRequest, link: ReportLink) -> HttpResponse:
    said = _live(link)
    if request.method == "GET":
        share.note_visit(link)
    return _page(request, said, "report", link.signed)


@public_view(share.find_report)
def report_pdf(request: HttpRequest, link: ReportLink) -> HttpResponse | FileResponse:
    return _pdf(request, _live(link), "report", link.signed)


@public_view(share.find_report)
def report_xlsx(request: HttpRequest, link: ReportLink) -> FileResponse:
    return xlsx_response(_live(link))


def _told(letter: ReportLetter) -> dict:
    return letter.issued.told(money=letters.sees_money(letter))


@public_view(letters.find)
def issued(request: HttpRequest, letter: ReportLetter) -> HttpResponse:
    return _page(request, _told(letter), "issued", letter.signed)


@public_view(letters.find)
def issued_pdf(request: HttpRequest, letter: ReportLetter) -> HttpResponse | FileResponse:
    return _pdf(request, _told(letter), "issued", letter.signed)


@public_view(letters.find)
def issued_xlsx(request: HttpRequest, letter: ReportLetter) -> FileResponse:
    return xlsx_response(_told(letter))


def _page(request: HttpRequest, said: dict, kind: str, signed: str) -> HttpResponse:
    files = {suffix: reverse(f"shared:{kind}_{suffix}", args=[signed]) for suffix in ("pdf", "xlsx")}
    return render(request, "metrics/shared_report.html", {"said": said, "page": printing.page_of(said), "files": files})


def _pdf(request: HttpRequest, said: dict, kind: str, signed: str) -> HttpResponse | FileResponse:
    try:
        return pdf_response(said)
    except pdf.PdfRefused as refusal:
        context = {"reason": refusal.reason, "back": reverse(f"shared:{kind}", args=[signed])}
        return render(request, "metrics/shared_report_no_pdf.html", context, status=503)


# Mail programs send the request by themselves (RFC 8058): they bring a signature and no cookie. Browsers send the button's
# without an origin, for these pages name no referrer.
@csrf_exempt
@limited("unsubscribe")
@public_view(letters.find_recipient, methods=("GET", "HEAD", "POST"))
def unsubscribe(request: HttpRequest, recipient: ReportRecipient) -> HttpResponse:
    """Opening the page changes nothing: programs that look for viruses open every link of a letter."""
    if request.method == "POST":
        if request.POST.get("again") and not is_one_click(request):
            letters.subscribe_again(recipient)
        else:
            letters.unsubscribe(recipient)
        recipient.refresh_from_db()
    return render(request, "metrics/shared_unsubscribe.html", {"recipient": recipient, "is_back": "again" in request.POST})
