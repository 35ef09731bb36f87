"""Insight: the page, and its parts as windows on Results, on a KPI and on a goal."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from brands.access import brand_view
from brands.models import Brand, Channel, Role
from metrics.forms.period import Asked
from metrics.insight import reading
from metrics.insight.of_channels import contributions
from metrics.insight.of_days import days_of, headings
from metrics.insight.of_goals import outlooks
from metrics.insight.of_kpi import rhythm
from metrics.insight.of_posts import compared, times_of
from metrics.views.dashboard import kpi_or_404, period
from metrics.views.windows import window
from strategies.models import Goal


def _channels(brand: Brand) -> dict[int, Channel]:
    return {channel.pk: channel for channel in brand.channels.select_related("platform").order_by("platform__position", "pk")}


@brand_view(Role.VIEWER)
def insight(request: HttpRequest, brand: Brand) -> HttpResponse:
    form, asked = period(request, brand)
    channels = _channels(brand)
    context = {"section": "results", "period_form": form, "asked": asked, "goals": _goals(brand, form.strategy)}
    context |= _of_posts(brand, asked) | _of_days(brand, asked, channels)
    if asked.channel is None:
        context["contributions"] = contributions(brand, list(channels.values()), asked.span, asked.base)
    return render(request, "metrics/insight.html", context)


def _goals(brand: Brand, strategy) -> list[Goal]:
    return list(strategy.goals.all()) if strategy else []


def _of_posts(brand: Brand, asked: Asked) -> dict[str, object]:
    span = reading.post_span(asked.span)
    posts = reading.posts(brand, span, asked.channel)
    return {"times": times_of(brand, posts, span, asked.channel), "compared": compared(brand, posts, span, asked.channel)}


def _of_days(brand: Brand, asked: Asked, channels: dict[int, Channel]) -> dict[str, object]:
    own = [asked.channel.pk] if asked.channel else list(channels)
    weeks = reading.full_weeks(asked.span.end, reading.TREND_WEEKS)
    first = min(weeks[0].start, reading.watched_span(asked.span).start)
    found = reading.daily(brand, reading.Span(first, asked.span.end), reading.WATCHED, own)
    return {
        "days": days_of(brand, found, channels, asked.span),
        "headings": headings(brand, found, own, asked),
    }


@brand_view(Role.VIEWER)
def best_times(request: HttpRequest, brand: Brand) -> HttpResponse:
    _form, asked = period(request, brand)
    found = _of_posts(brand, asked)
    return window(
        request, "metrics/_insight_posts.html", _("Best times and kinds of posts"), section="results", asked=asked, **found
    )


@brand_view(Role.VIEWER)
def kpi_rhythm(request: HttpRequest, brand: Brand, name: str) -> HttpResponse:
    kpi = kpi_or_404(request, name)
    _form, asked = period(request, brand)
    found = rhythm(brand, kpi, asked, _channels(brand))
    return window(request, "metrics/_insight_kpi.html", _("Direction and unusual days"), section="library", rhythm=found, kpi=kpi)


@brand_view(Role.VIEWER)
def goal_forecast(request: HttpRequest, brand: Brand, pk: int, goal: int) -> HttpResponse:
    goals = Goal.objects.filter(strategy__brand=brand, strategy=pk).select_related("strategy")
    found = get_object_or_404(goals.prefetch_related("targets__channels__platform"), pk=goal)
    found.strategy.brand = brand
    brief = request.GET.get("brief") == "1"
    told = outlooks(found, money=request.membership.sees_money, only_leading=brief)
    if not told and found.targets.all():
        raise Http404  # every target is about money
    return window(
        request, "metrics/_insight_goal.html", _("Forecast"), strategy=found.strategy, goal=found, outlooks=told, brief=brief
    )
