"""A new cycle that begins with what the last one had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.core.files import File
from django.db import models, transaction

from strategies import goal_words
from strategies.models import (
    Activity,
    BudgetLine,
    BudgetMonth,
    Goal,
    Persona,
    PilotVerdict,
    PlatformReview,
    Strategy,
    Target,
)

# What can come along, in this order: what others point at comes before them.
PARTS = (
    "objectives", "goals", "planning_steps", "audience_answers", "audience_notes", "personas", "audits", "assets", "risks",
    "budget_lines", "fit_ratings", "strategy_channels", "pillars", "mix_targets", "activities", "watch_items",
)  # fmt: skip
# What is written anew each time: what happened, what was said of it, and the slots of weeks that are over.
LEFT_BEHIND = ("answers", "incidents", "waivers", "comments", "stage_states", "editorial_plans")
NESTED = {"goals": "targets", "budget_lines": "months"}
# Days of the last cycle mean nothing in the new one, and a pilot that is over is none.
EMPTIED = ("due", "pilot_until", "pilot_verdict", "pilot_success", "cadence_since")
FIELDS = ("primary_type", "secondary_types", "why_type", "organic_only", "watch_routine", "summary")


@dataclass(frozen=True, slots=True)
class Choice:
    """What comes along: which parts, which goals (by key; None: all), whether targets keep the number to reach, and what
    “today” is for them (by the old target's key; None: as it was)."""

    parts: frozenset[str] = frozenset(PARTS)
    goals: frozenset[int] | None = None
    keeps_values: bool = True
    baselines: Mapping[int, Decimal | None] | None = None


EVERYTHING = Choice()


@transaction.atomic
def copy_into(strategy: Strategy, earlier: Strategy, choice: Choice = EVERYTHING) -> None:
    """Copy what was chosen of an earlier strategy into a new one; dates follow the new span."""
    for name in FIELDS:
        setattr(strategy, name, getattr(earlier, name))
    strategy.save()
    _Copying(strategy, earlier, choice).run()


@dataclass
class _Copying:
    """The rows made so far, by the table and key of the old ones, so that what pointed at an old row points at its copy."""

    strategy: Strategy
    earlier: Strategy
    choice: Choice
    made: dict[type[models.Model], dict[int, models.Model]] = field(default_factory=dict)

    def run(self) -> None:
        for part in PARTS:
            # A goal serves a business goal: the one does not come without the other.
            if part in self.choice.parts or (part == "objectives" and "goals" in self.choice.parts):
                for row in self._rows(part):
                    self._copy(row)
        if "fit_ratings" in self.choice.parts:
            self._copy_review()

    def _rows(self, part: str) -> Iterable[models.Model]:
        rows = getattr(self.earlier, part).order_by("pk")
        if part == "goals" and self.choice.goals is not None:
            rows = rows.filter(pk__in=self.choice.goals)
        if part == "strategy_channels":
            # A channel that was tried and left does not come back by itself.
            rows = rows.exclude(pilot_verdict=PilotVerdict.STOP)
        return rows

    def _copy(self, row: models.Model, **changes: object) -> models.Model:
        old, copy = row.pk, self._clone(row, **changes)
        _CHANGES.get(type(row), _leave)(self, row, copy)
        copy.save()
        self.made.setdefault(type(row), {})[old] = copy
        for link in row._meta.many_to_many:
            getattr(copy, link.name).set(self._other_ends(row, link.name))
        _AFTERWARDS.get(type(row), _leave)(self, row, copy)
        return copy

    def _clone(self, row: models.Model, **changes: object) -> models.Model:
        columns = [column for column in row._meta.concrete_fields if not column.primary_key]
        if any(column.name == "strategy" for column in columns):
            changes = {"strategy": self.strategy, **changes}
        values = {column.attname: self._value(row, column) for column in columns if column.name not in changes}
        return type(row)(**values, **changes)

    def _value(self, row: models.Model, column: models.Field) -> object:
        if column.name in EMPTIED:
            return "" if isinstance(column, models.CharField) else None
        if column.name == "version":
            return 1
        value = getattr(row, column.attname)
        if column.related_model not in _OF_ONE_STRATEGY:
            return value
        copy = self.made.get(column.related_model, {}).get(value)
        return copy.pk if copy else None

    def _other_ends(self, row: models.Model, name: str) -> list[models.Model]:
        """What the row is linked with: copies of what was copied, and never a row that belongs to the old strategy."""
        others = list(getattr(row, name).all())
        if others and type(others[0]) in _OF_ONE_STRATEGY:
            copies = self.made.get(type(others[0]), {})
            return [copies[other.pk] for other in others if other.pk in copies]
        return others

    def _copy_review(self) -> None:
        review = PlatformReview.objects.filter(strategy=self.earlier).first()
        if review is not None:
            self._copy(review)

    @property
    def shift(self) -> relativedelta:
        """From a month of the old cycle to the same one of the new."""
        old, new = self.earlier.start, self.strategy.start
        return relativedelta(months=(new.year - old.year) * 12 + new.month - old.month)

    def within(self, day: date) -> date:
        return min(max(day, self.strategy.start), self.strategy.end)


_OF_ONE_STRATEGY = {Strategy._meta.get_field(part).related_model for part in PARTS}


def _leave(_copying: _Copying, _row: models.Model, _copy: models.Model) -> None:
    """Nothing more to do."""


def _change_goal(copying: _Copying, goal: Goal, copy: Goal) -> None:
    copy.deadline = copying.strategy.end
    copy.confirmed_achievable = False


def _change_target(copying: _Copying, target: Target, copy: Target) -> None:
    copy.deadline = None
    if not copying.choice.keeps_values:
        copy.value = None
    if copying.choice.baselines is not None:
        copy.baseline = copying.choice.baselines.get(target.pk)


def _change_activity(copying: _Copying, activity: Activity, copy: Activity) -> None:
    """The same weeks of the new cycle."""
    by = copying.strategy.start - copying.earlier.start
    copy.start = activity.start and copying.within(activity.start + by)
    copy.end = activity.end and copying.within(activity.end + by)


def _change_persona(_copying: _Copying, persona: Persona, copy: Persona) -> None:
    """A picture of its own: whoever changes one must not change the other's."""
    copy.picture = None
    if persona.picture and persona.picture.storage.exists(persona.picture.name):
        with persona.picture.open("rb") as picture:
            copy.picture.save(persona.picture.name, File(picture), save=False)


def _copy_targets(copying: _Copying, goal: Goal, copy: Goal) -> None:
    named = _own_name(goal)
    for target in goal.targets.prefetch_related("channels").order_by("pk"):
        copying._copy(target, goal=copy)
    if named and goal.text == named:
        # A name that the app wrote says the number; it follows the new one.
        copy.text = _own_name(copy)
        copy.save(update_fields=["text"])


def _own_name(goal: Goal) -> str:
    target = goal_words.main_target(goal)
    return goal_words.short_name(target, goal_words.place_name(target), goal.strategy.brand.currency)[:200]


def _copy_months(copying: _Copying, line: BudgetLine, copy: BudgetLine) -> None:
    """Month by month from the new start; what would lie beyond the end is added to the last month, so that no money is lost."""
    last = copying.strategy.end.replace(day=1)
    planned: dict[date, Decimal] = {}
    for row in line.months.all():
        month = min(max(row.month + copying.shift, copying.strategy.start.replace(day=1)), last)
        planned[month] = planned.get(month, Decimal(0)) + row.planned
    BudgetMonth.objects.bulk_create(BudgetMonth(line=copy, month=month, planned=sum_) for month, sum_ in planned.items())


_CHANGES = {Goal: _change_goal, Target: _change_target, Activity: _change_activity, Persona: _change_persona}
_AFTERWARDS = {Goal: _copy_targets, BudgetLine: _copy_months}
