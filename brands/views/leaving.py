"""What a lead takes along from a brand, and how it ends; and how a brand comes from elsewhere."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brands import closing
from brands.access import brand_view, signed_in
from brands.audit import record
from brands.exports import jobs
from brands.forms.leaving import CloseBrandForm, ImportBrandForm
from brands.models import Brand, Role
from brands.tasks import make_export


@brand_view(Role.LEAD)
@require_safe
def leaving(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _page(request, brand, CloseBrandForm(brand=brand))


@brand_view(Role.LEAD)
@require_POST
def export(request: HttpRequest, brand: Brand) -> HttpResponse:
    waiting = jobs.ask(brand, request.user)
    transaction.on_commit(lambda: make_export.delay(waiting.pk))
    messages.success(request, _("The export is being prepared. It will stand here."))
    return redirect("brands:leaving", brand.slug)


@brand_view(Role.LEAD)
@require_safe
def download(request: HttpRequest, brand: Brand, signed: str) -> HttpResponse:
    row = jobs.find(brand, request.user, signed)
    if row is None:
        raise Http404
    record("brand_export_downloaded", brand=brand, on=brand, details={"export": row.pk})
    name = f"{brand.slug}-{row.made_at:%Y-%m-%d}.zip"
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return FileResponse(row.file.open(), as_attachment=True, filename=name, content_type="application/zip", headers=headers)


@brand_view(Role.LEAD)
@require_POST
def close(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = CloseBrandForm(request.POST, brand=brand)
    if not form.is_valid():
        return _page(request, brand, form, status=422)
    closing.close(brand, request.user)
    messages.success(request, _("The brand is closing. Until it is deleted, any lead can keep it."))
    return redirect("brands:leaving", brand.slug)


@brand_view(Role.LEAD)
@require_POST
def keep(request: HttpRequest, brand: Brand) -> HttpResponse:
    if closing.keep(brand, request.user):
        messages.success(request, _("The brand stays."))
    return redirect("brands:leaving", brand.slug)


@signed_in
def bring(request: HttpRequest) -> HttpResponse:
    """A brand from a file: a new one, led by whoever brings it."""
    form = ImportBrandForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (brand := form.made(request.user)):
        record("brand_imported", brand=brand, on=brand)
        messages.success(request, _("%(brand)s is here. Nobody else is a member yet.") % {"brand": brand})
        return redirect(brand)
    return render(request, "brands/import.html", {"form": form}, status=422 if form.errors else 200)


def _page(request: HttpRequest, brand: Brand, form: CloseBrandForm, status: int = 200) -> HttpResponse:
    exports = [(row, jobs.token(row, request.user)) for row in brand.exports.select_related("asked_by")[:20]]
    context = {
        "form": form, "exports": exports, "closes_at": brand.closes_at, "section": "settings", "tab": "leaving",
        "is_waiting": any(row.status == row.Status.WAITING for row, _token in exports),
    }  # fmt: skip
    return render(request, "brands/leaving.html", context, status=status)
