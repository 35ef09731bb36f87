"""Plan against actual: posts planned and published week by week, and the watched figures as they stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brands.models import Channel
from calendar_app.adherence import kept_and_planned, planned_per_week, published_per_week
from metrics.kpi import KPIS, MEASURES, Unit
from metrics.periods import Span, last_days
from metrics.readings import Reading, in_unit, label_of, metric_is_money, plain
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Strategy, WatchItem

WEEKS_SHOWN = 8
WATCHED_DAYS = 28


@dataclass(frozen=True)
class Cell:
    published: int
    planned: str
    is_kept: bool
    is_planned: bool


@dataclass(frozen=True)
class Watched:
    item: WatchItem
    label: str
    now: str
    before: str


@dataclass(frozen=True)
class PlanActual:
    weeks: list[date]
    rows: list[tuple[Channel, list[Cell]]]
    adherence: str
    watched: list[Watched]


def plan_actual(strategy: Strategy, *, money: bool) -> PlanActual:
    """The last weeks up to today (or to the strategy's end), channel by channel."""
    brand = strategy.brand
    last = max(strategy.start, min(brand.today(), strategy.end))
    channels = list(strategy.channels.select_related("platform"))
    pks = [channel.pk for channel in channels]
    planned = planned_per_week(brand, strategy.start, last, pks)
    published = published_per_week(brand, strategy.start, last, pks)
    weeks = sorted({week for _, week in planned} | {week for _, week in published})[-WEEKS_SHOWN:]
    rows = [(c, [_cell(planned.get((c.pk, w)), published.get((c.pk, w), 0)) for w in weeks]) for c in channels]
    kept, whole = kept_and_planned(planned, published)
    adherence = in_unit(kept / whole * 100, Unit.PERCENT) if whole else "—"
    return PlanActual(weeks, rows, adherence, _watched(strategy, last, money=money))


def _cell(plan, published: int) -> Cell:
    shown = "—" if plan is None else plain(round(Decimal(plan.numerator) / plan.denominator, 1))
    return Cell(published, shown, plan is None or published >= plan, plan is not None)


def _watched(strategy: Strategy, last: date, *, money: bool) -> list[Watched]:
    items = [
        item
        for item in strategy.watch_items.select_related("channel__platform", "owner")
        if money or not metric_is_money(item.metric)
    ]
    if not items:
        return []
    scopes = {item.pk: Scope(channels=(item.channel,)) if item.channel else Scope(strategy=strategy) for item in items}
    span = last_days(WATCHED_DAYS, last)
    span = Span(max(strategy.start, span.start), max(strategy.start, span.end))
    found = totals_of(strategy.brand, [span], set(scopes.values()))
    return [_watched_row(item, found[scopes[item.pk], span]) for item in items]


def _watched_row(item: WatchItem, found: Totals) -> Watched:
    return Watched(item, label_of(item.metric), _figure(item.metric, found), _figure(item.metric, found.previous))


def _figure(metric: str, found: Totals) -> str:
    if metric in KPIS:
        return Reading(KPIS[metric], found).whole
    return in_unit(found.value(metric), MEASURES[metric].unit, found.currency) if metric in MEASURES else "—"
