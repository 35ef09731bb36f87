"""What people with a link see: one document, without an account and without a way into the app."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

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


def public_view(find: Callable[[str], Any], methods: Sequence[str] = ("GET", "HEAD")) -> Callable:
    """Find the link, speak its language in the brand's time, and leave no trace: not stored, not indexed, not referred to.

    A forged link, one taken back and one that ran out get the same page: it tells nothing about anybody.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest, signed: str, **parts: int) -> HttpResponse:
            link = find(signed)
            if link is None:
                return _untraced(render(request, "metrics/shared_closed.html", status=404))
            link.signed = signed
            with translation.override(link.language), timezone.override(link.brand.zone):
                return _untraced(view(request, link, **parts))

        return never_cache(require_http_methods(list(methods))(door))

    return decorate


def _untraced(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


@public_view(share.find)
def document(request: HttpRequest, link: ShareLink) -> HttpResponse:
    def picture(persona) -> str:
        return reverse("shared:picture", args=[link.signed, persona.pk])

    said = documents.read(link.strategy, money=link.shows_money, picture=picture)
    if request.method == "GET":
        share.note_visit(link)
    return render(request, "metrics/shared.html", said | {"signed": link.signed})


@public_view(share.find)
def document_pdf(request: HttpRequest, link: ShareLink) -> HttpResponse | FileResponse:
    try:
        return pdf_response(link.strategy, money=link.shows_money)
    except pdf.PdfRefused as refusal:
        return render(request, "metrics/shared_no_pdf.html", {"reason": refusal.reason, "signed": link.signed}, status=503)


@public_view(share.find)
def picture(request: HttpRequest, link: ShareLink, pk: int) -> FileResponse:
    return picture_response(link.strategy, pk)
