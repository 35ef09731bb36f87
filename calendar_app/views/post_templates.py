"""Templates of posts: kept from a post, begun from, renamed, deleted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.deleting import delete_seen
from brands.models import Brand, Role
from calendar_app.forms import StepForm
from calendar_app.forms.writing import TemplateNameForm
from calendar_app.models import PostTemplate
from calendar_app.starts import content_of
from calendar_app.views.answers import CONFLICT, REFUSED, say_conflict, say_refusal
from calendar_app.views.one_post import again, post_of


@brand_view(Role.MARKETER)
def templates(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _page(request, brand)


@brand_view(Role.MARKETER)
@require_POST
def save_as_template(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Keep what the post says as the start of others."""
    row = post_of(brand, pk)
    template = PostTemplate(brand=brand, content=content_of(row), created_by=request.user)
    form = TemplateNameForm({"name": request.POST.get("name", "").strip() or row.title[:80]}, instance=template, brand=brand)
    if not form.saved():
        say_refusal(request, ValidationError([problem for problems in form.errors.values() for problem in problems]))
        return again(request, brand, pk, REFUSED)
    messages.success(request, _("Kept as the template “%(name)s”.") % {"name": form.instance.name})
    return again(request, brand, pk)


@brand_view(Role.MARKETER)
def rename_template(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.post_templates, pk=pk)
    form = TemplateNameForm(request.POST or None, instance=row, brand=brand)
    if request.method == "POST":
        if form.saved():
            messages.success(request, _("Saved."))
            return redirect("calendar:templates", brand.slug)
        return _page(request, brand, form, CONFLICT if form.has_error("__all__", "conflict") else REFUSED)
    return _page(request, brand, form)


@brand_view(Role.MARKETER)
@require_POST
def delete_template(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row, form = get_object_or_404(brand.post_templates, pk=pk), StepForm(request.POST)
    if form.is_valid() and delete_seen(brand, brand.post_templates, row, form.cleaned_data["version"]):
        messages.success(request, _("“%(name)s” was deleted. The posts that began with it stay.") % {"name": row.name})
    else:
        say_conflict(request)
    return redirect("calendar:templates", brand.slug)


def _page(request: HttpRequest, brand: Brand, form: TemplateNameForm | None = None, status: int = 200) -> HttpResponse:
    names = {str(channel.pk): channel for channel in brand.channels.select_related("platform")}
    rows = [
        {"template": row, "channels": [names[pk] for pk in row.content.get("texts", {}) if pk in names]}
        for row in brand.post_templates.select_related("created_by")
    ]
    context = {"rows": rows, "form": form, "section": "calendar"}
    return render(request, "calendar_app/templates.html", context, status=status)
