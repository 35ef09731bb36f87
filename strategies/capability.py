"""Can the team really keep a channel going? Hours, skills and where the content comes from. Pure: plain values in, facts out.

Hours are per week: posts × hours per post + hours for the community. A channel for which hours are kept is held against
those; the others share what is left of the team's hours.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

TIGHT_ABOVE = Fraction(85)  # per cent of the hours there are
FULL = Fraction(100)


class Load(StrEnum):
    """How a channel's work stands against the hours there are for it."""

    OK = "ok"
    TIGHT = "tight"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Need:
    """What one channel asks for. `kept`: hours per week that are kept for it alone, None where the team shares its hours."""

    posts: Fraction
    hours_per_post: Fraction
    community: Fraction = Fraction(0)
    kept: Fraction | None = None
    skills: frozenset[str] = frozenset()
    lives_on_video: bool = False
    source: str = ""

    @property
    def hours(self) -> Fraction:
        return self.posts * self.hours_per_post + self.community


@dataclass(frozen=True, slots=True)
class Team:
    """Hours per week and skills of all members together; None where no member said any."""

    hours: Fraction | None = None
    skills: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """`available` is None where nobody said how many hours there are; `missing_skills` is empty where no skill is known."""

    need: Need
    available: Fraction | None
    missing_skills: tuple[str, ...]

    @property
    def percent(self) -> Fraction | None:
        """Hours needed of the hours there are; None without any."""
        if self.available is None or self.available <= 0:
            return None
        return self.need.hours * 100 / self.available

    @property
    def load(self) -> Load:
        if self.available is None:
            return Load.UNKNOWN
        if self.need.hours > self.available:
            return Load.OVER
        return Load.TIGHT if self.percent is not None and self.percent > TIGHT_ABOVE else Load.OK

    @property
    def lacks_video(self) -> bool:
        """CAP-01: it lives on video, and nobody makes video."""
        return self.need.lives_on_video and "video" in self.missing_skills

    @property
    def lacks_hours(self) -> bool:
        """CAP-02: it needs more hours than there are."""
        return self.load is Load.OVER

    @property
    def lacks_source(self) -> bool:
        return not self.need.source.strip()


@dataclass(frozen=True, slots=True)
class Whole:
    """All channels together. `kept` may be more than the team has: then nothing is left to share."""

    needed: Fraction
    kept: Fraction
    available: Fraction | None

    @property
    def percent(self) -> Fraction | None:
        return None if not self.available else self.needed * 100 / self.available

    @property
    def load(self) -> Load:
        if self.available is None:
            return Load.UNKNOWN
        if self.needed > self.available:
            return Load.OVER
        return Load.TIGHT if self.percent is not None and self.percent > TIGHT_ABOVE else Load.OK

    @property
    def keeps_too_much(self) -> bool:
        return self.available is not None and self.kept > self.available


def check(needs: Sequence[Need], team: Team) -> list[Check]:
    """One check per need, in their order."""
    shared = None if team.hours is None else team.hours - _kept(needs)
    sharing = sum((need.hours for need in needs if need.kept is None), Fraction(0))
    return [Check(need, _available(need, shared, sharing), _missing(need, team.skills)) for need in needs]


def check_all(needs: Sequence[Need], team: Team) -> Whole:
    return Whole(sum((need.hours for need in needs), Fraction(0)), _kept(needs), team.hours)


def _kept(needs: Sequence[Need]) -> Fraction:
    return sum((need.kept for need in needs if need.kept is not None), Fraction(0))


def _available(need: Need, shared: Fraction | None, sharing: Fraction) -> Fraction | None:
    if need.kept is not None:
        return need.kept
    # What the other channels that share leave; never less than nothing.
    return None if shared is None else max(shared - (sharing - need.hours), Fraction(0))


def _missing(need: Need, skills: Collection[str] | None) -> tuple[str, ...]:
    if skills is None:
        return ()
    needed = need.skills | ({"video"} if need.lives_on_video else set())
    return tuple(sorted(needed - set(skills)))


# Form of content -> the skill that makes it.
SKILL_OF_FORM: Mapping[str, str] = {
    "text": "copy", "link": "copy", "article": "copy", "document": "design", "poll": "community", "image": "design",
    "carousel": "design", "story": "design", "video": "video", "reel": "video", "live": "video",
}  # fmt: skip


def suggested_skills(forms: Collection[str], planned: Collection[str], *, lives_on_video: bool) -> tuple[str, ...]:
    """What a channel asks of the team: writing always, video where it lives on it, and what the planned forms need there.

    `forms` are those that work on the platform, `planned` those the strategy plans; both in the planner's words.
    """
    skills = {"copy"} | ({"video"} if lives_on_video else set())
    skills |= {SKILL_OF_FORM[form] for form in forms if form in planned and form in SKILL_OF_FORM}
    if not planned and not lives_on_video and "image" in forms:
        skills.add("design")
    return tuple(sorted(skills))
