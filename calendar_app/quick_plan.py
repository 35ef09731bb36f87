"""A first plan in one go: a preset with what somebody changed of it, editorial plans from its cadence, a calendar with drafts.

Nothing of its own is kept: what comes out are the rows that the wizard's steps and the calendar show. All of them are
noted with the preset that was applied, so that one press takes them back.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from brands.audit import entry, record, record_all
from brands.models import Brand, Channel, User
from calendar_app import slots
from calendar_app.models import Post
from calendar_app.moments import moment_or_later
from strategies import cadence_slots, fixed_rows, plan_copies, presets, stages
from strategies.content import SlotKind
from strategies.events import happened
from strategies.history import recording
from strategies.models import AppliedPreset, Strategy, StrategyChannel, StrategyEvent
from strategies.plans import days_between

# Days that the calendar is filled for, at least.
LEAST_DAYS = 28
SAMPLE = 6
# What somebody may have added to the strategy, so that it is not empty.
PARTS = (
    "objectives", "goals", "strategy_channels", "pillars", "activities", "personas", "audits", "assets", "risks", "budget_lines",
    "watch_items", "incidents", "surveys", "comments", "snapshots", "editorial_plans", "posts",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What a first plan shall be: the dates, and a preset as it was changed. The first goal leads."""

    name: str
    start: date
    end: date
    preset_name: str
    preset: presets.Preset
    channels: tuple[Channel, ...]


@dataclass
class Draft:
    """One draft that would be made."""

    at: datetime
    channel: Channel
    title: str


@dataclass
class Preview:
    drafts: list[Draft]
    per_channel: list[tuple[Channel, int]]
    problem: str = ""

    @property
    def sample(self) -> list[Draft]:
        return self.drafts[:SAMPLE]

    @property
    def last(self) -> datetime | None:
        return self.drafts[-1].at if self.drafts else None


@dataclass
class Titles:
    """Ideas in turn for each pillar of a channel; a pillar without ideas leaves the slot's own title."""

    preset_name: str
    used: Counter = field(default_factory=Counter)

    def next(self, pillar: int | None, otherwise: str) -> str:
        ideas = presets.ideas_of(self.preset_name, pillar) if pillar is not None else []
        if not ideas:
            return otherwise
        self.used[pillar] += 1
        return ideas[(self.used[pillar] - 1) % len(ideas)]


def look(brand: Brand, wanted: Wanted) -> Preview:
    """The drafts that `create` would make now. Writes nothing."""
    drafts: list[Draft] = []
    per_channel = []
    strategy = Strategy(brand=brand, start=wanted.start, end=wanted.end)
    for channel in wanted.channels:
        row = StrategyChannel(strategy=strategy, channel=channel, posts_per_week=wanted.preset.cadence[channel.platform.slug])
        try:
            found = list(_drafts(row, wanted))
        except plan_copies.NoRoom as refusal:
            return Preview([], [], str(refusal))
        drafts += found
        per_channel.append((channel, len(found)))
    return Preview(sorted(drafts, key=lambda draft: draft.at), per_channel)


def _drafts(row: StrategyChannel, wanted: Wanted) -> Iterator[Draft]:
    brand, now = row.strategy.brand, timezone.now()
    first, last = plan_copies.span_from_cadence(row, brand.today(), LEAST_DAYS)
    shares = {place: pillar.share for place, pillar in enumerate(wanted.preset.pillars)}
    places = cadence_slots.spread(row.posts_per_week, row.channel.platform.slug, shares)
    titles = Titles(wanted.preset_name)
    for day in days_between(max(first, brand.today()), last):
        for place in places:
            at = moment_or_later(day, place.time, brand.zone)
            if place.weekday == day.weekday() and place.kind != SlotKind.REACTIVE and at > now:
                name = "" if place.pillar is None else str(wanted.preset.pillars[place.pillar].name)
                yield Draft(at, row.channel, titles.next(place.pillar, name))


@transaction.atomic
def create(brand: Brand, wanted: Wanted, by: User) -> tuple[AppliedPreset, list[date]]:
    """Strategy, plans and drafts: all of it, or nothing; with the days of the drafts.

    Raises NoRoom, or ValidationError from filling the calendar.
    """
    Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
    strategy = Strategy.objects.create(brand=brand, name=wanted.name, start=wanted.start, end=wanted.end, created_by=by)
    fixed_rows.fill_in(strategy)
    happened(strategy, StrategyEvent.Kind.CREATED, by)
    applied = presets.apply(strategy, wanted.preset_name, by, preset=wanted.preset)
    rows = strategy.strategy_channels.select_related("channel__platform", "strategy")
    days = [day for row in rows for day in _fill(row, applied, by)]
    applied.save(update_fields=["rows"])
    stages.look(strategy)
    return applied, days


def _fill(row: StrategyChannel, applied: AppliedPreset, by: User) -> list[date]:
    """The editorial plan of one channel and its drafts; the rows are noted in the order in which they lean on each other."""
    strategy = row.strategy
    before = set(strategy.brand.communication_plans.values_list("pk", flat=True))
    plan = plan_copies.plan_from_cadence(row, by, goal=strategy.goals.first(), least=LEAST_DAYS)
    for made in strategy.brand.communication_plans.exclude(pk__in=before):
        _note(applied, made)
    _note(applied, plan)
    for slot in plan.slots.all():
        _note(applied, slot)
    places = dict(zip(strategy.pillars.order_by("position", "pk").values_list("pk", flat=True), count()))
    titles = Titles(applied.preset)
    filling = slots.fill(plan, by, lambda place: titles.next(places.get(place.slot.pillar_id), place.title))
    return [place.day for place in filling.new]


def _note(applied: AppliedPreset, row: Model) -> None:
    applied.rows.append({"model": row._meta.label_lower, "pk": row.pk, "version": row.version})


@transaction.atomic
def take_back(applied: AppliedPreset, by: User) -> list[str]:
    """Remove the drafts that nobody touched, then all that nobody changed or uses; the names of what stays.

    The strategy goes as well where nothing is left of it.
    """
    strategy = applied.strategy
    Brand.objects.select_for_update(no_key=True).get(pk=strategy.brand_id)
    drafts = _untouched(applied)
    record_all([entry("deleted", brand=strategy.brand, person=by, on=post) for post in drafts])
    drafts.delete()
    with recording(strategy, by):
        back = presets.take_back(applied)
    has_words = strategy.planning_steps.exclude(text="").exists() or strategy.audience_answers.exclude(text="").exists()
    if not (back.kept or has_words or any(getattr(strategy, name).exists() for name in PARTS)):
        record("deleted", brand=strategy.brand, person=by, on=strategy)
        strategy.delete()
    return back.kept


def _untouched(applied: AppliedPreset):
    """The drafts of its slots that are as they were made: first version, no words, no files, nothing said of them."""
    keys = [row["pk"] for row in applied.rows if row["model"] == "strategies.slot"]
    drafts = Post.objects.filter(slot__in=keys, state=Post.State.DRAFT, version=1, text="", publications__version=1)
    return Post.objects.filter(pk__in=drafts.exclude(comments__isnull=False).values("pk"))
