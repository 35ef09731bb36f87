"""The pages people see when something is wrong. They need no brand, no session and no database."""

import errno
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from brands import problems
from brands.access import page_of

RETRY_AFTER_SECONDS = "30"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LITTLE_ROOM = 16 * 1024 * 1024
NO_FILES = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ESTALE, errno.ENOTDIR}


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    if problems.is_api(request):
        return problems.answer(status, str(context.get("reason", "")))
    # Rendered without the request: context processors may ask the very database that is away. The theme of a person
    # who was already looked up is at hand, though.
    context["theme"] = getattr(getattr(request, "_cached_user", None), "theme", "system")
    context["number"] = getattr(request, "number", "")
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _page(request, 400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return _page(request, 403, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, csrf=True, back=page_of(request))


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
    """500; or 507 and 503 where the disk or the database is what fails, and trying again will help."""
    failure = sys.exc_info()[1]
    if is_disk_full(failure):
        return _later(_page(request, 507))
    if is_database_away(failure):
        return _later(_page(request, 503))
    if isinstance(failure, OSError) and failure.errno in NO_FILES:
        return _later(HttpResponse(render_to_string("503_files.html", {"theme": "system"}), status=503))
    try:
        return _page(request, 500)
    except Exception:
        # Whatever broke, broke this page, too (a template, the static files' manifest): plain words still work.
        return HttpResponse(
            f"500: something broke on our side. It was written down under {getattr(request, 'number', 'no number')}.",
            status=500,
            content_type="text/plain",
        )


def _later(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def is_disk_full(failure: BaseException | None) -> bool:
    """For files, or for the database: SQLite says so in words, PostgreSQL with a number."""
    if isinstance(failure, OSError):
        return failure.errno in NO_ROOM
    if not isinstance(failure, DatabaseError):
        return False
    return (
        "disk is full" in str(failure) or getattr(failure.__cause__, "sqlstate", "") == "53100" or _lacks_room(failure.__cause__)
    )


def _lacks_room(cause: BaseException | None) -> bool:
    """SQLite only says that it cannot go on, where it was one of its other files that found no room."""
    if not getattr(cause, "sqlite_errorname", "").startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return False
    folder = Path(str(settings.DATABASES["default"]["NAME"])).parent
    return folder.is_dir() and shutil.disk_usage(folder).free < LITTLE_ROOM


def is_database_away(failure: BaseException | None) -> bool:
    """Away or busy; not a mistake of ours in a query (SQLite calls a missing table operational, too)."""
    if isinstance(failure, OperationalError | InterfaceError):
        return "no such" not in str(failure)
    return type(failure) is DatabaseError and "not a database" in str(failure)
