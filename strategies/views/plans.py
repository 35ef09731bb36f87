"""Communication plans: the whole company's marketing, month by month."""

from datetime import date

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.deleting import delete_seen
from brands.models import Brand, Role
from strategies import plan_copies, plans
from strategies.forms.plans import CommunicationPlanForm, PlanItemForm
from strategies.forms.rows import People, RowForm
from strategies.models import CommunicationPlan, PlanItem
from strategies.pages.base import chosen_number
from strategies.plan_grid import grid, months_without_items

SHOW_AND_SAVE = ["GET", "HEAD", "POST"]


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def list_plans(request: HttpRequest, brand: Brand) -> HttpResponse:
    today = brand.today()
    rows = list(brand.communication_plans.annotate(item_count=Count("items")).prefetch_related("items"))
    for row in rows:
        row.gaps = months_without_items(row, today)
    editorial = brand.editorial_plans.select_related("channel__platform", "strategy").prefetch_related("slots")
    latest = list(editorial.order_by("-is_active", "-start", "channel__platform__position", "pk")[:60])
    for plan in latest:
        plan.volume = plans.volume(plan.slots.all(), plan.start, plan.end)
    context = {"section": "strategy", "plans": rows, "editorial": latest, "today": today}
    return render(request, "strategies/plans.html", context)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def new_plan(request: HttpRequest, brand: Brand) -> HttpResponse:
    plan = CommunicationPlan(brand=brand, created_by=request.user)
    start, end = _next_span(brand)
    form = CommunicationPlanForm(
        request.POST or None, instance=plan, initial={"start": start, "end": end, "name": plan_copies.name_of(start, end)}
    )
    if request.method == "POST" and form.saved():
        messages.success(request, _("The plan is there. Now fill its months."))
        return redirect("strategies:plan", brand.slug, form.instance.pk)
    return form_page(request, form, title=_("New communication plan"), back=reverse("strategies:plans", args=[brand.slug]))


def _next_span(brand: Brand) -> tuple[date, date]:
    """Half a year after the last plan, or from this month on."""
    last = brand.communication_plans.order_by("-end").values_list("end", flat=True).first()
    start = plans.month_start(brand.today())
    if last and last >= start:
        start = plans.months_later(plans.month_start(last), 1)
    return start, plans.last_day(start, plans.COMMUNICATION_MONTHS[0])


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_plan(brand, pk)
    items = list(row.items.select_related("owner"))
    editorial = row.editorial_plans.select_related("channel__platform")
    context = {"section": "strategy", "plan": row, "grid": grid(row, items, editorial, brand.today()), "item_count": len(items)}
    return render(request, "strategies/plan.html", context)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def edit_plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_plan(brand, pk)
    form = CommunicationPlanForm(request.POST or None, instance=row)
    back = reverse("strategies:plan", args=[brand.slug, pk])
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(back)
    delete = reverse("strategies:delete_plan", args=[brand.slug, pk])
    warning = _("Its items go with it. Editorial plans inside it keep it from being deleted.")
    return form_page(request, form, title=_("Name and dates of the plan"), back=back, delete=delete, warning=warning)


@brand_view(Role.MARKETER)
@require_POST
def delete_plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_plan(brand, pk)
    if row.editorial_plans.exists():
        messages.error(request, _("Editorial plans lie inside it. Delete these first."))
        return redirect("strategies:edit_plan", brand.slug, pk)
    if not delete_seen(brand, brand.communication_plans, row, seen_version(request)):
        return changed_meanwhile(request, reverse("strategies:edit_plan", args=[brand.slug, pk]))
    messages.success(request, _("“%(name)s” was deleted.") % {"name": row.name})
    return redirect("strategies:plans", brand.slug)


