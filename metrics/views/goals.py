"""The thread of one goal, the posts along it, and what the figures say of a target that is being written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from brands.access import brand_view
from brands.models import Brand, Role
from metrics.goal_page import thread_of, with_counts
from metrics.known_figures import with_files
from metrics.thread_posts import listing
from metrics.views.windows import window
from strategies.models import Goal
from strategies.pages.base import chosen_number
from strategies.pages.today import asked_in, is_written
from strategies.views.wizard import take


@brand_view(Role.VIEWER)
def goal(request: HttpRequest, brand: Brand, pk: int, goal: int) -> HttpResponse:
    found = get_object_or_404(with_counts(Goal.objects.filter(strategy__brand=brand, strategy=pk)), pk=goal)
    found.strategy.brand = brand
    thread = thread_of(found, money=request.membership.sees_money)
    context = {"section": "strategy", "strategy": found.strategy, "goal": found, "thread": thread}
    return render(request, "metrics/goal.html", context)


@brand_view(Role.VIEWER)
def thread_posts(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The posts of the strategy, or of the goal that the address names."""
    strategy = take(brand, pk)
    number = chosen_number(request.GET.get("goal"))
    goal = get_object_or_404(strategy.goals, pk=number) if number is not None else None
    found = listing(strategy, goal, request.GET)
    return window(request, "metrics/_thread_posts.html", _("Posts"), strategy=strategy, goal=goal, listing=found)


@brand_view(Role.MARKETER)
def known_figure(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Today's value of the target whose fields the address carries."""
    strategy = take(brand, pk)
    asked = asked_in(request.GET, brand.channels.filter(is_active=True).select_related("platform"))
    known, files = with_files(strategy, asked) if asked else (None, [])
    context = {"strategy": strategy, "asked": asked, "known": known, "files": files,
               "is_taken_over": known is not None and is_written(request.GET, known)}  # fmt: skip
    return window(request, "metrics/_known_figure.html", _("What it is today"), **context)
