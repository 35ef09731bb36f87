"""Deleting with a way back: the row is kept in the person's session until the next one is deleted."""

from django.contrib import messages
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from brands.audit import record
from brands.deleting import delete as with_record
from brands.models import Brand
from metrics import mention_figures
from metrics.models import AssignedValue, Finding, LedgerEntry, Observation

KEPT = "deleted_row"
RESTORABLE = (AssignedValue, Finding, LedgerEntry, Observation)


def delete(request: HttpRequest, brand: Brand, row: models.Model, back: str) -> None:
    """Delete the row, say so, and offer to put it back; `back` is the address to return to then."""
    request.session[KEPT] = {"row": serializers.serialize("json", [row]), "back": back}
    with_record(brand, row)
    messages.success(
        request,
        format_html(
            '<form method="post" action="{}" class="sp-undo">{}'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button type="submit" class="btn btn-sm">{}</button></form>',
            reverse("metrics:restore", args=[brand.slug]), _("Deleted."), get_token(request), _("Undo"),
        ),
    )  # fmt: skip


def restore(request: HttpRequest, brand: Brand) -> tuple[models.Model | None, str]:
    """Put the last deleted row of this brand back. Answers it (None when that is not possible) and where to go."""
    kept = request.session.get(KEPT)
    if kept is None:
        return None, ""
    try:
        found = next(serializers.deserialize("json", kept["row"]))
        if found.object.brand_id != brand.pk or not isinstance(found.object, RESTORABLE):
            return None, ""
        del request.session[KEPT]
        with transaction.atomic():
            if isinstance(found.object, Observation):
                mention_figures.step_aside(brand, [found.object.measure], found.object.start, found.object.end)
            found.save()
            record("brought_back", brand=brand, on=found.object)
    except (DeserializationError, IntegrityError):
        # Something it hung on is gone, or another row took its place meanwhile.
        return None, kept["back"]
    return found.object, kept["back"]
