"""Plan against actual: posts planned and published week by week, money month by month, and the watched figures as they stand."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models.functions import TruncMonth
from django.urls import reverse

from brands.models import Channel
from calendar_app.adherence import Week, kept_and_planned, planned_per_week, published_per_week
from metrics.alert_words import bounds_of
from metrics.kpi import KPIS, MEASURES, Unit
from metrics.models import LedgerEntry
from metrics.periods import Span, last_days, months
from metrics.readings import Reading, in_unit, label_of, metric_is_money, plain
from metrics.totals import Scope, Totals, totals_of
from metrics.totals.exact import ExactSum
from metrics.totals.money import share
from strategies.joined import joined
from strategies.models import BudgetLine, Strategy, WatchItem
from strategies.watch_list import by_channel
from strategies.weeks import monday

WEEKS_SHOWN = 8
WATCHED_DAYS = 28
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Cell:
    published: int
    planned: str
    is_kept: bool
    is_planned: bool
    url: str = ""


@dataclass(frozen=True)
class Watched:
    item: WatchItem
    label: str
    now: str
    before: str
    bounds: str


@dataclass(frozen=True)
class MonthOfMoney:
    """What a month planned and what was spent in it; `spent` is None as long as nobody wrote anything down."""

    month: date
    planned: Decimal
    spent: Decimal | None
    is_over: bool

    @property
    def percent(self) -> Decimal | None:
        return self.spent * 100 / self.planned if self.planned and self.spent is not None else None


@dataclass(frozen=True)
class PlanActual:
    weeks: list[date]
    rows: list[tuple[Channel, list[Cell]]]
    whole: list[Cell]
    adherence: str
    watched: list[Watched]
    older: date | None = None
    newer: date | None = None
    months: list[MonthOfMoney] = field(default_factory=list)


def plan_actual(strategy: Strategy, *, money: bool, week: date | None = None) -> PlanActual:
    """Eight weeks up to `week` (None: up to today, or to the strategy's end), channel by channel."""
    brand = strategy.brand
    last = max(strategy.start, min(brand.today(), strategy.end))
    channels = list(strategy.channels.select_related("platform"))
    weeks = shown_weeks(strategy.start, last, week) if channels and brand.today() >= strategy.start else []
    newest = monday(last)
    planned, published = _counts(strategy, channels, weeks, last)
    kept, whole = kept_and_planned(planned, published)
    # All of the brand: a figure that is watched on one channel counts what every strategy plans for it.
    lines = joined(BudgetLine.objects.filter(strategy__brand=brand).select_related("strategy"), "months")
    return PlanActual(
        weeks,
        [(channel, [_cell(strategy, planned, published, [channel], week) for week in weeks]) for channel in channels],
        [_cell(strategy, planned, published, channels, week) for week in weeks],
        in_unit(kept / whole * 100, Unit.PERCENT) if whole else "—",
        _watched(strategy, lines, last, money=money),
        older=weeks[0] - WEEK if weeks and weeks[0] > monday(strategy.start) else None,
        newer=min(newest, weeks[-1] + WEEKS_SHOWN * WEEK) if weeks and weeks[-1] < newest else None,
        months=_months(strategy, lines, last) if money else [],
    )


def shown_weeks(start: date, last: date, asked: date | None) -> list[date]:
    """The Mondays of the weeks to show, oldest first: eight of those from `start` to `last` that end with the asked one."""
    newest = min(max(monday(asked or last), monday(start)), monday(last))
    several = [newest - place * WEEK for place in reversed(range(WEEKS_SHOWN))]
    return [week for week in several if week >= monday(start)]


def _counts(strategy: Strategy, channels: list[Channel], weeks: list[date], last: date) -> tuple[dict, dict]:
    """Planned and published of the shown weeks alone: older ones are not read."""
    if not weeks:
        return {}, {}
    first, until = max(strategy.start, weeks[0]), min(last, weeks[-1] + WEEK - timedelta(days=1))
    pks = [channel.pk for channel in channels]
    return planned_per_week(strategy.brand, first, until, pks), published_per_week(strategy.brand, first, until, pks)


def _cell(
    strategy: Strategy, planned: dict[Week, Fraction], published: dict[Week, int], channels: list[Channel], week: date
) -> Cell:
    """What some channels together planned and published in a week; kept only where each of them kept its own."""
    keys = [(channel.pk, week) for channel in channels]
    plans = [planned[key] for key in keys if key in planned]
    shown = plain(round(Decimal(float(sum(plans))), 1)) if plans else "—"
    is_kept = all(published.get(key, 0) >= planned.get(key, 0) for key in keys)
    url = reverse("calendar:list", args=[strategy.brand.slug]) + f"?week={week}"
    if len(channels) == 1:
        url += f"&channel={channels[0].pk}"
    return Cell(sum(published.get(key, 0) for key in keys), shown, is_kept, bool(plans), url)


def _months(strategy: Strategy, lines: list[BudgetLine], last: date) -> list[MonthOfMoney]:
    """Plan and spending of each month that has begun. Amounts in another currency than the brand's are left out."""
    spent = dict(
        LedgerEntry.objects.filter(
            brand=strategy.brand, strategy=strategy, kind=LedgerEntry.Kind.INVESTMENT, currency=strategy.brand.currency,
            date__range=(strategy.start, last),
        ).annotate(month=TruncMonth("date")).order_by().values_list("month").annotate(amount=ExactSum("amount", 2))
    )  # fmt: skip
    lines = [line for line in lines if line.strategy_id == strategy.pk]
    if not lines and not spent:
        return []
    return [_month(lines, spent, span, last) for span in months(strategy.start, last)]


def _month(lines: list[BudgetLine], spent: dict[date, Decimal], span: Span, last: date) -> MonthOfMoney:
    planned = sum((share(line, span) for line in lines), Fraction(0))
    # A month without an entry is 0 once anything was written down at all; before that nobody knows.
    amount = spent.get(span.start, Decimal(0)) if spent else None
    rounded = round(Decimal(planned.numerator) / planned.denominator, 2)
    return MonthOfMoney(span.start, rounded, amount, span.end <= last)


def _watched(strategy: Strategy, lines: list[BudgetLine], last: date, *, money: bool) -> list[Watched]:
    found = strategy.watch_items.select_related("channel__platform", "owner")
    items = [item for item in found if money or not metric_is_money(item.metric)]
    if not items:
        return []
    items = [item for _channel, several in by_channel(items) for item in several]
    scopes = {item.pk: Scope(channels=(item.channel,)) if item.channel else Scope(strategy=strategy) for item in items}
    span = last_days(WATCHED_DAYS, last)
    span = Span(max(strategy.start, span.start), max(strategy.start, span.end))
    totals = totals_of(strategy.brand, [span], set(scopes.values()), lines=lines)
    return [_watched_row(item, totals[scopes[item.pk], span]) for item in items]


def _watched_row(item: WatchItem, found: Totals) -> Watched:
    now, before = _figure(item.metric, found), _figure(item.metric, found.previous)
    return Watched(item, label_of(item.metric), now, before, bounds_of(item, found.currency))


def _figure(metric: str, found: Totals) -> str:
    if metric in KPIS:
        return Reading(KPIS[metric], found).whole
    return in_unit(found.value(metric), MEASURES[metric].unit, found.currency) if metric in MEASURES else "—"
