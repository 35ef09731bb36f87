"""What people typed is kept in their browser until the server took it (static/js/keep.js). Here the server says that it did."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

# Long enough for the page that comes next to read it.
COOKIE_SECONDS = 600
_TOKEN = re.compile(r"[a-z0-9]{1,16}")


def tell_what_was_taken(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A form carries the token of its copy; a cookie brings it back once the form did what it was sent for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and _was_taken(request, response):
            token = request.POST.get("kept", "")
            if _TOKEN.fullmatch(token):
                secure = settings.SESSION_COOKIE_SECURE
                response.set_cookie(f"taken_{token}", "1", max_age=COOKIE_SECONDS, secure=secure, samesite="Lax")
        return response

    return middleware


def _was_taken(request: HttpRequest, response: HttpResponse) -> bool:
    """Whoever refuses a form shows it again; whoever takes it leads on, or says so (`request.was_taken`)."""
    goes_on = response.get("HX-Redirect") or (response.get("Location") if 300 <= response.status_code < 400 else None)
    to_login = goes_on is not None and goes_on.startswith(resolve_url(settings.LOGIN_URL))
    return getattr(request, "was_taken", False) or (goes_on is not None and not to_login)
