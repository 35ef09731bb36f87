"""From the slots of an editorial plan to drafts on the calendar: first a look, then the writing.

A slot makes one post a week. What was made stays as it is: a draft that was moved is not made a second time, one that
was deleted may be made again. Nothing is made for the past.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Brand, User
from brands.templatetags.ui import day as day_name
from calendar_app.models import Post, PostEvent, Publication
from calendar_app.moments import NoSuchTime, moment, moment_or_later, span
from strategies.content import SlotKind
from strategies.models import EditorialPlan, Slot
from strategies.plans import days_between
from strategies.weeks import monday

LONGEST_TITLE = 120


class Outcome:
    """What becomes of one slot on one day."""

    NEW, THERE, MOVED, TAKEN, FREE, PAST = "new", "there", "moved", "taken", "free", "past"


WORDS: dict[str, str | Promise] = {
    Outcome.NEW: gettext_lazy("A draft will be made"),
    Outcome.THERE: gettext_lazy("Made already"),
    Outcome.MOVED: gettext_lazy("Its draft of this week stands elsewhere now: it is not made a second time"),
    Outcome.TAKEN: gettext_lazy("Another post stands there at this time"),
    Outcome.FREE: gettext_lazy("Kept free for what nobody can plan"),
    Outcome.PAST: gettext_lazy("Its time has passed"),
}


@dataclass
class Place:
    """One slot on one day: its moment in UTC, and what stands in the way of a draft."""

    slot: Slot
    day: date
    at: datetime
    outcome: str
    post: Post | None = None
    post_at: datetime | None = None
    is_shifted: bool = False  # the clocks jump over its time: it goes out later by as much
    is_twice: bool = False  # the clocks show its time twice: it goes out the first time

    @property
    def is_new(self) -> bool:
        return self.outcome == Outcome.NEW

    @property
    def why(self) -> str:
        return str(WORDS[self.outcome])

    @property
    def title(self) -> str:
        return title_of(self.slot, self.day)


@dataclass
class Day:
    date: date
    places: list[Place] = field(default_factory=list)
    others: list[Publication] = field(default_factory=list)  # what else stands on the channel that day


@dataclass
class Filling:
    """What filling the calendar does, day by day."""

    plan: EditorialPlan
    days: list[Day]

    @property
    def places(self) -> list[Place]:
        return [place for day in self.days for place in day.places]

    @property
    def new(self) -> list[Place]:
        return [place for place in self.places if place.is_new]

    def count(self, *outcomes: str) -> int:
        return sum(place.outcome in outcomes for place in self.places)


def title_of(slot: Slot, day: date) -> str:
    """What a draft is called before it has words: the slot's theme, else its pillar (or its kind) and the day."""
    if slot.theme:
        return slot.theme[:LONGEST_TITLE]
    subject = slot.pillar.name if slot.pillar else slot.get_kind_display()
    return f"{subject}, {day_name(day)}"[:LONGEST_TITLE]


def refusal(plan: EditorialPlan) -> str:
    """Why the plan cannot fill the calendar; empty where it can."""
    if plan.channel is None:
        return _("This plan is for a medium outside the calendar, so there is nothing to fill.")
    if not plan.is_active:
        return _("This plan is switched off. Switch it on first.")
    if not plan.channel.is_active:
        return _("The channel is not used any more. Make it active first.")
    if plan.strategy is not None and plan.strategy.status == "archived":
        return _("Its strategy is in the archive. Bring it back, or give the plan another one.")
    if plan.end < plan.brand.today():
        return _("The days of this plan are over.")
    return ""


def look(plan: EditorialPlan) -> Filling:
    """What filling would do now; four queries, however long the plan is."""
    now, zone = timezone.now(), plan.brand.zone
    first = max(plan.start, now.astimezone(zone).date())
    if first > plan.end or plan.channel_id is None:
        return Filling(plan, [])
    slots = list(plan.slots.select_related("pillar", "goal"))
    made = _made(plan)
    standing = _standing(plan, monday(first))
    by_moment = {row.at: row for rows in standing.values() for row in rows}
    days = []
    for day in days_between(first, plan.end):
        todays = [slot for slot in slots if slot.weekday == day.weekday()]
        places = [_place(plan, slot, day, now, made, by_moment) for slot in todays]
        shown = {place.post.pk for place in places if place.post is not None}
        others = [row for row in standing[day] if row.post_id not in shown]
        if places:
            days.append(Day(day, places, others))
    return Filling(plan, days)


