"""What was changed in a strategy, by whom and when; its approved versions, side by side; and the way back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.models import Brand, Role, User
from strategies import change_looks, parts, plain, restoring, versions, whole
from strategies.kept import kept
from strategies.models import Strategy, StrategyEvent
from strategies.pages.base import chosen_number
from strategies.steps import STEPS, find
from strategies.views.wizard import take
from strategies.words import Words

PER_PAGE = 40


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def history(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    found = whole.load(take(brand, pk))
    return _history_page(request, found)


def _history_page(request: HttpRequest, strategy: Strategy, status: int = 200, **more) -> HttpResponse:
    slug, person = _chosen_step(request), chosen_number(request.GET.get("by"))
    rows = change_looks.of_step(strategy, slug) if slug else strategy.changes.all()
    if person:
        rows = rows.filter(by=person)
    page = Paginator(rows.select_related("by"), PER_PAGE).get_page(request.GET.get("page"))
    now = Words(strategy.brand, plain.content_of(strategy))
    events = [] if slug else _events_beside(strategy, page, person)
    looks = change_looks.restorable(page.object_list, now, now)
    context = {
        "section": "strategy", "strategy": strategy, "page": page, "sittings": list(change_looks.sittings(looks, events)),
        "steps": STEPS, "step_slug": slug, "step": find(slug), "frame": parts.FRAME, "people": _people(strategy), "person": person,
        "kept_query": urlencode({"step": slug, "by": person or ""}),
    }  # fmt: skip
    return render(request, "strategies/history.html", context | more, status=status)


def _chosen_step(request: HttpRequest) -> str:
    slug = request.GET.get("step", "")
    return slug if slug == parts.FRAME or find(slug) else ""


def _events_beside(strategy: Strategy, page: Page, person: int | None) -> list[StrategyEvent]:
    """What happened to the strategy as a whole between the changes of this page."""
    shown = list(page.object_list)
    events = strategy.events.select_related("by")
    if person:
        events = events.filter(by=person)
    if page.has_previous() and shown:
        events = events.filter(at__lte=shown[0].at)
    if page.has_next():
        events = events.filter(at__gt=shown[-1].at)
    return list(events[:PER_PAGE])


def _people(strategy: Strategy) -> list[User]:
    return list(User.objects.filter(pk__in=strategy.changes.order_by().values("by")).order_by("name", "pk"))


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def restore(request: HttpRequest, brand: Brand, pk: int, change: int) -> HttpResponse:
    """Put back what a field said, or a row that was removed."""
    found = take(brand, pk)
    wanted = get_object_or_404(found.changes, pk=change)
    try:
        _refuse_in_archive(found)
        restoring.restore(found, wanted, chosen_number(request.POST.get("version")) or 0, request.user)
    except ValidationError as problem:
        return _history_page(request, whole.load(take(brand, pk)), status=409, problem=" ".join(problem.messages))
    # Put back by the same person within minutes, it is as if nothing had been: the history holds neither.
    is_told = found.changes.filter(pk=change).exists()
    messages.success(request, _("It is put back. The history keeps both.") if is_told else _("It is put back."))
    return redirect("strategies:history", brand.slug, found.pk)


def _refuse_in_archive(strategy: Strategy) -> None:
    if strategy.status == Strategy.Status.ARCHIVED:
        raise ValidationError(_("This strategy is in the archive. Bring it back before you change it."))


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def version(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    """An approved version as it was. It holds the budget, so it is not for viewers."""
    found = take(brand, pk)
    snapshot = get_object_or_404(found.snapshots.select_related("approved_by"), number=number)
    context = {"section": "strategy", "strategy": found, "version": snapshot, "read": kept(snapshot.content, brand)}
    return render(request, "strategies/version.html", context)


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def compare(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Two versions side by side, or a version and the strategy as it is now."""
    return _compare_page(request, take(brand, pk))


def _compare_page(request: HttpRequest, strategy: Strategy, status: int = 200, **more) -> HttpResponse:
    snapshots = list(strategy.snapshots.defer("content").select_related("approved_by"))
    if not snapshots:
        raise Http404
    earlier, later = versions.chosen(request.GET.get("from"), request.GET.get("to"), [each.number for each in snapshots])
    before, after = versions.content(strategy, earlier), versions.content(strategy, later)
    context: dict[str, Any] = {
        "section": "strategy", "strategy": strategy, "snapshots": snapshots, "earlier": earlier, "later": later,
        "stages": versions.side_by_side(Words(strategy.brand, before, after), before, after),
        "may_discard": later is None and earlier == snapshots[0].number,
    }  # fmt: skip
    return render(request, "strategies/compare.html", context | more, status=status)


@brand_view(Role.LEAD)
@require_http_methods(["POST"])
def discard(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Back to the version that was approved last."""
    found = take(brand, pk)
    try:
        _refuse_in_archive(found)
        restoring.discard_changes(found, request.user)
    except ValidationError as problem:
        return _compare_page(request, take(brand, pk), status=409, problem=" ".join(problem.messages))
    messages.success(request, _("The strategy is back at the approved version. The history keeps what was taken back."))
    return redirect(found)
