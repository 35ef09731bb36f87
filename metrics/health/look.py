"""A look at a strategy's health, as the page and the panel show it: what fails, what was accepted, how the score comes about."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from metrics.five_cs import Scored
from metrics.health.addresses import address
from metrics.health.reading import Accepted, Read, read
from metrics.health.rules import judge
from metrics.health.thresholds import THRESHOLDS
from metrics.health.verdicts import WHOLE, Link, Outcome, Rule, Score, Severity, Verdict, score
from strategies.models import Strategy

TONES = {
    Severity.ERROR: ("bad", "alert-circle"),
    Severity.WARNING: ("warn", "alert-triangle"),
    Severity.INFO: ("none", "info-circle"),
}
WORDS = {Severity.ERROR: _("Error"), Severity.WARNING: _("Warning"), Severity.INFO: pgettext_lazy("severity", "Note")}
COUNTED = {
    Severity.ERROR: ngettext_lazy("%(count)s error × %(points)s", "%(count)s errors × %(points)s", "count"),
    Severity.WARNING: ngettext_lazy("%(count)s warning × %(points)s", "%(count)s warnings × %(points)s", "count"),
    Severity.INFO: ngettext_lazy("%(count)s note × %(points)s", "%(count)s notes × %(points)s", "count"),
}
SHOWN_IN_PANEL = 3
CAUSES_SHOWN = 6
GOOD, FAIR = 80, 50


@dataclass(frozen=True)
class Reader:
    """What the person who looks may see and do."""

    may_edit: bool = True
    may_lead: bool = True
    sees_money: bool = True


@dataclass(frozen=True)
class ShownCause:
    text: str
    url: str


@dataclass(frozen=True)
class Item:
    """One rule, as it stands."""

    verdict: Verdict
    strategy: Strategy
    reader: Reader
    written: Accepted | None = None  # what somebody accepted, then or now
    limits: tuple[tuple[str, str], ...] = ()

    @property
    def rule(self) -> Rule:
        return self.verdict.rule

    @property
    def name(self) -> str:
        return self.verdict.name

    @property
    def severity(self) -> Severity:
        return self.verdict.severity

    @property
    def tone(self) -> str:
        return TONES[self.severity][0]

    @property
    def icon(self) -> str:
        return TONES[self.severity][1]

    @property
    def word(self) -> str | Promise:
        return WORDS[self.severity]

    @property
    def shown_causes(self) -> list[ShownCause]:
        return self.causes[:CAUSES_SHOWN]

    @property
    def more_causes(self) -> list[ShownCause]:
        return self.causes[CAUSES_SHOWN:]

    @property
    def is_accepted(self) -> bool:
        """It was accepted, and what makes it fire is what was accepted."""
        return self.written is not None and self.verdict.fails and self.written.cause == self.verdict.digest

    @property
    def has_lapsed(self) -> bool:
        return self.written is not None and self.verdict.fails and not self.is_accepted

    @property
    def url(self) -> str:
        """Where it is put right: the first cause's own place, else the rule's."""
        link = next((cause.link for cause in self.verdict.causes if cause.link), None) or self.rule.link
        return address(link, self.strategy, may_lead=self.reader.may_lead) if self.reader.may_edit else ""

    @cached_property
    def causes(self) -> list[ShownCause]:
        """Without what tells about money, where the reader may not see it."""
        seen = [cause for cause in self.verdict.causes if self.reader.sees_money or not cause.is_money]
        return [ShownCause(cause.text, self._address(cause.link)) for cause in seen]

    def _address(self, link: Link | None) -> str:
        if link is None or not self.reader.may_edit:
            return ""
        return address(link, self.strategy, may_lead=self.reader.may_lead)


@dataclass(frozen=True)
class Loss:
    """One line of how the score comes about."""

    severity: Severity
    count: int
    tone: str
    icon: str

    @property
    def lost(self) -> int:
        return self.count * self.severity.points

    @property
    def label(self) -> str:
        return COUNTED[self.severity] % {"count": self.count, "points": self.severity.points}


@dataclass(frozen=True)
class Look:
    """All rules of one strategy. `items` are those that the reader may see; the score counts all."""

    strategy: Strategy
    items: tuple[Item, ...]
    score: Score
    five_cs: tuple[Scored, ...]
    scores: tuple[tuple[date, int], ...]  # oldest first
    hidden: int = 0

    def _of(self, outcome: Outcome) -> list[Item]:
        return [item for item in self.items if item.verdict.outcome is outcome]

    @cached_property
    def failing(self) -> list[Item]:
        """What weighs, worst first."""
        weighing = [item for item in self._of(Outcome.FAIL) if not item.is_accepted]
        return sorted(weighing, key=lambda item: list(Severity).index(item.severity))

    @cached_property
    def accepted(self) -> list[Item]:
        return [item for item in self._of(Outcome.FAIL) if item.is_accepted]

    @cached_property
    def passing(self) -> list[Item]:
        return self._of(Outcome.PASS)

    @cached_property
    def not_applicable(self) -> list[Item]:
        return self._of(Outcome.NOT_APPLICABLE)

    @property
    def first(self) -> list[Item]:
        return self.failing[:SHOWN_IN_PANEL]

    @property
    def others(self) -> int:
        return max(0, len(self.failing) - SHOWN_IN_PANEL)

    @property
    def losses(self) -> list[Loss]:
        return [Loss(severity, count, *TONES[severity]) for severity, count in self.score.counts]

    @property
    def is_at_the_floor(self) -> bool:
        return sum(loss.lost for loss in self.losses) > WHOLE

    @property
    def tone(self) -> str:
        return tone_of(self.score.points)

    @property
    def earlier(self) -> list[tuple[date, int]]:
        """The scores of the days before today, oldest first."""
        today = self.strategy.brand.today()
        return [(day, points) for day, points in self.scores if day < today]

    @property
    def trend(self) -> list[int]:
        return [*(points for _day, points in self.earlier), self.score.points]

    @property
    def since(self) -> tuple[date, int] | None:
        """The first day that the trend shows, and its score."""
        return self.earlier[0] if self.earlier else None


def tone_of(points: int) -> str:
    """The colour of a score; the number stands beside it."""
    return "good" if points >= GOOD else "warn" if points >= FAIR else "bad"


def look(strategy: Strategy, reader: Reader | None = None) -> Look:
    """Works everything out afresh; the same queries for any number of rows."""
    return looked_at(strategy, read(strategy), reader or Reader())


def looked_at(strategy: Strategy, found: Read, reader: Reader) -> Look:
    items = tuple(
        Item(verdict, strategy, reader, found.accepted.get(verdict.name), _limits(verdict, found))
        for verdict in judge(found.facts, found.limits)
    )
    seen = tuple(item for item in items if reader.sees_money or not item.rule.is_money)
    return Look(
        strategy,
        seen,
        score([item.verdict for item in items], {item.name for item in items if item.is_accepted}),
        tuple(found.facts.five_cs.scored(money=reader.sees_money)),
        found.scores,
        sum(item.verdict.fails and not item.is_accepted for item in items if item not in seen),
    )


def _limits(verdict: Verdict, found: Read) -> tuple[tuple[str, str], ...]:
    """(what it means, value with its unit) of each threshold that the rule compares with."""
    used = [THRESHOLDS[name] for name in verdict.rule.thresholds]
    return tuple((str(limit.label), limit.said(found.limits[limit.name])) for limit in used)
