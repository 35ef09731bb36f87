"""The figures of a document: goals, watched figures and channels, read together for the queries of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from metrics.kpi import KPIS, MEASURES
from metrics.periods import Span, last_days
from metrics.progress import GoalState, answered, questions, shown_targets
from metrics.readings import Reading, in_unit, label_of, metric_is_money, plain, unit_of
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Strategy, StrategyChannel, WatchItem

WATCHED_DAYS = 28


@dataclass(frozen=True)
class Watched:
    """A watched figure of the last four weeks beside its bounds. `is_outside` is None where there is no figure."""

    item: WatchItem
    label: str
    now: str
    at_least: str
    at_most: str
    is_outside: bool | None
    query: str  # what its working is asked by


@dataclass(frozen=True)
class Kept:
    """A channel's plan against what was published, from the strategy's first day to today."""

    row: StrategyChannel
    planned: str
    published: str
    adherence: str
    share: Fraction | None  # of the plan that was kept, per cent
    query: str

    @property
    def percent(self) -> float | None:
        return None if self.share is None else float(self.share)

    @property
    def tone(self) -> str:
        """As a goal's pace is judged: kept from nine in ten, endangered from seven."""
        return "mut" if self.share is None else "good" if self.share >= 90 else "warn" if self.share >= 70 else "bad"


@dataclass(frozen=True)
class Figures:
    goals: list[GoalState]
    watched: list[Watched]
    kept: list[Kept]
    whole: Totals

    def shown(self, metric: str) -> str:
        """A figure of the whole strategy to date, with its unit; "—" where there is none."""
        return _shown(metric, self.whole)

    def value(self, measure: str) -> Fraction | None:
        return self.whole.value(measure)


def read(strategy: Strategy, *, money: bool) -> Figures:
    """The strategy must be loaded whole."""
    today = strategy.brand.today()
    shown = shown_targets(strategy, strategy.goals.all(), money=money)
    asked = questions(strategy, [target for targets in shown.values() for target in targets], today)
    items = [item for item in strategy.watch_items.all() if money or not metric_is_money(item.metric)]
    own, to_date, lately = Scope(strategy=strategy), *_spans(strategy, today)
    scopes = {own, *(scope for scope, _ in asked.values()), *(_scope(item, own) for item in items)}
    spans = {to_date, lately, *(span for _, span in asked.values())}
    found = totals_of(strategy.brand, spans, scopes)
    return Figures(
        answered(strategy, shown, asked, found, today),
        [_watched(item, found, _scope(item, own), lately) for item in items],
        [_kept(row, found[own, to_date].channel(row.channel), own, to_date) for row in strategy.strategy_channels.all()],
        found[own, to_date],
    )


def _spans(strategy: Strategy, today: date) -> tuple[Span, Span]:
    """From the first day to today (or the end), and the last four weeks of that."""
    last = max(strategy.start, min(today, strategy.end))
    lately = last_days(WATCHED_DAYS, last)
    return Span(strategy.start, last), Span(max(strategy.start, lately.start), last)


def _scope(item: WatchItem, own: Scope) -> Scope:
    return Scope(channels=(item.channel,)) if item.channel else own


def _watched(item: WatchItem, totals: Mapping[tuple[Scope, Span], Totals], scope: Scope, span: Span) -> Watched:
    found = totals[scope, span]
    now = _exact(item.metric, found)
    bounds = [None if bound is None else Fraction(bound) for bound in (item.at_least, item.at_most)]
    low, high = bounds
    outside = None if now is None else (low is not None and now < low) or (high is not None and now > high)
    at_least, at_most = (_in_unit(item.metric, bound, found.currency) if bound is not None else "" for bound in bounds)
    now_shown, query = _shown(item.metric, found), scope.query(span)
    return Watched(item, label_of(item.metric), now_shown, at_least, at_most, outside, query)


def _kept(row: StrategyChannel, found: Totals, own: Scope, span: Span) -> Kept:
    share = found.result("schedule_adherence").exact
    planned, published = (
        plain(None if value is None else round(value, 1)) for value in map(found.value, ("posts_planned", "posts_published"))
    )
    query = replace(own, channels=(row.channel,)).query(span)
    return Kept(row, planned, published, _shown("schedule_adherence", found), share, query)


def _exact(metric: str, found: Totals) -> Fraction | None:
    if metric in KPIS:
        return found.result(metric).exact
    return found.value(metric) if metric in MEASURES else None


def _shown(metric: str, found: Totals) -> str:
    return Reading(KPIS[metric], found).whole if metric in KPIS else _in_unit(metric, _exact(metric, found), found.currency)


def _in_unit(metric: str, value: Fraction | None, currency: str) -> str:
    return in_unit(value, unit_of(metric), currency)
