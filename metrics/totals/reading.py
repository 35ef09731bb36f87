"""What totals are worked out from, asked in two queries: the figures, and everything else as rows of JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)  # fmt: skip
from django.db.models.functions import Cast, JSONObject, RowNumber, TruncDate

from brands.models import Brand, Channel, Platform
from calendar_app import moments
from metrics.kpi.measures import MEASURES, Join
from metrics.models import LedgerEntry, Observation
from metrics.models.observations import has_newer_snapshot
from metrics.periods import Timeline
from metrics.totals.exact import ExactSum, exact
from metrics.totals.origins import grown_from
from metrics.totals.pieces import Parts, Piece, rows_of
from strategies.models import BudgetLine, BudgetMonth, PlannedWeek, Strategy, StrategyChannel
from strategies.models.plans import SLOT_COLUMNS, slot_plans_of
from strategies.plans import SlotPlan
from strategies.whole import as_json, in_order, remember, row_of

STOCKS = tuple(name for name, measure in MEASURES.items() if measure.join is Join.LAST and measure.recorded)
GROWN_FROM = sorted(grown_from())
BEFORE_THE_FIRST = 0


class Ledger(IntEnum):
    """Which of the books a row belongs into."""

    DAYS = 1
    LAST = 2
    LONG = 3
    POSTS = 4


class Row(NamedTuple):
    """What one row says. `days` counts the days (posts) in the sum; of a longer figure it says whether it stands apart."""

    ledger: int
    channel: int | None
    measure: str
    subject: str
    currency: str
    piece: int
    value: Decimal
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Money:
    """Ledger entries of one kind in one piece of time."""

    kind: str
    is_ad: bool
    currency: str
    channel_id: int | None
    strategy_id: int | None
    campaign_id: int | None
    piece: int
    value: Fraction


# --- the figures


def figures(brand: Brand, timeline: Timeline, parts: Parts | None = None) -> Iterator[Row]:
    """All the books, or those that are asked for."""
    parts = parts or _figures
    for ledger, channel, measure, subject, currency, piece, value, first, last, days in rows_of(parts, brand, timeline):
        if isinstance(first, str):
            first, last = date.fromisoformat(first), date.fromisoformat(last)
        yield Row(ledger, channel, measure, subject, currency, piece, _decimal(value), first, last, days)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    return exact(value, 6) if isinstance(value, str) else _stored()(value)


@cache
def _stored() -> Any:
    """How a figure that SQLite keeps as a binary fraction is read."""
    column = Observation._meta.get_field("value").cached_col
    convert = connection.ops.get_decimalfield_converter(column)
    return lambda value: convert(value, column, connection)


def _figures(brand: Brand, timeline: Timeline) -> Sequence[QuerySet]:
    return [*days_alone(brand, timeline), *beside_days(brand, timeline)]


def beside_days(brand: Brand, timeline: Timeline) -> Sequence[QuerySet]:
    return [*_stocks(brand, timeline), _long(brand, timeline), _posts(brand, timeline)]


def _observed(brand: Brand) -> QuerySet:
    return Observation.objects.filter(brand=brand, publication=None, campaign=None).order_by()


def _in_time(timeline: Timeline) -> Q:
    return Q(start__gte=timeline.whole.start, start__lte=timeline.whole.end)


def _summed(rows: QuerySet, ledger: Ledger, timeline: Timeline, channel: str, subject: str) -> QuerySet:
    """The sums of each measure by piece of time. `channel` and `subject` are the columns to tell them apart by."""
    rows = rows.annotate(book=_number(ledger), piece=Piece("start", timeline))
    sums = {"total": ExactSum("value"), "first": Min("start"), "final": Max("start"), "days": Count("*")}
    return rows.values_list("book", channel, "measure", subject, "currency", "piece").annotate(**sums)


def _number(number: int) -> Value:
    return Value(int(number), output_field=IntegerField())


def days_alone(brand: Brand, timeline: Timeline) -> Sequence[QuerySet]:
    # No figure ends before it starts. Told that they are the same day, PostgreSQL expects hardly any row, and sorts them all.
    rows, whole = _observed(brand).filter(end__lte=F("start")), timeline.whole
    told = [Q(start__gte=timeline.opens, start__lte=whole.end)]
    if timeline.opens > whole.start:
        told.append(Q(start__gte=whole.start, start__lt=timeline.opens, measure__in=GROWN_FROM))
    return [_summed(rows.filter(each), Ledger.DAYS, timeline, "channel_id", "subject") for each in told]


def _stocks(brand: Brand, timeline: Timeline) -> Iterator[QuerySet]:
    """The last figure of each stock in each piece of time, and before the first that counts: nothing grows from a stock."""
    opens, last = timeline.opens, timeline.whole.end
    columns = ("book", "channel_id", "measure", "subject", "currency", "piece", "value", "start", "end", "days")
    said = {"book": _number(Ledger.LAST), "days": _number(1)}
    latest = Window(
        RowNumber(),
        partition_by=["channel", "measure", "subject", "piece"],
        order_by=[F("end").desc(), F("start").desc()],
    )
    stocks = _observed(brand).filter(measure__in=STOCKS, end__lte=last)
    # Of channels, whose history is long, only the days asked about and what they open with; the brand's own are few.
    for rows in (stocks.filter(channel__brand=brand, end__gte=opens), stocks.filter(channel=None)):
        yield rows.annotate(piece=Piece("end", timeline), rank=latest, **said).filter(rank=1).values_list(*columns)
    before = Observation.objects.filter(pk__in=_last_before(brand, opens)).order_by()
    yield before.annotate(piece=_number(BEFORE_THE_FIRST), **said).values_list(*columns)


def _last_before(brand: Brand, day: date) -> QuerySet:
    """Each channel's last figure of each stock before the day: looked up one by one, however long the history."""
    own = _observed(brand).filter(channel=OuterRef("pk"), end__lt=day).order_by("-end", "-start").values("pk")
    channels = Channel.objects.filter(brand=brand).order_by()
    first, *others = [channels.values_list(Subquery(own.filter(measure=measure)[:1])) for measure in STOCKS]
    return first.union(*others, all=True)


