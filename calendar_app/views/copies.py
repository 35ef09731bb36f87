"""A post once more: duplicated, or on further channels."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from brands.versions import EditConflict
from calendar_app import scheduling
from calendar_app.copying import duplicate as copy_of
from calendar_app.forms.copies import AlsoOnForm, DuplicateForm
from calendar_app.models import Post
from calendar_app.views.answers import CONFLICT, REFUSED, say_conflict, say_refusal
from calendar_app.views.one_post import again, post_of


@brand_view(Role.MARKETER)
@require_POST
def duplicate(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row, form = post_of(brand, pk), DuplicateForm(request.POST)
    if not form.is_valid():
        say_refusal(request, ValidationError(_("Choose between 1 and 366 days later.")))
        return again(request, brand, pk, REFUSED)
    copy = copy_of(row, request.user, form.cleaned_data["days"])
    messages.success(request, _("This is the copy: a draft of its own. The original stays as it was."))
    if form.cleaned_data["days"] and not copy.publications.filter(at__isnull=False).exists():
        messages.info(request, _("It has no day yet: the day you asked for has passed."))
    return again(request, brand, copy.pk)


@brand_view(Role.MARKETER)
def also_on(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Choose further channels, seeing beforehand what each says to the text."""
    row = post_of(brand, pk)
    form = AlsoOnForm(request.POST or None, post=row)
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid() and (status := _add(request, row, form)) == 200:
            return again(request, brand, pk, saved=True)
    return render(request, "calendar_app/also_on.html", {"form": form, "post": row, "section": "calendar"}, status=status)


def _add(request: HttpRequest, row: Post, form: AlsoOnForm) -> int:
    try:
        before = Post.objects.get(pk=row.pk)
        scheduling.update(row, before, form.outings, request.membership, form.cleaned_data["version"])
    except EditConflict:
        say_conflict(request)
        form.data = form.data.copy()
        form.data["version"] = Post.objects.values_list("version", flat=True).get(pk=row.pk)
        return CONFLICT
    return 200
