from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import undo
from metrics.models import LedgerEntry, Observation
from metrics.stale import after_figure, after_money


@brand_view(Role.MARKETER)
@require_POST
def restore(request: HttpRequest, brand: Brand) -> HttpResponse:
    with transaction.atomic():
        row, back = undo.restore(request, brand)
        if isinstance(row, LedgerEntry):
            after_money(brand, [row])
        elif isinstance(row, Observation):
            after_figure(brand, row)
    if row is None:
        messages.warning(request, _("That can no longer be undone."))
    else:
        messages.success(request, _("It is back."))
    return redirect(back or "metrics:home", *([] if back else [brand.slug]))
