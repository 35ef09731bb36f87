"""The words beside ratings: why a platform got them, and what kind of platform it is."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from brands.models import Platform
from brands.models.channels import MediaType, PageCategory
from brands.templatetags.ui import number, percent
from metrics.kpi.terms import rounded
from strategies.content import ContentFormat
from strategies.models import Criterion, GoalType, StrategyType
from strategies.platform_fit import Reason, Why

SHORT = {
    Criterion.AUDIENCE: gettext_lazy("Audience"),
    Criterion.FORMAT: gettext_lazy("Format"),
    Criterion.RESOURCES: gettext_lazy("Resources"),
    Criterion.APPROACH: gettext_lazy("Approach"),
    Criterion.RIVALS: gettext_lazy("Rivals"),
}

FORMS = dict(ContentFormat.choices) | {"document": gettext_lazy("Document"), "article": gettext_lazy("Article")}

PLAIN = {
    Why.NO_PERSONAS: gettext_lazy("No persona says yet where he or she is active."),
    Why.MEDIA_OF_BUSINESS: gettext_lazy("A business like yours is at home on this type of media."),
    Why.FOR_COMPANIES: gettext_lazy("It brings companies together; consumers look elsewhere."),
    Why.FORMS_UNKNOWN: gettext_lazy("It is not known which forms of content work here."),
    Why.HOURS_UNKNOWN: gettext_lazy("Nobody said how many hours the team has."),
    Why.NEED_UNKNOWN: gettext_lazy("It is not known how often people usually publish here."),
    Why.NO_VIDEO_SKILL: gettext_lazy("It lives on video, and nobody in the team makes video."),
    Why.NO_APPROACH: gettext_lazy("No strategy type and no goal is chosen yet."),
    Why.STRENGTHS_UNKNOWN: gettext_lazy("Nothing is known of its strengths."),
    Why.NO_RIVALS: gettext_lazy("No competitor was looked at yet."),
    Why.NO_RIVAL_HERE: gettext_lazy("No competitor was looked at on this platform."),
    Why.SUCCESS_HERE: gettext_lazy("What works for them here is known."),
}


def reason_text(reason: Reason) -> str:
    if reason.why in PLAIN:
        return str(PLAIN[reason.why])
    return _TOLD[reason.why](reason.values)


def _personas(values: Mapping[str, Any]) -> str:
    said = ngettext(
        "Active here: %(there)s of %(count)s persona.", "Active here: %(there)s of %(count)s personas.", values["count"]
    )
    return said % values


def _forms_of_business(values: Mapping[str, Any]) -> str:
    if not values["there"]:
        return _("None of the forms of content that suit your type of business works here.")
    forms = ", ".join(_low(FORMS[form]) for form in values["forms"])
    said = _("%(there)s of %(count)s forms of content that suit your type of business work here: %(forms)s.")
    return said % {"there": values["there"], "count": values["count"], "forms": forms}


def _forms_planned(values: Mapping[str, Any]) -> str:
    return _("%(share)s of the posts you plan have a form that works here.") % {"share": percent(values["percent"], 0)}


def _hours(values: Mapping[str, Any]) -> str:
    said = ngettext(
        "It needs about %(needed)s hour a week; the other channels leave %(left)s.",
        "It needs about %(needed)s hours a week; the other channels leave %(left)s.",
        _plural_of(values["needed"]),
    )
    return said % {"needed": _figure(values["needed"]), "left": _figure(values["left"])}


def _no_hours(values: Mapping[str, Any]) -> str:
    said = ngettext(
        "It needs about %(needed)s hour a week; the other channels leave none.",
        "It needs about %(needed)s hours a week; the other channels leave none.",
        _plural_of(values["needed"]),
    )
    return said % {"needed": _figure(values["needed"])}


def _many(values: Mapping[str, Any]) -> str:
    return _("You use %(count)s other channels already; a team carries three or four.") % values


def _types(values: Mapping[str, Any]) -> str:
    if not values["types"]:
        return _("Its strengths do not serve the type of your strategy.")
    labels = ", ".join(_low(StrategyType(name).label) for name in values["types"])
    return _("Its strengths serve your type of strategy: %(types)s.") % {"types": labels}


def _goals(values: Mapping[str, Any]) -> str:
    if not values["goals"]:
        return _("Its strengths serve none of your goals.")
    labels = ", ".join(_low(GoalType(name).label) for name in values["goals"])
    return _("Its strengths serve your goals: %(goals)s.") % {"goals": labels}


def _rivals(values: Mapping[str, Any]) -> str:
    count = values["count"]
    return ngettext("%(count)s look at a competitor here.", "%(count)s looks at competitors here.", count) % {"count": count}


def _gap(values: Mapping[str, Any]) -> str:
    return _("They leave a gap: “%(gap)s”") % {"gap": Truncator(" ".join(values["gap"].split())).chars(140)}


def _neglected(values: Mapping[str, Any]) -> str:
    count = values["count"]
    said = ngettext(
        "%(count)s look at competitors calls it neglected: a gap for you.",
        "%(count)s looks at competitors call it neglected: a gap for you.",
        count,
    )
    return said % {"count": count}


_TOLD: Mapping[Why, Callable[[Mapping[str, Any]], str]] = {
    Why.PERSONAS_THERE: _personas,
    Why.FORMS_OF_BUSINESS: _forms_of_business,
    Why.FORMS_PLANNED: _forms_planned,
    Why.HOURS: _hours,
    Why.NO_HOURS_LEFT: _no_hours,
    Why.MANY_CHANNELS: _many,
    Why.TYPES_MATCH: _types,
    Why.GOALS_MATCH: _goals,
    Why.RIVALS_HERE: _rivals,
    Why.GAP_HERE: _gap,
    Why.NEGLECTED: _neglected,
}


def _figure(exact: Any) -> str:
    return number(rounded(exact, 1))


def _plural_of(exact: Any) -> int:
    """The number that chooses the word beside a figure: as it is shown; half an hour has the form of two."""
    shown = rounded(exact, 1)
    return int(shown) if shown == shown.to_integral_value() else 2


def _low(label: object) -> str:
    """A label as it reads inside a sentence; abbreviations keep their capitals."""
    text = str(label)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# --- what kind of platform it is


class Kind(NamedTuple):
    """Kaplan and Haenlein (2010): how present people are to each other, and how much they show of themselves."""

    presence: str | Promise
    presence_means: str | Promise
    self_presentation: str | Promise
    self_means: str | Promise


LOW, MEDIUM, HIGH = pgettext_lazy("degree", "low"), pgettext_lazy("degree", "medium"), pgettext_lazy("degree", "high")
TEXT_FIRST = gettext_lazy("mostly words, one after another")
MORE_THAN_TEXT = gettext_lazy("words, pictures and films, and people see each other react")
AS_IN_A_ROOM = gettext_lazy("as if people were in one room")
SHOWS_ITSELF = gettext_lazy("people come to show who they are: the brand needs a face")
SHOWS_THINGS = gettext_lazy("people come for the content: the brand is what it makes")
KINDS = {
    MediaType.MICROBLOG: Kind(LOW, TEXT_FIRST, HIGH, SHOWS_ITSELF),
    MediaType.NETWORK: Kind(MEDIUM, MORE_THAN_TEXT, HIGH, SHOWS_ITSELF),
    MediaType.SOCIAL_WORLD: Kind(HIGH, AS_IN_A_ROOM, HIGH, SHOWS_ITSELF),
    MediaType.COLLABORATIVE: Kind(LOW, TEXT_FIRST, LOW, SHOWS_THINGS),
    MediaType.CONTENT_COMMUNITY: Kind(MEDIUM, MORE_THAN_TEXT, LOW, SHOWS_THINGS),
    MediaType.GAME_WORLD: Kind(HIGH, AS_IN_A_ROOM, LOW, SHOWS_THINGS),
}

CATEGORIES = {
    PageCategory.PAGE_AND_PROFILE: gettext_lazy(
        "A: companies have pages apart from personal profiles. Use a page: a profile gives no figures and no advertising."
    ),
    PageCategory.SAME_PROFILE: gettext_lazy(
        "B: one profile serves people and companies. Switch it to business, and let a person speak."
    ),
    PageCategory.NO_COMPANY_PROFILE: gettext_lazy(
        "C: made for private people. It can be useful, but it is no strategic asset of a company."
    ),
}


def kind_of(platform: Platform) -> Kind | None:
    return KINDS.get(MediaType(platform.media_type)) if platform.media_type in MediaType.values else None


def category_text(platform: Platform) -> str:
    category = platform.category_current or platform.category_seed
    return str(CATEGORIES[PageCategory(category)]) if category in PageCategory.values else ""
