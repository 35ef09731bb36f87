"""What came back for the money: ROI beside return on spend, where money came from and went, what it does not show."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from brands.models import Brand
from brands.templatetags.ui import money as money_text
from metrics import ledger
from metrics.drawings import NARROW, WIDE, Scale, Step, Waterfall, log_widths, scale, waterfall
from metrics.forms.period import Asked
from metrics.kpi import KPIS, MEASURES, Outcome, Tone, profit_begins, roi_tone
from metrics.ledger import Money, Part
from metrics.progress import GoalState, TargetState, accumulates
from metrics.readings import Reading, in_unit, label_of, unit_of
from metrics.totals import Scope, Totals, totals_of
from strategies.models import Strategy, Target

FUNNEL = ("impressions", "social_sessions", "leads", "new_customers")
SMALL = ("cpl", "cpa", "cac", "roas")


@dataclass(frozen=True)
class FunnelStep:
    name: str
    label: str
    shown: str
    width: float
    rate: str  # of the step before, empty for the first


@dataclass(frozen=True)
class OutcomeRow:
    """A result that is not money. Each row divides the whole investment, so the costs do not add up."""

    state: TargetState
    outcome: Outcome

    @property
    def label(self) -> str:
        channels = [str(channel) for channel in self.state.target.channels.all()]
        return f"{self.state.label} ({'; '.join(channels)})" if channels else self.state.label

    @property
    def before(self) -> str:
        return in_unit(self.state.baseline or Fraction(0), unit_of(self.state.metric))

    @property
    def gain(self) -> str:
        return in_unit(self.outcome.gain.exact, unit_of(self.state.metric))

    @property
    def target_gain(self) -> str:
        return in_unit(_target_gain(self.state), unit_of(self.state.metric))

    @property
    def attained(self) -> Decimal | None:
        exact = self.outcome.attainment.exact
        return None if exact is None else KPIS["goal_progress"].unit.round(exact)

    @property
    def cost(self) -> str:
        return in_unit(self.outcome.cost_per_result.exact, KPIS["cpl"].unit)


@dataclass(frozen=True)
class Return:
    found: Totals
    books: list[Money]
    came_from: list[Part]
    went_to: list[Part]
    outcomes: list[OutcomeRow]
    goal: TargetState | None

    @property
    def currency(self) -> str:
        return self.found.currency

    @property
    def main(self) -> Money:
        return self.books[0]

    @property
    def others(self) -> list[Money]:
        return self.books[1:]

    @property
    def is_empty(self) -> bool:
        return not any(book.sums for book in self.books)

    @cached_property
    def roi(self) -> Reading:
        return Reading(KPIS["roi"], self.found)

    @cached_property
    def spend(self) -> Reading:
        return Reading(KPIS["return_on_spend"], self.found)

    @property
    def small(self) -> list[Reading]:
        return [reading for name in SMALL if (reading := Reading(KPIS[name], self.found)).result.ok][:3]

    @property
    def tone(self) -> str:
        target = self.goal.goal_value if self.goal else None
        return {Tone.GOOD: "good", Tone.WATCH: "warn", Tone.BAD: "bad"}.get(roi_tone(self.roi.result.exact, target), "none")

    @property
    def profit_from(self) -> Decimal | None:
        """The return on spend at which profit begins."""
        exact = profit_begins(self.main.income, self.main.cogs).exact
        return None if exact is None else KPIS["return_on_spend"].unit.round(exact)

    @property
    def roi_scale(self) -> Scale | None:
        value = self.roi.value
        if value is None:
            return None
        target = self.goal.target.value if self.goal else None
        high = max(Decimal(100), value * Decimal("1.15"), (target or Decimal(0)) * Decimal("1.25"))
        marks = [(Decimal(0), _("0 % break-even"))]
        if target:
            marks.append((target, _("%(percent)s target") % {"percent": in_unit(target, self.roi.kpi.unit)}))
        return scale(value, min(Decimal(-25), value * Decimal("1.15")), high, marks)

    @property
    def spend_scale(self) -> Scale | None:
        value, begins = self.spend.value, self.profit_from
        if value is None:
            return None
        marks = [(Decimal(100), _("100 % spend covered"))]
        if begins and begins != 100 and begins < 100_000:
            marks.append((begins, _("%(percent)s profit begins") % {"percent": in_unit(begins, self.spend.kpi.unit)}))
        return scale(value, Decimal(0), max(value, *(mark for mark, _label in marks)) * Decimal("1.15"), marks)

    @property
    def waterfalls(self) -> list[Waterfall]:
        """The same drawing for wide and narrow screens: text in a drawing must not shrink with it."""
        main = self.main
        if main.net_profit is None:
            return []
        steps = [
            self._step(_("Revenue"), main.income, "in"),
            self._step(_("Cost of goods"), -main.cogs, "out"),
            self._step(_("Investment"), -main.investment, "out2"),
            self._step(_("Net profit"), main.net_profit, "net" if main.net_profit >= 0 else "loss", is_sum=True),
        ]
        return [waterfall(steps, width) for width in (WIDE, NARROW)]

    def _step(self, label: str, amount: Decimal, css: str, *, is_sum: bool = False) -> Step:
        return Step(label, amount, money_text(amount), css, is_sum)

    @property
    def funnel(self) -> list[FunnelStep]:
        known = [(name, value) for name in FUNNEL if (value := self.found.value(name)) is not None]
        widths = log_widths([Decimal(float(value)) for _name, value in known])
        rates = ["", *(_rate(after, before) for (_b, before), (_a, after) in pairwise(known))]
        rows = zip(known, widths, rates, strict=True)
        return [
            FunnelStep(name, label_of(name), in_unit(value, MEASURES[name].unit), width, rate)
            for (name, value), width, rate in rows
        ]


def _rate(after: Fraction, before: Fraction) -> str:
    return in_unit(after / before * 100, KPIS["conversion_rate"].unit) if before else ""


def return_of(brand: Brand, asked: Asked, goals: Sequence[GoalState], strategy: Strategy | None) -> Return:
    """The return of a period. With a strategy: of what belongs to it by key."""
    scope = Scope(strategy=strategy) if strategy else Scope(channels=asked.channels)
    found = totals_of(brand, [asked.span], [scope])[scope, asked.span]
    entries = ledger.entries(brand, asked.span.start, asked.span.end, strategy)
    if asked.channel:
        entries = entries.filter(channel=asked.channel)
    states = [state for goal in goals for state in goal.states]
    return Return(
        found,
        ledger.by_currency(entries, found.currency),
        ledger.income_by_channel(entries, found.currency, brand.channels.select_related("platform")),
        ledger.investment_by_line(entries, found.currency),
        _outcomes(states, found.value("investment")),
        next((state for state in states if state.metric == "roi" and state.goal_value is not None), None),
    )


def _outcomes(states: Sequence[TargetState], investment: Fraction | None) -> list[OutcomeRow]:
    counted = [
        state
        for state in states
        if state.target.role == Target.Role.PRIMARY and state.metric in MEASURES and not MEASURES[state.metric].is_money
        and state.target.window in (Target.Window.TOTAL, Target.Window.LATEST)
    ]  # fmt: skip
    return [OutcomeRow(state, _outcome(state, investment)) for state in counted]


def _outcome(state: TargetState, investment: Fraction | None) -> Outcome:
    before = Fraction(0) if accumulates(state.target) else state.baseline or Fraction(0)
    return Outcome.between(before, state.current, investment=investment, target_gain=_target_gain(state))


def _target_gain(state: TargetState) -> Fraction | None:
    return None if state.goal_value is None else state.goal_value - (state.baseline or Fraction(0))
