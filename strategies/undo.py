"""Bringing back what was just removed, with everything that hung on it."""

from collections.abc import Iterable

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from strategies.models import Strategy

KEY = "strategies_removed"
MOST_BYTES = 200_000


def remember(request: HttpRequest, strategy: Strategy, rows: Iterable[models.Model], name: str) -> None:
    """Call before deleting. Rows in the order in which they can be put back: first what others point at."""
    text = serializers.serialize("json", rows)
    if len(text) <= MOST_BYTES:
        request.session[KEY] = {"strategy": strategy.pk, "rows": text, "name": name[:80]}


def remembered_name(request: HttpRequest, strategy: Strategy) -> str:
    """What can be brought back to this strategy, if anything."""
    kept = request.session.get(KEY)
    return kept["name"] if kept and kept["strategy"] == strategy.pk else ""


def bring_back(request: HttpRequest, strategy: Strategy) -> bool:
    kept = request.session.get(KEY)
    if not kept or kept["strategy"] != strategy.pk:
        return False
    del request.session[KEY]
    try:
        with transaction.atomic():
            for row in serializers.deserialize("json", kept["rows"]):
                row.save()
    except IntegrityError:
        # Something of the same name, or what it pointed at, came or went in between.
        return False
    return True


def said(name: str) -> str:
    return _("“%(name)s” was removed.") % {"name": name}
