"""Who has how much to do, and giving away what nobody owns."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import workload as loads
from calendar_app.forms.fields import FIRST_DAY, LAST_DAY
from calendar_app.forms.workload import AssignForm
from calendar_app.views.answers import REFUSED, attempt, say_refusal
from strategies.weeks import monday


@brand_view(Role.MARKETER)
def workload(request: HttpRequest, brand: Brand) -> HttpResponse:
    """People and weeks: the hours their posts take, and the hours they have."""
    now = monday(brand.today())
    first = _asked_week(request.GET.get("from", "")) or now
    context = {
        "rows": loads.workload(brand, first), "weeks": loads.weeks_from(first), "now": now,
        "before_day": f"{first - loads.WEEK * loads.WEEKS}", "after_day": f"{first + loads.WEEK * loads.WEEKS}", "is_now": first == now,
        "section": "calendar", "view": "workload",
    }  # fmt: skip
    return render(request, "calendar_app/workload.html", context)


@brand_view(Role.MARKETER)
def unowned(request: HttpRequest, brand: Brand, week: str) -> HttpResponse:
    """The week's posts that nobody owns; tick some and give them to somebody."""
    first = _asked_week(week)
    if first is None:
        raise Http404
    form = AssignForm(request.POST or None, brand=brand)
    status = 200
    if request.method == "POST":
        status = _assign(request, brand, form)
        if status == 200:
            return redirect("calendar:unowned", brand.slug, week)
    context = {
        "rows": loads.unowned(brand, first),
        "week": first,
        "last": first + timedelta(days=6),
        "form": form,
        "section": "calendar",
        "view": "workload",
    }
    return render(request, "calendar_app/unowned.html", context, status=status)


def _assign(request: HttpRequest, brand: Brand, form: AssignForm) -> int:
    if not form.is_valid():
        for errors in form.errors.as_data().values():
            for error in errors:
                say_refusal(request, error)
        return REFUSED
    posts, owner = form.cleaned_data["posts"], form.cleaned_data["owner"]
    status = attempt(request, lambda: loads.assign(brand, posts, owner, request.membership))
    if status == 200:
        text = ngettext("%(count)s post is now with %(owner)s.", "%(count)s posts are now with %(owner)s.", len(posts))
        messages.success(request, text % {"count": len(posts), "owner": owner})
    return status


def _asked_week(words: str) -> date | None:
    """The Monday of the week that an address names; None where it names none."""
    try:
        day = date.fromisoformat(words[:10])
    except ValueError:
        return None
    return monday(day) if FIRST_DAY + loads.WEEK * loads.WEEKS <= day <= LAST_DAY - loads.WEEK * loads.WEEKS * 2 else None
