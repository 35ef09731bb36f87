"""The strategy as one document: the page, the PDF, and the links that show it to people without an account."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.audit import file_taken
from brands.given_out import ARMOUR
from brands.models import Brand, Role
from metrics import document as documents
from metrics import pdf, share
from metrics.forms.share import ShareLinkForm
from strategies.models import Persona, Strategy


def taken(brand: Brand, pk: int) -> Strategy:
    strategy = get_object_or_404(brand.strategies.select_related("created_by"), pk=pk)
    strategy.brand = brand
    return strategy


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def document(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = taken(brand, pk)

    def picture(persona: Persona) -> str:
        return reverse("metrics:document_picture", args=[brand.slug, pk, persona.pk])

    said = documents.read(strategy, money=request.membership.sees_money, picture=picture)
    return render(request, "metrics/document.html", said | {"section": "strategy"})


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def document_picture(request: HttpRequest, brand: Brand, pk: int, number: int) -> FileResponse:
    return picture_response(taken(brand, pk), number)


def picture_response(strategy: Strategy, number: int) -> FileResponse:
    """A persona's picture. Its file's name changes with the picture, its address does not: nobody keeps it."""
    persona = get_object_or_404(strategy.personas.exclude(picture=""), pk=number)
    try:
        return FileResponse(persona.picture.open(), content_type="image/webp", headers=ARMOUR | {"Cache-Control": "no-store"})
    except OSError as problem:
        raise Http404 from problem


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def document_pdf(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse | FileResponse:
    strategy = taken(brand, pk)
    try:
        response = pdf_response(strategy, money=request.membership.sees_money)
    except pdf.PdfRefused as refusal:
        context = {"section": "strategy", "strategy": strategy, "reason": refusal.reason}
        return render(request, "metrics/document_no_pdf.html", context, status=503)
    file_taken(request, brand, "document.pdf", strategy)
    return response


def pdf_response(strategy: Strategy, *, money: bool) -> FileResponse:
    """The document as a PDF in the active language, to be kept. Raises PdfRefused."""
    said = documents.read(strategy, money=money, picture=lambda persona: f"media/{persona.picture.name}")
    pictures = {persona.picture.name for persona in said["personas"] if persona.picture}
    html = render_to_string("metrics/document_pdf.html", said | {"language": get_language()})
    name = slugify(strategy.name) or str(strategy.pk)
    return FileResponse(
        BytesIO(pdf.pdf_of(html, pictures)),
        content_type="application/pdf",
        as_attachment=True,
        filename=f"{strategy.brand.slug}-{name}.pdf",
    )


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def share_links(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The links of a strategy, and a new one."""
    strategy = taken(brand, pk)
    form = ShareLinkForm(request.POST or None, strategy=strategy, may_lead=request.membership.may(Role.LEAD))
    if request.method == "POST" and form.is_valid():
        form.instance.created_by = request.user
        link = share.made(form)
        messages.success(request, _("The link for “%(name)s” is ready.") % {"name": link.name})
        return redirect("metrics:share_links", brand.slug, pk)
    links = [(link, share.address(link)) for link in strategy.share_links.select_related("created_by")]
    context = {"section": "strategy", "strategy": strategy, "form": form, "links": links}
    return render(request, "metrics/document_links.html", context, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_POST
def take_back_link(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    link = get_object_or_404(taken(brand, pk).share_links, pk=number)
    share.take_back(link)
    messages.success(request, _("The link for “%(name)s” works no more.") % {"name": link.name})
    return redirect("metrics:share_links", brand.slug, pk)
