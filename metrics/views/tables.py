"""Any table with figures that a page shows, taken away as CSV: the same filters, exact figures, one address for all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.audit import file_taken
from brands.models import Brand, Role
from metrics import page_tables
from metrics.page_tables import Question
from metrics.tables import Table
from metrics.views.csv_files import csv_response
from metrics.views.dashboard import kpi_or_404, period
from metrics.views.working import metric_or_404


@dataclass(frozen=True, slots=True)
class Taken:
    """`build` says the table; `role` who may take it; `of_kpi` whether it asks for a KPI (`?kpi=`), or for a KPI or measure."""

    build: Callable[[Question], Table]
    role: Role = Role.VIEWER
    of_kpi: bool = False
    of_metric: bool = False


TABLES: Mapping[str, Taken] = {
    "cards": Taken(page_tables.cards),
    "goals": Taken(page_tables.goals),
    "channels": Taken(page_tables.channels),
    "posts": Taken(page_tables.posts),
    "rows": Taken(page_tables.rows, of_metric=True),
    "months": Taken(page_tables.months, of_kpi=True),
    "findings": Taken(page_tables.findings),
    "return": Taken(page_tables.money_back, role=Role.MARKETER),
    "entries": Taken(page_tables.entries, role=Role.MARKETER),
    "imports": Taken(page_tables.imports, role=Role.MARKETER),
}


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def table_csv(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    wanted = TABLES.get(name)
    if wanted is None:
        raise Http404
    if not request.membership.may(wanted.role):
        raise PermissionDenied
    form, asked = period(request, brand)
    kpi = kpi_or_404(request, request.GET.get("kpi", "")) if wanted.of_kpi else None
    metric = metric_or_404(request, request.GET.get("kpi", "")) if wanted.of_metric else ""
    question = Question(brand, asked, form.strategy, request.membership.sees_money, kpi, metric, request.GET)
    file_taken(request, brand, f"{name}.csv")
    words = [brand.slug, name, *filter(None, [kpi.name if kpi else metric]), str(asked.span.start), str(asked.span.end)]
    return csv_response(wanted.build(question), "-".join(words))
