"""Paid and free ways to be heard: what each asks for, and how advertising is begun on each platform. Words, no rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import Activity

Method = Activity.Method


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what it is good for, and what it takes."""

    method: Method
    about: str | Promise

    @property
    def label(self) -> str:
        return str(self.method.label)

    @property
    def is_paid(self) -> bool:
        return self.method in Activity.PAID


WAYS = (
    Way(Method.ADS, _("Shown to whom you choose, from the first day; stops when the money does.")),
    Way(Method.BOOST, _("A post that does well already is shown to more people.")),
    Way(Method.INFLUENCERS, _("Somebody whom your audience trusts speaks of you; agree on words, date and price.")),
    Way(Method.PAID_POSTS, _("A post in a channel or group of others; ask for its figures first.")),
    Way(Method.ACCOUNTS, _("Accounts on the networks your audience uses, kept alive every week.")),
    Way(Method.PROMOTION, _("A giveaway or contest: it brings people quickly, if the prize suits them and no one else.")),
    Way(Method.COMMUNITY, _("A group or channel of your own where customers talk with each other.")),
    Way(Method.OTHER_COMMUNITIES, _("Answer questions where your audience talks already; be useful before you are heard.")),
    Way(Method.COLLABORATION, _("A brand with the same audience and another product: each shows the other.")),
    Way(Method.CUSTOMERS, _("Customers’ photographs, reviews and challenges, shown with their leave.")),
    Way(Method.REFERRAL, _("A small reward for those who bring a friend.")),
)

# How advertising is begun, step by step, where we know it; Instagram is run from the same place as Facebook.
_META = (
    _("Open Meta Ads Manager with the page’s account"),
    _("Create the advertisement: aim, audience, budget, days, picture or film"),
    _("Manage it: look at cost per result every other day, stop what is dear, add to what works"),
)
STEPS: dict[str, tuple[str | Promise, ...]] = {
    "facebook": _META,
    "instagram": _META,
    "threads": (_("In Meta Ads Manager, add Threads to the placements of an advertisement"),),
    "youtube": (
        _("Upload the film to your channel"),
        _("Open a Google Ads account and link the channel"),
        _("Choose the target audience and set the film’s budget"),
    ),
    "telegram": (
        _("Telegram Ads: 160 characters without a picture, in public channels of 1,000 subscribers and more"),
        _("Or agree on a post with a channel’s owner: day, hour, how long it stays at the top"),
        _("Send people to your channel or bot with a link of its own, so that you can count them"),
    ),
    "tiktok": (
        _("For one film, press Promote in the app; for more, open TikTok Ads Manager"),
        _("Let creators’ own films run as Spark Ads, with their code"),
    ),
    "linkedin": (
        _("Open Campaign Manager and choose trade, position and company size"),
        _("A lead form inside the network costs fewer steps than a page outside"),
    ),
    "x": (_("Open X Ads, promote a post, and choose people by the accounts they follow"),),
    "pinterest": (_("Open Pinterest Ads and promote pins that are saved often already"),),
}

# The lecture's four parts of an online promotion.
RECIPE = (
    _("Offer something of value, so that many want the prize"),
    _("Set a plan: days, budget, and how you go about it"),
    _("Follow the network’s own rules for promotions"),
    _("Measure what it did for sales and engagement, and write it down"),
)


def partners(activities: Iterable[Activity], first: date, last: date) -> list[str]:
    """Whom the strategy works with from `first` to `last`: names as first written, each once, however they are written.

    An activity without days counts always. This is what the fourth of the five Cs, collaboration, counts.
    """
    found: dict[str, str] = {}
    for activity in activities:
        name = " ".join(activity.partner.split())
        if name and (activity.start or first) <= last and (activity.end or last) >= first:
            found.setdefault(name.casefold(), name)
    return list(found.values())
