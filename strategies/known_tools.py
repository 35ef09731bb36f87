"""Tools that people of the trade use, by what they are for. Names and their state change; each row says what is known."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import Tool

Group = Tool.Group


@dataclass(frozen=True, slots=True)
class KnownTool:
    name: str
    group: Group
    url: str = ""
    is_paid: bool = False
    note: str | Promise = ""


KNOWN_TOOLS = (
    KnownTool("Google Calendar", Group.PLANNING, "https://calendar.google.com/", note=_("A calendar to share.")),
    KnownTool("Google Sheets", Group.PLANNING, "https://sheets.google.com/", note=_("Tables to share.")),
    KnownTool("Airtable", Group.PLANNING, "https://www.airtable.com/", note=_("Tables that know more; free for small teams.")),
    KnownTool("Post Planner", Group.PLANNING, "https://www.postplanner.com/", is_paid=True, note=_("Finds ideas and queues posts.")),
    KnownTool("Hootsuite", Group.MANAGEMENT, "https://www.hootsuite.com/", is_paid=True, note=_("Publishing and inbox in one.")),
    KnownTool("Sprout Social", Group.MANAGEMENT, "https://sproutsocial.com/", is_paid=True, note=_("Publishing, inbox and reports.")),
    KnownTool("X Pro", Group.MANAGEMENT, "https://pro.x.com/", is_paid=True, note=_("Once called TweetDeck; paid since 2023.")),
    KnownTool("Google Alerts", Group.MONITORING, "https://www.google.com/alerts", note=_("Mentions of your brand, as a letter or a feed.")),
    KnownTool("Google Analytics 4", Group.MONITORING, "https://analytics.google.com/", note=_("What visitors do on your website.")),
    KnownTool("Brand24", Group.MONITORING, "https://brand24.com/", is_paid=True, note=_("Mentions and their tone.")),
    KnownTool("Fanpage Karma", Group.MONITORING, "https://www.fanpagekarma.com/", is_paid=True, note=_("Your pages beside those of competitors.")),
    KnownTool("BuzzSumo", Group.MONITORING, "https://buzzsumo.com/", is_paid=True, note=_("Which content is passed on.")),
    KnownTool("Brandwatch", Group.MONITORING, "https://www.brandwatch.com/", is_paid=True, note=_("Listening on a large scale.")),
    KnownTool("AhaSlides", Group.RESEARCH, "https://ahaslides.com/", note=_("Surveys, quizzes and mind maps.")),
)  # fmt: skip


def not_yet_used(used: set[str]) -> list[KnownTool]:
    """Those that the brand has not taken over, whichever capitals it wrote them with."""
    names = {name.casefold() for name in used}
    return [tool for tool in KNOWN_TOOLS if tool.name.casefold() not in names]


def find(name: str) -> KnownTool | None:
    return next((tool for tool in KNOWN_TOOLS if tool.name == name), None)
