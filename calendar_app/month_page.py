"""What the month shows, in as few queries as it takes, however many posts there are."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING
from urllib.parse import urlencode

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber, TruncDate
from django.http import QueryDict

from brands.models import Brand, Channel
from calendar_app import filters as calendar_filters
from calendar_app.filters import Filters
from calendar_app.free_slots import Reserve
from calendar_app.key_dates import Mark
from calendar_app.models import Post, Publication, PublicationQuerySet
from calendar_app.moments import span
from calendar_app.month import Month, Week, grid, week_days
from calendar_app.month_frame import month_frame
from strategies.models import Pillar, StrategyChannel
from strategies.weeks import monday

CHIPS_PER_DAY = 3
IDEAS_SHOWN = 6
LEGEND = ["idea", "draft", "in_review", "changes_requested", "approved", "scheduled", "due", "published", "missed", "expired"]
# Points between a pillar's share and its plan that are still as planned.
MIX_TOLERANCE = 5
FIELDS = (
    "at", "status", "version", "text_override", "origin", "channel_id", "brand_id",
    "post__title", "post__state", "post__version", "post__pillar__colour", "post__pillar__name",
    "channel__handle", "channel__platform__name", "channel__platform__slug",
)  # fmt: skip


@dataclass
class Cadence:
    channel: Channel
    published: int
    planned: int

    @property
    def target(self) -> int:
        return int(self.channel.per_week.to_integral_value(ROUND_CEILING))

    @property
    def pips(self) -> list[str]:
        """Published, planned and still empty places, as CSS classes; at most a dozen."""
        places = max(self.target, self.planned)
        return ["f" if n < self.published else "s" if n < self.planned else "" for n in range(min(places, 12))]

    @property
    def state(self) -> str:
        """Against what the strategy wants: "few", "many" or empty. Too many is also more than is advised for the platform."""
        advised = self.channel.platform.cadence_max
        if self.planned < self.target:
            return "few"
        return "many" if advised is not None and self.planned > max(self.target, advised) else ""


@dataclass
class Share:
    pillar: Pillar
    percent: float

    @property
    def off(self) -> int:
        """Points above (or below) the plan, where that is worth saying."""
        points = round(self.percent - self.pillar.share)
        return points if abs(points) > MIX_TOLERANCE else 0


class Summarised:
    """What stands over and under the days of a month and of a week alike."""

    mix: list[Share]

    @property
    def legend(self) -> list[str]:
        return LEGEND

    @property
    def mix_parts(self) -> list[tuple[str, float]]:
        return [(f"f-pil{share.pillar.colour}", share.percent) for share in self.mix]

    @property
    def mix_off(self) -> Share | None:
        off = [share for share in self.mix if share.off]
        return max(off, key=lambda share: abs(share.off)) if off else None


@dataclass
class MonthPage(Summarised):
    month: Month
    today: date
    filters: Filters
    weeks: list[Week[Publication]]
    week: list[date]
    cadence: list[Cadence]
    mix: list[Share]
    pillars: list[Pillar]
    ideas: list[Publication]
    ideas_total: int
    waiting: int
    missed: int
    week_counts: list[tuple[date, int]]
    reserve: Reserve | None
    dates_ahead: list[Mark]

    @property
    def is_current(self) -> bool:
        return Month.of(self.today) == self.month

    @property
    def kept(self) -> list[tuple[str, str]]:
        return [] if self.is_current else [("month", str(self.month))]

    @property
    def before_url(self) -> str:
        return self._address(month=str(self.month.previous))

    @property
    def after_url(self) -> str:
        return self._address(month=str(self.month.following))

    @property
    def now_url(self) -> str:
        return self._address()

    def _address(self, **more: str) -> str:
        return "?" + "&".join(part for part in (urlencode(more), self.filters.query) if part)

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    @property
    def has_past(self) -> bool:
        """Part of the month shown is behind us: on a phone it opens on demand."""
        return self.is_current and self.today > self.month.first

    @property
    def is_empty(self) -> bool:
        return not any(day.total for week in self.weeks for day in week.days)


def month_page(brand: Brand, month: Month, asked: QueryDict) -> MonthPage:
    today = brand.today()
    first, last = month.shown()
    channels = list(channels_with_cadence(brand, today))
    pillars = list(pillars_between(brand, first, last))
    # The bars need those of the month, the filter all of them.
    frame = month_frame(brand, month)
    campaigns = frame.campaigns
    filters = calendar_filters.read(asked, brand, channels, pillars, campaigns)
    chips, totals = _chips(filters.apply(_in_grid(brand, first, last)), brand)
    ideas, ideas_total = chips.pop(None, []), totals.pop(None, 0)
    start_of_week = monday(today) if first <= today <= last else first
    summary = Summary(brand, month, start_of_week)
    shown = [
        row for row in campaigns if row.start <= last and row.end >= first and filters.chosen("campaign") in ("", str(row.pk))
    ]
    week = week_days(start_of_week)
    weeks = grid(month, today, chips, totals, shown)
    for day in (day for row in weeks for day in row.days):
        day.marks = frame.marks.get(day.date, ())
    return MonthPage(
        month=month,
        today=today,
        filters=filters,
        weeks=weeks,
        week=week,
        cadence=summary.cadence(channels),
        mix=summary.mix(pillars),
        pillars=pillars,
        ideas=ideas,
        ideas_total=ideas_total,
        waiting=summary.waiting,
        missed=summary.missed,
        week_counts=[(day, totals.get(day, 0)) for day in week],
        reserve=frame.reserve,
        dates_ahead=frame.dates_ahead,
    )


def channels_with_cadence(brand: Brand, today: date):
    """The brand's channels, each with the posts per week that the strategy of today wants there."""
    plans = StrategyChannel.objects.filter(
        channel=OuterRef("pk"), strategy__brand=brand, strategy__start__lte=today, strategy__end__gte=today
    ).exclude(strategy__status="archived")
    per_week = Subquery(plans.order_by("-posts_per_week").values("posts_per_week")[:1])
    return brand.channels.select_related("platform").annotate(per_week=per_week)


