"""Alerts: the list of a strategy, one with what to do about it, and what people say they did."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import alerts, unusual_days
from metrics.alert_words import also_of, incident_url, listed, tell, working_url
from metrics.forms.alerts import SettleForm, SilenceForm
from metrics.models import Alert
from metrics.readings import label_of
from metrics.views.windows import window
from strategies.pages.base import chosen_number

PER_WINDOW, PER_PAGE = 6, 30
EARLIER_SHOWN = 6


@brand_view(Role.VIEWER)
def strategy_alerts(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    rows = listed(brand, money=request.membership.sees_money).filter(strategy=strategy)
    page = Paginator(rows, PER_WINDOW if request.htmx else PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        tell(row, brand)
    return window(request, "metrics/_alerts.html", _("Alerts"), strategy=strategy, page=page)


@brand_view(Role.VIEWER)
def all_alerts(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Watched figures and unusual days in one list, and what of the latter one wants to hear."""
    return _list(request, brand, SilenceForm(brand))


def _list(request: HttpRequest, brand: Brand, form: SilenceForm, status: int = 200) -> HttpResponse:
    page = Paginator(listed(brand, money=request.membership.sees_money), PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        tell(row, brand)
    silences = list(brand.alert_silences.filter(user=request.user).select_related("channel__platform"))
    for one in silences:
        one.label = label_of(one.measure) if one.measure else _("all figures")
    context = {"section": "results", "page": page, "silence_form": form, "silences": silences}
    return render(request, "metrics/alerts.html", context, status=status)


@brand_view(Role.VIEWER)
@require_POST
def silence(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Hear nothing of unusual days of a channel or figure, or (`again`) hear of them once more."""
    if "again" in request.POST:
        number = chosen_number(request.POST["again"])
        get_object_or_404(brand.alert_silences.filter(user=request.user), pk=number).delete()
        messages.success(request, _("You hear of these days again."))
        return redirect("metrics:alerts", brand.slug)
    form = SilenceForm(brand, request.POST)
    if not form.is_valid():
        return _list(request, brand, form, status=422)
    unusual_days.silence(request.user, brand, form.cleaned_data["channel"], form.cleaned_data["measure"])
    messages.success(request, _("You hear no more of these days. They still stand in the list."))
    return redirect("metrics:alerts", brand.slug)


@brand_view(Role.VIEWER)
def alert(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _shown(request, brand, _find(request, brand, pk), SettleForm())


def _find(request: HttpRequest, brand: Brand, pk: int) -> Alert:
    return tell(get_object_or_404(listed(brand, money=request.membership.sees_money), pk=pk), brand)


def _shown(request: HttpRequest, brand: Brand, row: Alert, form: SettleForm, status: int = 200) -> HttpResponse:
    same = {"item": row.item} if row.item else {"item": None, "channel": row.channel, "measure": row.measure}
    earlier = listed(brand, money=True).filter(**same, end__lt=row.end).order_by("-end")[:EARLIER_SHOWN]
    context = {
        "section": "strategy" if row.strategy else "results",
        "causes": unusual_days.causes_of(row) if row.is_unusual_day else [],
        "also": also_of(row),
        "alert": row,
        "strategy": row.strategy,
        "form": form,
        "working": working_url(row),
        "incident": incident_url(row),
        "earlier": [tell(one, brand) for one in earlier],
    }
    return render(request, "metrics/alert.html", context, status=status)


@brand_view(Role.MARKETER)
@require_POST
def take_alert(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _find(request, brand, pk)
    if alerts.take(row, request.user):
        messages.success(request, _("It is yours. What was planned for it stands here."))
    else:
        messages.info(request, _("Somebody settled it meanwhile."))
    return redirect("metrics:alert", brand.slug, row.pk)


@brand_view(Role.MARKETER)
@require_POST
def settle_alert(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row, form = _find(request, brand, pk), SettleForm(request.POST)
    if not form.is_valid():
        return _shown(request, brand, row, form, status=422)
    if not alerts.settle(row, request.user, form.cleaned_data["note"]):
        form.add_error(None, _("Somebody settled it meanwhile. What they wrote stands above; yours is still here."))
        return _shown(request, brand, _find(request, brand, pk), form, status=409)
    messages.success(request, _("Settled."))
    return redirect("metrics:alert", brand.slug, row.pk)


@brand_view(Role.MARKETER)
@require_POST
def reopen_alert(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _find(request, brand, pk)
    if alerts.reopen(row):
        messages.success(request, _("It is open again."))
    return redirect("metrics:alert", brand.slug, row.pk)
