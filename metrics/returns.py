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
from calendar_app.models import Campaign
from metrics import ledger
from metrics.drawings import NARROW, WIDE, Scale, Step, Waterfall, log_widths, scale, waterfall
from metrics.forms.period import Asked
from metrics.kpi import KPIS, MEASURES, Outcome, Tone, profit_begins, roi_tone
from metrics.kpi.outcomes import ESTIMATED_ROI
from metrics.ledger import Money, Part
from metrics.models import AssignedValue
from metrics.progress import GoalState, TargetState, accumulates
from metrics.readings import Reading, in_unit, label_of, plain, unit_of
from metrics.returns_compared import Owner, ReturnRow, by_campaign, by_strategy
from metrics.spending import Spending, spending
from metrics.totals import Scope, Totals, totals_of
from strategies.models import BudgetLine, Strategy, Target

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
    """A result that is not money. Each row divides the whole investment, so the costs do not add up.

    `worth` is what somebody says one result is worth; what follows from it is an estimate and never part of ROI.
    """

    state: TargetState
    outcome: Outcome
    worth: AssignedValue | None = None

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

    @property
    def estimated_value(self) -> str:
        return in_unit(self.outcome.estimated_value.exact, KPIS["cpl"].unit)

    @property
    def estimated_roi(self) -> str:
        return in_unit(self.outcome.estimated_roi.exact, KPIS["roi"].unit)

    @property
    def estimate(self) -> str:
        """The estimated return with its numbers: “(250 × 20,000 − 3,000,000) ÷ 3,000,000 × 100”."""
        figures = {"gain": self.outcome.gain.exact, "value_per_result": self.outcome.value_per_result}
        return ESTIMATED_ROI.with_numbers(figures | {"investment": self.outcome.investment}, plain)


@dataclass(frozen=True)
class Return:
    found: Totals
    books: list[Money]
    came_from: list[Part]
    went_to: list[Spending]
    went_in_all: Spending
    outcomes: list[OutcomeRow]
    goal: TargetState | None
    strategies: list[ReturnRow]
    campaigns: list[ReturnRow]

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

    @property
    def way_to_customer(self) -> list[tuple[str, str, str]]:
        """The two steps and the whole way from a visit to a customer, where they are known: measure, name and rate."""
        visits, leads, customers = (self.found.value(name) for name in ("social_sessions", "leads", "new_customers"))
        steps = [
            ("leads", _("Visit to lead"), leads, visits),
            ("new_customers", _("Lead to customer"), customers, leads),
            ("new_customers", _("Visit to customer"), customers, visits),
        ]
        return [(measure, name, _rate(after, before)) for measure, name, after, before in steps if after is not None and before]


def _rate(after: Fraction, before: Fraction) -> str:
    return in_unit(after / before * 100, KPIS["conversion_rate"].unit) if before else ""


def return_of(brand: Brand, asked: Asked, goals: Sequence[GoalState], owner: Owner | None = None) -> Return:
    """The return of a period: of the brand, or of what belongs to a strategy or campaign by key."""
    scope = _scope(asked, owner)
    found = totals_of(brand, [asked.span], [scope])[scope, asked.span]
    entries = ledger.entries(brand, asked.span.start, asked.span.end, owner)
    if asked.channel:
        entries = entries.filter(channel=asked.channel)
    states = [state for goal in goals for state in goal.states]
    went_to, went_in_all = spending(entries, lines_of(found, owner), asked.span, found.currency)
    return Return(
        found,
        ledger.by_currency(entries, found.currency),
        ledger.income_by_channel(entries, found.currency, brand.channels.select_related("platform")),
        went_to,
        went_in_all,
        _outcomes(brand, states, found.value("investment")),
        next((state for state in states if state.metric == "roi" and state.goal_value is not None), None),
        [] if owner else by_strategy(brand, entries, found.currency, asked),
        [] if isinstance(owner, Campaign) else by_campaign(brand, entries, found.currency, asked),
    )


def _scope(asked: Asked, owner: Owner | None) -> Scope:
    if isinstance(owner, Campaign):
        return Scope(asked.channels, campaign=owner)
    return Scope(asked.channels, strategy=owner)


def lines_of(found: Totals, owner: Owner | None) -> list[BudgetLine]:
    """The lines whose plan stands beside what was spent."""
    channels = found.scope.channels
    lines = [line for line in found.records.budget if channels is None or line.channel_id in {each.pk for each in channels}]
    if isinstance(owner, Campaign):
        own = set(owner.budget_lines.values_list("pk", flat=True))
        return [line for line in lines if line.pk in own]
    if owner:
        return [line for line in lines if line.strategy_id == owner.pk]
    return [line for line in lines if line.strategy.status != Strategy.Status.ARCHIVED]


def _outcomes(brand: Brand, states: Sequence[TargetState], investment: Fraction | None) -> list[OutcomeRow]:
    counted = [
        state
        for state in states
        if state.target.role == Target.Role.PRIMARY and state.metric in MEASURES and not MEASURES[state.metric].is_money
        and state.target.window in (Target.Window.TOTAL, Target.Window.LATEST)
    ]  # fmt: skip
    worths = {worth.target_id: worth for worth in brand.assigned_values.filter(target__in=[s.target.pk for s in counted])}
    return [_outcome_row(state, investment, worths.get(state.target.pk), brand.currency) for state in counted]


def _outcome_row(state: TargetState, investment: Fraction | None, worth: AssignedValue | None, currency: str) -> OutcomeRow:
    before = Fraction(0) if accumulates(state.target) else state.baseline or Fraction(0)
    # A worth in another currency is shown and not reckoned with: currencies are never mixed.
    amount = worth.amount if worth and worth.currency == currency else None
    target_gain = _target_gain(state)
    outcome = Outcome.between(before, state.current, investment=investment, target_gain=target_gain, value_per_result=amount)
    return OutcomeRow(state, outcome, worth)


def _target_gain(state: TargetState) -> Fraction | None:
    return None if state.goal_value is None else state.goal_value - (state.baseline or Fraction(0))
