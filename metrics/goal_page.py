"""The thread of one goal: business goal, letters, targets with their figures, pillars, results, findings; and its posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from brands.models import Channel
from metrics.dashboard import SPARK_WEEKS, kpis_for
from metrics.kpi import GOAL_TYPES, KPIS, MEASURES, Join
from metrics.models import Finding, KpiValue, Observation
from metrics.models.values import Period
from metrics.periods import DAY, Span, week_of
from metrics.progress import GoalState, TargetState, answered, questions, shown_targets
from metrics.readings import Reading
from metrics.totals import Scope, Totals, totals_of
from strategies import goal_words
from strategies.goal_fixes import Advised, Facts, address, advise
from strategies.models import Goal, Pillar, StrategyChannel

FINDINGS_SHOWN = 20
FEWEST_IN_SPARK = 3


@dataclass(frozen=True)
class TargetRow:
    """A target as it stands, where its working is, and the stored values of the last weeks."""

    state: TargetState
    url: str
    spark: Sequence[Decimal | None] = ()

    @property
    def is_guard(self) -> bool:
        return self.state.target.role == self.state.target.Role.GUARD


@dataclass(frozen=True)
class Thread:
    """All that the page of a goal shows, but for its posts."""

    goal: Goal
    state: GoalState
    letters: list[tuple[Advised, str]]
    rows: list[TargetRow]
    pillars: list[Pillar]
    cards: list[tuple[Reading, str]]
    findings: list[Finding]

    @property
    def score(self) -> int:
        return sum(advised.is_met for advised, _url in self.letters)

    @property
    def posts(self) -> int:
        return self.goal.post_count

    @property
    def place(self) -> str:
        return goal_words.place_name(goal_words.main_target(self.goal))


def thread_of(goal: Goal, *, money: bool) -> Thread:
    """`goal` comes from `with_counts`; its strategy knows its brand."""
    strategy = goal.strategy
    shown = shown_targets(strategy, [goal], money=money) or {goal: []}
    today = strategy.brand.today()
    asked = questions(strategy, shown[goal], today, has_channels=goal.strategy_has_channels)
    # Besides what the targets ask: the strategy to date, for the cards.
    own = Scope(strategy=strategy), Span(strategy.start, max(strategy.start, min(today, strategy.end)))
    found = totals_of(strategy.brand, {own[1], *(span for _, span in asked.values())}, {own[0], *(s for s, _ in asked.values())})
    state = answered(strategy, shown, asked, found, today)[0]
    sparks = _sparks(state.states, today)
    return Thread(
        goal,
        state,
        _letters(goal),
        [
            TargetRow(one, working_url(one.metric, one.query, strategy.brand.slug), sparks.get(one.target.pk, ()))
            for one in state.states
        ],
        list(_pillars(goal)),
        [
            (reading, working_url(reading.name, own[0].query(own[1]), strategy.brand.slug))
            for reading in _cards(goal, found[own], money=money)
        ],
        list(_findings(goal)),
    )


def with_counts(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Goals with what their page shows of them alone: business goal, targets, and how many posts serve them."""
    channels = Channel.objects.select_related("platform")
    return (
        goals.select_related("objective", "strategy")
        .annotate(
            strategy_has_channels=Exists(StrategyChannel.objects.filter(strategy=OuterRef("strategy"))),
            post_count=Count("posts", distinct=True),
            published_count=Count("posts", filter=Q(posts__publications__status="published"), distinct=True),
        )
        .prefetch_related("targets", Prefetch("targets__channels", queryset=channels))
    )


def _letters(goal: Goal) -> list[tuple[Advised, str]]:
    draft = goal_words.draft_of(goal, goal_words.main_target(goal))
    facts = Facts(goal.strategy, goal.goal_type, draft, has_channels=True, has_objectives=True)
    advised = advise(goal_words.letters(draft), facts)
    return [(one, address(one.fix, goal) if one.fix else "") for one in advised]


def working_url(metric: str, query: str, slug: str) -> str:
    """Where a figure is shown to be worked out; a figure that was retired has its place among all others."""
    known = metric in KPIS or metric in MEASURES
    page = reverse("metrics:working", args=[slug, metric]) if known else reverse("metrics:results", args=[slug])
    return f"{page}?{query}"


