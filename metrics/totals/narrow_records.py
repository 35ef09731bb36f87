"""What was recorded of single campaigns and posts: the same books as a brand's, kept apart from them.

What belongs to a campaign belongs to it by key: figures recorded for it as a whole, its posts, its ledger entries. Of a
post there are the newest snapshots of its publications, and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from brands.models import Channel
from calendar_app import moments
from calendar_app.models import Campaign, Post, Publication
from metrics.kpi.measures import MEASURES, Family, Join
from metrics.models import Observation
from metrics.models.observations import has_newer_snapshot
from metrics.periods import Span
from metrics.totals.exact import ExactSum
from metrics.totals.figures import Source
from metrics.totals.pieces import Piece
from metrics.totals.records import Cell, LongFigure, Measured, Records
from metrics.totals.scoped import Scope

Owner = tuple[str, int]
"""How publications name what they belong to, and its id: ("post__campaign", 7) or ("post", 12)."""


class NarrowRecords(Records):
    """The books of one campaign or post. They were read together with those of all others that were asked about."""

    of_whole = Source.CAMPAIGN

    def __init__(self, brand_wide: Records, owner: Campaign | Post) -> None:
        self.brand, self.timeline = brand_wide.brand, brand_wide.timeline
        self._whole = brand_wide
        self.all_channels = brand_wide.channels
        self.figures = defaultdict(Measured)
        self.posts = defaultdict(Measured)
        self.published = defaultdict(lambda: defaultdict(int))
        self.subjects = defaultdict(set)
        self.money = [row for row in brand_wide.money if row.campaign_id == owner.pk] if isinstance(owner, Campaign) else []
        self.budget, self.plan, self.slot_plans = [], [], []
        self.standing: set[int] = set()  # channels it is meant for

    @property
    def whole(self) -> Records:
        return self._whole

    @cached_property
    def channels(self) -> dict[int, Channel]:  # type: ignore[override]
        found = {channel for channel, _measure in self.posts} | set(self.published) | self.standing
        return {pk: channel for pk, channel in self.all_channels.items() if pk in found}

    @cached_property
    def of_posts(self) -> NarrowRecords:
        """The books without what was recorded of the campaign's content as a whole: another ledger of what the posts did."""
        found = copy(self)
        kept = {key: book for key, book in self.figures.items() if MEASURES[key[1]].family is not Family.CONTENT}
        found.figures = defaultdict(Measured, kept)
        return found


def books_of(records: Records, scopes: set[Scope]) -> dict[Scope, NarrowRecords]:
    """The books of each scope: so many queries, whatever the number of campaigns and posts."""
    campaigns = {scope.campaign.pk: scope.campaign for scope in scopes if scope.campaign is not None}
    posts = {scope.post.pk: scope.post for scope in scopes if scope.post is not None}
    owners: dict[Owner, Campaign | Post] = {("post__campaign", pk): owner for pk, owner in campaigns.items()}
    owners |= {("post", pk): owner for pk, owner in posts.items()}
    found = {key: NarrowRecords(records, owner) for key, owner in owners.items()}
    for path, pks in (("post__campaign", campaigns), ("post", posts)):
        if pks:
            _read_posts(found, path, pks)
            _read_published(found, path, pks)
    if campaigns:
        _read_campaigns(found, campaigns)
        _read_budget(found, campaigns)
    return {scope: found[_owner(scope)] for scope in scopes}


def _owner(scope: Scope) -> Owner:
    return ("post__campaign", scope.campaign.pk) if scope.campaign is not None else ("post", scope.post.pk if scope.post else 0)


Books = dict[Owner, NarrowRecords]


def _any(found: Books) -> NarrowRecords:
    return next(iter(found.values()))


