"""The set-up checklist of a channel: CHECKS, declared after the lecture's four tips. Pages, percentages and tests derive from it.

A point that is stored under a name is retired, never renamed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Channel, ChannelCheck

FACEBOOK = frozenset({"facebook"})
WITH_COVER = frozenset({"facebook", "linkedin", "pinterest", "x", "youtube"})
WITH_BUTTON = frozenset({"facebook", "instagram", "linkedin", "pinterest", "tiktok", "youtube"})
WITH_PLACE = frozenset({"facebook", "instagram", "linkedin"})
WITH_ALT_TEXT = frozenset({"facebook", "instagram", "linkedin", "pinterest", "threads", "x"})


class Tip(StrEnum):
    """The four tips of the lecture, in their order."""

    CUSTOMISE = "customise"
    OPTIMISE = "optimise"
    GUIDELINES = "guidelines"
    EVALUATE = "evaluate"

    @property
    def label(self) -> str:
        return str(TIPS[self][0])

    @property
    def why(self) -> str:
        return str(TIPS[self][1])

    @property
    def number(self) -> int:
        return list(Tip).index(self) + 1


TIPS: dict[Tip, tuple[str | Promise, str | Promise]] = {
    Tip.CUSTOMISE: (_("Make it yours"), _("Whoever lands on the page should see in a second whose it is.")),
    Tip.OPTIMISE: (_("Make it easy to find"), _("People search before they buy: in the network and outside.")),
    Tip.GUIDELINES: (_("Know the rules"), _("A page that is blocked or stolen takes its followers with it.")),
    Tip.EVALUATE: (_("Be ready to measure"), _("What is set up on the first day can be compared from the first day.")),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One point. `platforms` None: it applies everywhere. `day`: the date it asks for once it is done."""

    name: str
    tip: Tip
    label: str | Promise
    why: str | Promise
    platforms: frozenset[str] | None = None
    day: str | Promise = ""
    day_is_ahead: bool = False

    def applies_to(self, platform: str) -> bool:
        return self.platforms is None or platform in self.platforms


CHECKS = (
    Check(
        "page_created", Tip.CUSTOMISE, _("A company page was created"),
        _("Only a page, not a personal profile, gives figures and advertising: facebook.com/pages/create."), FACEBOOK,
    ),
    Check(
        "group_created", Tip.CUSTOMISE, _("A group was created for those who want to talk"),
        _("Groups bring people together around a subject, and reach them when pages do not: facebook.com/groups/create."), FACEBOOK,
    ),
    Check(
        "picture", Tip.CUSTOMISE, _("Profile picture: the logo, readable when small"),
        _("It stands beside every post and every answer, in the size of a fingernail."),
    ),
    Check(
        "cover", Tip.CUSTOMISE, _("Cover or banner"),
        _("The largest picture of the page says what is going on now: a season, a collection, an offer."), WITH_COVER,
    ),
    Check(
        "description", Tip.CUSTOMISE, _("Description: what you sell, for whom, where"),
        _("It is what people read before they decide to follow."),
    ),
    Check(
        "page_address", Tip.CUSTOMISE, _("A short address of the page’s own"),
        _("An address with a name fits on a label and can be said aloud; one with a number cannot."),
    ),
    Check(
        "place", Tip.CUSTOMISE, _("Street address and opening hours"),
        _("Whoever wants to come must not have to ask where and when."), WITH_PLACE,
    ),
    Check(
        "contact", Tip.CUSTOMISE, _("Contact button"),
        _("One press to write or call: every further step loses customers."), WITH_BUTTON,
    ),
    Check(
        "same_name", Tip.CUSTOMISE, _("The same name and handle everywhere"),
        _("People who know you on one network type the same name on the next."),
    ),
    Check(
        "keywords", Tip.OPTIMISE, _("Keywords in name and description"),
        _("The search of a network reads the name first: say what you are, not only what you are called."),
    ),
    Check(
        "site_links", Tip.OPTIMISE, _("Link to the site, and from the site back"),
        _("The page sends visitors, the site sends followers; search engines believe in both."),
    ),
    Check(
        "search_visible", Tip.OPTIMISE, _("Visible to search engines"),
        _("A page that is closed or limited by age or country is not found from outside."),
    ),
    Check(
        "alt_text", Tip.OPTIMISE, _("Pictures have alternative texts"),
        _("People who do not see them hear them, and searches understand them."), WITH_ALT_TEXT,
    ),
    Check(
        "hashtags", Tip.OPTIMISE, _("A list of hashtags to use"),
        _("Chosen once in peace: some of your own, some of the trade, some of the place."),
    ),
    Check(
        "rules_read", Tip.GUIDELINES, _("The platform’s rules and terms were read"),
        _("Names, music, contests, prizes: what is forbidden is often forbidden only there."), day=_("read on"),
    ),
    Check(
        "ad_policy_read", Tip.GUIDELINES, _("The rules for advertising were read"),
        _("An advertisement that is refused costs days; an account that is blocked costs the season."), day=_("read on"),
    ),
    Check(
        "security", Tip.GUIDELINES, _("Two-factor sign-in and a recovery address that works"),
        _("Stolen pages seldom come back, and never with their good name."),
    ),
    Check(
        "roles", Tip.GUIDELINES, _("Administrators are named, and no more than needed"),
        _("At least two people must get in, and nobody who has left the team."),
    ),
    Check(
        "analytics", Tip.EVALUATE, _("Analytics are switched on and somebody has access"),
        _("Most networks count only from the day they are told to."),
    ),
    Check(
        "targets", Tip.EVALUATE, _("KPI targets are set for it"),
        _("Without a number to reach nobody can say whether the channel was worth it."),
    ),
    Check(
        "review", Tip.EVALUATE, _("A day to look at it again is set"),
        _("Pictures age, people leave, rules change."), day=_("look again on"), day_is_ahead=True,
    ),
)  # fmt: skip


def checks_for(channel: Channel) -> list[Check]:
    return [check for check in CHECKS if check.applies_to(channel.platform.slug)]


def share_done(checks: Iterable[Check], rows: Iterable[ChannelCheck]) -> int | None:
    """Done of those that apply, in per cent, rounded half up; None where none applies."""
    states = {row.check_name: row.state for row in rows}
    applying = [states.get(check.name) for check in checks if states.get(check.name) != ChannelCheck.State.NOT_APPLICABLE]
    if not applying:
        return None
    done = applying.count(ChannelCheck.State.DONE)
    return (200 * done + len(applying)) // (2 * len(applying))


def percent(channel: Channel) -> int | None:
    """How complete the channel's set-up is; one query, none where its `checks` are prefetched."""
    return share_done(checks_for(channel), channel.checks.all())


def percents(channels: Sequence[Channel]) -> dict[int, int | None]:
    """The same for many channels, by key, in one query."""
    rows: dict[int, list[ChannelCheck]] = {channel.pk: [] for channel in channels}
    for row in ChannelCheck.objects.filter(channel__in=list(rows)):
        rows[row.channel_id].append(row)
    return {channel.pk: share_done(checks_for(channel), rows[channel.pk]) for channel in channels}
