"""Is a goal SMART? Pure: plain values in, five judged letters out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

MOST_PER_YEAR = Decimal(100)  # per cent of today's value; beyond it a person says that it can be done
DAYS_IN_YEAR = 365


class Letter(StrEnum):
    """The five letters of SMART."""

    SPECIFIC = "S"
    MEASURABLE = "M"
    ACHIEVABLE = "A"
    RELEVANT = "R"
    TIME_BOUND = "T"


class Reason(StrEnum):
    """Why a letter was judged as it was."""

    METRIC_AND_PLACE = "metric_and_place"
    NO_METRIC = "no_metric"
    NO_PLACE = "no_place"
    NUMBER = "number"
    NUMBER_AND_TODAY = "number_and_today"
    NO_NUMBER = "no_number"
    NO_TODAY = "no_today"
    WITHIN_LIMIT = "within_limit"
    CONFIRMED = "confirmed"
    OVER_LIMIT = "over_limit"
    UNKNOWN_CHANGE = "unknown_change"
    LINKED = "linked"
    NOT_LINKED = "not_linked"
    IN_TIME = "in_time"
    NO_DEADLINE = "no_deadline"
    ENDS_BEFORE_START = "ends_before_start"


class Verdict(NamedTuple):
    """Whether a goal earns one letter, and why or why not."""

    letter: Letter
    is_met: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said of a goal so far. `needs_today`: the target is a change of something that exists already."""

    metric: str = ""
    has_place: bool = False
    baseline: Decimal | None = None
    value: Decimal | None = None
    needs_today: bool = False
    start: date | None = None
    deadline: date | None = None
    serves_business: bool = False
    is_confirmed: bool = False

    @property
    def days(self) -> int | None:
        """From the start to the deadline, both counted; None where they make no span."""
        if self.start is None or self.deadline is None or self.deadline <= self.start:
            return None
        return (self.deadline - self.start).days + 1

    @property
    def change(self) -> Decimal | None:
        """The target against today in per cent of today; None where there is nothing to compare with."""
        if self.baseline is None or self.value is None or self.baseline == 0:
            return None
        return (self.value - self.baseline) / abs(self.baseline) * 100

    @property
    def change_per_year(self) -> Decimal | None:
        """The same pace kept for a year, in per cent of today."""
        if self.change is None or self.days is None:
            return None
        return self.change * DAYS_IN_YEAR / self.days


@dataclass(frozen=True, slots=True)
class Smart:
    """The five verdicts on a goal, and how many of the letters it has."""

    verdicts: tuple[Verdict, ...]

    @property
    def score(self) -> int:
        return sum(verdict.is_met for verdict in self.verdicts)

    @property
    def is_met(self) -> bool:
        return self.score == len(self.verdicts)

    def of(self, letter: Letter) -> Verdict:
        return next(verdict for verdict in self.verdicts if verdict.letter is letter)


def judge(draft: Draft) -> Smart:
    """A goal as it is being written, letter by letter."""
    return Smart((_specific(draft), _measurable(draft), _achievable(draft), _relevant(draft), _time_bound(draft)))


def _specific(draft: Draft) -> Verdict:
    if not draft.metric:
        return Verdict(Letter.SPECIFIC, False, Reason.NO_METRIC)
    reason = Reason.METRIC_AND_PLACE if draft.has_place else Reason.NO_PLACE
    return Verdict(Letter.SPECIFIC, draft.has_place, reason)


def _measurable(draft: Draft) -> Verdict:
    if draft.value is None:
        return Verdict(Letter.MEASURABLE, False, Reason.NO_NUMBER)
    if draft.needs_today and draft.baseline is None:
        return Verdict(Letter.MEASURABLE, False, Reason.NO_TODAY)
    reason = Reason.NUMBER if draft.baseline is None else Reason.NUMBER_AND_TODAY
    return Verdict(Letter.MEASURABLE, True, reason)


def _achievable(draft: Draft) -> Verdict:
    pace = draft.change_per_year
    if pace is not None and abs(pace) <= MOST_PER_YEAR:
        return Verdict(Letter.ACHIEVABLE, True, Reason.WITHIN_LIMIT)
    if draft.is_confirmed and draft.value is not None:
        return Verdict(Letter.ACHIEVABLE, True, Reason.CONFIRMED)
    return Verdict(Letter.ACHIEVABLE, False, Reason.UNKNOWN_CHANGE if pace is None else Reason.OVER_LIMIT)


def _relevant(draft: Draft) -> Verdict:
    reason = Reason.LINKED if draft.serves_business else Reason.NOT_LINKED
    return Verdict(Letter.RELEVANT, draft.serves_business, reason)


def _time_bound(draft: Draft) -> Verdict:
    if draft.deadline is None or draft.start is None:
        return Verdict(Letter.TIME_BOUND, False, Reason.NO_DEADLINE)
    is_met = draft.deadline > draft.start
    return Verdict(Letter.TIME_BOUND, is_met, Reason.IN_TIME if is_met else Reason.ENDS_BEFORE_START)


def most_within_limit(draft: Draft) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest target that needs nobody's word: as far from today as the limit allows in the days.

    None where today's value or the days are not known, or today is zero.
    """
    if not draft.baseline or draft.days is None:
        return None
    reach = abs(draft.baseline) * MOST_PER_YEAR / 100 * draft.days / DAYS_IN_YEAR
    return draft.baseline - reach, draft.baseline + reach


def compounded(percent_a_month: Decimal, months: int) -> Decimal:
    """How many times as much a growth of so many per cent each month makes."""
    return (1 + percent_a_month / 100) ** months


def growth_each_month(today: Decimal, target: Decimal, months: int) -> Decimal | None:
    """The growth in per cent that leads from `today` to `target` when each month adds it to the month before.

    None where no such growth exists: one of the two is not above zero, or there is no month.
    """
    if today <= 0 or target <= 0 or months < 1:
        return None
    return ((target / today) ** (Decimal(1) / months) - 1) * 100
