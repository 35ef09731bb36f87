"""What a rule answers, and what the answers come to. Pure: nothing here reads the database."""

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from metrics.health.facts import Facts
from metrics.health.thresholds import Limits


class Severity(StrEnum):
    """How much a failing rule weighs; worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def points(self) -> int:
        return POINTS[self]


POINTS = {Severity.ERROR: 15, Severity.WARNING: 7, Severity.INFO: 2}
WHOLE = 100


class Outcome(StrEnum):
    FAIL = "fail"
    PASS = "pass"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Link:
    """Where something is put right: a place that `addresses.py` knows, with the row and the query it needs."""

    place: str
    pk: int | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that made a rule fire.

    `key` names the thing and no figure: an accepted rule must not come back because 62 % became 61 %.
    """

    key: str
    text: str
    link: Link | None = None
    severity: Severity | None = None  # where it weighs otherwise than its rule
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule asks nothing of this strategy, for a reason said in words."""

    why: str


Answer = list[Cause] | NotApplicable
"""What a check gives: the causes (none: the rule passes), or why it does not apply."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, declared once: the page, the administration, the library and the tests derive from it."""

    name: str
    severity: Severity
    bad: str | Promise  # what is wrong, when it fires
    good: str | Promise  # what is right, when it does not
    fix: str | Promise
    action: str | Promise  # words of the link to where it is put right
    link: Link
    check: Callable[[Facts, Limits], Answer]
    thresholds: tuple[str, ...] = ()
    is_money: bool = False
    mistake: str = ""  # its name in the library, where it is one of the eight mistakes
    title: str | Promise = ""  # the mistake in the lecture's words

    def judge(self, facts: Facts, limits: Limits) -> "Verdict":
        answer = self.check(facts, limits)
        if isinstance(answer, NotApplicable):
            return Verdict(self, Outcome.NOT_APPLICABLE, why=answer.why)
        if not answer:
            return Verdict(self, Outcome.PASS)
        severity = min((cause.severity or self.severity for cause in answer), key=list(Severity).index)
        return Verdict(self, Outcome.FAIL, tuple(answer), severity)


@dataclass(frozen=True, slots=True)
class Verdict:
    rule: Rule
    outcome: Outcome
    causes: tuple[Cause, ...] = ()
    given_severity: Severity | None = None
    why: str = ""

    @property
    def name(self) -> str:
        return self.rule.name

    @property
    def severity(self) -> Severity:
        """How it weighs here: a rule may weigh otherwise by what made it fire."""
        return self.given_severity or self.rule.severity

    @property
    def fails(self) -> bool:
        return self.outcome is Outcome.FAIL

    @property
    def digest(self) -> str:
        """Stands for what made the rule fire, in no order and no language; empty where nothing did."""
        if not self.causes:
            return ""
        said = "\n".join(sorted(f"{self.severity} {cause.key}" for cause in self.causes))
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Score:
    """100, less what the failing rules weigh; never below 0. Rules in `accepted` weigh nothing."""

    errors: int
    warnings: int
    infos: int
    accepted: int = 0
    points: int = field(init=False)

    def __post_init__(self) -> None:
        lost = sum(count * severity.points for severity, count in self.counts)
        object.__setattr__(self, "points", max(0, WHOLE - lost))

    @property
    def counts(self) -> tuple[tuple[Severity, int], ...]:
        return (Severity.ERROR, self.errors), (Severity.WARNING, self.warnings), (Severity.INFO, self.infos)


def score(verdicts: Iterable[Verdict], accepted: Collection[str] = ()) -> Score:
    """`accepted`: names of failing rules that may stay as they are."""
    failing = [verdict for verdict in verdicts if verdict.fails]
    weighed = [verdict.severity for verdict in failing if verdict.name not in accepted]
    counts = [weighed.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    return Score(*counts, accepted=len(failing) - len(weighed))
