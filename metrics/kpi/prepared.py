"""How a figure that nobody records follows from figures that somebody does.

These are declarations only: the part of the product that has the rows reads them and does the work. Where a measure can
also be recorded, a recorded figure wins and the preparation fills in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Preparation(StrEnum):
    """The ways to prepare a figure; what `sources` names is said beside each."""

    SAME = "same"  # another measure over the same period
    SUM = "sum"  # measures, added; one that the platform does not offer counts as 0
    DIFFERENCE = "difference"  # two measures: the first minus the second
    PREVIOUS = "previous"  # a measure over the period of equal length just before
    OPENING = "opening"  # a stock: its last figure before the period begins
    CLOSING = "closing"  # a stock: its last figure within the period
    KPI = "kpi"  # the exact result of a KPI over the same period
    LEDGER = "ledger"  # a kind of ledger entry (see Ledger), added up
    BUDGET = "budget"  # the planned amounts of the budget lines; no sources
    POSTS = "posts"  # publications published in the period; no sources
    PLAN = "plan"  # dated weekly plan rows: "planned", or "kept" = Σ min(published, planned) week by week
    RATINGS = "ratings"  # rated mentions: "score" = Σ weight × score, or "weight" = Σ weight
    TARGET = "target"  # a field of the goal's target: "current", "baseline" or "target"


class Ledger(StrEnum):
    """The kinds of ledger entry that a LEDGER preparation adds up."""

    INVESTMENT = "investment"
    INCOME = "income"
    COST_OF_GOODS = "cogs"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One way to prepare a figure. `ads_only` keeps to ledger entries that carry the ad flag."""

    kind: Preparation
    sources: tuple[str, ...] = ()
    ads_only: bool = False

    @classmethod
    def same(cls, measure: str) -> Self:
        return cls(Preparation.SAME, (measure,))

    @classmethod
    def sum(cls, *measures: str) -> Self:
        return cls(Preparation.SUM, measures)

    @classmethod
    def difference(cls, whole: str, part: str) -> Self:
        return cls(Preparation.DIFFERENCE, (whole, part))

    @classmethod
    def previous(cls, measure: str) -> Self:
        return cls(Preparation.PREVIOUS, (measure,))

    @classmethod
    def opening(cls, measure: str) -> Self:
        return cls(Preparation.OPENING, (measure,))

    @classmethod
    def closing(cls, measure: str) -> Self:
        return cls(Preparation.CLOSING, (measure,))

    @classmethod
    def kpi(cls, name: str) -> Self:
        return cls(Preparation.KPI, (name,))

    @classmethod
    def ledger(cls, kind: Ledger, *, ads_only: bool = False) -> Self:
        return cls(Preparation.LEDGER, (kind.value,), ads_only)

    @classmethod
    def budget(cls) -> Self:
        return cls(Preparation.BUDGET)

    @classmethod
    def posts(cls) -> Self:
        return cls(Preparation.POSTS)

    @classmethod
    def plan(cls, part: str) -> Self:
        return cls(Preparation.PLAN, (part,))

    @classmethod
    def ratings(cls, part: str) -> Self:
        return cls(Preparation.RATINGS, (part,))

    @classmethod
    def target(cls, field: str) -> Self:
        return cls(Preparation.TARGET, (field,))

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures this is prepared from; empty where it comes from other rows."""
        return self.sources if self.kind in _FROM_MEASURES else ()


_FROM_MEASURES = {
    Preparation.SAME,
    Preparation.SUM,
    Preparation.DIFFERENCE,
    Preparation.PREVIOUS,
    Preparation.OPENING,
    Preparation.CLOSING,
}
