from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brands.access import brand_view
from brands.forms import BrandForm
from brands.forms.brand import PRESETS
from brands.forms.first_channels import FirstChannelsForm
from brands.models import Brand, Platform, Role


@brand_view(Role.VIEWER)
def settings(request: HttpRequest, brand: Brand) -> HttpResponse:
    """A form for leads; the same facts to read for the others."""
    may_lead = request.membership.may(Role.LEAD)
    if request.method == "POST" and not may_lead:
        raise PermissionDenied
    row = Brand.objects.get(pk=brand.pk)
    form = BrandForm(request.POST or None, instance=row, lead=request.user) if may_lead else None
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("brands:settings", brand.slug)
    return render(request, "brands/settings.html", {"form": form, "section": "settings", "tab": "brand"})


@brand_view(Role.LEAD)
def first_steps(request: HttpRequest, brand: Brand) -> HttpResponse:
    """What a new brand needs first: channels, since everything is planned and measured on them."""
    channels = list(brand.channels.select_related("platform"))
    taken, advised = {channel.platform_id for channel in channels}, PRESETS[brand.business_type].platforms
    offered = {platform.slug: platform for platform in Platform.objects.filter(is_active=True) if platform.pk not in taken}
    platforms = [offered.pop(slug) for slug in advised if slug in offered]
    first = [] if channels else advised
    form = FirstChannelsForm(request.POST or None, brand=brand, platforms=[*platforms, *offered.values()], advised=first)
    if request.method == "POST" and (made := form.saved()) is not None:
        said = ngettext("%(count)s channel was added.", "%(count)s channels were added.", len(made))
        messages.success(request, said % {"count": len(made)})
        return redirect("metrics:home", brand.slug)
    for platform in form.platforms.values():
        platform.strong = platform.said("strengths")
    context = {
        "form": form, "advised": form.rows[: len(platforms)], "others": form.rows[len(platforms) :], "channels": channels,
        "section": "settings", "opens_others": any(not name.endswith(tuple(advised)) for name in form.errors),
    }  # fmt: skip
    return render(request, "brands/first_steps.html", context, status=422 if form.errors else 200)
