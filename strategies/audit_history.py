"""Audits over time: the looks at one channel or competitor together, what moved between them, when to look again.

Works on rows that were read already (`strategy.audits.all()`) and asks nothing of the database itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from dateutil.relativedelta import relativedelta

from strategies.models import Audit, Strategy

MONTHS_BETWEEN = 3
DAYS_OF_A_MONTH = Decimal(365) / 12
SHORTEST_FOR_A_RATE = 7  # days; two looks within a week say nothing about a month

# The answers that still stand when the subject is looked at again; figures are counted anew.
KEPT_WORDS = (
    "best_format", "works", "to_improve", "strengths", "weaknesses", "hypothesis", "content_types", "popular_posts",
    "tactics", "neglected", "flops", "gap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One audit, and what moved since the look before; None where one of the two does not say."""

    audit: Audit
    followers: int | None = None
    posts: int | None = None
    followers_per_month: Decimal | None = None

    @property
    def has_moved(self) -> bool:
        return self.followers is not None or self.posts is not None


@dataclass
class Subject:
    """A channel of ours, or a competitor on a platform, with all looks at it, newest first."""

    looks: list[Look] = field(default_factory=list)

    @property
    def newest(self) -> Audit:
        return self.looks[0].audit

    @property
    def is_own(self) -> bool:
        return self.newest.kind == Audit.Kind.OWN

    @property
    def due(self) -> date | None:
        """The day for the next look; None where nobody wrote down the day of the last."""
        return self.newest.audited_on and self.newest.audited_on + relativedelta(months=MONTHS_BETWEEN)

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


def subjects(audits: Iterable[Audit]) -> list[Subject]:
    """The audits by whom they look at, in the order in which the subjects were first looked at."""
    found: dict[Any, list[Audit]] = {}
    place: dict[int, Any] = {}
    for audit in sorted(audits, key=_age):
        # Who looks again at a competitor and writes the name otherwise still means the same one.
        key = place.get(audit.earlier_id or 0) or _key(audit)
        place[audit.pk] = key
        found.setdefault(key, []).append(audit)
    return [Subject(_looks(rows)) for rows in found.values()]


def _age(audit: Audit) -> tuple[date, int]:
    return audit.audited_on or date.min, audit.pk


def _key(audit: Audit) -> tuple[str, Any, Any]:
    if audit.kind == Audit.Kind.OWN:
        return audit.kind, audit.channel_id or -audit.pk, None
    return audit.kind, audit.competitor.strip().casefold(), audit.platform_id


def _looks(oldest_first: list[Audit]) -> list[Look]:
    looks = [Look(oldest_first[0])]
    looks += [_compared(later, earlier) for earlier, later in pairwise(oldest_first)]
    return looks[::-1]


def _compared(later: Audit, earlier: Audit) -> Look:
    gained = _difference(later.followers, earlier.followers)
    posts = _difference(later.posts_per_month, earlier.posts_per_month)
    return Look(later, gained, posts, _per_month(gained, later.audited_on, earlier.audited_on))


def _difference(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def _per_month(gained: int | None, now: date | None, before: date | None) -> Decimal | None:
    if gained is None or now is None or before is None or (now - before).days < SHORTEST_FOR_A_RATE:
        return None
    return Decimal(gained) * DAYS_OF_A_MONTH / (now - before).days


def gaps(found: Iterable[Subject]) -> list[Audit]:
    """The newest audits that name a gap: an older one may be closed by now."""
    return [subject.newest for subject in found if subject.newest.gap.strip()]


def latest_audit_day(strategy: Strategy) -> date | None:
    """When anything was looked at last; None where no audit names its day."""
    return max((audit.audited_on for audit in strategy.audits.all() if audit.audited_on), default=None)
