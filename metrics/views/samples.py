"""A sample brand to look around in: asking for it, waiting for it, deleting it."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view, signed_in
from brands.models import Brand, Role, Sample
from metrics import samples, tasks


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest) -> HttpResponse:
    """What a sample is; after it was asked for, how far it is. A second one is not made."""
    if request.method == "POST":
        row, is_new = samples.ask(request.user)
        if is_new:
            transaction.on_commit(partial(tasks.prepare_sample.delay, row.pk))
        return redirect("samples:sample")
    row = Sample.objects.filter(user=request.user).select_related("brand").first()
    is_there = row is not None and row.brand is not None and row.leaving_since is None
    if is_there and request.htmx:
        return HttpResponse(headers={"HX-Redirect": row.brand.get_absolute_url()})
    if is_there:
        return redirect(row.brand)
    if request.htmx and row is not None and row.failed_at is None:
        return HttpResponse(status=204)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "metrics/sample.html", {"sample": row})


@brand_view(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_sample(request: HttpRequest, brand: Brand) -> HttpResponse:
    if not brand.is_sample:
        raise Http404
    if request.method != "POST":
        return render(request, "metrics/sample_delete.html", {"section": "settings"})
    row = samples.leave(brand)
    transaction.on_commit(partial(tasks.delete_sample.delay, row.pk))
    messages.success(request, _("The sample is gone; its rows and files are being deleted."))
    return redirect("brands:list")
