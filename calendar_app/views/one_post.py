"""One post as an answer: a drawer over the calendar or a page of its own, as it stands after what was done to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from brands.models import Brand
from calendar_app.models import Post
from calendar_app.post_page import post_page
from calendar_app.views.answers import wants_part


def post_of(brand: Brand, pk: int) -> Post:
    rows = brand.posts.select_related("strategy", "goal", "pillar", "campaign", "owner", "brand", "series")
    return get_object_or_404(rows.prefetch_related("publications__channel__platform"), pk=pk)


def post_in_form(request: HttpRequest, brand: Brand) -> Post | None:
    """The post that an unsaved form is about; None for a new one."""
    pk = request.POST.get("post", "")
    return post_of(brand, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 12 else None


def again(request: HttpRequest, brand: Brand, pk: int, status: int = 200, saved: bool = False, unsaid: str = "") -> HttpResponse:
    """The post as it stands now: as a part, as a page after a refusal, by a redirect after an act.

    `unsaid` are words that were typed and not taken: they stand where somebody would write them again.
    """
    if saved:
        request.was_taken = True
    if not wants_part(request) and status == 200:
        if saved:
            messages.success(request, _("Saved."))
        return redirect("calendar:post", brand.slug, pk)
    return show(
        request, post_page(post_of(brand, pk), request.membership) | {"saved": saved, "changed": True, "unsaid": unsaid}, status
    )


def show(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    part = wants_part(request)
    context = context | {"section": "calendar", "part": part}
    response = render(request, "calendar_app/_drawer.html" if part else "calendar_app/post.html", context, status=status)
    if part and context.get("changed"):
        response["HX-Trigger"] = "calendar-changed"
    return response
