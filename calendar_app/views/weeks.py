"""The calendar's other views: a week, the board, the quarter, and how a span's posts are divided."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import filters as calendar_filters
from calendar_app.board_page import board_page
from calendar_app.forms.fields import FIRST_DAY, LAST_DAY
from calendar_app.mix import range_mix
from calendar_app.quarter_page import quarter_page
from calendar_app.views.answers import wants_part
from calendar_app.week_page import week_page
from strategies.weeks import monday

READ = ["GET", "HEAD"]
LONGEST_SPAN = timedelta(days=400)


@brand_view(Role.VIEWER)
@require_http_methods(READ)
def week(request: HttpRequest, brand: Brand) -> HttpResponse:
    page = week_page(brand, monday(asked_day(request, "week") or brand.today()), request.GET)
    return _answer(request, "week", {"page": page, "base_query": page.filters.query})


@brand_view(Role.VIEWER)
@require_http_methods(READ)
def board(request: HttpRequest, brand: Brand) -> HttpResponse:
    page = board_page(brand, request.GET)
    return _answer(request, "board", {"page": page, "base_query": page.filters.query})


@brand_view(Role.VIEWER)
@require_http_methods(READ)
def quarter(request: HttpRequest, brand: Brand) -> HttpResponse:
    page = quarter_page(brand, monday(asked_day(request, "from") or brand.today()), request.GET)
    return _answer(request, "quarter", {"page": page, "base_query": page.filters.query})


@brand_view(Role.VIEWER)
@require_http_methods(READ)
def content(request: HttpRequest, brand: Brand) -> HttpResponse:
    """How the posts of a span are divided: a window of the month and the week, and a page of its own."""
    first = asked_day(request, "first") or brand.today().replace(day=1)
    last = min(max(asked_day(request, "last") or first + timedelta(days=30), first), first + LONGEST_SPAN)
    filters = calendar_filters.read(request.GET, brand, brand.channels.select_related("platform"))
    context = {"first": first, "last": last, "sections": range_mix(brand, first, last, filters), "section": "calendar"}
    return render(request, f"calendar_app/{'_content' if wants_part(request) else 'content'}.html", context)


def asked_day(request: HttpRequest, name: str) -> date | None:
    """The day an address names; None where it names none that a calendar has."""
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _answer(request: HttpRequest, view: str, context: dict) -> HttpResponse:
    part = wants_part(request) and request.htmx.target == "cal"
    context |= {"section": "calendar", "view": view}
    return render(request, f"calendar_app/{view}.html{'#cal' if part else ''}", context)
