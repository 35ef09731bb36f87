"""What figures say, shown inside pages of other apps. Each window is also a page of its own."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import dashboard
from metrics import findings as learned
from metrics.asset import asset_scores
from metrics.kept_figures import tell_figures
from metrics.period_presets import EARLIEST, LATEST
from metrics.plan_actual import plan_actual as weeks_of
from metrics.post_results import outstanding
from metrics.post_results import post_results as results_of
from metrics.progress import goal_states
from metrics.review import evidence as evidence_for
from metrics.thread import counts
from metrics.views.dashboard import period
from strategies import whole
from strategies.models import Answer


def window(request: HttpRequest, fragment: str, title: str | Promise, **context: object) -> HttpResponse:
    """The fragment for a page that asked for it, else the fragment in a page."""
    context = {"section": "strategy"} | context | {"fragment": fragment, "window_title": title}
    return render(request, fragment if request.htmx else "metrics/window.html", context)


@brand_view(Role.VIEWER)
def goal_progress(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    goals = goal_states(strategy, money=request.membership.sees_money)
    return window(request, "metrics/_goal_progress.html", _("Goals"), strategy=strategy, goals=goals)


@brand_view(Role.VIEWER)
def thread_counts(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    fragment = "metrics/_thread_counts.html" if request.htmx else "metrics/_thread_page.html"
    return window(request, fragment, _("From goals to findings"), strategy=strategy, counts=counts(strategy))


@brand_view(Role.VIEWER)
def plan_actual(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    found = weeks_of(strategy, money=request.membership.sees_money, week=_day(request.GET.get("week", "")))
    return window(request, "metrics/_plan_actual.html", _("Plan against actual"), strategy=strategy, found=found)


def _day(written: str) -> date | None:
    """The day an address names; None for anything that is no day of our times."""
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


@brand_view(Role.VIEWER)
def asset(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    strategy.brand = brand
    whole.load(strategy)
    title = _("Asset or ornament?")
    return window(request, "metrics/_asset.html", title, strategy=strategy, scores=asset_scores(strategy))


@brand_view(Role.VIEWER)
def evidence(request: HttpRequest, brand: Brand, pk: int, question: str) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    if question not in Answer.Question.values:
        raise Http404
    rows = evidence_for(strategy, question, money=request.membership.sees_money)
    title = Answer.Question(question).label
    return window(request, "metrics/_evidence.html", title, strategy=strategy, question=question, rows=rows)


@brand_view(Role.VIEWER)
def strategy_findings(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    rows = list(learned.listed(brand).filter(strategy=strategy))
    for finding in rows:
        tell_figures(finding, money=request.membership.sees_money)
    return window(request, "metrics/_findings.html", _("Findings"), strategy=strategy, findings=rows)


@brand_view(Role.VIEWER)
def post_results(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    post = get_object_or_404(brand.posts, pk=pk)
    return window(request, "metrics/_post_results.html", _("Results"), section="calendar", post=post, results=results_of(post))


@brand_view(Role.VIEWER)
def campaign_window(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """What was measured of a campaign, in a few figures."""
    campaign = get_object_or_404(brand.campaigns, pk=pk)
    _form, asked = period(request, brand, campaign)
    found = dashboard.key_figures(brand, asked, money=request.membership.sees_money)
    title = _("Measured results")
    return window(
        request, "metrics/_campaign_window.html", title, section="calendar", campaign=campaign, asked=asked, found=found
    )


@brand_view(Role.VIEWER)
def outstanding_window(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The posts with the highest and the lowest engagement of what is looked at."""
    _form, asked = period(request, brand)
    title, posts = _("Posts that stand out"), outstanding(brand, asked.span, asked.scope)
    return window(request, "metrics/_posts_that_stand_out.html", title, section="results", asked=asked, posts=posts)


@brand_view(Role.VIEWER)
def waiting_window(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The KPIs that nothing is measured of, and what each needs."""
    _form, asked = period(request, brand)
    found = dashboard.results(brand, asked, [], money=request.membership.sees_money)
    return window(request, "metrics/_waiting_table.html", _("Not measured yet"), section="results", asked=asked, found=found)
