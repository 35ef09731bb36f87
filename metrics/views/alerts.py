"""Alerts: the list of a strategy, one with what to do about it, and what people say they did."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import alerts
from metrics.alert_words import incident_url, listed, tell, working_url
from metrics.forms.alerts import SettleForm
from metrics.models import Alert
from metrics.views.windows import window

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
def alert(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _shown(request, brand, _find(request, brand, pk), SettleForm())


def _find(request: HttpRequest, brand: Brand, pk: int) -> Alert:
    return tell(get_object_or_404(listed(brand, money=request.membership.sees_money), pk=pk), brand)


def _shown(request: HttpRequest, brand: Brand, row: Alert, form: SettleForm, status: int = 200) -> HttpResponse:
    earlier = listed(brand, money=True).filter(item=row.item, end__lt=row.end).order_by("-end")[:EARLIER_SHOWN]
    context = {
        "section": "strategy",
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
