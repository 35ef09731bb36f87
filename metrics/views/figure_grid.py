"""The sheet of figures by hand: many cells, saved together."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from brands.models.teams import Currency
from metrics import figure_grid_undo
from metrics.figure_grid import Grid
from metrics.figure_sheets import GridAsked
from metrics.forms import GridForm

REFUSED = 422


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = GridForm(request.GET, brand)
    asked = form.asked()
    if request.method != "POST":
        return _page(request, form, Grid(brand, asked))
    found = Grid(brand, asked, request.POST, _currency(request, brand))
    before = figure_grid_undo.before(found)
    if found.wrong or not found.save(request.user):
        return _page(request, form, found, REFUSED)
    if before:
        figure_grid_undo.keep(request, found, before)
    _say_saved(request, brand, asked, len(before))
    return redirect(f"{reverse('metrics:grid', args=[brand.slug])}?{asked}")


def _currency(request: HttpRequest, brand: Brand) -> str:
    said = request.POST.get("currency", "")
    return said if said in Currency.values else brand.currency


def _page(request: HttpRequest, form: GridForm, found: Grid, status: int = 200) -> HttpResponse:
    context = {
        "section": "results",
        "form": form,
        "asked": found.asked,
        "grid": found,
        "rows": found.rows(),
        "currencies": Currency.choices,
        "today": found.brand.today(),
    }
    return render(request, "metrics/figure_grid.html", context, status=status)


def _say_saved(request: HttpRequest, brand: Brand, asked: GridAsked, number: int) -> None:
    if not number:
        messages.info(request, _("Nothing was changed."))
        return
    said = ngettext("%(number)s figure is saved.", "%(number)s figures are saved.", number) % {"number": number}
    messages.success(
        request,
        format_html(
            '<form method="post" action="{}?{}" class="sp-undo">{}'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button type="submit" class="btn btn-sm">{}</button></form>',
            reverse("metrics:undo_grid", args=[brand.slug]), asked, said, get_token(request), _("Undo"),
        ),
    )  # fmt: skip


@brand_view(Role.MARKETER)
@require_POST
def undo_grid(request: HttpRequest, brand: Brand) -> HttpResponse:
    asked = GridForm(request.GET, brand).asked()
    if number := figure_grid_undo.take_back(request, brand):
        said = ngettext("%(number)s figure is as it was.", "%(number)s figures are as they were.", number)
        messages.success(request, said % {"number": number})
    else:
        messages.warning(request, _("That can no longer be undone."))
    return redirect(f"{reverse('metrics:grid', args=[brand.slug])}?{asked}")
