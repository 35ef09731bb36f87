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
    chosen = form.cleaned_data["time_zone"]
    if request.POST.get("confirmed") != "1":
        upcoming = scheduling.upcoming(brand)
        rows = upcoming.select_related("post", "channel__platform")[:SHOWN]
        context |= {"chosen": chosen, "rows": rows, "total": upcoming.count()}
        return render(request, "calendar_app/zone.html", context)
    try:
        moved = scheduling.change_zone(brand, chosen, form.cleaned_data["version"] or 0)
    except EditConflict:
        form.add_error(None, _("Somebody changed the brand’s settings a moment ago. Look again."))
        form.data = form.data.copy()
        form.data["version"] = Brand.objects.values_list("version", flat=True).get(pk=brand.pk)
        return render(request, "calendar_app/zone.html", context, status=409)
    messages.success(
        request,
        _("The time zone is now %(zone)s; %(count)s posts kept their time on the clock.") % {"zone": chosen, "count": moved},
    )
    return redirect("brands:settings", brand.slug)
