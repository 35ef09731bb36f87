"""How well a platform fits a strategy: five criteria rated 0 to 5, weighed into one score of 100.

Pure: plain values in; ratings, each with what led to it, and exact scores out. What nobody has said anything about gets
no rating, which is not 0: the score is then made of the criteria that are known, and says how much they weigh.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from metrics.kpi.terms import rounded

BEST = 5
WHOLE = 100
# The five criteria and what each weighs, unless a strategy says otherwise.
WEIGHTS: Mapping[str, int] = {"audience": 35, "format": 25, "resources": 20, "approach": 10, "rivals": 10}
REVIEW_DAYS = 365  # PLAT-01: platforms are judged again every year
COMFORTABLE = 4  # PAGE-03: with four pages the plate is full

# Hours for a post that nobody has estimated yet.
USUAL_HOURS, USUAL_HOURS_OF_FILM = Fraction(1), Fraction(3)
# Share of the free hours that the platform takes, in per cent at most -> rating.
LOADS = ((50, 5), (70, 4), (85, 3), (100, 2), (150, 1))

# What the rows of platforms call a form -> what the planner calls it. A short film is a film, too.
FORMS: Mapping[str, tuple[str, ...]] = {
    "text": ("text",), "thread": ("text",), "community post": ("text",), "image": ("image",), "photo": ("image",),
    "pin": ("image",), "carousel": ("carousel",), "album": ("carousel",), "video": ("video",), "video pin": ("video",),
    "short video": ("video", "reel"), "short": ("video", "reel"), "reel": ("video", "reel"), "live": ("live",),
    "story": ("story",), "poll": ("poll",), "link": ("link",), "document": ("document",), "article": ("article",),
}  # fmt: skip


class Why(StrEnum):
    """What led to a rating."""

    NO_PERSONAS = "no_personas"
    PERSONAS_THERE = "personas_there"
    FORMS_OF_BUSINESS = "forms_of_business"
    MEDIA_OF_BUSINESS = "media_of_business"
    FOR_COMPANIES = "for_companies"
    FORMS_PLANNED = "forms_planned"
    FORMS_UNKNOWN = "forms_unknown"
    HOURS_UNKNOWN = "hours_unknown"
    NEED_UNKNOWN = "need_unknown"
    HOURS = "hours"
    NO_HOURS_LEFT = "no_hours_left"
    NO_VIDEO_SKILL = "no_video_skill"
    MANY_CHANNELS = "many_channels"
    NO_APPROACH = "no_approach"
    STRENGTHS_UNKNOWN = "strengths_unknown"
    TYPES_MATCH = "types_match"
    GOALS_MATCH = "goals_match"
    NO_RIVALS = "no_rivals"
    NO_RIVAL_HERE = "no_rival_here"
    RIVALS_HERE = "rivals_here"
    SUCCESS_HERE = "success_here"
    GAP_HERE = "gap_here"
    NEGLECTED = "neglected"


@dataclass(frozen=True, slots=True)
class Reason:
    why: Why
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rating from 0 to 5, or None where nothing is known, and the reasons in the order in which they count."""

    rating: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What is known of a platform. `forms` in the planner's words (see `forms_of`)."""

    slug: str
    name: str
    media_types: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    needs_video: bool = False
    cadence: Fraction | None = None  # usual posts per week, the lower bound


