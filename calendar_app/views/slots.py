"""Filling the calendar from an editorial plan: what it will make, and the making."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import slots
from calendar_app.month import Month
from calendar_app.views.answers import REFUSED
from strategies.models import EditorialPlan


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    plan = _plan_of(brand, pk)
    if request.method != "POST":
        return _shown(request, plan)
    try:
        made = slots.fill(plan, request.user).new
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _shown(request, plan, status=REFUSED)
    if not made:
        messages.info(request, _("Nothing to make: every slot has its draft already."))
        return redirect("calendar:fill", brand.slug, pk)
    said = ngettext("%(count)s draft stands on the calendar.", "%(count)s drafts stand on the calendar.", len(made))
    messages.success(request, said % {"count": len(made)})
    response = redirect("calendar:month", brand.slug)
    response["Location"] += f"?month={Month.of(made[0].day)}"
    return response


def _shown(request: HttpRequest, plan: EditorialPlan, status: int = 200) -> HttpResponse:
    refusal = slots.refusal(plan)
    filling = slots.Filling(plan, []) if refusal else slots.look(plan)
    kinds = slots.Outcome
    context = {
        "section": "calendar", "plan": plan, "filling": filling, "refusal": refusal, "new_count": len(filling.new),
        "there_count": filling.count(kinds.THERE, kinds.MOVED), "free_count": filling.count(kinds.FREE),
        "left_count": filling.count(kinds.TAKEN, kinds.PAST),
    }  # fmt: skip
    return render(request, "calendar_app/slots.html", context, status=status)


def _plan_of(brand: Brand, pk: int) -> EditorialPlan:
    plan = get_object_or_404(brand.editorial_plans.select_related("channel__platform", "strategy"), pk=pk)
    plan.brand = brand
    return plan