@brand_view(Role.MARKETER)
@require_POST
def copy_plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The next half-year (or year) with the same items; opened once it is there already."""
    row = take_plan(brand, pk)
    months = plans.whole_months(row.start, row.end) or plans.COMMUNICATION_MONTHS[0]
    standing = brand.communication_plans.filter(start=plans.months_later(row.start, months)).first()
    if standing is not None:
        messages.info(request, _("The months after it have a plan already: this one."))
        return redirect("strategies:plan", brand.slug, standing.pk)
    copy = plan_copies.next_communication_plan(row, request.user)
    messages.success(request, _("Copied. Go through the months and change what is different this time."))
    return redirect("strategies:plan", brand.slug, copy.pk)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def new_item(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_plan(brand, pk)
    initial = {"month": request.GET.get("month", "")[:10], "medium": request.GET.get("medium", "")[:12]}
    item = PlanItem(plan=row, position=row.items.count())
    initial = {name: value for name, value in initial.items() if value}
    form = PlanItemForm(request.POST or None, instance=item, people=People(brand), initial=initial)
    back = reverse("strategies:plan", args=[brand.slug, pk])
    if request.method == "POST" and form.saved():
        messages.success(request, _("“%(name)s” is in the plan.") % {"name": form.instance.title})
        return redirect(back)
    return form_page(request, form, title=_("New item"), back=back, plan=row)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def item(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_item(brand, pk)
    form = PlanItemForm(request.POST or None, instance=row, people=People(brand))
    back = reverse("strategies:plan", args=[brand.slug, row.plan_id])
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(back)
    delete = reverse("strategies:delete_item", args=[brand.slug, pk])
    return form_page(request, form, title=_("Item of the plan"), back=back, delete=delete, plan=row.plan)


@brand_view(Role.MARKETER)
@require_POST
def move_item(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """A month earlier or later, within the plan; its day goes along."""
    row = take_item(brand, pk)
    step = -1 if request.POST.get("to") == "earlier" else 1
    month = plans.months_later(row.month, step)
    if not row.plan.start <= month <= row.plan.end:
        messages.error(request, _("The plan has no month there."))
        return redirect("strategies:plan", brand.slug, row.plan_id)
    moved_day = row.day and plans.months_later(row.day, step)
    moved = PlanItem.objects.filter(pk=pk, version=seen_version(request))
    if not moved.update(month=month, day=moved_day, version=row.version + 1):
        return changed_meanwhile(request, reverse("strategies:plan", args=[brand.slug, row.plan_id]))
    return redirect(reverse("strategies:plan", args=[brand.slug, row.plan_id]) + f"#item-{pk}")


@brand_view(Role.MARKETER)
@require_POST
def delete_item(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_item(brand, pk)
    if not delete_seen(brand, PlanItem.objects, row, seen_version(request)):
        return changed_meanwhile(request, reverse("strategies:item", args=[brand.slug, pk]))
    messages.success(request, _("“%(name)s” was deleted.") % {"name": row.title})
    return redirect("strategies:plan", brand.slug, row.plan_id)


def take_plan(brand: Brand, pk: int) -> CommunicationPlan:
    row = get_object_or_404(brand.communication_plans, pk=pk)
    row.brand = brand
    return row


def take_item(brand: Brand, pk: int) -> PlanItem:
    return get_object_or_404(PlanItem.objects.filter(plan__brand=brand).select_related("plan"), pk=pk)


def seen_version(request: HttpRequest) -> int:
    return chosen_number(request.POST.get("version")) or 0


def changed_meanwhile(request: HttpRequest, back: str) -> HttpResponse:
    messages.error(request, _("Somebody changed this a moment ago. Here is how it stands now; do it again if you still want to."))
    return redirect(back)


def form_page(request: HttpRequest, form: RowForm, **context: object) -> HttpResponse:
    """One form on a page of its own, with the status that its errors ask for."""
    status = (409 if form.has_conflict else 422) if form.errors else 200
    return render(request, "strategies/plan_form.html", {"section": "strategy", "form": form, **context}, status=status)