@dataclass(frozen=True, slots=True)
class Rival:
    """One look at a competitor. `neglected` is free text that names platforms."""

    platform: str = ""
    shows_success: bool = False
    gap: str = ""
    neglected: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A channel that the strategy uses already: its platform, and the hours it takes per week."""

    platform: str
    hours: Fraction


@dataclass(frozen=True, slots=True)
class Situation:
    """What the strategy has said so far."""

    business: str = ""
    personas: tuple[frozenset[str], ...] = ()  # the platforms of each persona that names some
    planned_forms: Mapping[str, int] = field(default_factory=dict)  # form -> share of the posts
    hours: Fraction | None = None  # of the team, per week; None where nobody said
    skills: frozenset[str] | None = None  # None where nobody said
    used: tuple[Use, ...] = ()
    types: tuple[str, ...] = ()  # strategy types, the primary one first
    goals: frozenset[str] = frozenset()  # types of goals
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """What suits a type of business (enterprise matrix, domain §3.17, and the lecture's factors, §3.10)."""

    forms: frozenset[str]
    media_types: frozenset[str]
    sells_to_companies: bool = True


BUSINESSES: Mapping[str, Business] = {
    # Dialogue in spaces of the brand's own: communities, blogs, opinion leaders.
    "large": Business(
        frozenset({"text", "image", "video", "live"}), frozenset({"network", "microblog", "content_community"})
    ),
    # Own groups and pages, related communities; a shop lives on pictures.
    "small": Business(
        frozenset({"image", "carousel", "video", "story"}), frozenset({"network", "content_community"}), sells_to_companies=False
    ),
    # Communities, blogs and microblogs that send visitors on.
    "ecommerce": Business(
        frozenset({"image", "carousel", "video", "link"}), frozenset({"network", "microblog"}), sells_to_companies=False
    ),
    # Communities of the trade, things that take time to read.
    "b2b": Business(frozenset({"text", "document", "article", "video"}), frozenset({"network", "content_community"})),
}  # fmt: skip
# Valuable when the clients are companies, less so for consumers (domain §3.16).
FOR_COMPANIES = frozenset({"linkedin"})


@dataclass(frozen=True, slots=True)
class Strength:
    """Which strategy types and goals a platform's strengths serve."""

    types: frozenset[str]
    goals: frozenset[str]


def _strong(types: str, goals: str) -> Strength:
    return Strength(frozenset(types.split()), frozenset(goals.split()))


# Read off the strengths and weaknesses of each platform (domain §4.3).
STRENGTHS: Mapping[str, Strength] = {
    "facebook": _strong("commerce monitoring crm", "sales service engagement audience"),  # groups, events, ads, service
    "instagram": _strong("content commerce", "awareness engagement sales audience"),  # pictures, stories, shopping
    "x": _strong("monitoring", "service awareness"),  # news, real time, support
    "tiktok": _strong("content commerce", "awareness audience engagement sales"),  # discovery, engagement, a shop
    "linkedin": _strong("crm content", "sales advocacy"),  # contacts between companies, leads
    "pinterest": _strong("content commerce", "traffic awareness"),  # long life, search, visits
    "youtube": _strong("content", "awareness traffic"),  # search, long and lasting films
    "telegram": _strong("commerce monitoring crm", "sales service traffic audience"),  # links, bots, everybody is there
    "threads": _strong("monitoring crm", "engagement"),  # talk
}


def forms_of(names: Iterable[str], *, links: bool = False) -> frozenset[str]:
    """The planner's forms behind the names in a platform's row; with `links` also posts that send people on."""
    found = {form for name in names for form in FORMS.get(name.lower(), ())}
    if found & {"image", "video"}:
        found.add("ugc")
    return frozenset(found | ({"link"} if links else set()))


def half_up(exact: Fraction) -> int:
    return int(rounded(exact, 0))


# --- the five criteria


def audience(network: Network, situation: Situation) -> Suggestion:
    """The share of personas who are active there."""
    count = len(situation.personas)
    if not count:
        return Suggestion(None, (Reason(Why.NO_PERSONAS),))
    there = sum(network.slug in platforms for platforms in situation.personas)
    return Suggestion(half_up(Fraction(BEST * there, count)), (Reason(Why.PERSONAS_THERE, {"there": there, "count": count}),))


def format_(network: Network, situation: Situation) -> Suggestion:
    """Whether the business and the planned posts can be shown there: the mean of both where both are known."""
    if not network.forms:
        return Suggestion(None, (Reason(Why.FORMS_UNKNOWN),))
    business = _business(network, situation.business)
    plan = _planned_forms(network, situation.planned_forms)
    ratings = [found.rating for found in (business, plan) if found.rating is not None]
    rating = half_up(Fraction(sum(ratings), len(ratings))) if ratings else None
    return Suggestion(rating, business.reasons + plan.reasons)


def _business(network: Network, name: str) -> Suggestion:
    business = BUSINESSES.get(name)
    if business is None:
        return Suggestion(None, ())
    there = sorted(business.forms & network.forms)
    rating = half_up(Fraction(4 * len(there), len(business.forms)))
    reasons = [Reason(Why.FORMS_OF_BUSINESS, {"there": len(there), "count": len(business.forms), "forms": tuple(there)})]
    if business.media_types & network.media_types:
        rating += 1
        reasons.append(Reason(Why.MEDIA_OF_BUSINESS))
    if network.slug in FOR_COMPANIES and not business.sells_to_companies:
        rating -= 2
        reasons.append(Reason(Why.FOR_COMPANIES))
    return Suggestion(max(rating, 0), tuple(reasons))


def _planned_forms(network: Network, planned: Mapping[str, int]) -> Suggestion:
    whole = sum(planned.values())
    if not whole:
        return Suggestion(None, ())
    there = sum(share for form, share in planned.items() if form in network.forms)
    share = Fraction(there, whole)
    return Suggestion(half_up(BEST * share), (Reason(Why.FORMS_PLANNED, {"percent": half_up(100 * share)}),))


def resources(network: Network, situation: Situation) -> Suggestion:
    """Hours that are left for it, the skill it lives on, and how many channels there are already."""
    hours = _hours(network, situation)
    rating, reasons = hours.rating, list(hours.reasons)
    if network.needs_video and situation.skills is not None and "video" not in situation.skills:
        rating = min(1, rating if rating is not None else 1)
        reasons.append(Reason(Why.NO_VIDEO_SKILL))
    others = sum(use.platform != network.slug for use in situation.used)
    if rating is not None and others >= COMFORTABLE:
        rating = max(rating - 2, 0)
        reasons.append(Reason(Why.MANY_CHANNELS, {"count": others}))
    return Suggestion(rating, tuple(reasons))


def _hours(network: Network, situation: Situation) -> Suggestion:
    if situation.hours is None:
        return Suggestion(None, (Reason(Why.HOURS_UNKNOWN),))
    needed = hours_needed(network, situation)
    if needed is None:
        return Suggestion(None, (Reason(Why.NEED_UNKNOWN),))
    left = situation.hours - sum((use.hours for use in situation.used if use.platform != network.slug), Fraction(0))
    if left <= 0:
        return Suggestion(0 if needed else BEST, (Reason(Why.NO_HOURS_LEFT, {"needed": needed}),))
    load = 100 * needed / left
    rating = next((rating for most, rating in LOADS if load <= most), 0)
    return Suggestion(rating, (Reason(Why.HOURS, {"needed": needed, "left": left}),))


def hours_needed(network: Network, situation: Situation) -> Fraction | None:
    """Per week: as planned where the platform is used, else its usual cadence at the usual hours for a post."""
    planned = [use.hours for use in situation.used if use.platform == network.slug]
    if planned:
        return sum(planned, Fraction(0))
    if network.cadence is None:
        return None
    return network.cadence * (USUAL_HOURS_OF_FILM if network.needs_video else USUAL_HOURS)


def approach(network: Network, situation: Situation) -> Suggestion:
    """Whether its strengths serve the strategy type (the primary one counts twice) and the goals."""
    if not situation.types and not situation.goals:
        return Suggestion(None, (Reason(Why.NO_APPROACH),))
    strength = STRENGTHS.get(network.slug)
    if strength is None:
        return Suggestion(None, (Reason(Why.STRENGTHS_UNKNOWN),))
    types = [name for name in situation.types if name in strength.types]
    goals = sorted(situation.goals & strength.goals)
    met = len(types) + len(goals) + (bool(types) and types[0] == situation.types[0])
    whole = len(situation.types) + len(situation.goals) + bool(situation.types)
    reasons = []
    if situation.types:
        reasons.append(Reason(Why.TYPES_MATCH, {"types": tuple(types), "count": len(situation.types)}))
    if situation.goals:
        reasons.append(Reason(Why.GOALS_MATCH, {"goals": tuple(goals), "count": len(situation.goals)}))
    return Suggestion(half_up(Fraction(BEST * met, whole)), tuple(reasons))


def rivals(network: Network, situation: Situation) -> Suggestion:
    """What competitors' success and their gaps say: being there 2, a known success +1, a gap +1; neglected at least 4."""
    if not situation.rivals:
        return Suggestion(None, (Reason(Why.NO_RIVALS),))
    here = [rival for rival in situation.rivals if rival.platform == network.slug]
    neglecting = sum(names(rival.neglected, network) for rival in situation.rivals)
    reasons = []
    rating = 2 if here else 0
    if here:
        reasons.append(Reason(Why.RIVALS_HERE, {"count": len(here)}))
    if any(rival.shows_success for rival in here):
        rating += 1
        reasons.append(Reason(Why.SUCCESS_HERE))
    if gap := next((rival.gap for rival in here if rival.gap.strip()), ""):
        rating += 1
        reasons.append(Reason(Why.GAP_HERE, {"gap": gap}))
    if neglecting:
        rating = min(max(rating + 1, 4 if neglecting == 1 else BEST), BEST)
        reasons.append(Reason(Why.NEGLECTED, {"count": neglecting}))
    return Suggestion(rating, tuple(reasons)) if reasons else Suggestion(None, (Reason(Why.NO_RIVAL_HERE),))


def names(text: str, network: Network) -> bool:
    """Whether the text names the platform: “TikTokda hech kim yoʻq” does. A single letter alone is no name."""
    words = {network.slug.replace("-", " "), *re.split(r"[()]", network.name)}
    spoken = [word.strip() for word in words if len(word.strip()) > 1]
    return any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in spoken)


