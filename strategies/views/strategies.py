"""The list of strategies, beginning a new one, and the strategy as one document."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.audit import record
from brands.forms.handles import HandlesForm
from brands.models import Brand, Platform, Role
from brands.models.teams import BusinessType
from strategies import approval, copying, fixed_rows, history, presets, review, stages, whole
from strategies.events import happened
from strategies.forms.start import Beginning, NewStrategyForm
from strategies.forms.strategies import FrameForm
from strategies.forms.waivers import WaiverForm
from strategies.models import GateWaiver, Goal, Strategy, StrategyEvent, StrategySnapshot
from strategies.pages.analysis import window_url
from strategies.reading import document
from strategies.views.wizard import take

PER_PAGE = 20


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def list_strategies(request: HttpRequest, brand: Brand) -> HttpResponse:
    shows_archive = "archive" in request.GET
    rows = brand.strategies.prefetch_related(
        "stage_states", "strategy_channels__channel__platform", _goals_in_brief(), _versions_in_brief()
    )
    archived = rows.filter(status=Strategy.Status.ARCHIVED)
    shown = archived if shows_archive else rows.exclude(status=Strategy.Status.ARCHIVED)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    for strategy in page.object_list:
        strategy.brand = brand
        strategy.stages = stages.remembered(strategy)
        strategy.health = window_url("metrics:health_brief", strategy)
    context = {
        "section": "strategy", "strategies": page.object_list, "page": page, "shows_archive": shows_archive, "today": brand.today(),
        "archived_count": archived.count(), "kept_query": "archive=1" if shows_archive else "",
    }  # fmt: skip
    return render(request, "strategies/list.html", context)


def _versions_in_brief() -> Prefetch:
    return Prefetch("snapshots", queryset=StrategySnapshot.objects.defer("content"))


def _goals_in_brief() -> Prefetch:
    return Prefetch("goals", queryset=Goal.objects.only("pk", "strategy", "text", "goal_type", "position"))


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = NewStrategyForm(request.POST or None, brand=brand)
    standing, may_add = presets.Standing.new(brand), request.membership.may(Role.LEAD)
    offered = [(name, presets.contents(one, standing, may_add)) for name, one in presets.PRESETS.items()]
    handles = HandlesForm(request.POST or None, brand=brand, platforms=_platforms_to_add(offered, standing))
    if request.method == "POST" and form.is_valid() and (handles.is_valid() or not form.fills_in):
        strategy = _begin(form, handles, request)
        messages.success(request, _("“%(name)s” is begun.") % {"name": strategy.name})
        return redirect("strategies:step", brand.slug, strategy.pk, "business-goals")
    context = {
        "section": "strategy", "form": form, "handles": handles, "chosen": form["preset"].value(),
        "presets": [(name, presets.PRESETS[name], sections) for name, sections in offered],
        "has_earlier": brand.strategies.exists(),
    }  # fmt: skip
    return render(request, "strategies/new.html", context, status=422 if request.method == "POST" else 200)


def _platforms_to_add(offered: list[tuple[BusinessType, list[presets.Section]]], standing: presets.Standing) -> list[Platform]:
    """Platforms of any preset on which the brand has no channel yet."""
    found = {one.slug: one for _name, sections in offered for one in presets.missing_platforms(sections, standing)}
    return sorted(found.values(), key=lambda one: one.position)


@transaction.atomic
def _begin(form: NewStrategyForm, handles: HandlesForm, request: HttpRequest) -> Strategy:
    form.instance.created_by = request.user
    strategy = form.save()
    beginning = form.cleaned_data["beginning"]
    if beginning == Beginning.COPY:
        copying.copy_into(strategy, form.cleaned_data["earlier"])
    fixed_rows.fill_in(strategy)
    if beginning == Beginning.PRESET:
        made = handles.create(presets.PRESETS[BusinessType(form.cleaned_data["preset"])].platforms)
        presets.apply(strategy, form.cleaned_data["preset"], request.user, made)
    happened(strategy, StrategyEvent.Kind.CREATED, request.user)
    stages.look(strategy)
    return strategy


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def strategy(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    found = take(brand, pk)
    return _strategy_page(request, found)


def _strategy_page(request: HttpRequest, found: Strategy, status: int = 200, **more) -> HttpResponse:
    whole.load(found)
    looks = stages.look(found)
    stands = approval.standing(found)
    context = document(found, looks, request.membership, stands) | {
        "section": "strategy",
        "transitions": approval.open_to(found, request.membership.may, stands),
        "next_step": stages.next_step(looks),
        "returned": review.returned(found) if request.membership.may(Role.MARKETER) else None,
        "waiver_form": WaiverForm(),
    }
    return render(request, "strategies/strategy.html", context | more, status=status)


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Name, summary and dates."""
    found = take(brand, pk)
    form = FrameForm(request.POST or None, instance=found)
    if request.method == "POST":
        with history.recording(found, request.user):
            is_saved = form.saved()
        if is_saved:
            messages.success(request, _("Saved."))
            return redirect(found)
    status = (409 if form.has_conflict else 422) if form.errors else 200
    return render(request, "strategies/edit.html", {"section": "strategy", "strategy": found, "form": form}, status=status)


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def transition(request: HttpRequest, brand: Brand, pk: int, name: str) -> HttpResponse:
    """Submit, approve, return, archive, restore."""
    wanted = approval.TRANSITIONS.get(name)
    if wanted is None:
        raise Http404
    found = take(brand, pk)
    if not request.membership.may(wanted.role):
        return _strategy_page(request, found, status=403, problem=_("Only a lead of the brand may do this."))
    note = request.POST.get("note", "").replace("\x00", "").strip()[:2000]
    try:
        approval.carry_out(wanted, found, request.user, note)
    except ValidationError as problem:
        return _strategy_page(request, take(brand, pk), status=409, problem=" ".join(problem.messages), typed_note=note)
    messages.success(request, str(wanted.said))
    return redirect(found)


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def waive(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Leave a gate open with a reason, or ask for it again (without one)."""
    found = take(brand, pk)
    if "withdraw" in request.POST:
        with transaction.atomic():
            if found.waivers.filter(gate=request.POST["withdraw"][:40].replace("\x00", "")).delete()[0]:
                record("strategy_asked_again", brand=brand, on=found)
        return redirect(found)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        return _strategy_page(request, found, status=422, problem=said)
    gate, reason = form.cleaned_data["gate"], form.cleaned_data["reason"]
    GateWaiver.objects.update_or_create(strategy=found, gate=gate, defaults={"reason": reason, "waived_by": request.user})
    happened(found, StrategyEvent.Kind.WAIVED, request.user, reason)
    messages.success(request, _("It may stay open. The reason is kept with the strategy."))
    return redirect(found)