def _long(brand: Brand, timeline: Timeline) -> QuerySet:
    # Also those that only reach into the time: whether a channel was silent must not depend on what else is asked.
    whole = timeline.whole
    # The brand's own days may lie on both sides of a longer figure, which they do not repeat: mentions are counted so.
    own_days = _observed(brand).filter(
        channel=None, measure=OuterRef("measure"), subject=OuterRef("subject"), end=F("start"),
        start__gte=OuterRef("start"), start__lte=OuterRef("end"),
    )  # fmt: skip
    apart = Case(When(Q(channel=None) & ~Exists(own_days), then=_number(1)), default=_number(0))
    rows = _observed(brand).filter(end__gt=F("start"), end__gte=whole.start, start__lte=whole.end)
    return rows.annotate(book=_number(Ledger.LONG), piece=_number(BEFORE_THE_FIRST), apart=apart).values_list(
        "book", "channel_id", "measure", "subject", "currency", "piece", "value", "start", "end", "apart"
    )


def _posts(brand: Brand, timeline: Timeline) -> QuerySet:
    """The newest snapshot of each post, by the day that the post went out."""
    rows = Observation.objects.filter(_in_time(timeline), ~has_newer_snapshot(), brand=brand, publication__isnull=False)
    rows = rows.order_by().annotate(of_nobody=Value("", output_field=CharField()))
    return _summed(rows, Ledger.POSTS, timeline, "publication__channel_id", "of_nobody")


# --- everything else


class Others(NamedTuple):
    """What lies beside the figures, by what it is of."""

    channels: dict[int, Channel]
    money: list[Money]
    published: list[tuple[int, date, int]]
    budget: list[BudgetLine] | None
    plan: list[StrategyChannel]
    slot_plans: list[SlotPlan]


def others(brand: Brand, timeline: Timeline, *, with_budget: bool) -> Others:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in rows_of(_with_budget if with_budget else _without_budget, brand, timeline):
        found[name].append(json.loads(row) if isinstance(row, str) else row)
    channels = _channels(brand, found["channels"], found["platforms"])
    strategies = {values["id"]: row_of(Strategy, values) for values in found["strategies"]}
    for strategy in strategies.values():
        strategy.brand = brand
    published = [(row["channel"], date.fromisoformat(row["day"]), row["number"]) for row in found["published"]]
    return Others(
        channels,
        [_entry(values) for values in found["money"]],
        published,
        _lines(found, strategies) if with_budget else None,
        _plan(found, strategies, channels),
        _slot_plans(found["slots"]),
    )


def _without_budget(brand: Brand, timeline: Timeline) -> Sequence[QuerySet]:
    mine = {"strategy__brand": brand}
    place = Window(RowNumber(), order_by=[F("platform__position"), F("handle")])
    return [
        _rows("channels", Channel.objects.filter(brand=brand).annotate(place=place), as_json(Channel, place=F("place"))),
        _rows("platforms", Platform.objects.all(), as_json(Platform)),
        _rows("strategies", Strategy.objects.filter(brand=brand), as_json(Strategy)),
        _rows("plan", StrategyChannel.objects.filter(**mine), as_json(StrategyChannel)),
        _rows("weeks", PlannedWeek.objects.filter(strategy_channel__strategy__brand=brand), as_json(PlannedWeek)),
        _slots(brand, timeline),
        _money(brand, timeline),
        _published(brand, timeline),
    ]


