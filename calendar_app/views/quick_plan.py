"""A first plan on one page: look at what is filled in, see what will be made, make it, take it back."""

from statistics import mode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from brands.models.teams import BusinessType
from calendar_app import quick_plan as plans
from calendar_app.forms.quick_plan import QuickPlanForm
from calendar_app.month import Month
from calendar_app.views.answers import REFUSED, wants_part
from strategies import presets
from strategies.models import AppliedPreset, Strategy
from strategies.plan_copies import NoRoom


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def quick_plan(request: HttpRequest, brand: Brand) -> HttpResponse:
    asked = request.POST.get("preset") or request.GET.get("preset", "")
    name = asked if asked in BusinessType.values else brand.business_type
    form = QuickPlanForm(request.POST or None, brand=brand, preset_name=name)
    if request.method == "POST" and request.POST.get("action") == "create" and form.is_valid():
        return _created(request, brand, form)
    return _shown(request, brand, form)


def _shown(request: HttpRequest, brand: Brand, form: QuickPlanForm) -> HttpResponse:
    seen = form if form.is_bound else form.untouched
    preview = plans.look(brand, seen.wanted()) if form.channels and seen.is_valid() else None
    context = {
        "section": "strategy", "form": form, "preview": preview, "chosen": BusinessType(form.preset_name),
        "presets": [(BusinessType(name), preset) for name, preset in presets.PRESETS.items()],
    }  # fmt: skip
    part = wants_part(request) and request.htmx.target == "quick-preview"
    # htmx shows nothing of an answer that is no success: what is wrong stands in the part itself.
    status = REFUSED if form.is_bound and form.errors and not part else 200
    template = "calendar_app/_quick_preview.html" if part else "calendar_app/quick_plan.html"
    return render(request, template, context, status=status)


def _created(request: HttpRequest, brand: Brand, form: QuickPlanForm) -> HttpResponse:
    try:
        applied, days = plans.create(brand, form.wanted(), request.user)
    except NoRoom as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, brand, form)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _shown(request, brand, form)
    said = ngettext("%(count)s draft stands on the calendar.", "%(count)s drafts stand on the calendar.", len(days))
    messages.success(request, said % {"count": len(days)})
    fullest = mode(Month.of(day) for day in days) if days else Month.of(brand.today())
    response = redirect("calendar:month", brand.slug)
    response["Location"] += f"?month={fullest}&first-plan={applied.pk}"
    return response


@brand_view(Role.MARKETER)
@require_POST
def take_back_quick_plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    rows = AppliedPreset.objects.filter(strategy__brand=brand, undone_at=None).exclude(
        strategy__status__in=(Strategy.Status.APPROVED, Strategy.Status.ARCHIVED)
    )
    applied = get_object_or_404(rows.select_related("strategy"), pk=pk)
    applied.strategy.brand = brand
    kept = plans.take_back(applied, request.user)
    messages.success(request, _("The plan was taken back."))
    if kept:
        message = _("These stay, because somebody changed them or uses them: %(names)s.")
        messages.info(request, message % {"names": ", ".join(kept)})
    return redirect("metrics:home", brand.slug)
