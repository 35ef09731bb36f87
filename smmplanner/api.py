"""The API as a whole: its contract, its errors, its addresses. Each app declares its own part."""

import json
import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NotOfTheSchema
from ninja.parser import Parser

import brands.api
import calendar_app.api
import metrics.api
import strategies.api
from brands import problems
from brands.api_access import problem_of
from brands.problems import Problem
from brands.versions import EditConflict
from smmplanner.api_contract import completed
from smmplanner.errors import RETRY_AFTER_SECONDS, is_database_away

log = logging.getLogger(__name__)


class JsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return json.loads(request.body, parse_constant=_no_number)
        except (ValueError, RecursionError) as failure:
            raise Problem(400, "The body is not JSON.") from failure


def _no_number(word: str) -> None:
    raise ValueError(word)


api = NinjaAPI(
    title="SMM Planner",
    version="1",
    description="Plans, posts and figures of a brand, for programs.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=JsonParser(),
)
for each in (brands.api, strategies.api, calendar_app.api, metrics.api):
    api.add_router("", each.router)

for expected in (Problem, EditConflict, ValidationError, Http404):
    api.add_exception_handler(expected, problem_of)


@api.exception_handler(PermissionDenied)
def refused(request: HttpRequest, failure: PermissionDenied) -> HttpResponse:
    return problems.answer(403, str(failure))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, failure: RequestDataTooBig) -> HttpResponse:
    return problems.answer(413)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, failure: HttpError) -> HttpResponse:
    return problems.answer(failure.status_code, str(failure))


@api.exception_handler(NotOfTheSchema)
def not_of_the_schema(request: HttpRequest, failure: NotOfTheSchema) -> HttpResponse:
    errors = [problems.error(_pointer(each["loc"]), each["msg"], each["type"]) for each in failure.errors]
    if all(error["pointer"].startswith("{") for error in errors):
        # No row has such a number.
        return problems.answer(404)
    return problems.answer(422, "The request does not fit the contract.", errors=errors)


@api.exception_handler(Exception)
def broken(request: HttpRequest, failure: Exception) -> HttpResponse:
    if is_database_away(failure):
        return problems.answer(503, headers={"Retry-After": RETRY_AFTER_SECONDS})
    log.error("The API failed at %s", request.path, exc_info=failure)
    return problems.answer(500)


def _pointer(place: tuple[str | int, ...]) -> str:
    """Where it stands: “/rows/3/value” in the body, “?limit” in the query, “{post}” in the path."""
    source, *rest = place
    if source == "body":
        # After the name that the view calls the body by.
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in rest[1:])
    name = str(rest[-1]) if rest else ""
    return f"?{name}" if source == "query" else f"{{{name}}}"


@require_safe
def contract(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(schema()), content_type="application/json")


def schema() -> dict[str, Any]:
    return completed(json.loads(json.dumps(api.get_openapi_schema(path_prefix=problems.API_PATH))))


def urls() -> list:
    """Those of the operations, and the contract itself."""
    operations, _app, _namespace = api.urls
    mine = [each for each in operations if getattr(each, "name", "") != "api-root"]
    return [path("openapi.json", contract, name="openapi"), *mine]