CRITERIA = {"audience": audience, "format": format_, "resources": resources, "approach": approach, "rivals": rivals}


def suggest(network: Network, situation: Situation) -> dict[str, Suggestion]:
    return {name: criterion(network, situation) for name, criterion in CRITERIA.items()}


# --- the score


@dataclass(frozen=True, slots=True)
class Score:
    """`exact` from 0 to 100 over the criteria that are rated, None where none is; `weighed` of `whole` is rated."""

    exact: Fraction | None
    weighed: int
    whole: int = WHOLE

    @property
    def points(self) -> int | None:
        return None if self.exact is None else half_up(self.exact)

    @property
    def is_complete(self) -> bool:
        return self.weighed == self.whole


def score(ratings: Mapping[str, int | None], weights: Mapping[str, int] = WEIGHTS) -> Score:
    """Σ weight × rating / 5 over the rated criteria, as a share of their weight. Weights are whole numbers from 0 up."""
    known = {name: rating for name, rating in ratings.items() if rating is not None and name in weights}
    weighed = sum(weights[name] for name in known)
    whole = sum(weights.values())
    if not weighed:
        return Score(None, 0, whole)
    earned = sum((Fraction(weights[name] * rating, BEST) for name, rating in known.items()), Fraction(0))
    return Score(earned / weighed * WHOLE, weighed, whole)


def weights_of(said: Mapping[str, Any]) -> dict[str, int]:
    """The weights that a strategy set, where they are whole and make 100; else the usual ones."""
    ours = {name: said.get(name) for name in WEIGHTS}
    fine = all(isinstance(weight, int) and 0 <= weight <= WHOLE for weight in ours.values())
    return {name: int(weight or 0) for name, weight in ours.items()} if fine and sum(ours.values()) == WHOLE else dict(WEIGHTS)


def review_is_due(reviewed_on: date | None, today: date, days: int = REVIEW_DAYS) -> bool:
    """PLAT-01: the platforms were judged, and more than a year ago. Never judged is not overdue."""
    return reviewed_on is not None and (today - reviewed_on).days > days
