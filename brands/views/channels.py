from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.audit import record
from brands.checklist import percents
from brands.forms import ChannelForm
from brands.models import Brand, Role

# No more than three or four pages: a team that feeds five does none of them well.
COMFORTABLE = 4


@brand_view(Role.VIEWER)
def channels(request: HttpRequest, brand: Brand) -> HttpResponse:
    rows = list(brand.channels.select_related("platform"))
    active = sum(channel.is_active for channel in rows)
    set_up = percents(rows)
    for channel in rows:
        channel.set_up = set_up[channel.pk]
    context = {"channels": rows, "active": active, "comfortable": COMFORTABLE, "section": "settings", "tab": "channels"}
    return render(request, "brands/channels.html", context)


@brand_view(Role.LEAD)
def new(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = ChannelForm(request.POST or None, brand=brand, initial={"platform": request.GET.get("platform", "")})
    if request.method == "POST" and form.saved():
        messages.success(request, _("%(channel)s was added.") % {"channel": form.instance})
        if "more" in request.POST:
            return redirect("brands:first_steps", brand.slug)
        return redirect("brands:channels", brand.slug)
    # As the radio buttons of the form, each with its platform, so that the tiles can be drawn.
    networks = list(zip(form["platform"], form.fields["platform"].queryset, strict=True))
    context = {"form": form, "networks": networks, "section": "settings", "tab": "channels"}
    return render(request, "brands/channel.html", context)


@brand_view(Role.LEAD)
def channel(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.channels.select_related("platform"), pk=pk)
    form = ChannelForm(request.POST or None, instance=row, brand=brand)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("brands:channels", brand.slug)
    return render(request, "brands/channel.html", {"form": form, "channel": row, "section": "settings", "tab": "channels"})


@brand_view(Role.LEAD)
@require_POST
def switch(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Take a channel out of use, or back in. Its posts and figures stay."""
    row = get_object_or_404(brand.channels, pk=pk)
    row.is_active = request.POST.get("active") == "1"
    # A form that was opened before must not put the old state back.
    with transaction.atomic():
        brand.channels.filter(pk=pk).update(is_active=row.is_active, version=F("version") + 1)
        record("channel_resumed" if row.is_active else "channel_stopped", brand=brand, on=row)
    text = (
        _("%(channel)s is in use again.") if row.is_active else _("%(channel)s is no longer in use. Its posts and figures stay.")
    )
    messages.success(request, text % {"channel": row})
    return redirect("brands:channels", brand.slug)
