"""The page of results: KPI cards by objective, and what is not measured yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from django.urls import reverse
from django.utils.translation import get_language

from brands.models import Brand, Channel
from metrics.forms.period import Asked
from metrics.kpi import KPIS, MEASURES, Group, Klass, Kpi, Tone
from metrics.kpi.change import Change, change
from metrics.kpi.formulas import NO_FIGURE
from metrics.kpi.terms import Level
from metrics.models import KpiClass, KpiValue
from metrics.models.values import Period
from metrics.period_presets import Compare
from metrics.periods import DAY, week_of
from metrics.progress import GoalState, TargetState, answered, questions, shown_targets
from metrics.readings import Reading, in_unit, is_money, label_of, shown_whole
from metrics.totals import Coverage, Scope, Totals, totals_of
from strategies.models import Strategy

SPARK_WEEKS = 12
FEWEST_IN_SPARK = 6
CARDS_SHOWN = 4
KPIS_IN_WINDOW = 8
KEY_MEASURES = (
    "posts_published",
    "views",
    "impressions",
    "reach",
    "interactions",
    "link_clicks",
    "leads",
    "investment",
    "revenue",
)
KEY_KPIS = ("audience_engagement", "lead_growth", "roi", "follower_growth_rate", "response_rate", "ctr")


@dataclass(frozen=True)
class Heading:
    group: Group
    icon: str

    @property
    def label(self) -> str:
        return self.group.label.in_language(get_language())


HEADINGS = (
    Heading(Group.DIALOGUE, icon="messages"),
    Heading(Group.ADVOCACY, icon="speakerphone"),
    Heading(Group.SALES, icon="shopping-bag"),
    Heading(Group.SUPPORT, icon="lifebuoy"),
    Heading(Group.CONTROL, icon="list-check"),
    Heading(Group.ENGAGEMENT, icon="heart"),
    Heading(Group.COST_RETURN, icon="coins"),
)


@dataclass(frozen=True)
class Card:
    """A KPI with what it is compared with. `base` is None where the reader compares with nothing."""

    reading: Reading
    base: Reading | None = None
    spark: Sequence[Decimal | None] = ()
    goal: TargetState | None = None
    klass: Klass | None = None  # where administrators set it otherwise than it is declared

    @property
    def is_vanity(self) -> bool:
        return (self.klass or self.reading.kpi.klass) is Klass.VANITY

    @property
    def name(self) -> str:
        return self.reading.name

    @cached_property
    def label(self) -> str:
        return self.reading.label

    @cached_property
    def is_known(self) -> bool:
        return self.reading.result.ok

    @cached_property
    def sign(self) -> str:
        return self.reading.sign

    @property
    def kpi_url(self) -> str:
        return _address("metrics:kpi", self.reading.totals.brand.slug, self.name)

    @cached_property
    def working_url(self) -> str:
        return _address("metrics:working", self.reading.totals.brand.slug, self.name)

    @cached_property
    def change(self) -> Change | None:
        if self.base is None:
            return None
        kpi = self.reading.kpi
        return change(
            self.reading.result.exact, self.base.result.exact,
            unit=kpi.unit, direction=kpi.direction, zone=kpi.target_zone,
        )  # fmt: skip

    @property
    def change_shown(self) -> str:
        moved = self.change
        return in_unit(moved.absolute, moved.unit, self.reading.totals.currency, signed=True) if moved else ""

    @property
    def is_unchanged(self) -> bool:
        return self.change is not None and self.change.absolute_rounded == 0

    @property
    def has_risen(self) -> bool:
        return self.change is not None and self.change.absolute_rounded > 0

    @property
    def change_tone(self) -> str:
        return {Tone.GOOD: "good", Tone.BAD: "bad"}.get(self.change.tone, "none")


@lru_cache(maxsize=4096)
def _address(view: str, brand: str, metric: str) -> str:
    """A page prints dozens, of a few kinds."""
    return reverse(view, args=[brand, metric])


@dataclass(frozen=True)
class CardGroup:
    """Cards under one heading: across the page, or beside another group where there are too few for that."""

    heading: Heading
    cards: list[Card]
    is_wide: bool = True

    @property
    def first(self) -> list[Card]:
        return self.cards[:CARDS_SHOWN]

    @property
    def more(self) -> list[Card]:
        return self.cards[CARDS_SHOWN:]


@dataclass(frozen=True)
class Results:
    """Everything the page shows of one period and scope."""

    found: Totals
    groups: list[CardGroup]
    waiting: list[Reading]

    @property
    def is_empty(self) -> bool:
        return not self.groups

    @property
    def last_day(self) -> date | None:
        return max((cover.last for cover in self.found.coverage if cover.last), default=None)

    @property
    def gaps(self) -> list[Coverage]:
        """Channels whose figures end early, or never began, while others of the scope have some."""
        newest = self.last_day
        return [cover for cover in self.found.coverage if newest and (cover.last is None or cover.last < newest)]

    @property
    def from_posts(self) -> bool:
        """Whether some channel is known by its posts alone, which is another ledger than its own figures."""
        return any(part.source == "posts" for part in self.found.figure("views").parts + self.found.figure("impressions").parts)


def totals_asked(brand: Brand, asked: Asked) -> Totals:
    scope = asked.scope
    base_of = asked.base_of if asked.compare == Compare.YEAR else None
    return totals_of(brand, [asked.span], [scope], base_of=base_of)[scope, asked.span]


def base_of(found: Totals, asked: Asked) -> Totals | None:
    """What the figures are compared with. A strategy's span ends where it does, and its base is as long."""
    base = asked.base_of(found.span)
    return None if base is None else found.previous if base == found.span.previous else found.over(base)


