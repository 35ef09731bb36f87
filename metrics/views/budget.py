"""The budget as it was planned and as it is spent. Not for viewers, who are clients."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brands.access import brand_view
from brands.models import Brand, Role
from metrics.budget_page import table
from strategies.views.wizard import take


@brand_view(Role.MARKETER)
@require_safe
def budget(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = take(brand, pk)
    found = table(strategy)
    context = {"section": "strategy", "strategy": strategy, "found": found, "is_due": found.is_due(brand.today())}
    return render(request, "metrics/budget.html", context)
