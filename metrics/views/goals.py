"""The thread of one goal, and what the figures say of a target that is being written."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from brands.access import brand_view
from brands.models import Brand, Role
from metrics.known_figures import with_files
from metrics.views.windows import window
from strategies.pages.today import asked_in, is_written
from strategies.views.wizard import take


@brand_view(Role.MARKETER)
def known_figure(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Today's value of the target whose fields the address carries."""
    strategy = take(brand, pk)
    asked = asked_in(request.GET, brand.channels.filter(is_active=True).select_related("platform"))
    known, files = with_files(strategy, asked) if asked else (None, [])
    context = {"strategy": strategy, "asked": asked, "known": known, "files": files,
               "is_taken_over": known is not None and is_written(request.GET, known)}  # fmt: skip
    return window(request, "metrics/_known_figure.html", _("What it is today"), **context)
