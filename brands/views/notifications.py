from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brands import news
from brands.access import brand_view
from brands.models import Brand, Role

PER_PAGE = 30


@brand_view(Role.VIEWER)
def notifications(request: HttpRequest, brand: Brand) -> HttpResponse:
    """What happened in the brand, by day; what waits in other brands of the person is only named."""
    asked = news.Asked.of(request.GET)
    page = Paginator(asked.within(_own(request, brand)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "days": news.by_day(page, brand.today()),
        "page": page,
        "asked": asked,
        "groups": news.GROUPS_SHOWN,
        "elsewhere": news.elsewhere(request.user, brand),
        "section": "notifications",
    }
    return render(request, "brands/notifications.html", context)


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
def mark(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Read, or unread again, and stay where one is."""
    row = get_object_or_404(_own(request, brand), pk=pk)
    row.read_at = None if request.POST.get("unread") else row.read_at or timezone.now()
    row.save(update_fields=["read_at"])
    if row.read_at:
        undo = _undo(request, reverse("brands:mark_notification", args=[brand.slug, pk]), {"unread": "1"})
        messages.success(request, format_html("{} {}", _("Marked as read."), undo))
    return _back(request, brand)


@brand_view(Role.VIEWER)
@require_POST
def read_all(request: HttpRequest, brand: Brand) -> HttpResponse:
    """All that the filter shows, and a way to take that back."""
    now = timezone.now()
    count = news.Asked.of(request.POST).within(_own(request, brand)).unread().update(read_at=now)
    if count:
        said = ngettext("%(count)d is marked as read.", "%(count)d are marked as read.", count) % {"count": count}
        undo = _undo(request, reverse("brands:unread_notifications", args=[brand.slug]), {"at": now.isoformat()})
        messages.success(request, format_html("{} {}", said, undo))
    return _back(request, brand)


@brand_view(Role.VIEWER)
@require_POST
def unread_again(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Take back “all as read”: the moment that was written says which they were."""
    try:
        moment = parse_datetime(request.POST.get("at", ""))
    except ValueError:
        moment = None
    if moment and timezone.is_aware(moment):
        _own(request, brand).filter(read_at=moment).update(read_at=None)
    return _back(request, brand)


def _undo(request: HttpRequest, address: str, what: dict[str, str]) -> SafeString:
    fields = news.Asked.of(request.POST).fields | {"csrfmiddlewaretoken": get_token(request)} | what
    inputs = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
    return format_html(
        '<form method="post" action="{}" class="sp-undo">{}<button type="submit" class="btn btn-sm">{}</button></form>',
        address, inputs, _("Undo"),
    )  # fmt: skip


def _back(request: HttpRequest, brand: Brand) -> HttpResponse:
    query = news.Asked.of(request.POST).query
    address = reverse("brands:notifications", args=[brand.slug])
    return redirect(f"{address}?{query}" if query else address)


def _own(request: HttpRequest, brand: Brand):
    return brand.notifications.filter(user=request.user).in_app()