def _pillars(goal: Goal) -> QuerySet[Pillar]:
    """The pillars said to serve the goal, and those of its posts."""
    named = Pillar.goals.through.objects.filter(pillar=OuterRef("pk"), goal=goal)
    return (
        goal.strategy.pillars.annotate(is_named=Exists(named), post_count=Count("posts", filter=Q(posts__goal=goal)))
        .filter(Q(is_named=True) | Q(post_count__gt=0))
        .order_by("-post_count", "position", "pk")
    )


def _cards(goal: Goal, found: Totals, *, money: bool) -> list[Reading]:
    """The KPIs that goals of this type usually have, where any of their figures is there."""
    declared = GOAL_TYPES.get(goal.goal_type)
    usual = (*declared.primary, declared.guard) if declared else ()
    aimed = [target.metric for target in goal.targets.all()]
    allowed = {kpi.name for kpi in kpis_for(money=money)}
    names = [name for name in dict.fromkeys((*aimed, *usual)) if name in allowed]
    return [reading for name in names if (reading := Reading(KPIS[name], found)).is_measured]


def _findings(goal: Goal) -> QuerySet[Finding]:
    """What was learned about the goal, or from its posts."""
    about = Q(goal=goal) | Q(pk__in=Finding.posts.through.objects.filter(post__goal=goal).values("finding"))
    found = goal.strategy.brand.findings.filter(about).select_related("author")
    return found.annotate(post_count=Count("posts"))[:FINDINGS_SHOWN]


def _sparks(states: Sequence[TargetState], today: date) -> dict[int, list[Decimal | None]]:
    """Stored values of the last whole weeks for each target: of KPIs as computed, of measures as recorded. One query."""
    last = week_of(week_of(today).start - DAY)
    first = last.start - timedelta(weeks=SPARK_WEEKS - 1)
    weeks: dict[tuple[str, int | None], list[Decimal | None]] = {}
    for metric, channel, start, value in _stored(states, first, last.end):
        line = weeks.setdefault((metric, channel), [None] * SPARK_WEEKS)
        place = (start - first).days // 7
        adds = metric in MEASURES and metric not in KPIS and MEASURES[metric].join is Join.UP
        line[place] = (line[place] or Decimal(0)) + value if adds else value
    return {state.target.pk: line for state in states if (line := _line_of(state, weeks))}


def _line_of(state: TargetState, weeks: dict[tuple[str, int | None], list[Decimal | None]]) -> list[Decimal | None]:
    """The line of the target's one channel, else that of the whole; several channels have none of their own."""
    channels = list(state.target.channels.all())
    if len(channels) > 1:
        return []
    line = weeks.get((state.metric, channels[0].pk if channels else None), [])
    return line if len(line) - line.count(None) >= FEWEST_IN_SPARK else []


def _stored(states: Sequence[TargetState], first: date, last: date) -> QuerySet:
    """(metric, channel, day, value), the days of each in their order."""
    # Never an empty list: the number of queries must not depend on what the targets aim at.
    metrics = {"", *(state.metric for state in states)}
    brand = {state.target.goal.strategy.brand_id for state in states} | {0}
    kpis = KpiValue.objects.filter(
        brand__in=brand,
        kpi__in=metrics,
        strategy=None,
        campaign=None,
        period=Period.WEEK,
        start__range=(first, last),
        value__isnull=False,
    ).annotate(metric=F("kpi"), place=F("channel_id"), day=F("start"), figure=F("value"))
    measures = Observation.objects.filter(
        brand__in=brand, measure__in=metrics - set(KPIS), publication=None, campaign=None, subject="",
        start__range=(first, last), start=F("end"),
    ).annotate(metric=F("measure"), place=F("channel_id"), day=F("start"), figure=F("value"))  # fmt: skip
    columns = ("metric", "place", "day", "figure")
    return kpis.order_by().values_list(*columns).union(measures.order_by().values_list(*columns), all=True).order_by("day")
