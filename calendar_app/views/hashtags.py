"""Sets of hashtags: what is often written together, to be put into a text with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.deleting import delete_seen
from brands.models import Brand, Role
from calendar_app.forms import StepForm
from calendar_app.forms.writing import HashtagSetForm
from calendar_app.models import HashtagSet
from calendar_app.views.answers import CONFLICT, REFUSED, say_conflict


@brand_view(Role.MARKETER)
def hashtag_sets(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _page(request, brand, HashtagSet(brand=brand))


@brand_view(Role.MARKETER)
def hashtag_set(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _page(request, brand, get_object_or_404(brand.hashtag_sets, pk=pk))


@brand_view(Role.MARKETER)
@require_POST
def delete_hashtag_set(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row, form = get_object_or_404(brand.hashtag_sets, pk=pk), StepForm(request.POST)
    if form.is_valid() and delete_seen(brand, brand.hashtag_sets, row, form.cleaned_data["version"]):
        messages.success(request, _("“%(name)s” was deleted.") % {"name": row.name})
    else:
        say_conflict(request)
    return redirect("calendar:hashtags", brand.slug)


def _page(request: HttpRequest, brand: Brand, row: HashtagSet) -> HttpResponse:
    form, status = HashtagSetForm(request.POST or None, instance=row, brand=brand), 200
    if request.method == "POST":
        if form.saved():
            messages.success(request, _("Saved."))
            return redirect("calendar:hashtags", brand.slug)
        status = CONFLICT if form.has_error("__all__", "conflict") else REFUSED
    context = {"form": form, "row": row if row.pk else None, "sets": brand.hashtag_sets.all(), "section": "calendar"}
    return render(request, "calendar_app/hashtags.html", context, status=status)
