"""Feeds: made and taken back by members, read by their calendar programs."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import feeds
from calendar_app.forms.feeds import FeedForm
from calendar_app.models import CalendarFeed


@brand_view(Role.VIEWER)
@never_cache
def feed_list(request: HttpRequest, brand: Brand) -> HttpResponse:
    """A new feed's address is shown once, as the answer to the button: it is not kept anywhere."""
    mine = _within_reach(request, brand)
    form = FeedForm(request.POST or None, standing=mine.filter(user=request.user).count())
    context = {"section": "calendar", "form": form}
    if request.method == "POST" and form.is_valid():
        _feed, secret = feeds.create(brand, request.user, form.cleaned_data["holds"] == "mine")
        context |= _addresses(secret)
    rows = mine.select_related("user").order_by("-created_at", "-pk")
    return render(request, "calendar_app/feeds.html", context | {"rows": rows}, status=422 if form.errors else 200)


@brand_view(Role.VIEWER)
@require_POST
def revoke_feed(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    feeds.revoke(get_object_or_404(_within_reach(request, brand), pk=pk))
    messages.success(request, _("The address works no more. Calendars that read it lose its entries when they next look."))
    return redirect("calendar:feeds", brand.slug)


@require_http_methods(["GET", "HEAD"])
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program reads. A wrong address, one taken back and that of somebody who left are the same: nothing."""
    row = feeds.find(secret)
    if row is None:
        raise Http404
    today = row.brand.today()
    stamp = feeds.stamp(row, today)
    feeds.note_reading(row)
    if _has_it(request, stamp):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(feeds.contents(row, today), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{row.brand.slug}.ics"'
    response["ETag"] = stamp.etag
    if stamp.changed:
        response["Last-Modified"] = http_date(stamp.changed.timestamp())
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _has_it(request: HttpRequest, stamp: feeds.Stamp) -> bool:
    """The reader has this very state. A tag says more than a time, which cannot tell that an entry was deleted."""
    if tags := request.headers.get("If-None-Match"):
        return any(tag.strip().removeprefix("W/") in ("*", stamp.etag) for tag in tags.split(","))
    return False


def _within_reach(request: HttpRequest, brand: Brand):
    """One's own feeds; a lead sees and ends those of the whole team."""
    rows = CalendarFeed.objects.filter(brand=brand, revoked_at=None)
    return rows if request.membership.may(Role.LEAD) else rows.filter(user=request.user)


def _addresses(secret: str) -> dict[str, str]:
    address = feeds.address(secret)
    webcal = "webcal:" + address.partition(":")[2]
    return {
        "address": address,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
    }
