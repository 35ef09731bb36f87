"""What the rules look at: plain values, read at once by `reading.py`. A rule needs no database to be tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from calendar_app.promotions import Promotion
from metrics.five_cs import FiveCs
from metrics.kpi import Klass

# How far back figures and posts are looked at.
WINDOW_DAYS = 30
ADHERENCE_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A row, or one of the fixed steps and questions, with the words people know it by."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class GoalFact:
    pk: int
    name: str
    letters: int = 5  # of SMART
    lacks: tuple[str, ...] = ()  # the letters that are not earned, in words
    has_target: bool = True  # a primary KPI or measure with a number
    serves_business: bool = True
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelFact:
    """One active channel of the strategy. Shares and growth are in per cent; None where nothing was measured."""

    pk: int
    name: str
    is_personal: bool = False
    keeps_pages_apart: bool = False  # category A
    has_no_company_pages: bool = False  # category C
    needs_video: bool = False
    grew_by_buying: bool = False
    growth: Fraction | None = None
    engagement: Fraction | None = None
    engagement_before: Fraction | None = None
    last_figure: date | None = None
    longest_gap: int | None = None  # days without a post within the last weeks; None where it is too early to say
    last_original: date | None = None
    last_promotion: date | None = None
    has_persona: bool = True
    has_editorial_plan: bool = True
    hours_needed: Decimal = Decimal(0)
    hours_kept: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineFact:
    """A budget line; `pk` None gathers what was spent without one."""

    pk: int | None
    name: str
    planned: Decimal
    spent: Decimal
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """ROI of one month, in per cent; None where it cannot be worked out."""

    month: date
    percent: Fraction | None


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    organic_only: bool = False
    lines: tuple[LineFact, ...] = ()
    utilisation: Fraction | None = None
    hours_planned: Decimal = Decimal(0)  # of staff, from the start to today
    hours_worked: Decimal | None = None
    returns: tuple[Returned, ...] = ()  # oldest first
    reviewed_on: date | None = None

    @property
    def planned(self) -> Decimal:
        return sum((line.planned for line in self.lines), Decimal(0))

    @property
    def spent(self) -> Decimal:
        return sum((line.spent for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class PostFacts:
    """Posts on the strategy's channels: of the last 30 days, of the last four weeks, of this month."""

    published: int = 0
    automated: int = 0
    promo: int = 0
    published_in_weeks: int = 0  # reactive ones left out
    outside: int = 0
    attract: int = 0
    engage: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    today: date
    start: date
    end: date
    empty_steps: tuple[Named, ...] = ()
    next_task: date | None = None  # the next day on which somebody has something to do
    goals: tuple[GoalFact, ...] = ()
    unanswered: tuple[Named, ...] = ()
    personas: int = 0
    complete_personas: int = 0
    channels: tuple[ChannelFact, ...] = ()
    posts: PostFacts = PostFacts()
    money: MoneyFacts = MoneyFacts()
    response_rate: Fraction | None = None
    adherence: Fraction | None = None
    team_hours: Decimal = Decimal(0)
    skills: frozenset[str] = frozenset()
    unplaced_promotion: date | None = None  # advertising of which nobody said for which channel
    last_audit: date | None = None
    platforms_reviewed_on: date | None = None
    five_cs: FiveCs = field(default_factory=FiveCs)
    promotions: tuple[Promotion, ...] = ()
    classes: Mapping[str, Klass] = field(default_factory=dict)  # of KPIs, where administrators set them otherwise

    @property
    def has_begun(self) -> bool:
        return self.start <= self.today

    @property
    def is_over(self) -> bool:
        return self.end < self.today

    @property
    def is_running(self) -> bool:
        return self.has_begun and not self.is_over

    def days_since(self, day: date | None) -> int:
        """Days from `day` to today; where there is none, from the strategy's start."""
        return (self.today - (day or self.start)).days

    def is_within(self, day: date | None, days: Decimal) -> bool:
        """Whether the day lies within the last `days` days."""
        return day is not None and day >= self.today - timedelta(days=int(days))
