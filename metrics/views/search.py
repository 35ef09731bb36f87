"""Looking through all of a brand: a page of its own, and the palette that stands over every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from brands.access import brand_view
from brands.models import Brand, Role
from brands.searching import LONGEST
from metrics import search as everything
from metrics.shortcuts import SHORTCUTS


@brand_view(Role.VIEWER)
@require_safe
def search(request: HttpRequest, brand: Brand) -> HttpResponse:
    found = everything.search(request.membership, request.GET.get("q", ""))
    context = {"found": found, "longest": LONGEST, "shortcuts": SHORTCUTS if found.wants_keys else ()}
    response = render(request, "metrics/_palette_found.html" if request.htmx else "metrics/search.html", context)
    # The same address is a page and a part of one: going back must not show the part.
    patch_vary_headers(response, ["HX-Request"])
    return response


@brand_view(Role.VIEWER)
@require_safe
def shortcuts(request: HttpRequest, brand: Brand) -> HttpResponse:
    return render(request, "metrics/shortcuts.html", {"shortcuts": SHORTCUTS})
