"""Results: the page, the working of one figure, the trend as a chart and as a table."""

from urllib.parse import parse_qsl

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import dashboard
from metrics.charts import figure
from metrics.charts import trend as trend_of
from metrics.forms.period import Asked, PeriodForm
from metrics.kpi import KPIS, Kpi
from metrics.post_results import outstanding
from metrics.progress import GoalState, goal_states
from metrics.readings import Reading, is_money, label_of
from metrics.spreadsheets import as_csv, trend_table
from metrics.totals import Source
from metrics.working import rows_of
from metrics.working import working as working_of
from strategies.models import Strategy

TREND_KPI = "audience_engagement"
ROWS_PER_PAGE = 50
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


def period(request: HttpRequest, brand: Brand) -> tuple[PeriodForm, Asked]:
    form = PeriodForm(request.GET, brand, running(brand))
    return form, form.asked()


@brand_view(Role.VIEWER)
def results(request: HttpRequest, brand: Brand) -> HttpResponse:
    form, asked = period(request, brand)
    money = request.membership.sees_money
    strategy = form.strategy
    goals = goal_states(strategy, money=money) if strategy else []
    found = dashboard.results(brand, asked, goals, money=money)
    context = {
        "section": "results",
        "period_form": form,
        "asked": asked,
        "strategy": strategy,
        "goals": goals,
        "found": found,
        "money": money,
        "table": dashboard.channel_table(found.found, money=money),
        "posts": outstanding(brand, asked.span, asked.channel),
        "trend_kpi": (chosen := _trend_kpi(request, found)),
        "trend_label": label_of(chosen.name) if chosen else "",
        "kept_query": parse_qsl(asked.query),
        "taken_away": TAKEN_AWAY,
    }
    return render(request, "metrics/results.html", context)


def _trend_kpi(request: HttpRequest, found: dashboard.Results) -> Kpi | None:
    """The KPI of the chart: the one asked for, else the usual one, else the first with a figure."""
    measured = [card.reading.kpi for group in found.groups for card in group.cards if card.reading.result.ok]
    by_name = {kpi.name: kpi for kpi in measured}
    asked = request.GET.get("kpi", "")
    return by_name.get(asked) or by_name.get(TREND_KPI) or next(iter(measured), None)


@brand_view(Role.VIEWER)
def working(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    kpi = kpi_or_404(request, name)
    form, asked = period(request, brand)
    context = {"section": "results", "period_form": form, "asked": asked, "working": working_of(brand, kpi, asked)}
    template = "metrics/_working.html" if request.htmx else "metrics/working.html"
    return render(request, template, context)


@brand_view(Role.VIEWER)
def rows(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    """The observations that one figure was added up from, each with its file and line."""
    kpi = kpi_or_404(request, name)
    form, asked = period(request, brand)
    reading = Reading(kpi, dashboard.totals_asked(brand, asked))
    found = rows_of(brand, reading, asked)
    found = found.select_related(
        "channel__platform", "publication__channel__platform", "publication__post", "source", "recorded_by"
    )
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.label = label_of(row.measure)
    takes_money = any(figure.source == Source.LEDGER for figure in reading.inputs.values())
    context = {
        "section": "results",
        "period_form": form,
        "asked": asked,
        "reading": reading,
        "page": page,
        "kept_query": asked.query,
        "takes_money": takes_money,
    }
    return render(request, "metrics/rows.html", context)


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
    }
    return render(request, "metrics/trend.html", context)


@brand_view(Role.VIEWER)
def trend_csv(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    """The same numbers to take away."""
    kpi = kpi_or_404(request, name)
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
