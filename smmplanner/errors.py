"""The pages people see when something is wrong. They need no brand, no session and no database."""

import sys

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = "30"


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    # Rendered without the request: context processors may ask the very database that is away. The theme of a person
    # who was already looked up is at hand, though.
    context["theme"] = getattr(getattr(request, "_cached_user", None), "theme", "system")
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _page(request, 400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return _page(request, 403, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, csrf=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def only_a_form(request: HttpRequest, allowed: str) -> HttpResponse:
    response = _page(request, 405)
    response["Allow"] = allowed
    return response


def changed_meanwhile(request: HttpRequest) -> HttpResponse:
    return _page(request, 409)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = _page(request, 429)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    response = _page(request, 413)
    response["Connection"] = "close"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the failure is the database's absence and trying again will help."""
    if is_database_away(sys.exc_info()[1]):
        response = _page(request, 503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    try:
        return _page(request, 500)
    except Exception:
        # Whatever broke, broke this page, too (a template, the static files' manifest): plain words still work.
        return HttpResponse("500: something broke on our side. It was written down.", status=500, content_type="text/plain")


def is_database_away(failure: BaseException | None) -> bool:
    """Away or busy; not a mistake of ours in a query (SQLite calls a missing table operational, too)."""
    if isinstance(failure, OperationalError | InterfaceError):
        return "no such" not in str(failure)
    return type(failure) is DatabaseError and "not a database" in str(failure)
