"""What the API says when something is wrong: problem details, RFC 9457."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from brands.versions import EditConflict

API_PATH = "/api/v1/"
CONTENT_TYPE = "application/problem+json"

# What each status means here, in a few words that never change; the page of the API explains them.
TITLES = {
    400: "The request cannot be read",
    401: "A working token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Something else happened first",
    412: "It has changed meanwhile",
    413: "Too large",
    415: "Only JSON is understood",
    422: "Not valid",
    428: "Say which version you saw",
    429: "Too many requests",
    500: "Something broke on our side",
    503: "Out of order for a moment",
}


class Problem(Exception):
    """Ends a request with a problem; `errors` name the places in the request by JSON pointers."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, object]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors, self.headers = status, detail, list(errors), dict(headers or {})


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_PATH)


def answer(
    status: int, detail: str = "", *, errors: Sequence[Mapping[str, object]] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    said: dict[str, object] = {"type": "about:blank", "title": TITLES.get(status) or HTTPStatus(status).phrase, "status": status}
    if detail:
        said["detail"] = detail
    if errors:
        said["errors"] = list(errors)
    response = HttpResponse(json.dumps(said), content_type=CONTENT_TYPE, status=status, headers=headers)
    response["Cache-Control"] = "no-store"
    return response


def of(problem: Problem) -> HttpResponse:
    return answer(problem.status, problem.detail, errors=problem.errors, headers=problem.headers)


def error(pointer: str, detail: str, code: str = "invalid") -> dict[str, str]:
    """One of the things that are wrong, and where in the body: “/channels/0/at”. Empty: the body as a whole."""
    return {"pointer": pointer, "detail": detail, "code": code}


def refused(refusal: ValidationError) -> Problem:
    """A rule of the app says no."""
    return Problem(422, " ".join(refusal.messages), errors=[error("", text) for text in refusal.messages])


def changed_meanwhile(_conflict: EditConflict | None = None) -> Problem:
    return Problem(412, "Somebody changed it since you read it. Read it again, and then change it.")
