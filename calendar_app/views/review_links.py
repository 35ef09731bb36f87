"""The links by which clients look at posts: made, copied, taken back."""

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import review_links as links
from calendar_app.forms.review import ReviewLinkForm

MOST_SHOWN = 50


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def review_links(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = ReviewLinkForm(request.POST or None, brand=brand, asked=_asked(request))
    if request.method == "POST" and form.is_valid():
        link = form.made_by(request.user)
        messages.success(request, _("The link for “%(name)s” is ready: copy it and send it.") % {"name": link.label})
        return redirect("calendar:review_links", brand.slug)
    rows = brand.review_links.select_related("created_by").annotate(
        post_count=Count("posts", distinct=True), words=Count("comments", distinct=True), latest=Max("comments__created_at")
    )
    shown = [(link, links.address(link)) for link in rows[:MOST_SHOWN]]
    context = {"section": "calendar", "form": form, "links": shown}
    return render(request, "calendar_app/review_links.html", context, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_POST
def take_back_review_link(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    link = get_object_or_404(brand.review_links, pk=pk)
    links.take_back(link)
    messages.success(request, _("The link for “%(name)s” works no more.") % {"name": link.label})
    return redirect("calendar:review_links", brand.slug)


def _asked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.GET.getlist("post")[:60] if key.isascii() and key.isdigit() and len(key) < 10]
