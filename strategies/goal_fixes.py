"""What to do about a letter of SMART that a goal does not have yet: one sentence, and the field where it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from brands.templatetags.ui import day_year
from metrics.kpi import GOAL_TYPES
from strategies import goal_words, metric_names
from strategies.goal_words import JudgedLetter
from strategies.models import Goal, Strategy
from strategies.smart import Draft, Reason, most_within_limit


@dataclass(frozen=True, slots=True)
class Fix:
    """`field` is the id of the input that it is about; `page` an address where it is not a matter of this form."""

    text: str
    field: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the advice depends on besides the goal as it is written so far."""

    strategy: Strategy
    goal_type: str
    draft: Draft
    has_channels: bool
    has_objectives: bool

    @property
    def currency(self) -> str:
        return self.strategy.brand.currency


@dataclass(frozen=True, slots=True)
class Advised:
    """A letter as it was judged, with what to do about it where it is not met."""

    judged: JudgedLetter
    fix: Fix | None

    @property
    def is_met(self) -> bool:
        return self.judged.is_met

    @property
    def letter(self) -> str:
        return self.judged.letter

    @property
    def name(self) -> str:
        return str(self.judged.name)

    @property
    def why(self) -> str:
        return self.judged.why


def advise(letters: Sequence[JudgedLetter], facts: Facts) -> list[Advised]:
    return [Advised(letter, None if letter.is_met else fix(letter.reason, facts)) for letter in letters]


def fix(reason: Reason, facts: Facts) -> Fix:
    """The way out of a reason that costs its letter. KeyError for a reason that earns it."""
    return _FIXES[reason](facts)


def address(fix: Fix, goal: Goal) -> str:
    """Where the fix is done, for pages other than the goal's own step."""
    step = reverse("strategies:step", args=[goal.strategy.brand.slug, goal.strategy_id, "goals"])
    return fix.page or f"{step}?goal={goal.pk}#{fix.field}"


def _choose_metric(facts: Facts) -> Fix:
    declared = GOAL_TYPES.get(facts.goal_type)
    if declared is None:
        return Fix(_("Choose the figure that should change."), "id_target-metric")
    names = ", ".join(metric_names.name_of(name) for name in declared.primary)
    return Fix(_("Choose a figure. Usual for such a goal: %(names)s.") % {"names": names}, "id_target-metric")


def _choose_place(facts: Facts) -> Fix:
    if facts.has_channels:
        return Fix(_("Choose a channel, or tick that all of them count."), "id_target-everywhere")
    page = reverse("brands:channels", args=[facts.strategy.brand.slug])
    return Fix(_("Add your channels first, or tick that all of them count."), page=page)


def _set_number(facts: Facts) -> Fix:
    draft = facts.draft
    if not draft.baseline:
        return Fix(_("Write the number to reach."), "id_target-value")
    falls = bool(draft.metric and metric_names.falls(draft.metric))
    tenth = draft.baseline * (Decimal("0.9") if falls else Decimal("1.1"))
    shown = goal_words.figure(draft.metric, round(tenth, 0 if tenth >= 100 else 2), facts.currency)
    less, more = (
        _("Write the number to reach: 10 %% less would be %(number)s."),
        _("Write the number to reach: 10 %% more would be %(number)s."),
    )
    return Fix((less if falls else more) % {"number": shown}, "id_target-value")


def _set_today(facts: Facts) -> Fix:
    return Fix(_("Set what it is today: take it from your figures, or write it."), "id_target-baseline")


def _confirm_or_lower(facts: Facts) -> Fix:
    nearest = _nearest_allowed(facts.draft)
    if nearest is None:
        return _confirm_or_compare(facts)
    said = _("Aim at %(number)s instead, or tick that it can be done.")
    shown = goal_words.figure(facts.draft.metric, nearest, facts.currency)
    return Fix(said % {"number": shown}, "id_goal-confirmed_achievable")


def _nearest_allowed(draft: Draft) -> Decimal | None:
    """The target nearest to the one written that is within the limit, in a number that people would write."""
    limits = most_within_limit(draft)
    if limits is None or draft.baseline is None or draft.value is None:
        return None
    reach = limits[1] - draft.baseline
    # Cut off, not rounded: half a step more would be over the limit again.
    reach = reach.quantize(Decimal(1) if reach >= 10 else Decimal("0.1"), ROUND_DOWN)
    return (draft.baseline - reach if draft.value < draft.baseline else draft.baseline + reach) if reach else None


def _confirm_or_compare(facts: Facts) -> Fix:
    if facts.draft.value is None:
        return Fix(_("Write the number to reach first."), "id_target-value")
    return Fix(_("Set what it is today, or tick that it can be done."), "id_goal-confirmed_achievable")


def _choose_objective(facts: Facts) -> Fix:
    if facts.has_objectives:
        return Fix(_("Choose the business goal that it serves."), "id_goal-objective")
    page = reverse("strategies:step", args=[facts.strategy.brand.slug, facts.strategy.pk, "business-goals"])
    return Fix(_("Write down a business goal first."), page=page)


def _set_deadline(facts: Facts) -> Fix:
    said = _("Set a date. The strategy ends on %(day)s.")
    return Fix(said % {"day": day_year(facts.strategy.end)}, "id_goal-deadline")


def _end_later(facts: Facts) -> Fix:
    said = _("Choose a day after %(day)s, when the strategy starts.")
    return Fix(said % {"day": day_year(facts.strategy.start)}, "id_goal-deadline")


_FIXES: dict[Reason, Callable[[Facts], Fix]] = {
    Reason.NO_METRIC: _choose_metric,
    Reason.NO_PLACE: _choose_place,
    Reason.NO_NUMBER: _set_number,
    Reason.NO_TODAY: _set_today,
    Reason.OVER_LIMIT: _confirm_or_lower,
    Reason.UNKNOWN_CHANGE: _confirm_or_compare,
    Reason.NOT_LINKED: _choose_objective,
    Reason.NO_DEADLINE: _set_deadline,
    Reason.ENDS_BEFORE_START: _end_later,
}
