"""How far the targets of a strategy have come, and whether that is far enough for the day.

Each window asks another question: a total grows from zero over the whole period, a monthly target begins anew with the
month, a latest value moves away from its baseline, a figure per post divides by the posts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from metrics.kpi import KPIS, MEASURES, Direction, Join, Pace, expected_progress, is_met, pace_on
from metrics.kpi.progress import progress
from metrics.kpi.results import Result
from metrics.periods import Span, last_days, month_of
from metrics.readings import bare, in_unit, label_of, metric_is_money, unit_of
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Goal, Strategy, Target

Window = Target.Window
TONES = {Pace.ACHIEVED: "good", Pace.ON_TRACK: "good", Pace.AT_RISK: "warn", Pace.BEHIND: "bad", Pace.MISSED: "bad"}
LATEST_DAYS = 28


@dataclass(frozen=True)
class TargetState:
    """One target on one day."""

    target: Target
    current: Fraction | None
    clock: Span
    today: date
    currency: str
    query: str = ""  # the question whose answer `current` is, for the working

    @property
    def metric(self) -> str:
        return self.target.metric

    @property
    def label(self) -> str:
        return label_of(self.metric)

    @property
    def is_kpi(self) -> bool:
        return self.metric in KPIS

    @property
    def direction(self) -> Direction:
        kpi = KPIS.get(self.metric)
        return kpi.direction if kpi else Direction.UP

    @property
    def baseline(self) -> Fraction | None:
        """Where the way begins. What accumulates begins at zero, whatever an earlier period came to."""
        if self.target.baseline is None or accumulates(self.target):
            return None
        return Fraction(self.target.baseline)

    @cached_property
    def _aim(self) -> dict:
        kpi = KPIS.get(self.metric)
        return {"baseline": self.baseline, "direction": self.direction, "zone": kpi.target_zone if kpi else None}

    @property
    def goal_value(self) -> Fraction | None:
        return None if self.target.value is None else Fraction(self.target.value)

    @cached_property
    def made(self) -> Result:
        return progress(self.current, self.goal_value, **self._aim)

    @property
    def percent(self) -> Decimal | None:
        return None if self.made.exact is None else round(Decimal(float(self.made.exact)), 1)

    @property
    def expected(self) -> Decimal | None:
        """Where it should stand today; None before the start."""
        elapsed = (self.today - self.clock.start).days
        if elapsed < 0:
            return None
        share = expected_progress(elapsed, (self.clock.end - self.clock.start).days).exact
        return None if share is None else round(Decimal(float(share)), 1)

    @cached_property
    def pace(self) -> Pace:
        met = is_met(self.current, self.goal_value, **self._aim)
        return pace_on(self.today, self.made, self.clock.start, self.clock.end, met=met)

    @property
    def status(self) -> str:
        return "not_reached" if self.pace is Pace.MISSED else self.pace.value

    @property
    def tone(self) -> str:
        return TONES.get(self.pace, "mut")

    @property
    def is_late(self) -> bool:
        return self.pace in (Pace.BEHIND, Pace.MISSED)

    @property
    def current_shown(self) -> str:
        return in_unit(self.current, unit_of(self.metric), self.currency)

    @property
    def current_bare(self) -> str:
        """Without the unit, where the figure beside it has it."""
        return bare(self.current, unit_of(self.metric))

    @property
    def baseline_bare(self) -> str:
        return bare(self.baseline, unit_of(self.metric))

    @property
    def baseline_shown(self) -> str:
        return in_unit(self.baseline, unit_of(self.metric), self.currency) if self.baseline is not None else ""

    @property
    def target_shown(self) -> str:
        return in_unit(self.goal_value, unit_of(self.metric), self.currency)


@dataclass(frozen=True)
class GoalState:
    """A goal with the states of its targets; it is judged by its primary ones, the worst first."""

    goal: Goal
    states: list[TargetState]

    @property
    def primary(self) -> list[TargetState]:
        return [state for state in self.states if state.target.role == Target.Role.PRIMARY]

    @property
    def guards(self) -> list[TargetState]:
        return [state for state in self.states if state.target.role == Target.Role.GUARD]

    @property
    def leading(self) -> TargetState | None:
        """The primary target that the goal shows: the one that needs attention most."""
        return min(self.primary, key=lambda state: SEVERITY.index(state.pace), default=None)

    @property
    def status(self) -> str:
        return self.leading.status if self.leading else Pace.NO_DATA.value


SEVERITY = [Pace.MISSED, Pace.BEHIND, Pace.AT_RISK, Pace.NO_DATA, Pace.NOT_STARTED, Pace.ON_TRACK, Pace.ACHIEVED]


def goal_states(strategy: Strategy, *, money: bool = True) -> list[GoalState]:
    """The goals of a strategy with their targets as of today; without money where the reader may not see it."""
    shown = shown_targets(strategy, strategy.goals.prefetch_related("targets__channels__platform"), money=money)
    today = strategy.brand.today()
    asked = questions(strategy, [target for targets in shown.values() for target in targets], today)
    spans, scopes = {span for _, span in asked.values()}, {scope for scope, _ in asked.values()}
    return answered(strategy, shown, asked, totals_of(strategy.brand, spans, scopes) if asked else {}, today)


def shown_targets(strategy: Strategy, goals: Iterable[Goal], *, money: bool) -> dict[Goal, list[Target]]:
    """The goals with those of their targets that the reader may see; a goal of which nothing would be left is not there."""
    shown: dict[Goal, list[Target]] = {}
    for goal in goals:
        goal.strategy = strategy
        targets = [target for target in goal.targets.all() if money or not metric_is_money(target.metric)]
        for target in targets:
            target.goal = goal
        if targets or not goal.targets.all():
            shown[goal] = targets
    return shown


def questions(
    strategy: Strategy, targets: Iterable[Target], today: date, *, has_channels: bool | None = None
) -> dict[int, tuple[Scope, Span]]:
    """Whose figures of which days tell where each target stands, by the target's key.

    Who knows already whether the strategy uses any channel says so, and spares the question.
    """
    targets = list(targets)
    if not targets:
        return {}
    # A strategy owns the figures of its channels; before it has any, the whole brand's are looked at.
    owns_some = strategy.strategy_channels.exists() if has_channels is None else has_channels
    everything = Scope(strategy=strategy) if owns_some else Scope()
    return {target.pk: (_scope(target) or everything, looked_at(target, strategy, today)) for target in targets}


def answered(
    strategy: Strategy,
    shown: Mapping[Goal, list[Target]],
    asked: Mapping[int, tuple[Scope, Span]],
    found: Mapping[tuple[Scope, Span], Totals],
    today: date,
) -> list[GoalState]:
    """The states of the goals, out of figures that were read for all of them together."""
    return [
        GoalState(goal, [_state(target, found[asked[target.pk]], asked[target.pk], strategy, today) for target in targets])
        for goal, targets in shown.items()
    ]


def accumulates(target: Target) -> bool:
    """Whether the figure grows from zero with every day of its window."""
    measure = MEASURES.get(target.metric)
    return target.window in (Window.TOTAL, Window.MONTHLY) and measure is not None and measure.join is Join.UP


def clock(target: Target, strategy: Strategy, today: date) -> Span:
    """The days in which the target is to be reached."""
    whole = Span(strategy.start, max(strategy.start, target.last_day()))
    if target.window != Window.MONTHLY:
        return whole
    month = month_of(min(max(today, whole.start), whole.end))
    return month.within(whole) or whole


def looked_at(target: Target, strategy: Strategy, today: date) -> Span:
    """The days whose figures tell where the target stands."""
    days = clock(target, strategy, today)
    if target.window == Window.LATEST and not _is_stock(target.metric):
        # A rate "of today" is that of the last four weeks; a single day says little.
        return last_days(LATEST_DAYS, min(today, days.end))
    return Span(days.start, max(days.start, min(today, days.end)))


def _is_stock(metric: str) -> bool:
    return metric in MEASURES and MEASURES[metric].join is Join.LAST


def _state(target: Target, found: Totals, asked: tuple[Scope, Span], strategy: Strategy, today: date) -> TargetState:
    scope, span = asked
    current, days = _figure(target, found), clock(target, strategy, today)
    return TargetState(target, current, days, today, strategy.brand.currency, scope.query(span))


def _scope(target: Target) -> Scope | None:
    channels = tuple(target.channels.all())
    return Scope(channels=channels) if channels else None


def _figure(target: Target, found: Totals) -> Fraction | None:
    if target.metric in KPIS:
        return found.result(target.metric).exact
    if target.metric not in MEASURES:
        return None
    value = found.value(target.metric)
    if target.window != Window.PER_POST or value is None:
        return value
    posts = found.value("posts_published")
    return value / posts if posts else None
