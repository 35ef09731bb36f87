"""A month as a list of weeks of days. Pure: dates, chips and campaigns in, grid out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Generic, Protocol, TypeVar

from strategies.weeks import monday

Chip = TypeVar("Chip")
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# More campaigns at the same time are real, but a cell has room for the posts, too.
LANES = 2


class HasSpan(Protocol):
    """What is drawn as a bar over days: a campaign."""

    pk: int
    name: str
    start: date
    end: date


@dataclass(frozen=True)
class Month:
    """A calendar month; in addresses `2027-03`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, words: str) -> "Month":
        """The month of `2027-03`; ValueError for anything else, and for years that leave no room on either side."""
        if len(words) != 7 or words[4] != "-" or not (words.isascii() and words[:4].isdigit() and words[5:].isdigit()):
            raise ValueError(words)
        first = date(int(words[:4]), int(words[5:]), 1)
        if not MINYEAR + 100 < first.year < MAXYEAR - 100:
            raise ValueError(words)
        return cls.of(first)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.following.first - DAY

    @property
    def following(self) -> "Month":
        return Month.of(self.first + timedelta(days=31))

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - DAY)

    def shown(self) -> tuple[date, date]:
        """The Monday on which the grid begins, and the Sunday on which it ends."""
        return monday(self.first), monday(self.last) + timedelta(days=6)


@dataclass(frozen=True)
class Segment:
    """A campaign's part in one day. It is named where it begins and at the start of each week."""

    campaign: HasSpan
    starts: bool
    ends: bool
    is_named: bool
    lane: int


@dataclass
class Day(Generic[Chip]):
    """A cell of the grid. `is_out`: of the month before or after; `total` counts chips that have no room, too."""

    date: date
    is_out: bool
    is_today: bool
    is_gone: bool
    chips: Sequence[Chip] = ()
    total: int = 0
    segments: list[Segment | None] = field(default_factory=list)
    marks: Sequence = ()  # key dates

    @property
    def is_weekend(self) -> bool:
        return self.date.weekday() >= 5

    @property
    def more(self) -> int:
        return self.total - len(self.chips)


@dataclass
class Week(Generic[Chip]):
    """A row of the grid, Monday to Sunday."""

    days: list[Day[Chip]]

    @property
    def is_past(self) -> bool:
        return all(day.is_gone or day.is_out for day in self.days)

    @property
    def is_current(self) -> bool:
        return any(day.is_today for day in self.days)


def week_days(day: date) -> list[date]:
    """The seven days of the week that `day` lies in."""
    return [monday(day) + timedelta(days=number) for number in range(7)]


def grid(
    month: Month,
    today: date,
    chips: Mapping[date, Sequence[Chip]],
    totals: Mapping[date, int],
    campaigns: Iterable[HasSpan] = (),
) -> list[Week[Chip]]:
    """The weeks of a month. `chips` are those that are shown, `totals` counts all of a day."""
    first, last = month.shown()
    campaigns = list(campaigns)
    weeks = []
    for start in days_between(first, last, step=WEEK):
        days = [_day(month, today, start + timedelta(days=number), chips, totals) for number in range(7)]
        _lay_campaigns(days, campaigns)
        weeks.append(Week(days))
    return weeks


def one_week(first: date, today: date, campaigns: Iterable[HasSpan] = ()) -> Week:
    """The week from the Monday `first`, without chips."""
    days: list[Day] = [Day(day, is_out=False, is_today=day == today, is_gone=day < today) for day in week_days(first)]
    _lay_campaigns(days, list(campaigns))
    return Week(days)


def days_between(first: date, last: date, step: timedelta = DAY) -> Iterable[date]:
    """The days from `first` to `last`, both included."""
    while first <= last:
        yield first
        first += step


def _day(month: Month, today: date, day: date, chips: Mapping[date, Sequence[Chip]], totals: Mapping[date, int]) -> Day[Chip]:
    return Day(
        date=day,
        is_out=Month.of(day) != month,
        is_today=day == today,
        is_gone=day < today,
        chips=chips.get(day, ()),
        total=totals.get(day, 0),
    )


def _lay_campaigns(days: list[Day[Chip]], campaigns: list[HasSpan]) -> None:
    """Give each campaign of the week one lane for the whole week, so that its segments join into a bar."""
    first, last = days[0].date, days[-1].date
    current = sorted((c for c in campaigns if c.start <= last and c.end >= first), key=lambda c: (c.start, c.pk))
    free_from = [date.min] * LANES
    for campaign in current:
        lane = next((number for number in range(LANES) if free_from[number] <= campaign.start), None)
        if lane is None:
            continue
        free_from[lane] = campaign.end + DAY if campaign.end < date.max else date.max
        for day in days:
            if campaign.start <= day.date <= campaign.end:
                _place(day, lane, _segment(campaign, day, first, lane))


def _segment(campaign: HasSpan, day: Day[Chip], week_start: date, lane: int) -> Segment:
    starts = day.date == campaign.start
    return Segment(campaign, starts, day.date == campaign.end, is_named=starts or day.date == week_start, lane=lane)


def _place(day: Day[Chip], lane: int, segment: Segment) -> None:
    day.segments.extend([None] * (lane + 1 - len(day.segments)))
    day.segments[lane] = segment
