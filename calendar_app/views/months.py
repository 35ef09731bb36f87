"""The calendar's views of time: a month, a day, a list. Weeks, the board and the quarter are in `weeks.py`."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from brands.access import brand_view
from brands.models import Brand, Role
from brands.templatetags.ui import day_year as date_word
from calendar_app import filters as calendar_filters
from calendar_app import key_dates
from calendar_app.forms.fields import FIRST_DAY, LAST_DAY
from calendar_app.models import Publication
from calendar_app.moments import span
from calendar_app.month import Month
from calendar_app.month_page import month_page
from calendar_app.views.answers import wants_part
from strategies.models import AppliedPreset
from strategies.weeks import monday

PAGE_SIZE = 50
MOST_CHIPS = 100
LONGEST_KEY = 12
WHENS = ("upcoming", "past", "undated")
PARTS = ("post__pillar", "post__owner", "channel__platform")


@brand_view(Role.VIEWER)
def month(request: HttpRequest, brand: Brand) -> HttpResponse:
    page = month_page(brand, _asked_month(request, brand), request.GET)
    context = {"page": page, "section": "calendar", "view": "month", "base_query": page.filters.query}
    if wants_part(request) and request.htmx.target == "cal":
        return render(request, "calendar_app/month.html#cal", context)
    context |= _first_plan(request, brand)
    return render(request, "calendar_app/month.html", context)


def _first_plan(request: HttpRequest, brand: Brand) -> dict[str, object]:
    """Right after a first plan was made: its next step, and the way back."""
    asked = request.GET.get("first-plan", "")
    if not request.membership.may(Role.MARKETER) or not asked.isdecimal() or len(asked) > LONGEST_KEY:
        return {}
    applied = AppliedPreset.objects.filter(strategy__brand=brand, undone_at=None, pk=asked).select_related("strategy").first()
    return {"first_plan": applied, "first_post": brand.posts.to_be_written().first()} if applied else {}


@brand_view(Role.VIEWER)
def day(request: HttpRequest, brand: Brand, day: str) -> HttpResponse:
    shown = _day(day)
    filters = calendar_filters.read(request.GET, brand, brand.channels.select_related("platform"))
    start, end = span(shown, shown, brand.zone)
    rows = filters.apply(brand.publications.between(start, end)).select_related(*PARTS)
    if wants_part(request):
        # “+5 more” opens in its place.
        return render(request, "calendar_app/_chips.html", {"chips": rows.order_by("at", "pk")[:MOST_CHIPS], "day": shown})
    page = Paginator(rows.order_by("at", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    campaigns = brand.campaigns.filter(start__lte=shown, end__gte=shown)
    context = {
        "day": shown, "previous": shown - timedelta(days=1), "following": shown + timedelta(days=1), "today": brand.today(),
        "is_today": shown == brand.today(), "shown_day": date_word(shown), "rows": page, "campaigns": campaigns, "filters": filters, "base_query": filters.query, "section": "calendar", "view": "day",
        "marks": key_dates.between(brand, shown, shown).get(shown, []),
    }  # fmt: skip
    return render(request, "calendar_app/day.html", context)


@brand_view(Role.VIEWER)
def post_list(request: HttpRequest, brand: Brand) -> HttpResponse:
    filters = calendar_filters.read(request.GET, brand, brand.channels.select_related("platform"))
    when = request.GET.get("when", "") if request.GET.get("when") in WHENS else ""
    week = _asked_week(request)
    rows = _in_time(_in_week(filters.apply(brand.publications.all()), week, brand), when, brand)
    page = Paginator(rows.select_related(*PARTS), PAGE_SIZE).get_page(request.GET.get("page"))
    kept = [(name, value) for name, value in (("when", when), ("week", str(week or ""))) if value]
    pairs = kept + filters.pairs
    context = {
        "rows": page, "filters": filters, "when": when, "section": "calendar", "view": "list",
        "base_query": filters.query, "list_query": urlencode(pairs), "kept": kept, "week": week,
    }  # fmt: skip
    return render(request, "calendar_app/list.html", context)


def _asked_week(request: HttpRequest) -> date | None:
    """The Monday of the week an address names; None where it names none."""
    try:
        day = date.fromisoformat(request.GET.get("week", "")[:10])
    except ValueError:
        return None
    return monday(day) if FIRST_DAY <= day <= LAST_DAY else None


def _in_week(rows, week: date | None, brand: Brand):
    """Those planned for the week, and those that went out in it."""
    if week is None:
        return rows
    start, end = span(week, week + timedelta(days=6), brand.zone)
    return rows.filter(Q(at__gte=start, at__lt=end) | Q(published_at__gte=start, published_at__lt=end))


def _in_time(rows, when: str, brand: Brand):
    now = brand.now()
    if when == "undated":
        return rows.filter(at=None, status=Publication.Status.PLANNED).order_by("-pk")
    if when == "upcoming":
        return rows.filter(at__gte=now).order_by("at", "pk")
    if when == "past":
        return rows.filter(at__lt=now).order_by("-at", "-pk")
    return rows.order_by("-at", "-pk")


def _asked_month(request: HttpRequest, brand: Brand) -> Month:
    words = request.GET.get("month", "")
    if not words:
        return Month.of(brand.today())
    try:
        return Month.parse(words)
    except ValueError:
        raise Http404 from None


def _day(words: str) -> date:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise Http404 from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Http404
    return day