Made = dict[tuple[int, date], Post]


def _place(
    plan: EditorialPlan, slot: Slot, day: date, now: datetime, made: Made, by_moment: dict[datetime, Publication]
) -> Place:
    place = _with_moment(plan, slot, day)
    mine = made.get((slot.pk, monday(day)))
    other = by_moment.get(place.at)
    if slot.kind == SlotKind.REACTIVE:
        place.outcome = Outcome.FREE
    elif mine is not None:
        place.post, place.post_at = mine, _when(mine, plan.channel_id)
        place.outcome = Outcome.THERE if place.post_at == place.at else Outcome.MOVED
    elif place.at <= now:
        place.outcome = Outcome.PAST
    elif other is not None:
        place.post, place.post_at, place.outcome = other.post, other.at, Outcome.TAKEN
    return place


def _with_moment(plan: EditorialPlan, slot: Slot, day: date) -> Place:
    zone = plan.brand.zone
    try:
        found = moment(day, slot.time, zone)
    except NoSuchTime:
        return Place(slot, day, moment_or_later(day, slot.time, zone), Outcome.NEW, is_shifted=True)
    return Place(slot, day, found.at, Outcome.NEW, is_twice=found.happens_twice)


def _when(post: Post, channel: int | None) -> datetime | None:
    return next((row.at for row in post.publications.all() if row.channel_id == channel), None)


def _made(plan: EditorialPlan) -> Made:
    """What the plan's slots made, by slot and week: a slot whose weekday was changed has its post for the week already."""
    posts = Post.objects.filter(slot__plan=plan, slot_day__isnull=False).prefetch_related("publications").order_by("pk")
    return {(post.slot_id, monday(post.slot_day)): post for post in posts}


def _standing(plan: EditorialPlan, first: date) -> dict[date, list[Publication]]:
    """What stands on the channel in the days of the plan and is not called off, by local day."""
    start, end = span(first, plan.end, plan.brand.zone)
    rows = plan.brand.publications.standing().filter(channel=plan.channel_id).between(start, end).select_related("post")
    found: dict[date, list[Publication]] = defaultdict(list)
    for row in rows:
        found[row.at.astimezone(plan.brand.zone).date()].append(row)
    return found


@transaction.atomic
def fill(plan: EditorialPlan, by: User, titles: Callable[[Place], str] = attrgetter("title")) -> Filling:
    """Make the drafts that `look` shows, all or none; raises ValidationError where the plan may not.

    Safe to run twice and from two places at a time: each waits for the brand's row, then looks afresh.
    """
    Brand.objects.select_for_update(no_key=True).get(pk=plan.brand_id)
    brand = plan.brand
    plan = brand.editorial_plans.select_related("channel__platform", "strategy").get(pk=plan.pk)
    plan.brand = brand
    if said := refusal(plan):
        raise ValidationError(said)
    filling = look(plan)
    _write(filling.new, plan, by, titles)
    return filling


def _write(places: Iterable[Place], plan: EditorialPlan, by: User, titles: Callable[[Place], str]) -> None:
    places = list(places)
    members = set(plan.brand.memberships.values_list("user", flat=True))
    posts = Post.objects.bulk_create([_draft(place, titles(place), plan, by, members) for place in places], batch_size=200)
    Publication.objects.bulk_create(
        [
            Publication(brand=plan.brand, post=post, channel=plan.channel, at=place.at)
            for post, place in zip(posts, places, strict=True)
        ],
        batch_size=200,
    )
    events = [PostEvent(post=post, actor=by, verb="create", became=post.state) for post in posts]
    PostEvent.objects.bulk_create(events, batch_size=200)


def _draft(place: Place, title: str, plan: EditorialPlan, by: User, members: set[int]) -> Post:
    slot = place.slot
    return Post(
        brand=plan.brand,
        strategy=plan.strategy,
        goal_id=slot.goal_id,
        pillar_id=slot.pillar_id,
        title=title,
        kind=slot.kind,
        format=slot.format,
        journey_stage=slot.journey_stage,
        purpose=slot.purpose,
        owner_id=slot.owner_id if slot.owner_id in members else None,
        slot=slot,
        slot_day=place.day,
        created_by=by,
    )
