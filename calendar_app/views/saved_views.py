"""Views of the calendar that a person keeps under a name."""

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.deleting import delete
from brands.models import Brand, Role
from calendar_app.forms.saved_views import SavedViewForm
from calendar_app.models import SavedView
from calendar_app.views.answers import REFUSED, wants_part

MOST = 30


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def saved_views(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The person's own views; a POST keeps the one they look at."""
    if request.method == "POST":
        return _keep(request, brand)
    return _show(
        request, brand, SavedViewForm(initial={"view": request.GET.get("view", "month"), "query": _without_page(request)})
    )


@brand_view(Role.VIEWER)
@require_POST
def delete_saved_view(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.saved_views.filter(user=request.user), pk=pk)
    delete(brand, row)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": row.name})
    return redirect("calendar:saved_views", brand.slug)


def _keep(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if form.is_valid() and brand.saved_views.filter(user=request.user).count() >= MOST:
        form.add_error(None, _("You keep many views already. Delete one first."))
    if not form.is_valid():
        return _show(request, brand, form, REFUSED)
    said = form.cleaned_data
    row = SavedView(brand=brand, user=request.user, **said)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The same name again means: this is how I want it now.
        brand.saved_views.filter(user=request.user, name=said["name"]).update(view=said["view"], query=said["query"])
    messages.success(request, _("Kept as “%(name)s”.") % {"name": said["name"]})
    return redirect(address(brand, row))


def address(brand: Brand, row: SavedView) -> str:
    return reverse(f"calendar:{row.view}", args=[brand.slug]) + (f"?{row.query}" if row.query else "")


def _show(request: HttpRequest, brand: Brand, form: SavedViewForm, status: int = 200) -> HttpResponse:
    rows = [(row, address(brand, row)) for row in brand.saved_views.filter(user=request.user)]
    context = {"rows": rows, "form": form, "section": "calendar"}
    return render(
        request, f"calendar_app/{'_saved_views' if wants_part(request) else 'saved_views'}.html", context, status=status
    )


def _without_page(request: HttpRequest) -> str:
    return urlencode([pair for pair in parse_qsl(request.GET.urlencode()) if pair[0] not in ("page", "view")])