def pillars_between(brand: Brand, first: date, last: date):
    overlapping = Q(strategy__start__lte=last, strategy__end__gte=first)
    return (
        Pillar.objects.filter(overlapping, strategy__brand=brand)
        .exclude(strategy__status="archived")
        .order_by("strategy", "position", "pk")
    )


def _in_grid(brand: Brand, first: date, last: date) -> PublicationQuerySet:
    """Those of the days shown, and those that have no day yet."""
    start, end = span(first, last, brand.zone)
    undated = Q(at=None, status=Publication.Status.PLANNED)
    return Publication.objects.filter(Q(at__gte=start, at__lt=end) | undated, brand=brand)


def _chips(publications: PublicationQuerySet, brand: Brand) -> tuple[dict, dict]:
    """(the first few of each day, how many each day has); the day None holds those without one.

    The few are found among bare rows: joining posts and channels to all of a busy month takes twice as long.
    """
    day = TruncDate("at", tzinfo=brand.zone)
    ranked = publications.annotate(
        day=day,
        place=Window(RowNumber(), partition_by=day, order_by=[F("at").asc(), F("pk").asc()]),
        in_day=Window(Count("pk"), partition_by=day),
    ).filter(Q(place__lte=CHIPS_PER_DAY) | Q(at=None, place__lte=IDEAS_SHOWN))
    days, totals = {}, {}
    for pk, at_day, in_day in ranked.order_by().values_list("pk", "day", "in_day"):
        days[pk], totals[at_day] = at_day, in_day
    chips = defaultdict(list)
    # The same number of queries for a month without posts: no key is 0.
    rows = Publication.objects.filter(pk__in=days or [0]).select_related("post__pillar", "channel__platform")
    for row in rows.only(*FIELDS).order_by("at", "pk"):
        chips[days[row.pk]].append(row)
    return chips, totals


class Summary:
    """One grouped query: what the week and the month hold, by channel, pillar and status."""

    def __init__(self, brand: Brand, month: Month, start_of_week: date) -> None:
        month_start, month_end = span(month.first, month.last, brand.zone)
        week = week_days(start_of_week)
        week_start, week_end = span(week[0], week[-1], brand.zone)
        rows = Publication.objects.filter(
            brand=brand, at__gte=min(month_start, week_start), at__lt=max(month_end, week_end)
        ).standing()
        in_month = Case(When(at__gte=month_start, at__lt=month_end, then=Value(1)), default=Value(0))
        in_week = Case(When(at__gte=week_start, at__lt=week_end, then=Value(1)), default=Value(0))
        self.by_channel: Counter = Counter()
        self.published: Counter = Counter()
        self.by_pillar: Counter = Counter()
        self.waiting = self.missed = 0
        rows = rows.annotate(in_month=in_month, in_week=in_week).order_by()
        columns = ("channel", "post__pillar", "status", "post__state", "in_month", "in_week")
        for channel, pillar, status, state, month_row, week_row, count in rows.values_list(*columns).annotate(count=Count("pk")):
            self.by_channel[channel] += count * week_row
            self.published[channel] += count * week_row * (status == Publication.Status.PUBLISHED)
            self.by_pillar[pillar] += count * month_row
            self.waiting += count * month_row * (state == Post.State.IN_REVIEW and status == Publication.Status.PLANNED)
            self.missed += count * month_row * (status == Publication.Status.MISSED)

    def cadence(self, channels: list[Channel]) -> list[Cadence]:
        planned = [row for row in channels if row.is_active and row.per_week]
        return [Cadence(row, self.published[row.pk], self.by_channel[row.pk]) for row in planned]

    def mix(self, pillars: list[Pillar]) -> list[Share]:
        total = sum(self.by_pillar[row.pk] for row in pillars)
        return [Share(row, 100 * self.by_pillar[row.pk] / total) for row in pillars if self.by_pillar[row.pk]] if total else []
