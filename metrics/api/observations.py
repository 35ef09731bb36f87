"""Figures in and out. What a program brings is a file like any other: seen among the imports, and undone there."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import AllowInfNan, ConfigDict, Field

from brands.api_access import operation
from brands.api_answers import NAME, Paging, RowId, page
from brands.models import Brand, Role, Scope
from metrics.api.routing import router
from metrics.kpi import MEASURES
from metrics.models import Observation
from metrics.pushed import MOST_ROWS, push

Word = Annotated[str, Field(max_length=300)]


class FigureIn(Schema):
    """One figure of a day or a span. Without a channel it is of the brand.

    Where `post_id` or `permalink` names a post it is the post's lifetime figure, and `start` the day that the post went out.
    """

    model_config = ConfigDict(extra="forbid")

    measure: Annotated[str, Field(max_length=60)]
    value: Annotated[Decimal, AllowInfNan(False), Field(max_digits=24, decimal_places=6)]
    start: date
    end: date | None = Field(None, description="The last day; without it, `start`.")
    channel: RowId | None = None
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    post_id: Annotated[str, Field(max_length=100)] = ""
    permalink: Word = ""


class FiguresIn(Schema):
    """Saved together or not at all. A figure that is there already is replaced."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[FigureIn], Field(min_length=1, max_length=MOST_ROWS)]
    as_of: date | None = Field(None, description="The day that figures of posts were counted; without it, today.")


class PushedOut(Schema):
    """`import_id` stands among the brand's imports, where people look at it and undo it."""

    import_id: int
    rows: int
    new: int
    updated: int
    same: int


class ObservationOut(Schema):
    id: int
    measure: str
    start: date
    end: date
    value: str
    currency: str
    channel: int | None
    publication: int | None
    campaign: int | None
    subject: str
    import_id: int | None


class ObservationsOut(Schema):
    items: list[ObservationOut]
    next: str | None


class ObservationFilter(Schema):
    """`since` and `until` are days that the figure's span begins between."""

    measure: str | None = Field(None, max_length=60, pattern=NAME)
    channel: RowId | None = None
    publication: RowId | None = None
    campaign: RowId | None = None
    import_id: RowId | None = None
    since: date | None = None
    until: date | None = None


@operation(router, "GET", "/brands/{brand}/observations", scope=Scope.READ, response=ObservationsOut, summary="Figures")
def list_observations(request: HttpRequest, brand: Brand, asked: Paging, only: Annotated[ObservationFilter, Query()]):
    rows = brand.observations.all()
    if not request.access.membership.sees_money:
        rows = rows.exclude(measure__in=[name for name, measure in MEASURES.items() if measure.is_money]).filter(currency="")
    named = {"measure": "measure", "channel": "channel", "publication": "publication", "campaign": "campaign",
             "import_id": "source", "since": "start__gte", "until": "start__lte"}  # fmt: skip
    chosen = {field: value for name, field in named.items() if (value := getattr(only, name)) is not None}
    return page(request, asked, rows.filter(**chosen), _observation)


@operation(
    router, "POST", "/brands/{brand}/observations", scope=Scope.OBSERVATIONS, role=Role.MARKETER, response=PushedOut, status=201,
    summary="Bring figures, up to 1,000 at a time",
)  # fmt: skip
def push_observations(request: HttpRequest, brand: Brand, body: FiguresIn):
    import_ = push(brand, request.access.membership.user, request.access.token.name, body.rows, body.as_of)
    counts = import_.summary
    said = {name: counts[name] for name in ("new", "updated", "same")}
    return PushedOut(import_id=import_.pk, rows=len(body.rows), **said)


def _observation(row: Observation) -> ObservationOut:
    return ObservationOut(
        id=row.pk, measure=row.measure, start=row.start, end=row.end, value=f"{row.value:f}", currency=row.currency,
        channel=row.channel_id, publication=row.publication_id, campaign=row.campaign_id, subject=row.subject,
        import_id=row.source_id,
    )  # fmt: skip
