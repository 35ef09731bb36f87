from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from brands.access import brand_view
from brands.forms import BrandForm
from brands.forms.brand import PRESETS
from brands.models import Brand, Platform, Role


@brand_view(Role.VIEWER)
def settings(request: HttpRequest, brand: Brand) -> HttpResponse:
    """A form for leads; the same facts to read for the others."""
    may_lead = request.membership.may(Role.LEAD)
    if request.method == "POST" and not may_lead:
        raise PermissionDenied
    form = BrandForm(request.POST or None, instance=Brand.objects.get(pk=brand.pk)) if may_lead else None
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("brands:settings", brand.slug)
    return render(request, "brands/settings.html", {"form": form, "section": "settings", "tab": "brand"})


@brand_view(Role.LEAD)
def first_steps(request: HttpRequest, brand: Brand) -> HttpResponse:
    """What a new brand needs next: channels first, since everything is planned and measured on them."""
    taken = set(brand.channels.values_list("platform_id", flat=True))
    advised = PRESETS[brand.business_type].platforms
    offered = {platform.slug: platform for platform in Platform.objects.filter(is_active=True)}
    platforms = [offered[slug] for slug in advised if slug in offered]
    platforms += [platform for slug, platform in offered.items() if slug not in advised]
    for platform in platforms:
        platform.strong = platform.said("strengths")
    context = {
        "platforms": [(platform, platform.slug in advised, platform.pk in taken) for platform in platforms],
        "channels": brand.channels.select_related("platform"),
        "section": "settings",
    }
    return render(request, "brands/first_steps.html", context)
