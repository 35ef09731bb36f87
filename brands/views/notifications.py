from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from brands.notifications import look_of, text_of

PER_PAGE = 30


@brand_view(Role.VIEWER)
def notifications(request: HttpRequest, brand: Brand) -> HttpResponse:
    page = Paginator(_own(request, brand), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, text_of(row), look_of(row)) for row in page]
    return render(request, "brands/notifications.html", {"rows": rows, "page": page, "section": "notifications"})


@brand_view(Role.VIEWER)
@require_POST
def open_notification(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Mark as read and go where it points."""
    row = get_object_or_404(_own(request, brand), pk=pk)
    _own(request, brand).unread().filter(pk=pk).update(read_at=timezone.now())
    if row.url and url_has_allowed_host_and_scheme(row.url, allowed_hosts=None):
        return redirect(row.url)
    return redirect("brands:notifications", brand.slug)


@brand_view(Role.VIEWER)
@require_POST
def read_all(request: HttpRequest, brand: Brand) -> HttpResponse:
    _own(request, brand).unread().update(read_at=timezone.now())
    return redirect("brands:notifications", brand.slug)


def _own(request: HttpRequest, brand: Brand):
    return brand.notifications.filter(user=request.user).in_app()
