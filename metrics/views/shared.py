"""What people with a link see: one document, without an account and without a way into the app."""

from collections.abc import Callable
from functools import wraps

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from metrics import document as documents
from metrics import pdf, share
from metrics.models import ShareLink
from metrics.views.document import pdf_response, picture_response


def shared_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the link, speak its language in the brand's time, and leave no trace: not stored, not indexed, not referred to.

    A forged link, one taken back and one that ran out get the same page: it tells nothing about anybody.
    """

    @wraps(view)
    def door(request: HttpRequest, signed: str, **parts: int) -> HttpResponse:
        link = share.find(signed)
        if link is None:
            return _untraced(render(request, "metrics/shared_closed.html", status=404))
        link.signed = signed
        with translation.override(link.language), timezone.override(link.strategy.brand.zone):
            return _untraced(view(request, link, **parts))

    return never_cache(require_http_methods(["GET", "HEAD"])(door))


def _untraced(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


@shared_view
def document(request: HttpRequest, link: ShareLink) -> HttpResponse:
    def picture(persona) -> str:
        return reverse("shared:picture", args=[link.signed, persona.pk])

    said = documents.read(link.strategy, money=link.shows_money, picture=picture)
    if request.method == "GET":
        share.note_visit(link)
    return render(request, "metrics/shared.html", said | {"signed": link.signed})


@shared_view
def document_pdf(request: HttpRequest, link: ShareLink) -> HttpResponse | FileResponse:
    try:
        return pdf_response(link.strategy, money=link.shows_money)
    except pdf.PdfRefused as refusal:
        return render(request, "metrics/shared_no_pdf.html", {"reason": refusal.reason, "signed": link.signed}, status=503)


@shared_view
def picture(request: HttpRequest, link: ShareLink, pk: int) -> FileResponse:
    return picture_response(link.strategy, pk)
