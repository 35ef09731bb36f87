"""A person's own data: to take along, and to be forgotten."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands import erasure, own_data
from brands.access import signed_in
from brands.forms.erasure import EraseForm


@signed_in
def own(request: HttpRequest) -> HttpResponse:
    return _page(request, EraseForm(user=request.user))


@signed_in
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    name = f"smm-planner-{timezone.now():%Y-%m-%d}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(own_data.write(request.user), as_attachment=True, filename=name, headers=headers)


@signed_in
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    form = EraseForm(request.POST, user=request.user)
    if not form.asked():
        return _page(request, form, status=422)
    messages.success(request, _("Your account will be erased. Until then you can keep it."))
    return redirect("brands:own_data")


@signed_in
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    if erasure.keep(request.user):
        messages.success(request, _("Your account stays."))
    return redirect("brands:own_data")


def _page(request: HttpRequest, form: EraseForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "alone": erasure.brands_without_another_lead(request.user), "erases_at": request.user.erases_at}
    return render(request, "brands/own_data.html", context, status=status)
