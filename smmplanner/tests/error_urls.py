"""Pages that go wrong, each in its way."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from smmplanner.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

FAILURES = {
    "suspicious": SuspiciousOperation("odd"),
    "forbidden": PermissionDenied(),
    "explained": PermissionDenied("Only the author may do this."),
    "mistake": ZeroDivisionError("ours"),
    "away": OperationalError("connection to server at 127.0.0.1 failed: Connection refused"),
    "locked": OperationalError("database is locked"),
    "damaged": DatabaseError("file is not a database"),
    "no-table": OperationalError("no such table: brands_brand"),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]


def read_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)} fields, {len(request.FILES)} files")


urlpatterns = [path("fail/<str:how>/", fail), path("form/", read_form), path("", include("smmplanner.urls"))]
