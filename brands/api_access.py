"""The only door to the API: a token, the member it belongs to, their one brand. Cookies open nothing here."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view
from ninja.responses import Status
from ninja.security import HttpBearer

from brands import api_once, api_rates, api_tokens, changes, problems
from brands.access import SAFE_METHODS
from brands.api_answers import ProblemOut, finished
from brands.models import ApiToken, Brand, Membership, Role, Scope
from brands.problems import Problem
from brands.versions import EditConflict

MOST_BYTES = 2 * 1024 * 1024
_JSON = re.compile(r"application/json\s*(;\s*charset\s*=\s*\"?utf-8\"?\s*)?", re.I)
ALWAYS = (401, 403, 404, 429, 500, 503)
OF_BODIES = (400, 413, 415, 422)


@dataclass(frozen=True)
class Access:
    """Who asks. Everything that is answered is reached through `brand`."""

    token: ApiToken
    membership: Membership
    brand: Brand


class Token(HttpBearer):
    """For the contract only: the door has looked at the token before."""

    openapi_description = "A token of a member, made in the settings of the brand, under “API”."

    def __call__(self, request: HttpRequest) -> Access | None:
        return getattr(request, "access", None)

    def authenticate(self, request: HttpRequest, token: str) -> None:
        raise NotImplementedError


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    scope: Scope,
    response: Any,
    status: int = 200,
    role: Role = Role.VIEWER,
    is_versioned: bool = False,
    **details: Any,
) -> Callable:
    """Serve `path` with the view, which gets `(request, brand, …)` where the path names a brand.

    The token must have `scope`, its owner at least `role` in the brand. `is_versioned`: the request says by If-Match which
    version it changes.
    """

    def decorate(view: Callable) -> Callable:
        door = Door(scope, role, is_versioned)
        shown = _answering(view, status)
        statuses = (*ALWAYS, *(OF_BODIES if method != "GET" else (400, 422)), *((409, 412, 428) if is_versioned else (409,)))
        told = {status: response} | {code: ProblemOut for code in statuses if method != "GET" or code != 409}
        router.add_api_operation(
            path, [method], decorate_view(door.guards)(shown), auth=Token(), response=told, operation_id=view.__name__, **details
        )
        view.door = door
        return view

    return decorate


def _answering(view: Callable, status: int) -> Callable:
    """The path names a brand; by then the door has made sure that it is the token's."""
    asked = inspect.signature(view)

    @wraps(view)
    def named(request: HttpRequest, **arguments: Any) -> Status:
        if "brand" in arguments:
            arguments["brand"] = request.access.brand
        return Status(status, view(request, **arguments))

    parameters = [each.replace(annotation=str) if name == "brand" else each for name, each in asked.parameters.items()]
    named.__signature__ = asked.replace(parameters=parameters)
    return named


@dataclass(frozen=True)
class Door:
    scope: Scope
    role: Role
    is_versioned: bool

    def guards(self, run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def guarded(request: HttpRequest, **path: Any) -> HttpResponse:
            request.rate = None
            try:
                request.access = access = self.let_in(request, path)
                with timezone.override(access.brand.zone):
                    response = self._answered(request, access, lambda: run(request, **path))
                if request.method not in SAFE_METHODS:
                    changes.told(access.brand)
            except Problem as problem:
                response = problems.of(problem)
            return finished(request, response)

        return guarded

    def let_in(self, request: HttpRequest, path: dict[str, Any]) -> Access:
        """Raises Problem: without a working token 401; at another brand 404; without the right or the scope 403."""
        token = api_tokens.find(_secret_of(request))
        if token is None:
            raise Problem(
                401, "Send “Authorization: Bearer smm_…” with a token that works.", headers={"WWW-Authenticate": "Bearer"}
            )
        request.rate = api_rates.count(token)
        api_tokens.note_use(token)
        membership = token.membership
        request.user = membership.user
        request.membership = membership
        if path.get("brand", membership.brand.slug) != membership.brand.slug:
            raise Problem(404)
        if membership.brand.requires_two_factors and not membership.user.has_second_factor:
            raise Problem(403, "This brand asks its team for a second factor. Set one up under “Sign-in and security”.")
        if not membership.may(self.role):
            raise Problem(403, f"Your role in this brand is “{Role(membership.role).name.lower()}”, and this takes more.")
        if not token.may(self.scope):
            raise Problem(403, f"The token may not do this: it lacks “{self.scope}”.")
        if request.method not in SAFE_METHODS:
            _check_body(request)
        if self.is_versioned and "If-Match" not in request.headers:
            raise Problem(428, "Send the ETag of what you change as “If-Match”.")
        return Access(token, membership, membership.brand)

    def _answered(self, request: HttpRequest, access: Access, act: Callable[[], HttpResponse]) -> HttpResponse:
        key = api_once.key_of(request) if request.method == "POST" else ""
        return api_once.answered_once(request, access.token, key, act) if key else act()


def _secret_of(request: HttpRequest) -> str:
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _check_body(request: HttpRequest) -> None:
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isascii() or not size.isdigit() or int(size) > MOST_BYTES:
        raise Problem(413, f"A request holds at most {MOST_BYTES} bytes.", headers={"Connection": "close"})
    kind = request.headers.get("Content-Type", "")
    if (int(size) or kind) and not _JSON.fullmatch(kind):
        raise Problem(415, "Send JSON, with “Content-Type: application/json”.")


def problem_of(request: HttpRequest, failure: Any) -> HttpResponse:
    """What rules of the app refuse, in the API's words."""
    if isinstance(failure, EditConflict):
        failure = problems.changed_meanwhile(failure)
    elif isinstance(failure, ValidationError):
        failure = problems.refused(failure)
    elif isinstance(failure, Http404):
        failure = Problem(404)
    if isinstance(failure, Problem):
        return problems.of(failure)
    raise failure
