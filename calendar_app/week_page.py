"""What the week shows: seven days side by side, hour by hour, from the first working hour on."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Window
from django.db.models.functions import ExtractHour, RowNumber, TruncDate
from django.http import QueryDict

from brands.models import Brand
from calendar_app import filters as calendar_filters
from calendar_app import key_dates
from calendar_app.filters import Filters
from calendar_app.models import Publication, PublicationQuerySet
from calendar_app.moments import span
from calendar_app.month import Day, Month, one_week
from calendar_app.month_page import FIELDS, Cadence, Share, Summarised, Summary, channels_with_cadence, pillars_between
from strategies.models import Pillar
from strategies.weeks import monday

# Always drawn, so that there is a place to drop a post; other hours only where something stands in them.
WORKING_HOURS = range(8, 21)
CHIPS_PER_HOUR = 4
WEEK = timedelta(days=7)


@dataclass
class Hour:
    """An hour of a day: a place to look at and to drop a post on."""

    number: int
    chips: list[Publication] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.chips)


@dataclass
class Column:
    day: Day
    hours: list[Hour]

    @property
    def total(self) -> int:
        return sum(hour.total for hour in self.hours)


@dataclass
class WeekPage(Summarised):
    first: date
    today: date
    filters: Filters
    columns: list[Column]
    hours: list[int]
    cadence: list[Cadence]
    mix: list[Share]
    pillars: list[Pillar]
    waiting: int
    missed: int

    @property
    def last(self) -> date:
        return self.first + WEEK - timedelta(days=1)

    @property
    def week(self) -> list[date]:
        return [column.day.date for column in self.columns]

    @property
    def is_current(self) -> bool:
        return monday(self.today) == self.first

    @property
    def is_empty(self) -> bool:
        return not any(column.total for column in self.columns)

    @property
    def kept(self) -> list[tuple[str, str]]:
        return [] if self.is_current else [("week", str(self.first))]

    @property
    def query_after(self) -> str:
        """The filters, to stand behind the day in an address."""
        return f"&{self.filters.query}" if self.filters.query else ""

    @property
    def before(self) -> date:
        return self.first - WEEK

    @property
    def after(self) -> date:
        return self.first + WEEK


def week_page(brand: Brand, first: date, asked: QueryDict) -> WeekPage:
    """The week that begins on the Monday `first`, in as many queries as a month takes."""
    today, last = brand.today(), first + WEEK - timedelta(days=1)
    channels = list(channels_with_cadence(brand, today))
    pillars = list(pillars_between(brand, first, last))
    campaigns = list(brand.campaigns.only("name", "start", "end", "brand_id"))
    filters = calendar_filters.read(asked, brand, channels, pillars, campaigns)
    chosen = filters.chosen("campaign")
    marks = key_dates.between(brand, first, last)
    week = one_week(first, today, [row for row in campaigns if chosen in ("", str(row.pk))])
    for day in week.days:
        day.marks = marks.get(day.date, [])
    cells = _cells(filters.apply(brand.publications.between(*span(first, last, brand.zone))), brand)
    hours = sorted({*WORKING_HOURS, *(hour for _day, hour in cells)})
    summary = Summary(brand, Month.of(first), first)
    return WeekPage(
        first=first, today=today, filters=filters, hours=hours,
        columns=[Column(day, [cells.get((day.date, hour), Hour(hour)) for hour in hours]) for day in week.days],
        cadence=summary.cadence(channels), mix=summary.mix(pillars), pillars=pillars,
        waiting=summary.waiting, missed=summary.missed,
    )  # fmt: skip


def _cells(publications: PublicationQuerySet, brand: Brand) -> dict[tuple[date, int], Hour]:
    """The first few posts of each hour that has any, and how many it has."""
    zone = brand.zone
    place = {"partition_by": [TruncDate("at", tzinfo=zone), ExtractHour("at", tzinfo=zone)]}
    rows = publications.annotate(
        place=Window(RowNumber(), order_by=[F("at").asc(), F("pk").asc()], **place), in_hour=Window(Count("pk"), **place)
    )
    rows = rows.filter(place__lte=CHIPS_PER_HOUR).select_related("post__pillar", "channel__platform").only(*FIELDS)
    cells: dict[tuple[date, int], Hour] = defaultdict(lambda: Hour(0))
    for row in rows.order_by("at", "pk"):
        local = row.at.astimezone(zone)
        cell = cells[local.date(), local.hour]
        cell.number, cell.total = local.hour, row.in_hour
        cell.chips.append(row)
    return dict(cells)
