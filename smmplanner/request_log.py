"""One line for each request that was answered: its number, who (a number, too), which view, how it ended and how long it took."""

import logging
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = structlog.stdlib.get_logger("smmplanner.request")


def write_lines(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whatever is said while the request is answered carries its number."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_a_file(request):
            return get_response(request)
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=getattr(request, "number", "")):
            response = get_response(request)
            seconds = time.perf_counter() - began
            level = logging.INFO if response.status_code < 500 else logging.WARNING
            log.log(
                level,
                "request",
                method=request.method if request.method in METHODS else "other",
                view=view_of(request),
                status=response.status_code,
                ms=round(seconds * 1000),
                user=user_of(request),
                brand=brand_of(request),
            )
        return response

    return middleware


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def is_a_file(request: HttpRequest) -> bool:
    """A page asks for a dozen of them; nobody wants to read of each."""
    return request.path_info.startswith(settings.STATIC_URL)


def view_of(request: HttpRequest) -> str:
    """Its name. An address may be a signed link, or whatever somebody typed."""
    match = request.resolver_match
    return match.view_name if match is not None and match.view_name else "none"


def user_of(request: HttpRequest) -> int | None:
    """Only somebody who was looked up anyway: a line of the log is not worth a query."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)


def brand_of(request: HttpRequest) -> str | None:
    """The brand whose door let the request in."""
    membership = getattr(request, "membership", None)
    return membership.brand.slug if membership is not None else None
