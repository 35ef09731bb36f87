"""Requests that are turned away before anything reads them, pages made small, saves that came too late, forms' addresses without a form."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from brands.problems import is_api
from brands.versions import EditConflict
from smmplanner.errors import changed_meanwhile, only_a_form, too_large

CHUNK = 1024 * 1024
# What pages use: copying to the clipboard, passkeys, films. Everything else that asks people for something is off, for
# our own pages, too.
PERMISSIONS = {
    "clipboard-write": "(self)", "publickey-credentials-get": "(self)", "publickey-credentials-create": "(self)",
    "fullscreen": "(self)", "picture-in-picture": "(self)", "accelerometer": "()", "autoplay": "()", "camera": "()",
    "clipboard-read": "()", "display-capture": "()", "encrypted-media": "()", "geolocation": "()", "gyroscope": "()", "hid": "()",
    "idle-detection": "()", "magnetometer": "()", "microphone": "()", "midi": "()", "payment": "()", "screen-wake-lock": "()",
    "serial": "()", "usb": "()", "xr-spatial-tracking": "()",
}  # fmt: skip
HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}={allowed}" for name, allowed in PERMISSIONS.items()),
    # No page of another site puts pictures or files of ours into itself.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Reporting-Endpoints": 'csp="/csp-reports/"',
}
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


def say_what_browsers_may(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Headers for every answer, static files included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def leave_cookies_of_the_api(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Who calls the API is said by a token alone: a browser that is signed in somewhere opens nothing, and gets no cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response.cookies.clear()
        return response

    return middleware


class CompressWords(GZipMiddleware):
    """Pages, tables and other words go out compressed. Pictures and films are so already, and may be asked for in parts."""

    KINDS = ("text/", "application/json", "image/svg")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        # Compressed, what the API tells would lose its strong tag, which changes are made with.
        if is_api(request) or not response.get("Content-Type", "").startswith(self.KINDS):
            return response
        return super().process_response(request, response)


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
        if response.status_code == 405 and (request.method == "GET" or is_api(request)):
            return only_a_form(request, response.get("Allow", ""))
        return response

    return middleware
