"""The wizard: one address per step; saved step by step, quietly while people type, and aloud when they press a button."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.models import Brand, Role
from strategies import approval, change_looks, history, review, stages, undo, whole
from strategies.models import Stage, Strategy
from strategies.pages.base import Page
from strategies.steps import Step, find


def take(brand: Brand, pk: int) -> Strategy:
    strategy = get_object_or_404(brand.strategies, pk=pk)
    strategy.brand = brand
    return strategy


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, brand: Brand, pk: int, step: str) -> HttpResponse:
    declared = find(step)
    if declared is None:
        raise Http404
    strategy = take(brand, pk)
    if request.method != "POST":
        return shown(request, strategy, declared)
    if strategy.status == Strategy.Status.ARCHIVED:
        return _refused(request, strategy, declared)
    return _received(request, strategy, declared, declared.page(request, strategy))


def shown(request: HttpRequest, strategy: Strategy, declared: Step, status: int = 200, **more) -> HttpResponse:
    """The step with what is stored."""
    page = declared.page(request, whole.load(strategy))
    page.show()
    return _shown(request, strategy, declared, page, status, **more)


def _received(request: HttpRequest, strategy: Strategy, declared: Step, page: Page) -> HttpResponse:
    is_quiet = "X-Autosave" in request.headers
    with history.recording(strategy, request.user):
        page.receive(request.POST)
        page.skipped = f"row-{request.POST.get('remove', '')}"
        went_well = page.save()
        back = None if is_quiet else _press(request, page)
        if page.changed:
            stages.note_change(strategy, declared)
    if is_quiet:
        answer = _quiet_answer(request, strategy, declared, page, went_well)
        return JsonResponse(answer, status=409 if page.has_conflict else 200)
    if not went_well:
        return _shown(request, strategy, declared, page, status=409 if page.has_conflict else 422)
    return redirect(_next_address(request, strategy, declared, page, back))


def _press(request: HttpRequest, page: Page) -> str | None:
    """The button that was pressed: remove a row, or one of the page's own. The query string to come back with."""
    if number := request.POST.get("remove"):
        page.remove(number)
        return ""
    return page.act(request.POST.get("action", ""))


def _next_address(request: HttpRequest, strategy: Strategy, declared: Step, page: Page, back: str | None) -> str:
    action = request.POST.get("action")
    if back is not None:
        return declared.url(strategy) + back
    if action == "next" and declared.after:
        return declared.after.url(strategy)
    if action in ("next", "leave"):
        return strategy.get_absolute_url()
    if action == "back" and declared.before:
        return declared.before.url(strategy)
    if action == "add":
        return declared.url(strategy) + "?add=1#new"
    return declared.url(strategy) + page.here()


def _shown(request: HttpRequest, strategy: Strategy, declared: Step, page: Page, status: int = 200, **more) -> HttpResponse:
    is_loaded = request.method != "POST"
    stored = strategy if is_loaded else _afresh(strategy)
    looks = stages.look(stored, asks_late=not is_loaded)
    context = page.context() | {
        "section": "strategy",
        "strategy": strategy,
        "step": declared,
        "page": page,
        "is_refused": status == 422,
        "stages": looks,
        "returned": review.returned(stored),
        "open_comments": stages.with_open_comments(looks),
        "comments": [said for said in stored.comments.all() if said.step == declared.slug],
        "stands": approval.standing(stored),
        "last_change": change_looks.of_step(strategy, declared.slug).select_related("by").first(),
        "removed": undo.remembered_name(request, strategy),
    }
    return render(request, page.template, context | more, status=status)


def _afresh(strategy: Strategy) -> Strategy:
    """The strategy as it is stored, without what a page changed in memory."""
    return whole.load(take(strategy.brand, strategy.pk))


def _quiet_answer(request: HttpRequest, strategy: Strategy, declared: Step, page: Page, went_well: bool) -> dict:
    """What the page needs to go on: versions, what the writer has now seen, errors, and the parts that depend on them."""
    parts = page.live()
    errors = _errors(page)
    item = getattr(page, "here", str)() if page.saved else ""
    states = page.fresh_states() if page.saved else {}
    parts["wizard-steps"] = _steps_html(request, strategy, declared)
    return {
        "saved": went_well,
        "message": _say(strategy, page, went_well),
        "is_reserved": went_well and bool(page.reservation()),
        "states": states,
        "created": page.created,
        "item": _item(page),
        "query": item,
        "errors": errors,
        "conflict": page.has_conflict,
        "parts": parts,
    }


def _steps_html(request: HttpRequest, strategy: Strategy, declared: Step) -> str:
    stored = _afresh(strategy)
    context = {"stages": stages.look(stored), "step": declared, "strategy": stored, "brand": strategy.brand}
    return render_to_string("strategies/_steps.html", context, request)


def _item(page: Page) -> int | None:
    """The number of a row that was new until now."""
    row = page.forms[next(iter(page.created))].instance if page.created else None
    return row.pk if row is not None else None


def _say(strategy: Strategy, page: Page, went_well: bool) -> str:
    if page.has_conflict:
        return _("Not saved: somebody changed this meanwhile. Press Save to see what they wrote.")
    if not went_well:
        return _("Not saved yet: look at the marked fields")
    moment = formats.time_format(strategy.brand.now(), "TIME_FORMAT")
    if but := page.reservation():
        return _("Saved %(time)s, but %(but)s") % {"time": moment, "but": but}
    return _("Saved %(time)s") % {"time": moment}


def _errors(page: Page) -> dict[str, str]:
    """The id of a field -> what is wrong with it; only what was touched is spoken of."""
    return {
        form[name].auto_id: " ".join(errors)
        for form in page.forms.values()
        if form.is_bound and form.touched
        for name, errors in form.errors.items()
        if name != "__all__"
    }


def _refused(request: HttpRequest, strategy: Strategy, declared: Step) -> HttpResponse:
    said = _("This strategy is in the archive. Bring it back before you change it.")
    if "X-Autosave" in request.headers:
        return JsonResponse({"saved": False, "message": said, "errors": {}, "parts": {}, "states": {}, "created": {}})
    messages.error(request, said)
    return redirect(declared.url(strategy))


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def confirm_stage(request: HttpRequest, brand: Brand, pk: int, stage: str) -> HttpResponse:
    """A flagged stage was looked at and is still right."""
    if stage not in Stage.values:
        raise Http404
    strategy = take(brand, pk)
    stages.note_look(strategy, Stage(stage))
    messages.success(request, _("“%(stage)s” is confirmed.") % {"stage": Stage(stage).label})
    return redirect(strategy.get_absolute_url())


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def bring_back(request: HttpRequest, brand: Brand, pk: int, step: str) -> HttpResponse:
    declared = find(step)
    if declared is None:
        raise Http404
    strategy = take(brand, pk)
    with history.recording(strategy, request.user):
        is_back = undo.bring_back(request, strategy)
    if is_back:
        messages.success(request, _("It is back."))
    else:
        messages.error(request, _("It could not be brought back: something else has taken its place."))
    return redirect(declared.url(strategy))