def kpis_for(*, money: bool, level: Level = Level.BRAND) -> list[Kpi]:
    """The KPIs a reader may see on cards, those that say something at the level. Goal progress belongs to goals."""
    return [kpi for kpi in KPIS.values() if kpi.is_shown_at(level) and (money or not is_money(kpi))]


def results_with_goals(brand: Brand, asked: Asked, strategy: Strategy, *, money: bool) -> tuple[Results, list[GoalState]]:
    """The results of a period beside the goals of a strategy, out of figures that are read once for both."""
    shown, today = (
        shown_targets(strategy, strategy.goals.prefetch_related("targets__channels__platform"), money=money),
        brand.today(),
    )
    of_goals = questions(strategy, [target for targets in shown.values() for target in targets], today)
    spans, scopes = {span for _scope, span in of_goals.values()}, {scope for scope, _span in of_goals.values()}
    year = asked.base_of if asked.compare == Compare.YEAR else None
    read = totals_of(brand, {asked.span, *spans}, {asked.scope, *scopes}, base_of=year)
    goals = answered(strategy, shown, of_goals, read, today)
    return results(brand, asked, goals, money=money, found=read[asked.scope, asked.span]), goals


def results(brand: Brand, asked: Asked, goals: Iterable[GoalState], *, money: bool, found: Totals | None = None) -> Results:
    found = found or totals_asked(brand, asked)
    base = base_of(found, asked)
    sparks = {} if asked.scope.is_narrow else weekly_values(brand, asked.scope, asked.span.end)
    targets, classes = targets_by_metric(goals, asked.channel), KpiClass.objects.chosen()
    cards = [_card(kpi, found, base, sparks, targets, classes) for kpi in kpis_for(money=money, level=asked.scope.level)]
    measured, waiting = [], []
    for card in cards:
        (measured if card.goal or _is_measured(card.reading) else waiting).append(card)
    return Results(found, _grouped(measured), [card.reading for card in waiting])


def _is_measured(reading: Reading) -> bool:
    """Nothing is worked out where nothing was ever recorded. A campaign's own budget stands in no table of records."""
    may_be = reading.totals.scope.is_narrow or reading.totals.may_know(reading.name)
    return may_be and reading.is_measured


def tiles(brand: Brand, asked: Asked, *, money: bool) -> list[Card]:
    """The first three key KPIs that have a figure: for the brand's home."""
    found = totals_asked(brand, asked)
    base = base_of(found, asked)
    sparks = weekly_values(brand, asked.scope, asked.span.end)
    cards = [_card(KPIS[name], found, base, sparks, {}, {}) for name in KEY_KPIS if money or not is_money(KPIS[name])]
    return [card for card in cards if card.reading.result.ok][:3]


