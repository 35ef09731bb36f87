"""Results: the page for a brand, strategy, campaign, channel or post; the trend as a chart and as a table."""

from urllib.parse import parse_qsl

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from brands.access import brand_view
from brands.audit import file_taken
from brands.models import Brand, Role
from calendar_app.models import Campaign, Post
from metrics import dashboard
from metrics.channel_table import channel_table
from metrics.charts import figure
from metrics.charts import trend as trend_of
from metrics.forms.period import Asked, PeriodForm
from metrics.kpi import KPIS, Kpi
from metrics.progress import GoalState, goal_states
from metrics.readings import is_money, label_of
from metrics.spreadsheets import as_csv, trend_table
from strategies.models import Strategy

TREND_KPI = "audience_engagement"
TAKEN_AWAY = (("cards", _("KPIs")), ("goals", _("Goals")), ("channels", _("Channels")), ("posts", _("Posts")))


def kpi_or_404(request: HttpRequest, name: str) -> Kpi:
    """The KPI; viewers, who see no money, are refused one that tells about it."""
    if name not in KPIS:
        raise Http404
    if is_money(KPIS[name]) and not request.membership.sees_money:
        raise PermissionDenied
    return KPIS[name]


def running(brand: Brand) -> Strategy | None:
    return brand.strategies.running(brand.today()).first()


def period(request: HttpRequest, brand: Brand, owner: Strategy | Campaign | Post | None = None) -> tuple[PeriodForm, Asked]:
    form = PeriodForm(request.GET, brand, running(brand) if owner is None else None, owner=owner)
    return form, form.asked()


@brand_view(Role.VIEWER)
def results(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _results(request, brand, *period(request, brand))


@brand_view(Role.VIEWER)
def strategy_results(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _results(request, brand, *period(request, brand, get_object_or_404(brand.strategies, pk=pk)))


@brand_view(Role.VIEWER)
def campaign_results(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    found = get_object_or_404(brand.campaigns.select_related("strategy"), pk=pk)
    return _results(request, brand, *period(request, brand, found))


@brand_view(Role.VIEWER)
def post_results(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    found = get_object_or_404(brand.posts.select_related("strategy", "campaign"), pk=pk)
    return _results(request, brand, *period(request, brand, found))


def _results(request: HttpRequest, brand: Brand, form: PeriodForm, asked: Asked) -> HttpResponse:
    money = request.membership.sees_money
    strategy = form.strategy
    goals: list[GoalState] = []
    if strategy and not asked.scope.is_narrow:
        strategy.brand = brand
        found, goals = dashboard.results_with_goals(brand, asked, strategy, money=money)
    else:
        found = dashboard.results(brand, asked, goals, money=money)
    form.offer(found.found.records.whole.channels.values())
    context = {
        "section": "results",
        "period_form": form,
        "asked": asked,
        "strategy": strategy or _strategy_of(form.owner),
        "owner": form.owner,
        "level": asked.scope.level.value,
        "goals": goals,
        "found": found,
        "money": money,
        "table": channel_table(found.found, asked, money=money),
        "trend_kpi": (chosen := _trend_kpi(request, found)),
        "trend_label": label_of(chosen.name) if chosen else "",
        "kept_query": parse_qsl(asked.query),
        "taken_away": TAKEN_AWAY,
    }
    return render(request, "metrics/results.html", context)


def _strategy_of(owner: Campaign | Post | Strategy | None) -> Strategy | None:
    return getattr(owner, "strategy", None)


def _trend_kpi(request: HttpRequest, found: dashboard.Results) -> Kpi | None:
    """The KPI of the chart: the one asked for, else the usual one, else the first with a figure."""
    measured = [card.reading.kpi for group in found.groups for card in group.cards if card.reading.result.ok]
    by_name = {kpi.name: kpi for kpi in measured}
    asked = request.GET.get("kpi", "")
    return by_name.get(asked) or by_name.get(TREND_KPI) or next(iter(measured), None)


@brand_view(Role.VIEWER)
def trend(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    """The numbers of the chart as a table."""
    kpi = kpi_or_404(request, name)
    form, asked = period(request, brand)
    context = {
        "section": "results",
        "period_form": form,
        "asked": asked,
        "label": label_of(name),
        "trend": trend_of(brand, kpi, asked),
        "owner": form.owner,
    }
    return render(request, "metrics/trend.html", context)


@brand_view(Role.VIEWER)
def trend_csv(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    """The same numbers to take away."""
    kpi = kpi_or_404(request, name)
    file_taken(request, brand, "months.csv")
    _form, asked = period(request, brand)
    response = HttpResponse(as_csv(trend_table(trend_of(brand, kpi, asked))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{brand.slug}-{name}-{asked.span.start}-{asked.span.end}.csv"'
    return response


@brand_view(Role.VIEWER)
def trend_figure(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    """The chart itself, as Plotly's JSON."""
    kpi = kpi_or_404(request, name)
    form, asked = period(request, brand)
    goals = goal_states(form.strategy, money=request.membership.sees_money) if form.strategy else []
    drawn = figure(trend_of(brand, kpi, asked), _target(goals, kpi, asked))
    return HttpResponse(drawn, content_type="application/json")


def _target(goals: list[GoalState], kpi: Kpi, asked: Asked):
    return dashboard.targets_by_metric(goals, asked.channel).get(kpi.name)
