"""Presets on a strategy: what there is, what one would do, doing it, and taking it back."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.forms.handles import HandlesForm
from brands.models import Brand, Role, User
from brands.models.teams import BusinessType
from strategies import presets, stages
from strategies.history import recording
from strategies.models import AppliedPreset, Strategy
from strategies.steps import find
from strategies.views.wizard import take


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def all_presets(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = take(brand, pk)
    standing = presets.Standing.of(strategy)
    rows = [
        {
            "name": name,
            "preset": preset,
            "added": sum(section.added for section in presets.contents(preset, standing, may_add_channels=False)),
            "is_ours": name == brand.business_type,
        }
        for name, preset in presets.PRESETS.items()
    ]
    applied = strategy.applied_presets.filter(undone_at=None).select_related("by")
    return render(request, "strategies/presets.html", _context(strategy, presets=rows, applied=applied))


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def preset(request: HttpRequest, brand: Brand, pk: int, name: str) -> HttpResponse:
    """What the preset would add, line by line; the button does exactly that."""
    if name not in BusinessType.values:
        raise Http404
    strategy = take(brand, pk)
    may_add = request.membership.may(Role.LEAD)
    declared, standing = presets.PRESETS[BusinessType(name)], presets.Standing.of(strategy)
    sections = presets.contents(declared, standing, may_add)
    missing = presets.missing_platforms(sections, standing)
    handles = HandlesForm(request.POST or None, brand=brand, platforms=missing)
    seen, status = presets.digest(sections), 200
    if request.method == "POST":
        is_as_shown = request.POST.get("seen") == seen
        if is_as_shown and handles.is_valid() and strategy.status != Strategy.Status.ARCHIVED:
            return _applied(request, strategy, name, handles)
        status = _refuse(request, strategy, is_as_shown)
    context = _context(strategy, name=BusinessType(name), preset=declared, sections=sections, handles=handles, seen=seen)
    return render(request, "strategies/preset.html", context, status=status)


def _context(strategy: Strategy, **more) -> dict:
    return {"section": "strategy", "strategy": strategy, **more}


def _refuse(request: HttpRequest, strategy: Strategy, is_as_shown: bool) -> int:
    if strategy.status == Strategy.Status.ARCHIVED:
        messages.error(request, _("This strategy is in the archive. Bring it back before you change it."))
        return 409
    if not is_as_shown:
        messages.error(request, _("The strategy changed meanwhile. This is what the preset would do now; look again."))
        return 409
    return 422


def _applied(request: HttpRequest, strategy: Strategy, name: str, handles: HandlesForm) -> HttpResponse:
    applied = fill(strategy, name, request.user, handles)
    said = ngettext("%(count)s thing was filled in.", "%(count)s things were filled in.", applied.count)
    messages.success(request, said % {"count": applied.count})
    return redirect("strategies:presets", strategy.brand.slug, strategy.pk)


@transaction.atomic
def fill(strategy: Strategy, name: str, user: User, handles: HandlesForm) -> AppliedPreset:
    """Apply a preset with the channels whose handles were given: all of it, or nothing."""
    with recording(strategy, user):
        made = handles.create(presets.PRESETS[BusinessType(name)].platforms)
        applied = presets.apply(strategy, name, user, made)
        _note(strategy)
    return applied


def _note(strategy: Strategy) -> None:
    """The first three stages and the fourth changed."""
    for part in (presets.Part.GOALS, presets.Part.PLAN, presets.Part.TYPE, presets.Part.WATCH):
        step = find(part.value)
        if step is not None:
            stages.note_change(strategy, step)


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def take_back(request: HttpRequest, brand: Brand, pk: int, applied: int) -> HttpResponse:
    """Remove what the preset added, except what people changed or use."""
    strategy = take(brand, pk)
    row = get_object_or_404(strategy.applied_presets.filter(undone_at=None), pk=applied)
    if strategy.status == Strategy.Status.ARCHIVED:
        messages.error(request, _("This strategy is in the archive. Bring it back before you change it."))
    else:
        with transaction.atomic(), recording(strategy, request.user):
            back = presets.take_back(row)
            _note(strategy)
        _say(request, back)
    return redirect("strategies:presets", brand.slug, strategy.pk)


def _say(request: HttpRequest, back: presets.Back) -> None:
    said = ngettext("%(count)s thing was taken back.", "%(count)s things were taken back.", back.gone)
    messages.success(request, said % {"count": back.gone})
    if back.kept:
        message = _("These stay, because somebody changed them or uses them: %(names)s.")
        messages.info(request, message % {"names": ", ".join(back.kept)})
