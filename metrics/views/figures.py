"""Figures recorded by hand, because no file brings them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import undo
from metrics.forms import FigureForm
from metrics.kpi.measures import MEASURES
from metrics.periods import DAY, month_of
from metrics.stale import after_figure, before_figure

PER_PAGE = 20


@brand_view(Role.MARKETER)
def record(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = FigureForm(request.POST or None, brand=brand, initial=_suggested(request, brand))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            before_figure(brand, form.cleaned_data["measure"])
            figure, is_new = form.save(request.user)
            after_figure(brand, figure)
        messages.success(request, _("Figure recorded.") if is_new else _("The figure for these days was replaced."))
        return redirect("metrics:record", brand.slug)
    rows = by_hand(brand).select_related("channel__platform", "recorded_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    language = get_language()
    for row in page.object_list:
        measure = MEASURES.get(row.measure)
        row.label = measure.label.in_language(language) if measure else row.measure
    return render(request, "metrics/record.html", {"section": "results", "form": form, "page": page})


@brand_view(Role.MARKETER)
@require_POST
def delete_figure(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(by_hand(brand), pk=pk)
    page = reverse("metrics:record", args=[brand.slug])
    with transaction.atomic():
        before_figure(brand, row.measure)
        undo.delete(request, brand, row, page)
        after_figure(brand, row)
    return redirect(page)


def by_hand(brand: Brand):
    return brand.observations.filter(source=None, publication=None, campaign=None, from_mentions=False).order_by("-end", "-pk")


def _suggested(request: HttpRequest, brand: Brand) -> dict[str, object]:
    """The last whole month, and the measure that a link asked for."""
    span = month_of(month_of(brand.today()).start - DAY)
    return {"measure": request.GET.get("measure", ""), "start": span.start, "end": span.end, "currency": brand.currency}
