"""Reading publications, moving them, saying what became of them."""

from typing import Annotated

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from brands import problems
from brands.api_access import operation
from brands.api_answers import Id, Moment, Paging, RowId, must_match, page
from brands.models import Brand, Role, Scope
from brands.problems import Problem
from calendar_app import delivery, scheduling
from calendar_app.api.routing import router
from calendar_app.api.told import PublicationOut, PublicationsOut, publication_told
from calendar_app.api.writing import clock_of
from calendar_app.forms import MoveForm, PublishedForm
from calendar_app.models import Publication


class PublicationFilter(Schema):
    """`since` and `before` are of the moment that it goes out at."""

    status: Publication.Status | None = None
    channel: RowId | None = None
    post: RowId | None = None
    since: Moment | None = None
    before: Moment | None = None


class MoveIn(Schema):
    model_config = ConfigDict(extra="forbid")

    at: Moment


class PublishedIn(Schema):
    """Where it can be seen, and when it went out; without `published_at`, now."""

    model_config = ConfigDict(extra="forbid")

    permalink: str = Field("", max_length=500)
    published_at: Moment | None = None


@operation(router, "GET", "/brands/{brand}/publications", scope=Scope.READ, response=PublicationsOut, summary="Publications")
def list_publications(request: HttpRequest, brand: Brand, asked: Paging, only: Annotated[PublicationFilter, Query()]):
    named = {"status": "status", "channel": "channel", "post": "post", "since": "at__gte", "before": "at__lt"}
    chosen = {field: value for name, field in named.items() if (value := getattr(only, name)) is not None}
    return page(request, asked, brand.publications.filter(**chosen).select_related("post"), publication_told)


@operation(
    router,
    "GET",
    "/brands/{brand}/publications/{publication}",
    scope=Scope.READ,
    response=PublicationOut,
    summary="A publication",
)
def get_publication(request: HttpRequest, brand: Brand, publication: Id):
    return publication_told(_found(brand, publication))


@operation(
    router, "POST", "/brands/{brand}/publications/{publication}/move", scope=Scope.POSTS, role=Role.MARKETER,
    response=PublicationOut, is_versioned=True, summary="Give it another time",
)  # fmt: skip
def move_publication(request: HttpRequest, brand: Brand, publication: Id, body: MoveIn):
    row = _seen(request, brand, publication)
    form = MoveForm({**clock_of(body.at, brand), "version": row.version}, publication=row)
    said = _valid(form)
    scheduling.move(row, said["day"], said["clock"], request.access.membership, said["version"])
    return publication_told(_found(brand, publication))


@operation(
    router, "POST", "/brands/{brand}/publications/{publication}/publish", scope=Scope.PUBLICATIONS, role=Role.MARKETER,
    response=PublicationOut, is_versioned=True, summary="Say that it is out, and where",
)  # fmt: skip
def publish_publication(request: HttpRequest, brand: Brand, publication: Id, body: PublishedIn):
    row = _seen(request, brand, publication)
    at = body.published_at or timezone.now()
    typed = {**clock_of(at, brand, "/published_at"), "permalink": body.permalink, "version": row.version}
    form = PublishedForm({f"out-{row.pk}-{name}": value for name, value in typed.items()}, brand=brand, publication=row)
    said = _valid(form, moment="published_at")
    delivery.publish(row, request.access.membership, said["version"], said["at"], said["permalink"])
    return publication_told(_found(brand, publication))


@operation(
    router, "POST", "/brands/{brand}/publications/{publication}/acts/{act}", scope=Scope.POSTS, role=Role.MARKETER,
    response=PublicationOut, is_versioned=True, summary="Schedule it, take it off the schedule, call it off …",
)  # fmt: skip
def act_on_publication(request: HttpRequest, brand: Brand, publication: Id, act: str):
    if act not in delivery.ACTS or act == "publish":
        raise Problem(404)
    row, membership = _seen(request, brand, publication), request.access.membership
    if act == "schedule":
        delivery.schedule(row, membership, row.version)
    else:
        delivery.simple(row, delivery.ACTS[act], membership, row.version)
    return publication_told(_found(brand, publication))


def _found(brand: Brand, pk: int) -> Publication:
    row = brand.publications.select_related("post__brand", "brand", "channel__platform").filter(pk=pk).first()
    if row is None:
        raise Problem(404)
    return row


def _seen(request: HttpRequest, brand: Brand, pk: int) -> Publication:
    row = _found(brand, pk)
    must_match(request, publication_told(row))
    return row


def _valid(form: forms.Form, moment: str = "at") -> dict:
    if form.is_valid():
        return form.cleaned_data
    errors = [
        problems.error(f"/{moment}" if name in ("day", "clock") else f"/{name}", text, str(each.code or "invalid"))
        for name, wrong in form.errors.as_data().items()
        for each in wrong
        for text in each.messages
    ]
    raise Problem(422, "Not valid.", errors=errors)
