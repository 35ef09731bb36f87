"""How the API answers: pages of rows, tags of versions, and what every response carries."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from ninja import Path, Query, Schema
from ninja.responses import NinjaJSONEncoder
from pydantic import AfterValidator, AwareDatetime, Field

from brands import problems
from brands.problems import Problem

MOST_ROWS = 200
BIGGEST_ID = 2**63 - 1
# What KPIs and measures are called.
NAME = r"^[a-z0-9_]+$"
Id = Annotated[int, Path(ge=1, le=BIGGEST_ID)]
RowId = Annotated[int, Field(ge=1, le=BIGGEST_ID)]


def _in_utc(moment: datetime) -> datetime:
    """PostgreSQL knows no zone 16 hours or more from UTC; ISO 8601 allows them."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("that day is too far away") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class PlaceOut(Schema):
    pointer: str = Field(description="A JSON pointer into the body, or a parameter such as “?limit”.")
    detail: str
    code: str


class ProblemOut(Schema):
    """RFC 9457, problem details."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[PlaceOut] | None = None


class Asked(Schema):
    """Which page of a list."""

    limit: int = Field(50, ge=1, le=MOST_ROWS)
    cursor: str | None = Field(None, max_length=100, description="As `next` of the page before has it.")


Paging = Annotated[Asked, Query()]


def page(request: HttpRequest, asked: Asked, rows: QuerySet, told: Callable[[Any], Any]) -> dict[str, object]:
    """The rows after the cursor in the order of their ids, and the address of those that follow."""
    found = list(rows.filter(pk__gt=_after(asked.cursor)).order_by("pk")[: asked.limit + 1])
    more, found = len(found) > asked.limit, found[: asked.limit]
    return {"items": [told(row) for row in found], "next": _next(request, found[-1]) if more else None}


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        after = int(base64.urlsafe_b64decode(cursor.encode()).decode("ascii"))
    except ValueError:
        after = -1
    if not 0 <= after <= BIGGEST_ID:
        place = problems.error("?cursor", "Not a cursor of this list.")
        raise Problem(422, "The parameters are not valid.", errors=[place])
    return after


def _next(request: HttpRequest, last: Model) -> str:
    query = request.GET.copy()
    query["cursor"] = base64.urlsafe_b64encode(str(last.pk).encode()).decode()
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


# --- tags


def tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def tag(told: Schema) -> str:
    """The ETag that a GET of this would have."""
    return tag_of(json.dumps(told.model_dump(), cls=NinjaJSONEncoder).encode())


def must_match(request: HttpRequest, told: Schema) -> None:
    """Raises Problem 412 unless the request says that it saw the row as it stands."""
    tags = _tags(request.headers.get("If-Match", ""))
    if "*" not in tags and tag(told) not in tags:
        raise problems.changed_meanwhile()


def _tags(header: str) -> Iterable[str]:
    return [each.strip() for each in header.split(",")]


def finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tags, limits, and that nobody on the way keeps it."""
    if request.method == "GET" and response.status_code == 200:
        response["ETag"] = tag_of(response.content)
        response["Cache-Control"] = "private, no-cache"
        if {response["ETag"], "*"} & {each.removeprefix("W/") for each in _tags(request.headers.get("If-None-Match", ""))}:
            response = HttpResponse(status=304, headers={name: response[name] for name in ("ETag", "Cache-Control")})
            del response["Content-Type"]
    else:
        response["Cache-Control"] = "no-store"
    if request.rate is not None:
        for name, value in request.rate.headers.items():
            response[name] = value
    patch_vary_headers(response, ["Authorization"])
    return response
