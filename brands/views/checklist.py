"""The set-up checklist of a channel, point by point."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.checklist import Tip, checks_for, share_done
from brands.forms.checklist import CheckForm, GrowthForm
from brands.models import Brand, Channel, ChannelCheck, Role


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    channel = get_object_or_404(brand.channels.select_related("platform"), pk=pk)
    typed = request.POST if request.method == "POST" else None
    forms, growth = _forms(brand, channel, typed), GrowthForm(typed, instance=channel, prefix="growth")
    if typed is None:
        return _page(request, channel, forms, growth)
    # Each point is saved by itself: what one has to say does not hold up the others.
    failed = [form for form in forms if not form.write(request.user)]
    if grown := growth.write():
        growth = GrowthForm(instance=channel, prefix="growth")
    if not failed and grown and not request.htmx:
        messages.success(request, _("Saved."))
        return redirect("brands:checklist", brand.slug, channel.pk)
    conflict = not grown or any(form.has_conflict for form in failed)
    status = 409 if conflict else 422 if failed else 200
    return _page(request, channel, _after(brand, channel, forms), growth, status)


def _forms(brand: Brand, channel: Channel, typed: QueryDict | None) -> list[CheckForm]:
    stored = {row.check_name: row for row in channel.checks.all()}
    today = brand.today()
    return [
        CheckForm(
            typed,
            instance=stored.get(check.name) or ChannelCheck(channel=channel, check_name=check.name),
            check=check,
            today=today,
        )
        for check in checks_for(channel)
    ]


def _after(brand: Brand, channel: Channel, forms: Iterable[CheckForm]) -> list[CheckForm]:
    """What is stored now, beside what could not be stored and why."""
    fresh = {form.prefix: form for form in _forms(brand, channel, None)}
    return [form.told(fresh[form.prefix].instance) if form.has_something_to_say else fresh[form.prefix] for form in forms]


def _page(request: HttpRequest, channel: Channel, forms: list[CheckForm], growth: GrowthForm, status: int = 200) -> HttpResponse:
    context = _context(channel, forms, growth, status == 200) | {"section": "settings", "tab": "channels"}
    if request.htmx:
        # Answers other than 200 are not swapped in.
        return render(request, "brands/_checklist_saved.html", context)
    return render(request, "brands/checklist.html", context, status=status)


def _context(channel: Channel, forms: list[CheckForm], growth: GrowthForm, went_well: bool) -> dict[str, Any]:
    rows = list(channel.checks.all())
    tips = [{"tip": tip, "forms": [form for form in forms if form.check.tip is tip]} for tip in Tip]
    return {
        "channel": channel,
        "tips": [tip for tip in tips if tip["forms"]],
        "forms": forms,
        "growth": growth,
        "percent": share_done(checks_for(channel), rows),
        "went_well": went_well,
    }