def _with_budget(brand: Brand, timeline: Timeline) -> Sequence[QuerySet]:
    return [
        *_without_budget(brand, timeline),
        _rows("lines", BudgetLine.objects.filter(strategy__brand=brand), as_json(BudgetLine)),
        _rows("months", BudgetMonth.objects.filter(line__strategy__brand=brand), as_json(BudgetMonth)),
    ]


def _rows(name: str, rows: QuerySet, row: JSONObject) -> QuerySet:
    return rows.order_by().annotate(name_of_rows=Value(name), one_row=row).values_list("name_of_rows", "one_row")


def _slots(brand: Brand, timeline: Timeline) -> QuerySet:
    plans = brand.editorial_plans.with_slots_between(timeline.whole.start, timeline.whole.end)
    return _rows("slots", plans, JSONObject(**{column: F(column) for column in SLOT_COLUMNS}))


def _money(brand: Brand, timeline: Timeline) -> QuerySet:
    columns = ("kind", "is_ad", "currency", "channel_id", "strategy_id", "campaign_id", "piece")
    rows = LedgerEntry.objects.filter(brand=brand, date__lte=timeline.whole.end).order_by()
    sums = rows.annotate(piece=Piece("date", timeline)).values(*columns).annotate(total=ExactSum("amount", places=2))
    # An amount goes as text: as a number of JSON it would lose its last digits.
    return _rows("money", sums, JSONObject(**{column: F(column) for column in columns}, total=Cast("total", CharField())))


def _published(brand: Brand, timeline: Timeline) -> QuerySet:
    start, end = moments.span(timeline.whole.start, timeline.whole.end, brand.zone)
    rows = brand.publications.published_between(start, end).order_by()
    days = rows.annotate(day=TruncDate("published_at", tzinfo=brand.zone)).values("channel_id", "day")
    counted = days.annotate(number=Count("pk"))
    return _rows("published", counted, JSONObject(channel=F("channel_id"), day=F("day"), number=F("number")))


# --- out of JSON


def _entry(values: dict[str, Any]) -> Money:
    amount = Fraction(exact(values.pop("total"), 2))
    return Money(**values | {"is_ad": bool(values["is_ad"])}, value=amount)


def _channels(brand: Brand, rows: list[dict[str, Any]], platforms: list[dict[str, Any]]) -> dict[int, Channel]:
    by_key = {values["id"]: row_of(Platform, values) for values in platforms}
    found: dict[int, Channel] = {}
    for values in sorted(rows, key=lambda values: values["place"]):
        channel = found[values["id"]] = row_of(Channel, values)
        channel.brand, channel.platform = brand, by_key[channel.platform_id]
    return found


def _lines(found: dict[str, list[dict[str, Any]]], strategies: dict[int, Strategy]) -> list[BudgetLine]:
    months: dict[int, list[BudgetMonth]] = defaultdict(list)
    lines = [row_of(BudgetLine, values) for values in found["lines"]]
    for month in (row_of(BudgetMonth, values) for values in found["months"]):
        months[month.line_id].append(month)
    for line in lines:
        line.strategy = strategies[line.strategy_id]
        remember(line, "months", in_order(months[line.pk]))
    return in_order(lines)


def _plan(
    found: dict[str, list[dict[str, Any]]], strategies: dict[int, Strategy], channels: dict[int, Channel]
) -> list[StrategyChannel]:
    weeks: dict[int, list[PlannedWeek]] = defaultdict(list)
    rows = [row_of(StrategyChannel, values) for values in found["plan"]]
    for week in (row_of(PlannedWeek, values) for values in found["weeks"]):
        weeks[week.strategy_channel_id].append(week)
    for row in rows:
        row.strategy = strategies[row.strategy_id]
        if row.channel_id in channels:
            row.channel = channels[row.channel_id]
        remember(row, "planned_weeks", in_order(weeks[row.pk]))
    return in_order(rows)


def _slot_plans(rows: list[dict[str, Any]]) -> list[SlotPlan]:
    """JSON knows no days, and what stands in JSON within JSON is text in one database."""
    return slot_plans_of(_slot_row(values) for values in rows)


def _slot_row(values: dict[str, Any]) -> tuple[Any, ...]:
    days = {name: values[name] and date.fromisoformat(values[name]) for name in ("start", "end", "counts_from")}
    kept = values["kept_days"]
    values |= days | {"is_active": bool(values["is_active"]), "kept_days": json.loads(kept) if isinstance(kept, str) else kept}
    return tuple(values[column] for column in SLOT_COLUMNS)