@dataclass(frozen=True)
class KeyFigures:
    """A campaign (post, …) in a few figures: measures that are known, and KPIs that could be worked out."""

    measures: list[tuple[str, str, str]]
    readings: list[Reading]

    @property
    def is_empty(self) -> bool:
        return not (self.measures or self.readings)


def key_figures(brand: Brand, asked: Asked, *, money: bool) -> KeyFigures:
    found = totals_asked(brand, asked)
    named = [name for name in KEY_MEASURES if money or not MEASURES[name].is_money]
    figures = [(name, found.figure(name)) for name in named]
    known = [(name, label_of(name), shown) for name, figure in figures if (shown := shown_whole(figure)) != NO_FIGURE]
    kpis = kpis_for(money=money, level=asked.scope.level)
    return KeyFigures(known, [each for kpi in kpis if (each := Reading(kpi, found)).result.ok][:KPIS_IN_WINDOW])


def _card(
    kpi: Kpi,
    found: Totals,
    base: Totals | None,
    sparks: Mapping,
    targets: Mapping[str, TargetState],
    classes: Mapping[str, Klass],
) -> Card:
    name, of_base = kpi.name, Reading(kpi, base) if base else None
    return Card(Reading(kpi, found), of_base, sparks.get(name, ()), targets.get(name), classes.get(name))


def _grouped(cards: list[Card]) -> list[CardGroup]:
    """Cards under their headings: those with a target, then those with a figure; headings without cards are left out."""
    ordered = sorted(cards, key=lambda card: (card.goal is None, not card.reading.result.ok))
    groups = [CardGroup(heading, [c for c in ordered if c.reading.kpi.group is heading.group]) for heading in HEADINGS]
    return _paired([group for group in groups if group.cards])


def _paired(groups: list[CardGroup]) -> list[CardGroup]:
    """Small groups two and two beside each other, each pair where its first one stands; the rest across the page."""
    small = [group for group in groups if len(group.cards) <= CARDS_SHOWN // 2]
    pairs = {left.heading: right for left, right in zip(small[::2], small[1::2], strict=False)}
    seconds = {group.heading for group in pairs.values()}
    placed: list[CardGroup] = []
    for group in groups:
        if group.heading in pairs:
            placed += [replace(group, is_wide=False), replace(pairs[group.heading], is_wide=False)]
        elif group.heading not in seconds:
            placed.append(group)
    return placed


def targets_by_metric(goals: Iterable[GoalState], channel: Channel | None) -> dict[str, TargetState]:
    """The target to show beside a KPI: set for everything, or for just the channel that is looked at."""
    found: dict[str, TargetState] = {}
    for state in (state for goal in goals for state in goal.states):
        channels = list(state.target.channels.all())
        if not channels or (channel is not None and channels == [channel]):
            found.setdefault(state.metric, state)
    return found


def weekly_values(brand: Brand, scope: Scope, end: date) -> dict[str, list[Decimal | None]]:
    """Stored values of the twelve whole weeks up to a day, a gap where there is none; nothing where most are missing."""
    last = week_of(end)
    if last.end >= brand.today():
        # A week that is still running would end every line with a fall.
        last = week_of(last.start - DAY)
    first = last.start - timedelta(weeks=SPARK_WEEKS - 1)
    channel = scope.channels[0] if scope.channels else None
    rows = KpiValue.objects.filter(
        brand=brand,
        channel=channel,
        strategy=None if channel else scope.strategy,
        campaign=None if channel else scope.campaign,
        period=Period.WEEK,
        start__range=(first, last.start),
        value__isnull=False,
    ).values_list("kpi", "start", "value")
    found: dict[str, list[Decimal | None]] = {}
    for kpi, start, value in rows:
        found.setdefault(kpi, [None] * SPARK_WEEKS)[(start - first).days // 7] = value
    return {kpi: values for kpi, values in found.items() if SPARK_WEEKS - values.count(None) >= FEWEST_IN_SPARK}
