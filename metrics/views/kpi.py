"""What the words and figures mean: the library, and a page per KPI."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import library as shelf
from metrics.benchmarks_shown import benchmarks_of
from metrics.dashboard import Card, base_of, targets_by_metric
from metrics.forms.period import Asked, PeriodForm
from metrics.kpi import Kpi
from metrics.library_help import PLACES
from metrics.models import KpiClass, KpiValue
from metrics.models.values import Period
from metrics.periods import Span
from metrics.progress import TargetState, goal_states
from metrics.readings import Reading, in_unit, text
from metrics.views.dashboard import kpi_or_404, period
from metrics.working import working as working_of
from strategies.models import Goal, Strategy

MONTHS_SHOWN = 13


@brand_view(Role.VIEWER)
def kpi(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    declared = kpi_or_404(request, name)
    form, asked = period(request, brand)
    found = working_of(brand, declared, asked)
    compared = base_of(found.reading.totals, asked)
    base = Reading(declared, compared) if compared else None
    classes = KpiClass.objects.chosen()
    context = {
        "section": "library",
        "kpi": declared,
        "explained": shelf.explain(declared),
        "period_form": form,
        "asked": asked,
        "working": found,
        "base": base,
        "months": _months(brand, declared, asked),
        "goals": _goals_that_aim_at(brand, declared.name),
        "owner": form.owner,
        "klass": text(classes.get(declared.name, declared.klass).label),
        "levels": [text(level.label) for level in declared.levels],
        "target": _target(request, form, declared, asked),
        "changed": Card(found.reading, base) if base else None,
        "benchmarks": benchmarks_of(declared, found.reading, asked),
        "findings": brand.findings.filter(kpi_values__kpi=declared.name).distinct()[:10],
    }
    return render(request, "metrics/kpi.html", context)


def _target(request: HttpRequest, form: PeriodForm, declared: Kpi, asked: Asked) -> TargetState | None:
    """The target of the strategy that runs, or is looked at, with its pace."""
    if form.strategy is None or asked.scope.is_narrow:
        return None
    goals = goal_states(form.strategy, money=request.membership.sees_money)
    return targets_by_metric(goals, asked.channel).get(declared.name)


def _goals_that_aim_at(brand: Brand, metric: str):
    """Goals of strategies at work with a target for this figure, the newest strategy first."""
    goals = Goal.objects.filter(strategy__brand=brand, targets__metric=metric).exclude(strategy__status=Strategy.Status.ARCHIVED)
    return goals.select_related("strategy").distinct().order_by("-strategy__start", "position", "pk")[:10]


def _months(brand: Brand, declared, asked) -> list[tuple[KpiValue, str]]:
    if asked.scope.is_narrow:
        return []
    strategy = None if asked.channel else asked.strategy
    campaign = None if asked.channel else asked.campaign
    rows = brand.kpi_values.filter(channel=asked.channel, strategy=strategy, campaign=campaign, kpi=declared.name)
    rows = rows.filter(period=Period.MONTH)
    newest = list(rows.order_by("-start")[:MONTHS_SHOWN])[::-1]
    for row in newest:
        row.query = asked.dated(Span(row.start, row.end)).query
    return [(row, in_unit(row.value, declared.unit, brand.currency)) for row in newest]


@brand_view(Role.VIEWER)
def library(request: HttpRequest, brand: Brand) -> HttpResponse:
    asked = request.GET.get("q", "")[:80]
    entries = shelf.entries(get_language(), money=request.membership.sees_money)
    found = shelf.search(entries, asked)
    context = {"section": "library", "q": asked, "shelves": shelf.by_shelf(found), "count": len(found)}
    return render(request, "metrics/library.html", context)


@brand_view(Role.VIEWER)
def help_window(request: HttpRequest, brand: Brand, place: str) -> HttpResponse:
    """The words of a page, explained where they stand."""
    if place not in PLACES:
        raise Http404
    entries = shelf.entries(get_language(), money=request.membership.sees_money)
    return render(request, "metrics/_help.html", {"entries": shelf.named(PLACES[place], entries)})
