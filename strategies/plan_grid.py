"""Plans as tables: a communication plan's months × media, an editorial plan's times × weekdays."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from strategies import plans
from strategies.models import CommunicationPlan, EditorialPlan, PlanItem, Slot, Weekday


@dataclass
class MonthRow:
    first: date
    cells: list[tuple[Any, list[PlanItem]]]
    is_over: bool
    is_now: bool
    editorial: list[EditorialPlan] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(items) for _medium, items in self.cells)


@dataclass
class PlanGrid:
    media: list[Any]
    months: list[MonthRow]

    @property
    def gaps(self) -> list[MonthRow]:
        """Months ahead in which nothing is planned."""
        return [row for row in self.months if not row.count and not row.is_over]


def grid(plan: CommunicationPlan, items: Iterable[PlanItem], editorial: Iterable[EditorialPlan], today: date) -> PlanGrid:
    """A column for each medium that the plan uses, social networks always."""
    items, editorial = list(items), list(editorial)
    used = {item.medium for item in items} | {PlanItem.Medium.SOCIAL}
    media = [medium for medium in PlanItem.Medium if medium in used]
    rows = []
    for month in plans.months_of(plan.start, plan.end):
        last = plans.last_day(month, 1)
        mine = [item for item in items if item.month == month]
        cells = [(medium, [item for item in mine if item.medium == medium]) for medium in media]
        inside = [row for row in editorial if plans.overlap((row.start, row.end), (month, last))]
        rows.append(MonthRow(month, cells, last < today, month <= today <= last, inside))
    return PlanGrid(media, rows)


def months_without_items(plan: CommunicationPlan, today: date) -> list[date]:
    """The months ahead of a plan whose items were prefetched, in which nothing is planned."""
    empty = plans.months_without(plan.start, plan.end, [item.month for item in plan.items.all()])
    return [month for month in empty if plans.last_day(month, 1) >= today]


@dataclass
class WeekGrid:
    """Rows are times, columns weekdays; `days` holds the same slots by weekday, for narrow screens."""

    rows: list[tuple[time, list[tuple[Weekday, list[Slot]]]]]
    days: list[tuple[Weekday, list[Slot]]]


def week(slots: Iterable[Slot]) -> WeekGrid:
    slots = sorted(slots, key=lambda slot: (slot.time, slot.weekday))
    times = sorted({slot.time for slot in slots})
    rows = [
        (clock, [(day, [slot for slot in slots if (slot.time, slot.weekday) == (clock, day)]) for day in Weekday])
        for clock in times
    ]
    return WeekGrid(rows, [(day, [slot for slot in slots if slot.weekday == day]) for day in Weekday])
