"""How a figure came about: its working, and the rows that it was added up from."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import dashboard, mention_desk
from metrics.kpi import KPIS, MEASURES
from metrics.readings import Reading, label_of, metric_is_money, shown_whole
from metrics.views.dashboard import period
from metrics.working import behind, working_of_measure
from metrics.working import working as working_of

ROWS_PER_PAGE = 50


def metric_or_404(request: HttpRequest, name: str) -> str:
    """A KPI or measure by name; viewers, who see no money, are refused one that tells about it."""
    if name not in KPIS and name not in MEASURES:
        raise Http404
    if metric_is_money(name) and not request.membership.sees_money:
        raise PermissionDenied
    return name


@brand_view(Role.VIEWER)
def working(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    metric = metric_or_404(request, name)
    form, asked = period(request, brand)
    is_kpi = metric in KPIS
    found = working_of(brand, KPIS[metric], asked) if is_kpi else working_of_measure(brand, metric, asked)
    fragment = "metrics/_working.html" if is_kpi else "metrics/_working_of_measure.html"
    context = {"section": "results", "period_form": form, "asked": asked, "owner": form.owner, "working": found}
    context |= {"label": label_of(metric), "fragment": fragment}
    return render(request, fragment if request.htmx else "metrics/working.html", context)


@brand_view(Role.VIEWER)
def rows(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    """What one figure was added up from: rows with their file and line, ledger entries, posts, budget lines."""
    metric = metric_or_404(request, name)
    form, asked = period(request, brand)
    found = dashboard.totals_asked(brand, asked)
    reading = Reading(KPIS[metric], found) if metric in KPIS else None
    shown = reading.whole if reading else shown_whole(found.figure(metric))
    behind_it = behind(found, reading.inputs.values() if reading else [found.figure(metric)]).rows
    page = _page(request, behind_it.rows, "page")
    for row in page.object_list:
        row.label = label_of(row.measure)
        row.desk = mention_desk.behind(row)
    context = {
        "section": "results", "period_form": form, "asked": asked, "owner": form.owner, "kept_query": asked.query,
        "strategy_of_plan": form.strategy, "metric": metric, "label": label_of(metric), "shown": shown, "behind": behind_it, "page": page,
        "entries": _page(request, behind_it.entries, "entries"),
        "publications": _page(request, behind_it.publications, "posts"),
    }  # fmt: skip
    return render(request, "metrics/rows.html", context)


def _page(request: HttpRequest, rows: QuerySet, name: str) -> Page:
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get(name))
    page.parameter = name
    return page
