"""Reading posts, writing them, taking them through their approval."""

from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from brands.api_access import operation
from brands.api_answers import Id, Moment, Paging, RowId, must_match, page
from brands.models import Brand, Role, Scope
from brands.problems import Problem
from calendar_app import approval, talk
from calendar_app.api.routing import router
from calendar_app.api.told import CommentsOut, PostOut, PostsOut, comment_told, post_told
from calendar_app.api.writing import NewPostIn, PostIn, form_of, refused
from calendar_app.deciding import decide
from calendar_app.handing_over import tell_owner
from calendar_app.models import Post
from calendar_app.post_page import state_after


class PostFilter(Schema):
    state: Post.State | None = None
    channel: RowId | None = None
    strategy: RowId | None = None
    updated_since: Moment | None = None


class StepIn(Schema):
    """`why` is needed where changes are asked for."""

    model_config = ConfigDict(extra="forbid")

    why: str = Field("", max_length=4000)


@operation(router, "GET", "/brands/{brand}/posts", scope=Scope.READ, response=PostsOut, summary="Posts")
def list_posts(request: HttpRequest, brand: Brand, asked: Paging, only: Annotated[PostFilter, Query()]):
    rows = _posts(brand)
    if only.state:
        rows = rows.filter(state=only.state)
    if only.channel:
        rows = rows.filter(pk__in=brand.publications.filter(channel=only.channel).values("post"))
    if only.strategy:
        rows = rows.filter(strategy=only.strategy)
    if only.updated_since:
        rows = rows.filter(updated_at__gte=only.updated_since)
    return page(request, asked, rows, post_told)


@operation(router, "GET", "/brands/{brand}/posts/{post}", scope=Scope.READ, response=PostOut, summary="A post")
def get_post(request: HttpRequest, brand: Brand, post: Id):
    return post_told(found(brand, post))


@operation(
    router, "POST", "/brands/{brand}/posts", scope=Scope.POSTS, role=Role.MARKETER, response=PostOut, status=201,
    summary="Write a post",
)  # fmt: skip
def create_post(request: HttpRequest, brand: Brand, body: NewPostIn):
    form = form_of(body, brand, request.access.membership)
    if not form.saved(state_after("idea" if body.is_idea else "")):
        raise refused(form, body)
    tell_owner(form, request.access.membership)
    return post_told(found(brand, form.instance.pk))


@operation(
    router, "PATCH", "/brands/{brand}/posts/{post}", scope=Scope.POSTS, role=Role.MARKETER, response=PostOut, is_versioned=True,
    summary="Change a post",
)  # fmt: skip
def change_post(request: HttpRequest, brand: Brand, post: Id, body: PostIn):
    row = found(brand, post)
    must_match(request, post_told(row))
    form = form_of(body, brand, request.access.membership, row)
    if not form.saved():
        raise refused(form, body)
    tell_owner(form, request.access.membership)
    return post_told(found(brand, post))


@operation(
    router, "POST", "/brands/{brand}/posts/{post}/steps/{step}", scope=Scope.POSTS, response=PostOut, is_versioned=True,
    summary="Take a post a step further: send, approve, return …",
)  # fmt: skip
def take_step(request: HttpRequest, brand: Brand, post: Id, step: str, body: StepIn | None = None):
    membership = request.access.membership
    if step not in approval.FOR_CLIENTS and not membership.may(Role.MARKETER):
        raise PermissionDenied
    row = found(brand, post)
    if step not in approval.STEPS:
        raise Problem(404)
    must_match(request, post_told(row))
    decide(row, approval.STEPS[step], membership, row.version, body.why if body else "")
    return post_told(found(brand, post))


@operation(
    router, "GET", "/brands/{brand}/posts/{post}/comments", scope=Scope.READ, response=CommentsOut,
    summary="What was said about a post, as far as you see it",
)  # fmt: skip
def list_comments(request: HttpRequest, brand: Brand, post: Id, asked: Paging):
    rows = talk.seen_by(found(brand, post), request.access.membership).select_related("author")
    return page(request, asked, rows, comment_told)


def _posts(brand: Brand) -> QuerySet[Post]:
    return brand.posts.select_related("brand").prefetch_related("publications", "media__file")


def found(brand: Brand, pk: int) -> Post:
    rows = _posts(brand).select_related("strategy", "goal", "pillar", "campaign", "owner", "series")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Problem(404)
    return row
