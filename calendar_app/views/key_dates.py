"""Key dates: those of a year, the brand's own ones, and letting one pass."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.deleting import delete_seen
from brands.models import Brand, Role
from calendar_app import key_dates as dates
from calendar_app.forms import StepForm
from calendar_app.forms.fields import FIRST_DAY, LAST_DAY
from calendar_app.forms.key_date import KeyDateForm
from calendar_app.forms.series import DayOfSeriesForm
from calendar_app.models import KeyDate
from calendar_app.views.answers import REFUSED


@brand_view(Role.VIEWER)
def key_dates(request: HttpRequest, brand: Brand) -> HttpResponse:
    """All of one year, month by month; above them those that come near with nothing planned."""
    year = _asked_year(request, brand)
    found = dates.marks(brand, date(year, 1, 1), date(year, 12, 31))
    context = {
        "year": year, "marks": [mark for mark in found if mark.first.year == year], "today": brand.today(),
        "waiting": dates.waiting(brand) if request.membership.may(Role.MARKETER) else [],
        "is_now": year == brand.today().year, "section": "calendar", "view": "key dates", "before": f"?year={year - 1}",
        "now": "?", "after": f"?year={year + 1}",
    }  # fmt: skip
    return render(request, "calendar_app/key_dates.html", context)


@brand_view(Role.MARKETER)
def key_dates_ahead(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The hint over the month: dates that come near with nothing planned."""
    return render(request, "calendar_app/_key_dates_ahead.html", {"waiting": dates.waiting(brand), "is_hint": True})


@brand_view(Role.MARKETER)
def new_key_date(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _edit(request, brand, KeyDate(brand=brand))


@brand_view(Role.MARKETER)
def key_date(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _edit(request, brand, get_object_or_404(brand.key_dates, pk=pk))


@brand_view(Role.MARKETER)
@require_POST
def delete_key_date(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.key_dates, pk=pk)
    form = StepForm(request.POST)
    if form.is_valid() and delete_seen(brand, brand.key_dates, row, form.cleaned_data["version"]):
        messages.success(request, _("“%(name)s” was deleted.") % {"name": row.name})
        return redirect("calendar:key_dates", brand.slug)
    messages.error(request, _("Somebody changed this date a moment ago. Look again before you delete it."))
    return redirect("calendar:key_date", brand.slug, pk)


@brand_view(Role.MARKETER)
@require_POST
def pass_over(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Let a date go by without a post. What is no key date is said so."""
    form = DayOfSeriesForm(request.POST)
    day = form.cleaned_data.get("day") if form.is_valid() else None
    found = dates.marks(brand, day, day) if day else []
    chosen = [mark for mark in found if mark.name == request.POST.get("name", "")]
    if not chosen:
        messages.error(request, _("There is no such key date any more."))
    for mark in chosen[:1]:
        dates.pass_over(brand, mark, request.user)
        messages.success(request, _("“%(name)s” goes by without a post.") % {"name": mark.name})
    return redirect("calendar:month" if request.POST.get("back") == "month" else "calendar:key_dates", brand.slug)


def _asked_year(request: HttpRequest, brand: Brand) -> int:
    words = request.GET.get("year", "")
    if not words:
        return brand.today().year
    if not (words.isascii() and words.isdigit() and FIRST_DAY.year < int(words[:5]) < LAST_DAY.year):
        raise Http404
    return int(words)


def _edit(request: HttpRequest, brand: Brand, row: KeyDate) -> HttpResponse:
    if row._state.adding:
        row.created_by = request.user
    initial = {"start": request.GET.get("date", "")[:10]} if row._state.adding else None
    form = KeyDateForm(request.POST or None, instance=row, brand=brand, initial=initial)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        response = redirect("calendar:key_dates", brand.slug)
        response["Location"] += f"?year={row.start.year}"
        return response
    context = {"form": form, "row": row, "section": "calendar"}
    return render(request, "calendar_app/key_date.html", context, status=REFUSED if form.is_bound else 200)
