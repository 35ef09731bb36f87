"""Requests that are turned away before anything reads them, saves that came too late, forms' addresses without a form."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from brands.versions import EditConflict
from smmplanner.errors import changed_meanwhile, only_a_form, too_large

CHUNK = 1024 * 1024
# A browser shows our answer only when it could send all of its own; beyond this we hang up.
READ_AWAY = 1024 * CHUNK


def refuse_huge_bodies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 to a body that no page of ours wants, without keeping it anywhere."""

    def middleware(request: HttpRequest) -> HttpResponse:
        size = _announced_size(request)
        if size <= settings.MAX_BODY_SIZE:
            return get_response(request)
        if size <= READ_AWAY:
            while request.read(CHUNK):
                pass
        return too_large(request)

    return middleware


def _announced_size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class EditConflictMiddleware:
    """A page that does not say itself that somebody saved first answers 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return changed_meanwhile(request) if isinstance(exception, EditConflict) else None


def explain_wrong_method(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever reloads the address that a form was sent to reads why nothing is there, instead of an empty page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return only_a_form(request, response.get("Allow", ""))
        return response

    return middleware
