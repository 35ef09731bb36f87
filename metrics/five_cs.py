"""The five Cs: content, community, consistency, collaboration, conversion, each from 0 to 100. Pure.

Lists of five Cs differ between authors; this one follows the guide to a strategy in eight steps, whose third heading
speaks of regular posting: consistency. What cannot be scored has no score; it is not 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brands.templatetags.ui import number

WHOLE = Fraction(100)
PER_PARTNER = 50


class C(StrEnum):
    CONTENT = "content"
    COMMUNITY = "community"
    CONSISTENCY = "consistency"
    COLLABORATION = "collaboration"
    CONVERSION = "conversion"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]

    @property
    def about(self) -> str | Promise:
        return _ABOUT[self]


_LABELS = {
    C.CONTENT: gettext_lazy("Content"),
    C.COMMUNITY: gettext_lazy("Community"),
    C.CONSISTENCY: gettext_lazy("Consistency"),
    C.COLLABORATION: gettext_lazy("Collaboration"),
    C.CONVERSION: gettext_lazy("Conversion"),
}
_ABOUT = {
    C.CONTENT: gettext_lazy("How many posts know their format, journey stage and pillar."),
    C.COMMUNITY: gettext_lazy("How many messages are answered."),
    C.CONSISTENCY: gettext_lazy("How much of the plan goes out."),
    C.COLLABORATION: gettext_lazy("With how many partners you work."),
    C.CONVERSION: gettext_lazy("How far the goals of leads and sales have come."),
}


@dataclass(frozen=True, slots=True)
class ConversionGoal:
    name: str
    progress: Fraction | None  # in per cent; None where nothing was measured
    is_money: bool = False

    @property
    def counted(self) -> Fraction | None:
        return None if self.progress is None else max(Fraction(0), min(self.progress, WHOLE))


@dataclass(frozen=True, slots=True)
class Scored:
    """One C. `score` is None where it cannot be said; `working` then tells why."""

    c: C
    score: Fraction | None
    working: str
    is_money: bool = False

    @property
    def percent(self) -> int | None:
        return None if self.score is None else round(self.score)


@dataclass(frozen=True, slots=True)
class FiveCs:
    """What the five scores are worked out from. Rates are in per cent."""

    has_begun: bool = True
    slots: int = 0
    complete_slots: int = 0
    counts_posts: bool = False  # there is no editorial plan: posts were counted instead
    answered: Fraction | None = None
    received: Fraction | None = None
    kept: Fraction | None = None
    planned: Fraction | None = None
    partners: tuple[str, ...] = ()
    goals: tuple[ConversionGoal, ...] = ()

    def scored(self, *, money: bool = True) -> list[Scored]:
        """The five in their order; without goals about money where the reader may not see it."""
        goals = tuple(goal for goal in self.goals if money or not goal.is_money)
        return [*(_SCORES[c](self) for c in C if c is not C.CONVERSION), _conversion(goals)]


def _content(facts: FiveCs) -> Scored:
    if not facts.slots:
        return Scored(C.CONTENT, None, _("There is no slot in an editorial plan and no post in the calendar yet."))
    places = {"done": number(facts.complete_slots), "all": number(facts.slots)}
    said = (
        _("%(done)s of %(all)s posts of these weeks say format, journey stage and pillar.")
        if facts.counts_posts
        else _("%(done)s of %(all)s slots of the editorial plans say format, journey stage and pillar.")
    )
    return Scored(C.CONTENT, Fraction(100 * facts.complete_slots, facts.slots), said % places)


def _community(facts: FiveCs) -> Scored:
    if facts.answered is None or not facts.received:
        return Scored(C.COMMUNITY, None, _("Messages received and answered were not recorded in the last 30 days."))
    said = _("%(done)s of %(all)s messages answered in the last 30 days.")
    working = said % {"done": number(_rounded(facts.answered)), "all": number(_rounded(facts.received))}
    return Scored(C.COMMUNITY, min(WHOLE, facts.answered / facts.received * 100), working)


def _consistency(facts: FiveCs) -> Scored:
    if facts.kept is None or not facts.planned:
        return Scored(C.CONSISTENCY, None, _("Nothing was planned in the last four weeks."))
    said = _("%(done)s of %(all)s planned posts went out in the last four weeks.")
    working = said % {"done": number(_rounded(facts.kept), 0), "all": number(_rounded(facts.planned), 0)}
    return Scored(C.CONSISTENCY, facts.kept / facts.planned * 100, working)


def _collaboration(facts: FiveCs) -> Scored:
    if not facts.has_begun:
        return Scored(C.COLLABORATION, None, _("The strategy has not begun yet."))
    count = len(facts.partners)
    if not count:
        return Scored(C.COLLABORATION, Fraction(0), _("No partner is named in the paid and free ways. Two make 100."))
    said = ngettext("%(count)s partner: %(names)s. Two make 100.", "%(count)s partners: %(names)s. Two make 100.", count)
    working = said % {"count": number(count), "names": ", ".join(facts.partners)}
    return Scored(C.COLLABORATION, min(WHOLE, Fraction(count * PER_PARTNER)), working)


def _conversion(goals: tuple[ConversionGoal, ...]) -> Scored:
    if not goals:
        return Scored(C.CONVERSION, None, _("No goal is about leads and sales."))
    made = [goal.counted for goal in goals if goal.counted is not None]
    if not made:
        return Scored(C.CONVERSION, None, _("The goals of leads and sales have no figures yet."))
    said = ngettext(
        "The way that %(count)s goal of leads and sales has come, 100 at most.",
        "The mean of the way that %(count)s goals of leads and sales have come, 100 at most each.",
        len(made),
    )
    is_money = any(goal.is_money for goal in goals)
    return Scored(C.CONVERSION, sum(made, Fraction(0)) / len(made), said % {"count": number(len(made))}, is_money)


_SCORES: dict[C, Callable[[FiveCs], Scored]] = {
    C.CONTENT: _content,
    C.COMMUNITY: _community,
    C.CONSISTENCY: _consistency,
    C.COLLABORATION: _collaboration,
}


def _rounded(exact: Fraction) -> int:
    return round(exact)
