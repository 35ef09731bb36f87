"""What the calendar holds of each kind of content, for the pages of the plan; and ideas that come out of the plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app.mix import Held, held, pillar_rows, rows_of
from calendar_app.models import Post
from calendar_app.views.answers import wants_part
from strategies.content_kinds import find_kind
from strategies.mix import KINDS, Row
from strategies.models import MixTarget, Strategy
from strategies.views.wizard import take


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def mix(request: HttpRequest, brand: Brand, pk: int, dimension: str) -> HttpResponse:
    """Plan and actual of one dimension: a window of the strategy's pages, and a page of its own."""
    if dimension not in KINDS:
        raise Http404
    strategy = take(brand, pk)
    found = held(strategy)[dimension]
    return _window(request, strategy, str(MixTarget.Dimension(dimension).label), rows_of(strategy, dimension, found), found)


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def pillar_mix(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = take(brand, pk)
    found = held(strategy)["pillar"]
    return _window(request, strategy, _("Pillar"), pillar_rows(strategy, found), found)


def _window(request: HttpRequest, strategy: Strategy, title: str, rows: list[Row], found: Held) -> HttpResponse:
    has_plan = any(row.target is not None for row in rows)
    context = {
        "section": "strategy", "strategy": strategy, "window_title": title, "rows": rows, "found": found, "has_plan": has_plan,
    }  # fmt: skip
    return render(request, "calendar_app/_mix.html" if wants_part(request) else "calendar_app/mix.html", context)


@brand_view(Role.MARKETER)
@require_POST
def take_idea(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """A kind of content becomes an idea of the strategy, to be written and dated later."""
    kind = find_kind(request.POST.get("kind", ""))
    if kind is None:
        raise Http404
    strategy = take(brand, pk)
    idea = Post.objects.create(
        brand=brand, strategy=strategy, title=str(kind.title)[:120], state=Post.State.IDEA, format=kind.format,
        journey_stage=kind.stage, purpose=kind.purpose, owner=request.user, created_by=request.user,
    )  # fmt: skip
    messages.success(request, _("“%(name)s” is among the calendar’s ideas.") % {"name": idea})
    return redirect("strategies:step", brand.slug, strategy.pk, "mix")