def _read_posts(found: Books, path: str, pks: Iterable[int]) -> None:
    """The newest snapshot of each publication, by the day it went out."""
    timeline = _any(found).timeline
    rows = (
        Observation.objects.filter(~has_newer_snapshot(), **{f"publication__{path}__in": pks}, brand=_any(found).brand)
        .filter(start__range=(timeline.whole.start, timeline.whole.end))
        .order_by()
        .annotate(piece=Piece("start", timeline))
        .values_list(f"publication__{path}", "publication__channel_id", "measure", "currency", "piece")
        .annotate(total=ExactSum("value"), first=Min("start"), last=Max("start"), days=Count("pk"))
    )
    for pk, channel, measure, currency, piece, value, first, last, posts in rows:
        cell = Cell(Fraction(value), first, last, posts, currency)
        found[path, pk].posts[channel, measure].daily[piece].append(cell)


def _read_published(found: Books, path: str, pks: Iterable[int]) -> None:
    brand, whole = _any(found).brand, _any(found).timeline.whole
    rows = Publication.objects.filter(**{f"{path}__in": pks}, brand=brand).standing().order_by()
    start, end = moments.span(whole.start, whole.end, brand.zone)
    days = rows.annotate(day=TruncDate("published_at", tzinfo=brand.zone))
    for pk, channel, status, moment, day in days.values_list(path, "channel_id", "status", "published_at", "day"):
        books = found[path, pk]
        books.standing.add(channel)
        if status == Publication.Status.PUBLISHED and start <= moment < end:
            books.published[channel][day] += 1


def _read_campaigns(found: Books, campaigns: Iterable[int]) -> None:
    """What was recorded for whole campaigns. The table has at most one figure of a measure and span for each of them."""
    brand, whole = _any(found).brand, _any(found).timeline.whole
    rows = Observation.objects.filter(brand=brand, campaign__in=campaigns, publication=None, end__lte=whole.end)
    listed = rows.order_by("end", "start").values_list("campaign_id", "measure", "currency", "start", "end", "value")
    for pk, measure, currency, start, end, value in listed:
        _put(found["post__campaign", pk], measure, currency, Span(start, end), value)


def _put(books: NarrowRecords, measure: str, currency: str, span: Span, value: Decimal) -> None:
    book, timeline = books.figures[None, measure, ""], books.timeline
    if MEASURES[measure].join is Join.LAST:
        book.last[timeline.piece(span.end)] = Cell(Fraction(value), span.end, span.end, 1, currency)
    elif span.days == 1 and span.start in timeline.whole:
        _add(book.daily[timeline.piece(span.start)], Cell(Fraction(value), span.start, span.end, 1, currency))
    elif span.days > 1 and span.start in timeline.whole:
        book.long.append(LongFigure(span, Fraction(value), currency))


def _add(cells: list[Cell], new: Cell) -> None:
    for cell in cells:
        if cell.currency == new.currency:
            cell.value += new.value
            cell.last, cell.days = new.last, cell.days + 1
            return
    cells.append(new)


def _read_budget(found: Books, campaigns: dict[int, Campaign]) -> None:
    """A budget line is for the days of all the campaigns that draw on it, so that no money is planned twice."""
    draws: dict[int, list[tuple[int, int, Decimal]]] = defaultdict(list)
    through: Any = Campaign.budget_lines.through
    lines = through.objects.filter(campaign__in=campaigns).values("budgetline")
    rows = through.objects.filter(budgetline__in=lines).values_list(
        "budgetline", "campaign", "campaign__start", "campaign__end", "budgetline__planned"
    )
    for line, campaign, start, end, planned in rows:
        draws[line].append((campaign, _days(start, end), planned))
    for drawing in draws.values():
        whole = sum(days for _campaign, days, _planned in drawing)
        for pk, days, planned in drawing:
            if pk in campaigns:
                books = found["post__campaign", pk]
                books.drawn_on = (books.drawn_on or Fraction(0)) + Fraction(planned) * Fraction(days, whole)


def _days(start: date, end: date) -> int:
    return Span(start, end).days
