"""Recurring series: what they are, the days they make, and changing them."""

from datetime import date

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import series_changes, series_posts
from calendar_app.forms import StepForm
from calendar_app.forms.series import DayOfSeriesForm, FollowingForm, SeriesForm, said_of
from calendar_app.models import Publication, Series
from calendar_app.series_posts import Outcome
from calendar_app.views.answers import REFUSED, attempt

PAGE = ["GET", "HEAD", "POST"]


@brand_view(Role.VIEWER)
def series_list(request: HttpRequest, brand: Brand) -> HttpResponse:
    out = Q(posts__publications__status=Publication.Status.PUBLISHED)
    rows = brand.series.prefetch_related("channels__platform").annotate(
        post_count=Count("posts", distinct=True), out_count=Count("posts", filter=out, distinct=True)
    )
    context = {"rows": rows, "today": brand.today(), "section": "calendar", "view": "series"}
    return render(request, "calendar_app/series_list.html", context)


@brand_view(Role.MARKETER)
@require_http_methods(PAGE)
def new_series(request: HttpRequest, brand: Brand) -> HttpResponse:
    if not brand.channels.filter(is_active=True).exists():
        return render(request, "calendar_app/no_channels.html", {"section": "calendar"})
    initial = {"start": brand.today(), "clock": "10:00", "weekdays": [brand.today().weekday()], "owner": request.user.pk}
    form = SeriesForm(request.POST or None, instance=Series(brand=brand), brand=brand, by=request.user, initial=initial)
    if request.method == "POST" and form.saved():
        return redirect("calendar:series", brand.slug, form.instance.pk)
    return _form(request, form)


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def one_series(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _series_of(brand, pk)
    found = series_posts.look(row)
    context = {
        "series": row, "found": found, "section": "calendar", "new_count": len(found.new), "today": brand.today(),
        "made_count": found.count(Outcome.THERE, Outcome.APART), "skipped_count": found.count(Outcome.SKIPPED),
        "past_count": found.count(Outcome.PAST), "clashing": found.clashing,
    }  # fmt: skip
    return render(request, "calendar_app/series.html", context)


@brand_view(Role.MARKETER)
@require_POST
def make_posts(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _series_of(brand, pk)
    made = series_posts.make(row, request.user).new
    if made:
        said = ngettext("%(count)s draft stands on the calendar.", "%(count)s drafts stand on the calendar.", len(made))
        messages.success(request, said % {"count": len(made)})
    else:
        messages.info(request, _("Nothing to make: every day has its draft already."))
    return redirect("calendar:series", brand.slug, pk)


@brand_view(Role.MARKETER)
@require_http_methods(PAGE)
def edit_series(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _series_of(brand, pk)
    form = _form_for(request, row, _asked_day(request, row))
    if request.method == "POST" and form.saved():
        messages.success(request, " ".join(part for part in (_("Saved."), said_of(form.followed)) if part))
        return redirect("calendar:series", brand.slug, form.instance.pk)
    return _form(request, form, row)


def _form_for(request: HttpRequest, row: Series, day: date | None) -> SeriesForm:
    common = {"brand": row.brand, "by": request.user}
    if day is None:
        return SeriesForm(request.POST or None, instance=row, **common)
    copied = Series.objects.get(pk=row.pk)
    copied.pk, copied._state.adding = None, True
    initial = {"channels": list(row.channels.values_list("pk", flat=True)), "start": day, "strategy": row.strategy_id}
    if row.count:
        initial["count"] = sum(each >= day for each in series_posts.rule_of(row).days())
    return FollowingForm(request.POST or None, instance=copied, old=row, day=day, initial=initial, **common)


def _asked_day(request: HttpRequest, row: Series) -> date | None:
    """The day from which on the change holds; None where it holds for all."""
    words = request.GET.get("from", "")
    if not words:
        return None
    days = series_posts.rule_of(row).days()
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise Http404 from None
    if day not in days:
        raise Http404
    return None if day == days[0] else day


@brand_view(Role.MARKETER)
@require_POST
def skip_day(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _on_a_day(request, brand, pk, lambda row, day, seen: series_changes.skip(row, day, request.user), _("Left out."))


@brand_view(Role.MARKETER)
@require_POST
def take_in_day(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _on_a_day(
        request, brand, pk, lambda row, day, seen: series_changes.take_in(row, day), _("It is a day of the series again.")
    )


@brand_view(Role.MARKETER)
@require_POST
def end_series(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _on_a_day(
        request, brand, pk, lambda row, day, seen: series_changes.end(row, day, seen, request.user), _("The series ends there.")
    )


def _on_a_day(request: HttpRequest, brand: Brand, pk: int, act, said: str) -> HttpResponse:
    row = _series_of(brand, pk)
    form = DayOfSeriesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day of the series."))
    else:
        day, seen = form.cleaned_data["day"], form.cleaned_data["version"] or 0
        if attempt(request, lambda: act(row, day, seen)) == 200:
            messages.success(request, said)
    return redirect("calendar:series", brand.slug, pk)


@brand_view(Role.MARKETER)
@require_POST
def delete_series(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _series_of(brand, pk)
    form = StepForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    if attempt(request, lambda: series_changes.delete(row, seen)) != 200:
        return redirect("calendar:series", brand.slug, pk)
    messages.success(request, _("“%(title)s” was deleted. What went out stays in the record.") % {"title": row.title})
    return redirect("calendar:series_list", brand.slug)


def _series_of(brand: Brand, pk: int) -> Series:
    rows = brand.series.select_related("strategy", "goal", "pillar", "owner").prefetch_related("channels__platform")
    row = get_object_or_404(rows, pk=pk)
    row.brand = brand
    return row


def _form(request: HttpRequest, form: SeriesForm, row: Series | None = None) -> HttpResponse:
    context = {"form": form, "series": row, "from_day": getattr(form, "day", None), "section": "calendar"}
    return render(request, "calendar_app/series_form.html", context, status=REFUSED if form.is_bound else 200)
