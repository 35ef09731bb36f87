"""The board: posts by how far they are, each column with the next ones first."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, CharField, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict
from django.utils import timezone

from brands.models import Brand
from calendar_app import filters as calendar_filters
from calendar_app.filters import Filters
from calendar_app.models import Post, Publication, PublicationQuerySet
from calendar_app.month_page import FIELDS

Status = Publication.Status
CARDS = 12
# What went out longer ago is the list's.
LATELY = timedelta(days=14)
ALWAYS = (Post.State.IDEA, Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.APPROVED, Status.SCHEDULED, Status.PUBLISHED)
# Shown only where there is something in them.
TROUBLE = {
    Post.State.CHANGES_REQUESTED: Post.State.IN_REVIEW,
    Status.DUE: Status.SCHEDULED,
    Status.MISSED: Status.SCHEDULED,
    Status.EXPIRED: Status.SCHEDULED,
}
NEWEST_FIRST = (Status.PUBLISHED, Status.MISSED, Status.EXPIRED)


@dataclass
class Column:
    name: str
    cards: list[Publication] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


@dataclass
class BoardPage:
    filters: Filters
    columns: list[Column]

    @property
    def is_empty(self) -> bool:
        return not any(column.total for column in self.columns)


def board_page(brand: Brand, asked: QueryDict) -> BoardPage:
    """Every status with its first cards: one query for all of them, however many posts there are."""
    filters = calendar_filters.read(asked, brand, brand.channels.select_related("platform"))
    found = _found(filters.apply(_on_the_board(brand)))
    columns = []
    for name in _order():
        if name in ALWAYS or found[name].total:
            found[name].name = str(name)
            columns.append(found[name])
    chosen = filters.chosen("status")
    return BoardPage(filters, [column for column in columns if chosen in ("", column.name)])


def _order() -> list[str]:
    """What needs somebody stands right behind the step that it fell out of."""
    order: list[str] = []
    for name in ALWAYS:
        order += [name, *(trouble for trouble, step in TROUBLE.items() if step == name)]
    return order


def _on_the_board(brand: Brand) -> PublicationQuerySet:
    since = timezone.now() - LATELY
    return brand.publications.exclude(Q(status__in=NEWEST_FIRST, at__lt=since) | Q(status=Status.CANCELLED))


def _found(publications: PublicationQuerySet) -> dict[str, Column]:
    shown = Case(When(status=Status.PLANNED, then=F("post__state")), default=F("status"), output_field=CharField())
    falls = Case(When(status__in=NEWEST_FIRST, then=Value(1)), default=Value(0))
    rows = publications.annotate(shown=shown, falls=falls)
    rows = rows.annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("shown")],
            order_by=[
                Case(When(falls=1, then=F("at"))).desc(nulls_last=True),
                Case(When(falls=0, then=F("at"))).asc(nulls_last=True),
                F("pk").desc(),
            ],
        ),
        in_column=Window(Count("pk"), partition_by=[F("shown")]),
    )
    columns: dict[str, Column] = defaultdict(lambda: Column(""))
    rows = rows.filter(place__lte=CARDS).select_related("post__pillar", "post__owner", "channel__platform")
    fields = (*FIELDS, "post__owner__name", "post__owner__email")
    for row in rows.only(*fields).order_by("place"):
        column = columns[row.shown]
        column.total = row.in_column
        column.cards.append(row)
    return columns
