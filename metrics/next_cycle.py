"""The next cycle: what the last one leaves behind, what comes along, and its final values as the new “today”."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import User
from metrics.progress import TargetState, answered, questions, shown_targets
from metrics.readings import unit_of
from metrics.totals import totals_of
from strategies import copying, fixed_rows, stages, whole
from strategies.copying import Choice
from strategies.events import happened
from strategies.models import Decision, Goal, Strategy, StrategyEvent

LIMIT = Decimal(10) ** 16  # what a target has room for

# The parts as people choose them; business goals come with the goals that serve them.
LABELS: dict[str, str | Promise] = {
    "planning_steps": gettext_lazy("Planning steps"),
    "audience_answers": gettext_lazy("Answers about the audience"),
    "audience_notes": gettext_lazy("Notes about the audience"),
    "personas": gettext_lazy("Personas"),
    "audits": gettext_lazy("Audits, as earlier looks"),
    "assets": gettext_lazy("Assets"),
    "risks": gettext_lazy("Risks"),
    "budget_lines": gettext_lazy("Budget lines, month by month"),
    "fit_ratings": gettext_lazy("Ratings of platforms"),
    "strategy_channels": gettext_lazy("Channels with their cadence"),
    "pillars": gettext_lazy("Content pillars"),
    "mix_targets": gettext_lazy("Content mix"),
    "activities": gettext_lazy("Paid and free ways"),
    "watch_items": gettext_lazy("Watch list with its bounds"),
}
LEFT = (
    gettext_lazy("Verdicts, the decision and reasons for gates: they judge the cycle that is over."),
    gettext_lazy("Incidents and alerts: they stay with the weeks in which they happened."),
    gettext_lazy("Posts, editorial plans and figures: they belong to their days."),
    gettext_lazy("History, comments, approvals and links that were given out."),
)


@dataclass(frozen=True)
class Part:
    name: str
    count: int

    @property
    def label(self) -> str:
        return str(LABELS[self.name])


@dataclass(frozen=True)
class Carried:
    """A target with where it began, what it came to, and what the next cycle begins with."""

    state: TargetState

    @property
    def final(self) -> Decimal | None:
        """As many places as its unit has; None where nothing was measured, or more than a target has room for."""
        current = self.state.current
        value = None if current is None else unit_of(self.state.metric).round(current)
        return value if value is not None and abs(value) < LIMIT else None


@dataclass(frozen=True)
class Ending:
    """A cycle as the page that begins the next one sees it."""

    strategy: Strategy
    goals: list[tuple[Goal, list[Carried]]]
    parts: list[Part]

    @property
    def carried(self) -> list[Carried]:
        return [carried for _goal, several in self.goals for carried in several]

    @property
    def is_over(self) -> bool:
        return self.strategy.end < self.strategy.brand.today()

    @property
    def without_value(self) -> int:
        return sum(carried.final is None for carried in self.carried)


def ending_of(strategy: Strategy) -> Ending:
    whole.load(strategy)
    return Ending(strategy, _carried(strategy), _parts(strategy))


def _carried(strategy: Strategy) -> list[tuple[Goal, list[Carried]]]:
    """Each goal with its targets as of the strategy's last day, or of today while it runs."""
    shown = shown_targets(strategy, strategy.goals.all(), money=True)
    today = min(strategy.brand.today(), strategy.end)
    asked = questions(strategy, [target for targets in shown.values() for target in targets], today)
    spans, scopes = {span for _, span in asked.values()}, {scope for scope, _ in asked.values()}
    found = totals_of(strategy.brand, spans, scopes) if asked else {}
    return [
        (state.goal, [Carried(target) for target in state.states]) for state in answered(strategy, shown, asked, found, today)
    ]


def _parts(strategy: Strategy) -> list[Part]:
    counted = [Part(name, len(getattr(strategy, name).all())) for name in LABELS]
    return [part for part in counted if part.count]


def why_not(strategy: Strategy) -> str:
    """Why the next cycle cannot begin yet; empty where it can."""
    if not strategy.decision:
        return _("Decide first how this cycle ends: continue, adjust or stop.")
    if strategy.decision == Decision.STOP:
        return _("It was decided to stop. To go on after all, change the decision; or begin a strategy of its own.")
    return ""


def with_follower(strategies: QuerySet[Strategy]) -> QuerySet[Strategy]:
    """Strategies with the key of the cycle that follows, so that asking for it costs no query of its own."""
    following = Strategy.objects.filter(previous=OuterRef("pk")).exclude(status=Strategy.Status.ARCHIVED).order_by("pk")
    return strategies.annotate(follower=Subquery(following.values("pk")[:1]))


def follower_of(strategy: Strategy) -> Strategy | None:
    """The cycle that was begun after this one, if there is one at work."""
    found = strategy.following.exclude(status=Strategy.Status.ARCHIVED).order_by("pk").first()
    if found is not None:
        found.brand = strategy.brand
    return found


def usual_span(strategy: Strategy) -> tuple:
    """From the day after the last one, as long as the last one was."""
    start = strategy.end + timedelta(days=1)
    return start, start + timedelta(days=strategy.days - 1)


@transaction.atomic
def begin(strategy: Strategy, new: Strategy, choice: Choice, user: User) -> tuple[Strategy, bool]:
    """The next cycle, and whether it was begun just now: whoever comes second gets the one that is there."""
    Strategy.objects.select_for_update().get(pk=strategy.pk)
    if (there := follower_of(strategy)) is not None:
        return there, False
    new.brand, new.previous, new.created_by = strategy.brand, strategy, user
    new.save()
    copying.copy_into(new, strategy, choice)
    fixed_rows.fill_in(new)
    happened(new, StrategyEvent.Kind.CREATED, user)
    stages.look(new)
    return new, True
