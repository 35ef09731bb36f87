"""Pages and actions of a brand that somebody may go to from anywhere: one table for the palette and the search."""

from dataclasses import dataclass
from functools import cache

from django.urls import resolve, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand, Membership, Role
from brands.searching import holds


@dataclass(frozen=True)
class Destination:
    """`url` is a name in the URLconf. Who may go there is said by the page's own door."""

    url: str
    label: str | Promise
    icon: str
    # Offered before a word was typed.
    is_usual: bool = False
    is_action: bool = False

    def address(self, brand: Brand) -> str:
        return reverse(self.url) if self.url in OUTSIDE else reverse(self.url, args=[brand.slug])

    def is_open_to(self, membership: Membership) -> bool:
        return self.url in OUTSIDE or membership.may(_role_at(self.url))


@cache
def _role_at(url: str) -> Role:
    return resolve(reverse(url, args=["brand"])).func.brand_role


def _act(url: str, label: str | Promise, icon: str, *, is_usual: bool = False) -> Destination:
    return Destination(url, label, icon, is_usual, is_action=True)


# Pages of the person, not of a brand.
OUTSIDE = frozenset({"brands:list", "brands:new", "brands:profile", "brands:hearing", "mfa_index", "brands:sessions"})

SHORTCUTS = Destination("metrics:shortcuts", _("Keyboard shortcuts"), icon="keyboard", is_usual=True)
DESTINATIONS = (
    _act("calendar:new_post", _("New post"), icon="pencil", is_usual=True),
    _act("strategies:new", _("New strategy"), icon="route", is_usual=True),
    _act("calendar:quick_plan", _("A plan and a filled calendar"), icon="wand"),
    _act("metrics:imports", _("Import a file"), icon="file-import", is_usual=True),
    _act("metrics:record", _("Record a figure"), icon="plus", is_usual=True),
    Destination("calendar:month", _("Today in the calendar"), icon="calendar-month", is_usual=True),
    Destination("calendar:review", _("Review queue"), icon="eye", is_usual=True),
    Destination("metrics:home", _("Home"), icon="home", is_usual=True),
    Destination("strategies:list", _("Strategies"), icon="route", is_usual=True),
    Destination("metrics:results", _("Results"), icon="chart-line", is_usual=True),
    Destination("metrics:library", _("Library"), icon="books", is_usual=True),
    Destination("metrics:reports", _("Reports"), icon="file-text", is_usual=True),
    Destination("brands:settings", _("Settings"), icon="settings", is_usual=True),
    SHORTCUTS,
    _act("metrics:grid", _("Record many figures"), icon="table"),
    _act("metrics:new_entry", _("Add income or cost"), icon="coins"),
    _act("metrics:new_finding", _("Write a finding"), icon="bulb"),
    _act("metrics:new_mention", _("Add a mention"), icon="at"),
    _act("metrics:new_report", _("A new report"), icon="file-text"),
    _act("calendar:new_campaign", _("New campaign"), icon="flag"),
    _act("calendar:new_series", _("New series"), icon="repeat"),
    _act("calendar:new_key_date", _("New key date"), icon="confetti"),
    _act("calendar:plan_files", _("Import posts from a file"), icon="upload"),
    _act("calendar:export", _("Export posts"), icon="download"),
    _act("strategies:new_plan", _("New communication plan"), icon="columns-3"),
    _act("strategies:new_editorial", _("New editorial plan"), icon="calendar"),
    _act("strategies:new_tool", _("New tool"), icon="tool"),
    _act("brands:new_channel", _("Add a channel"), icon="broadcast"),
    Destination("calendar:week", _("Week"), icon="calendar"),
    Destination("calendar:list", pgettext_lazy("search", "List of posts"), icon="list"),
    Destination("calendar:board", _("Board"), icon="columns-3"),
    Destination("calendar:quarter", _("Quarter"), icon="calendar"),
    Destination("calendar:content", _("Content mix"), icon="chart-donut"),
    Destination("calendar:campaigns", _("Campaigns"), icon="flag"),
    Destination("calendar:series_list", pgettext_lazy("several", "Series"), icon="repeat"),
    Destination("calendar:key_dates", _("Key dates"), icon="confetti"),
    Destination("calendar:saved_views", _("Saved views"), icon="bookmark"),
    Destination("calendar:review_links", _("Review links"), icon="share"),
    Destination("calendar:hashtags", _("Sets of hashtags"), icon="hash"),
    Destination("calendar:templates", _("Templates of posts"), icon="copy"),
    Destination("calendar:workload", _("Workload"), icon="users"),
    Destination("calendar:activity", _("Activity"), icon="history"),
    Destination("calendar:feeds", _("Subscribe to the calendar"), icon="rss"),
    Destination("strategies:plans", _("Plans"), icon="columns-3"),
    Destination("strategies:tools", _("Tools"), icon="tool"),
    Destination("metrics:insight", _("Insight"), icon="microscope"),
    Destination("metrics:return", _("Return"), icon="coins"),
    Destination("metrics:what_if", _("What if…"), icon="calculator"),
    Destination("metrics:entries", _("Income and costs"), icon="receipt"),
    Destination("metrics:findings", _("Findings"), icon="bulb"),
    Destination("metrics:alerts", _("Alerts"), icon="alert-triangle"),
    Destination("metrics:mentions", _("Mentions"), icon="at"),
    Destination("metrics:mention_feeds", _("Feeds of mentions"), icon="rss"),
    Destination("brands:notifications", _("Notifications"), icon="bell"),
    Destination("brands:channels", _("Channels"), icon="broadcast"),
    Destination("brands:team", _("Team"), icon="users"),
    Destination("brands:audit_log", _("Audit log"), icon="history"),
    Destination("brands:leaving", _("Export and delete"), icon="package-export"),
    Destination("brands:api", _("API"), icon="key"),
    Destination("brands:webhooks", _("Webhooks"), icon="webhook"),
    Destination("calendar:zone", _("Time zone"), icon="clock"),
    Destination("brands:profile", _("Name, language, theme"), icon="user"),
    Destination("brands:hearing", _("What you hear of"), icon="bell"),
    Destination("mfa_index", _("Sign-in and security"), icon="shield-lock"),
    Destination("brands:sessions", _("Where you are signed in"), icon="devices"),
    Destination("brands:list", _("Your brands"), icon="building-store"),
    Destination("brands:new", _("New brand"), icon="plus"),
)


def open_to(membership: Membership, words: list[str]) -> list[Destination]:
    """Where this person may go: the usual places, or those whose name holds all words, in their language or in English."""
    found = [one for one in DESTINATIONS if (_is_called(one, words) if words else one.is_usual)]
    return [one for one in found if one.is_open_to(membership)]


def _is_called(one: Destination, words: list[str]) -> bool:
    if holds(words, str(one.label)):
        return True
    with translation.override("en"):
        return holds(words, str(one.label))
