from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from brands.access import brand_view
from brands.models import Brand, Role
from brands.versions import EditConflict
from calendar_app import scheduling
from calendar_app.forms import ZoneForm

SHOWN = 5


@brand_view(Role.LEAD)
def zone(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Another zone for the brand. First a look at what it does to the posts ahead, then the change."""
    form = ZoneForm(request.POST or None, brand=brand)
    context = {"form": form, "section": "settings", "tab": "brand"}
    if request.method != "POST" or not form.is_valid():
        return render(request, "calendar_app/zone.html", context)
    chosen, seen = form.cleaned_data["time_zone"], form.cleaned_data["version"] or 0
    if form.leaves_theirs:
        messages.info(request, _("The time zone stays %(zone)s.") % {"zone": brand.time_zone})
        return redirect("brands:settings", brand.slug)
    try:
        if seen != brand.version:
            raise EditConflict
        if request.POST.get("confirmed") != "1":
            return _looked_at(request, brand, context | {"chosen": chosen})
        moved = scheduling.change_zone(brand, chosen, seen)
    except EditConflict:
        form.report_conflict(Brand.objects.get(pk=brand.pk))
        return render(request, "calendar_app/zone.html", context, status=409)
    messages.success(
        request,
        _("The time zone is now %(zone)s; %(count)s posts kept their time on the clock.") % {"zone": chosen, "count": moved},
    )
    return redirect("brands:settings", brand.slug)


def _looked_at(request: HttpRequest, brand: Brand, context: dict) -> HttpResponse:
    upcoming = scheduling.upcoming(brand)
    rows = upcoming.select_related("post", "channel__platform")[:SHOWN]
    return render(request, "calendar_app/zone.html", context | {"rows": rows, "total": upcoming.count()})
