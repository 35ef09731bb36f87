"""Editorial plans and their slots: what goes out on which weekday, on one medium, for a month or two."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.deleting import delete, delete_seen
from brands.models import Brand, Role
from brands.templatetags.ui import day_year, within
from strategies import plan_copies, plans
from strategies.forms.plans import EditorialPlanFrameForm, NewEditorialPlanForm, SlotForm
from strategies.forms.rows import People
from strategies.models import EditorialPlan, Slot
from strategies.pages.base import chosen_number
from strategies.plan_grid import week
from strategies.views.plans import SHOW_AND_SAVE, changed_meanwhile, form_page, seen_version

MOST_COPIES = 6
MOST_SLOTS = 70


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def editorial_plan(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    plan = take_editorial(brand, pk)
    slots = list(plan.slots.select_related("pillar", "goal", "owner"))
    context = {
        "section": "strategy", "plan": plan, "week": week(slots), "slots": slots,
        "volume": plans.volume(slots, plan.start, plan.end), "advised": plans.RESERVE_ADVISED,
        "is_over": plan.end < brand.today(), "copies": range(1, MOST_COPIES + 1),
        "may_add": len(slots) < MOST_SLOTS, "fill": reverse("calendar:fill", args=[brand.slug, pk]) if plan.channel_id else "",
    }  # fmt: skip
    return render(request, "strategies/plan_editorial.html", context)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def new_editorial(request: HttpRequest, brand: Brand) -> HttpResponse:
    start = plans.month_start(brand.today())
    running = brand.strategies.running(brand.today()).first()
    initial = {
        "start": start, "end": plans.last_day(start, 1), "weekdays": [1, 4],
        "strategy": chosen_number(request.GET.get("strategy")) or (running and running.pk),
        "channel": chosen_number(request.GET.get("channel")),
    }  # fmt: skip
    form = NewEditorialPlanForm(
        request.POST or None, instance=EditorialPlan(created_by=request.user), brand=brand, initial=initial
    )
    if request.method == "POST" and form.saved():
        messages.success(request, _("The plan is there. Give each slot its theme, then fill the calendar."))
        return redirect("strategies:editorial_plan", brand.slug, form.instance.pk)
    context = {
        "title": _("New editorial plan"), "back": reverse("strategies:plans", args=[brand.slug]),
        "lacks_plan": not brand.communication_plans.filter(end__gte=brand.today()).exists(),
    }  # fmt: skip
    return form_page(request, form, **context)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def edit_editorial(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    plan = take_editorial(brand, pk)
    title = _("Dates and state of the plan for %(medium)s") % {"medium": plan.where}
    form = EditorialPlanFrameForm(request.POST or None, instance=plan, brand=brand)
    back = reverse("strategies:editorial_plan", args=[brand.slug, pk])
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(back)
    delete = reverse("strategies:delete_editorial", args=[brand.slug, pk])
    warning = _("Posts that its slots made stay in the calendar.")
    return form_page(request, form, title=title, back=back, delete=delete, warning=warning)


@brand_view(Role.MARKETER)
@require_POST
@transaction.atomic
def delete_editorial(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    plan = take_editorial(brand, pk)
    back = reverse("strategies:edit_editorial", args=[brand.slug, pk])
    plan.keep_past_days()
    if any(plan.kept_days.values()):
        said = _("Weeks that are over were planned with it, and figures are measured by them. Switch it off instead.")
        messages.error(request, said)
        return redirect(back)
    if not delete_seen(brand, brand.editorial_plans, plan, seen_version(request)):
        return changed_meanwhile(request, back)
    messages.success(request, _("The plan was deleted; its posts stay."))
    return redirect("strategies:plans", brand.slug)


@brand_view(Role.MARKETER)
@require_POST
def copy_editorial(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The same slots for the months after: once, or several times over."""
    plan = take_editorial(brand, pk)
    wanted = min(max(chosen_number(request.POST.get("times")) or 1, 1), MOST_COPIES)
    made = []
    try:
        for _turn in range(wanted):
            plan = plan_copies.next_editorial_plan(plan, request.user)
            made.append(plan)
    except plan_copies.NoRoom as refusal:
        messages.error(request, str(refusal))
    if not made:
        return redirect("strategies:editorial_plan", brand.slug, pk)
    said = ngettext("Copied: there is a plan up to %(day)s.", "Copied %(count)s times: there are plans up to %(day)s.", len(made))
    messages.success(request, said % {"count": len(made), "day": day_year(made[-1].end)})
    return redirect("strategies:editorial_plan", brand.slug, made[0].pk)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def new_slot(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    plan = take_editorial(brand, pk)
    back = reverse("strategies:editorial_plan", args=[brand.slug, pk])
    if plan.slots.count() >= MOST_SLOTS:
        messages.error(request, _("A plan holds %(count)s slots at most.") % {"count": MOST_SLOTS})
        return redirect(back)
    asked = {"weekday": request.GET.get("weekday", "")[:1], "time": request.GET.get("time", "")[:5]}
    initial = {name: value for name, value in asked.items() if value}
    form = SlotForm(request.POST or None, instance=Slot(plan=plan), people=People(brand), initial=initial)
    if request.method == "POST" and form.saved():
        messages.success(request, _("The slot is in the plan."))
        return redirect(back)
    return form_page(request, form, title=_("New slot"), back=back, editorial=plan)


@brand_view(Role.MARKETER)
@require_http_methods(SHOW_AND_SAVE)
def slot(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = take_slot(brand, pk)
    title = _("Slot on %(weekday)s, %(time)s") % {"weekday": within(row.get_weekday_display()), "time": f"{row.time:%H:%M}"}
    form = SlotForm(request.POST or None, instance=row, people=People(brand))
    back = reverse("strategies:editorial_plan", args=[brand.slug, row.plan_id])
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved. Drafts that were made already stay as they are."))
        return redirect(back)
    delete = reverse("strategies:delete_slot", args=[brand.slug, pk])
    warning = _("Posts that it made stay in the calendar.")
    return form_page(request, form, title=title, back=back, delete=delete, warning=warning, editorial=row.plan)


@brand_view(Role.MARKETER)
@require_POST
@transaction.atomic
def delete_slot(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    # The brand's row is the lock: two people must not take away the last two slots at once.
    Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
    row = take_slot(brand, pk)
    back = reverse("strategies:editorial_plan", args=[brand.slug, row.plan_id])
    if row.version != seen_version(request):
        return changed_meanwhile(request, reverse("strategies:slot", args=[brand.slug, pk]))
    if row.plan.is_active and row.plan.slots.count() == 1:
        messages.error(request, _("A plan needs at least one slot. Switch the plan off instead."))
        return redirect(back)
    delete(brand, row)
    messages.success(request, _("The slot is gone; its posts stay."))
    return redirect(back)


def take_editorial(brand: Brand, pk: int) -> EditorialPlan:
    plans_ = brand.editorial_plans.select_related("channel__platform", "strategy", "communication_plan")
    plan = get_object_or_404(plans_, pk=pk)
    plan.brand = brand
    return plan


def take_slot(brand: Brand, pk: int) -> Slot:
    row = get_object_or_404(
        Slot.objects.filter(plan__brand=brand).select_related("plan__channel__platform", "plan__strategy"), pk=pk
    )
    row.plan.brand = brand
    return row
