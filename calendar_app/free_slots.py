"""The next places of the editorial plans that have no post yet, channel by channel. And how much of a month is held in reserve."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from brands.models import Brand
from calendar_app.models import Post
from calendar_app.moments import moment_or_later
from calendar_app.month import days_between
from strategies.content import SlotKind
from strategies.models import Slot
from strategies.weeks import monday

SHOWN = 3
# Share of a month's slots that is best kept for what nobody can plan, in per cent.
RESERVE = (10, 20)


@dataclass(frozen=True)
class FreeSlot:
    slot: Slot
    day: date
    at: datetime

    @property
    def channel_id(self) -> int:
        return self.slot.plan.channel_id

    @property
    def is_reserve(self) -> bool:
        return self.slot.kind in (SlotKind.BUFFER, SlotKind.REACTIVE)


def next_free(brand: Brand, channels: Iterable[int], shown: int = SHOWN) -> list[FreeSlot]:
    """The next free slots of these channels, soonest first; three queries, however many plans there are."""
    channels, now = list(channels), timezone.now()
    today = now.astimezone(brand.zone).date()
    slots = list(
        Slot.objects.filter(
            plan__brand=brand,
            plan__is_active=True,
            plan__end__gte=today,
            plan__channel__in=channels,
            plan__channel__is_active=True,
        ).select_related("plan__channel__platform", "pillar")
    )
    if not slots:
        return []
    made = {
        (slot, monday(day))
        for slot, day in Post.objects.filter(slot__in=slots, slot_day__gte=monday(today)).values_list("slot", "slot_day")
    }
    taken = set(brand.publications.standing().filter(channel__in=channels, at__gt=now).values_list("channel", "at"))
    found = [
        place
        for slot in slots
        for place in _places(slot, today, brand)
        if place.at > now and (slot.pk, monday(place.day)) not in made and (place.channel_id, place.at) not in taken
    ]
    return sorted(found, key=lambda place: (place.at, place.slot.pk))[:shown]


def _places(slot: Slot, today: date, brand: Brand) -> Iterable[FreeSlot]:
    first = max(today, slot.plan.start)
    first += timedelta(days=(slot.weekday - first.weekday()) % 7)
    for day in days_between(first, slot.plan.end, step=timedelta(days=7)):
        yield FreeSlot(slot, day, moment_or_later(day, slot.time, brand.zone))


@dataclass(frozen=True)
class Reserve:
    """Buffer and reactive slots among all slots of some days."""

    kept: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.kept / self.total)

    @property
    def state(self) -> str:
        if self.percent < RESERVE[0]:
            return "few"
        return "many" if self.percent > RESERVE[1] else ""

    @property
    def word(self) -> str:
        return {"few": _("too little"), "many": _("a lot")}.get(self.state, "")


def reserve(brand: Brand, first: date, last: date) -> Reserve | None:
    """None where no slot lies in these days; one query."""
    rows = slots_between(brand, first, last).values_list("weekday", "kind", "plan__start", "plan__end")
    return reserve_of(rows, first, last)


def slots_between(brand: Brand, first: date, last: date) -> QuerySet[Slot]:
    return Slot.objects.filter(plan__brand=brand, plan__is_active=True, plan__start__lte=last, plan__end__gte=first)


def reserve_of(slots: Iterable[tuple[int, str, date, date]], first: date, last: date) -> Reserve | None:
    """Out of (weekday, kind, first and last day of the plan)."""
    counts: dict[bool, int] = defaultdict(int)
    for weekday, kind, start, end in slots:
        counts[kind in (SlotKind.BUFFER, SlotKind.REACTIVE)] += weekdays_between(weekday, max(first, start), min(last, end))
    total = sum(counts.values())
    return Reserve(counts[True], total) if total else None


def weekdays_between(weekday: int, first: date, last: date) -> int:
    """How many such weekdays lie from `first` to `last`."""
    first += timedelta(days=(weekday - first.weekday()) % 7)
    return max(0, (last - first).days // 7 + 1)
