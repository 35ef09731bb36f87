"""The quarter: thirteen weeks with their campaigns and how many posts each channel has in them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.http import QueryDict

from brands.models import Brand, Channel
from calendar_app import filters as calendar_filters
from calendar_app import key_dates
from calendar_app.filters import Filters
from calendar_app.key_dates import Mark
from calendar_app.models import Campaign, Publication
from calendar_app.moments import span
from calendar_app.month_page import channels_with_cadence, pillars_between
from strategies.weeks import monday

WEEKS = 13
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Bar:
    """A campaign over some weeks of the quarter, or (without one) the room between two."""

    weeks: int
    campaign: Campaign | None = None
    goes_on_before: bool = False
    goes_on_after: bool = False


@dataclass(frozen=True)
class Cell:
    """A channel's posts in one week, beside what the strategy of today asks for."""

    week: date
    planned: int
    published: int
    target: int
    is_gone: bool

    @property
    def word(self) -> str:
        """few, many or good; nothing where no strategy says how often, or nothing is planned that far ahead."""
        if not self.target or not self.planned:
            return ""
        return "few" if self.planned < self.target else "many" if 2 * self.planned > 3 * self.target else "good"


@dataclass
class Row:
    channel: Channel
    cells: list[Cell]


@dataclass
class Week:
    """The quarter's week as a phone shows it: one under the other."""

    first: date
    is_current: bool
    campaigns: list[Campaign]
    marks: list[Mark]
    cells: list[tuple[Channel, Cell]]

    @property
    def last(self) -> date:
        return self.first + WEEK - timedelta(days=1)

    @property
    def planned(self) -> int:
        return sum(cell.planned for _channel, cell in self.cells)


@dataclass
class QuarterPage:
    first: date
    today: date
    filters: Filters
    weeks: list[Week]
    months: list[tuple[date, int]]
    lanes: list[list[Bar]]
    rows: list[Row] = field(default_factory=list)

    @property
    def last(self) -> date:
        return self.weeks[-1].last

    @property
    def is_current(self) -> bool:
        return self.first == monday(self.today)

    @property
    def kept(self) -> list[tuple[str, str]]:
        return [] if self.is_current else [("from", str(self.first))]

    @property
    def query_after(self) -> str:
        """The filters, to stand behind the day in an address."""
        return f"&{self.filters.query}" if self.filters.query else ""

    @property
    def before(self) -> date:
        return self.first - WEEKS * WEEK

    @property
    def after(self) -> date:
        return self.first + WEEKS * WEEK


def quarter_page(brand: Brand, first: date, asked: QueryDict) -> QuarterPage:
    """Thirteen weeks from the Monday `first`."""
    today, last = brand.today(), first + WEEKS * WEEK - timedelta(days=1)
    channels = list(channels_with_cadence(brand, today))
    pillars, campaigns = list(pillars_between(brand, first, last)), list(brand.campaigns.all())
    filters = calendar_filters.read(asked, brand, channels, pillars, campaigns)
    chosen = filters.chosen("campaign")
    running = [row for row in campaigns if row.start <= last and row.end >= first and chosen in ("", str(row.pk))]
    mondays = [first + number * WEEK for number in range(WEEKS)]
    counts = _counts(filters, brand, first, last)
    shown = [channel for channel in channels if channel.is_active and filters.chosen("channel") in ("", str(channel.pk))]
    rows = [Row(channel, [_cell(channel, week, counts, today) for week in mondays]) for channel in shown]
    marks = key_dates.marks(brand, first, last)
    weeks = [_week(week, today, running, marks, rows, place) for place, week in enumerate(mondays)]
    return QuarterPage(first, today, filters, weeks, months_of(mondays), lanes_of(running, first), rows)


def lanes_of(campaigns: Iterable[Campaign], first: date) -> list[list[Bar]]:
    """Campaigns as bars of whole weeks, in as few rows as they need; each row's bars make thirteen weeks. Pure."""
    lanes: list[list[Bar]] = []
    free: list[int] = []
    for campaign in sorted(campaigns, key=lambda row: (row.start, row.pk)):
        start = max(0, (campaign.start - first).days // 7)
        end = min(WEEKS - 1, (campaign.end - first).days // 7)
        lane = next((number for number, week in enumerate(free) if week <= start), len(lanes))
        if lane == len(lanes):
            lanes.append([])
            free.append(0)
        if start > free[lane]:
            lanes[lane].append(Bar(start - free[lane]))
        before, after = campaign.start < first, campaign.end >= first + WEEKS * WEEK
        lanes[lane].append(Bar(end - start + 1, campaign, before, after))
        free[lane] = end + 1
    for lane, used in enumerate(free):
        if used < WEEKS:
            lanes[lane].append(Bar(WEEKS - used))
    return lanes


def months_of(mondays: Iterable[date]) -> list[tuple[date, int]]:
    """The months that the weeks begin in, each with how many of them. Pure."""
    counted = Counter(week.replace(day=1) for week in mondays)
    return sorted(counted.items())


def _counts(filters: Filters, brand: Brand, first: date, last: date) -> dict[tuple[int, date], tuple[int, int]]:
    """(channel, Monday) -> (planned or out, out); one query."""
    rows = filters.apply(brand.publications.between(*span(first, last, brand.zone))).order_by()
    out = Count("pk", filter=Q(status=Publication.Status.PUBLISHED))
    found: dict[tuple[int, date], tuple[int, int]] = {}
    days = rows.annotate(day=TruncDate("at", tzinfo=brand.zone)).values_list("channel", "day").annotate(all=Count("pk"), out=out)
    for channel, day, planned, published in days:
        before = found.get((channel, monday(day)), (0, 0))
        found[channel, monday(day)] = (before[0] + planned, before[1] + published)
    return found


def _cell(channel: Channel, week: date, counts: dict[tuple[int, date], tuple[int, int]], today: date) -> Cell:
    planned, published = counts.get((channel.pk, week), (0, 0))
    target = int((channel.per_week or 0) and channel.per_week.to_integral_value(ROUND_CEILING))
    return Cell(week, planned, published, target, is_gone=week + WEEK <= today)


def _week(first: date, today: date, campaigns: list[Campaign], marks: list[Mark], rows: list[Row], place: int) -> Week:
    running = [row for row in campaigns if row.start < first + WEEK and row.end >= first]
    dates = [mark for mark in marks if mark.first < first + WEEK and mark.last >= first]
    return Week(first, monday(today) == first, running, dates, [(row.channel, row.cells[place]) for row in rows])
