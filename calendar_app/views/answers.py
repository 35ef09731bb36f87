"""How calendar pages answer: whole to a browser, in parts to htmx, with the right status and the messages."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from brands.versions import EditConflict

DONE = 200
REFUSED = 422
CONFLICT = 409


def wants_part(request: HttpRequest) -> bool:
    """htmx asks for a part, unless it restores a page from the history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def say_conflict(request: HttpRequest) -> None:
    messages.error(request, _("Somebody changed this a moment ago. Here is how it stands now; do it again if you still want to."))


def say_refusal(request: HttpRequest, refusal: ValidationError) -> None:
    for text in refusal.messages:
        messages.error(request, text)


def attempt(request: HttpRequest, act: Callable[[], object]) -> int:
    """Do it, and say where it could not be done; the status of the answer."""
    try:
        act()
    except EditConflict:
        say_conflict(request)
        return CONFLICT
    except ValidationError as refusal:
        say_refusal(request, refusal)
        return REFUSED
    return DONE


def toasts(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Only the messages; the calendar behind them fetches itself again."""
    response = render(request, "_messages.html", {"oob": True}, status=status)
    response["HX-Reswap"] = "none"
    response["HX-Trigger"] = "calendar-changed"
    return response


def undo_button(request: HttpRequest, url: str, fields: dict[str, object]) -> SafeString:
    """A form that takes the last act back, to stand inside a message."""
    inputs = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
    return format_html(
        '<form method="post" action="{}" class="sp-undo" data-undo><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button type="submit" class="btn btn-sm">{}</button></form>',
        url, get_token(request), inputs, _("Undo"),
    )  # fmt: skip
