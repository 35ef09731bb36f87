from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import findings as learned
from metrics import undo
from metrics.dashboard import totals_asked
from metrics.forms import FindingForm
from metrics.kept_figures import tell_figures
from metrics.kpi import KPIS
from metrics.models import Finding
from metrics.readings import Reading
from metrics.thread_posts import with_results
from metrics.views.dashboard import period

PER_PAGE = 30
MOST_POSTS = 20


@brand_view(Role.VIEWER)
def findings(request: HttpRequest, brand: Brand) -> HttpResponse:
    page = Paginator(learned.listed(brand), PER_PAGE).get_page(request.GET.get("page"))
    for finding in page.object_list:
        tell_figures(finding, money=request.membership.sees_money)
    return render(request, "metrics/findings.html", {"section": "results", "page": page})


@brand_view(Role.VIEWER)
def read_finding(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """One finding with the figures and posts behind it."""
    row = get_object_or_404(learned.listed(brand), pk=pk)
    tell_figures(row, money=request.membership.sees_money)
    rows = with_results(row.posts.all())
    return render(request, "metrics/finding_page.html", {"section": "results", "finding": row, "posts": rows})


@brand_view(Role.MARKETER)
def new_finding(request: HttpRequest, brand: Brand) -> HttpResponse:
    kpi = KPIS.get(request.GET.get("kpi", ""))
    _form, asked = period(request, brand)
    posts = brand.posts.filter(pk__in=_numbers(request.GET.getlist("post")))
    finding = Finding(brand=brand, author=request.user)
    form = FindingForm(
        request.POST or None, instance=finding, brand=brand, chosen_posts=posts, initial=_initial(request, brand, posts)
    )
    if request.method == "POST" and form.saved():
        if kpi and not asked.scope.is_narrow:  # figures are stored of channels, strategies and brands
            finding.keep(learned.stored(brand, kpi, asked))
        messages.success(request, _("Finding written down."))
        return redirect("metrics:findings", brand.slug)
    reading = Reading(kpi, totals_asked(brand, asked)) if kpi else None
    return render(request, "metrics/finding.html", {"section": "results", "form": form, "reading": reading, "asked": asked})


def _initial(request: HttpRequest, brand: Brand, posts) -> dict[str, object]:
    asked = _numbers([request.GET.get("strategy", "")])
    strategy = brand.strategies.filter(pk__in=asked).first() or brand.strategies.running(brand.today()).first()
    goal = _numbers([request.GET.get("goal", "")])
    return {"strategy": strategy, "goal": goal[0] if goal else None, "question": request.GET.get("question", ""), "posts": posts}


def _numbers(written: list[str]) -> list[int]:
    return [int(number) for number in written[:MOST_POSTS] if number.isdecimal() and len(number) < 19]


@brand_view(Role.MARKETER)
def finding(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.findings, pk=pk)
    form = FindingForm(request.POST or None, instance=row, brand=brand)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("metrics:findings", brand.slug)
    return render(request, "metrics/finding.html", {"section": "results", "form": form, "finding": row})


@brand_view(Role.MARKETER)
@require_POST
def delete_finding(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.findings, pk=pk)
    page = reverse("metrics:findings", args=[brand.slug])
    undo.delete(request, brand, row, page)
    return redirect(page)
