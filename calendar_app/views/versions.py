"""What a post said before, and a way back to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import versions
from calendar_app.forms import StepForm
from calendar_app.restoring import restore
from calendar_app.views.answers import attempt
from calendar_app.views.one_post import again, post_of


@brand_view(Role.MARKETER)
def post_versions(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The list, and one version against the one before it."""
    post = post_of(brand, pk)
    rows = list(post.versions.select_related("by"))
    asked = request.GET.get("number", "")
    place = next((place for place, row in enumerate(rows) if str(row.number) == asked), 0)
    shown = rows[place] if rows else None
    older = rows[place + 1] if place + 1 < len(rows) else None
    context = {
        "post": post,
        "rows": rows,
        "shown": shown,
        "older": older,
        "changes": versions.compare(older.content, shown.content) if shown and older else [],
        "is_now": place == 0,
        "section": "calendar",
    }
    return render(request, "calendar_app/versions.html", context)


@brand_view(Role.MARKETER)
@require_POST
def restore_version(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    post = post_of(brand, pk)
    version, form = get_object_or_404(post.versions, number=number), StepForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    rewritten: list[bool] = []
    status = attempt(request, lambda: rewritten.append(restore(post, version, request.membership, seen)))
    if status == 200:
        messages.success(request, _("The post says again what it said in version %(number)s.") % {"number": number})
        if rewritten[0]:
            messages.warning(request, _("You changed an approved post, so it is in review again and no longer scheduled."))
    return again(request, brand, pk, status)
