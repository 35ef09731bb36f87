"""What a brand has of the words that somebody looks for: kind by kind, the newest first, only what this person may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Membership, Role
from brands.searching import LONGEST, holding, holds, patterns
from brands.templatetags.ui import day_year, moment, span
from calendar_app.models import Post, Publication
from metrics import destinations, library
from strategies.models import Goal

PER_KIND = 6
# Typed alone, it asks which keys there are.
FOR_KEYS = "?"


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and where it opens."""

    title: str
    url: str
    icon: str
    context: str = ""
    status: str = ""
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    name: str
    label: str | Promise
    hits: list[Hit]
    more: str = ""


@dataclass
class Found:
    asked: str
    groups: list[Group] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def wants_keys(self) -> bool:
        return self.asked == FOR_KEYS


@dataclass(frozen=True)
class Asked:
    """Who looks, where, and for which words."""

    membership: Membership
    text: str
    words: list[str]

    @property
    def brand(self) -> Brand:
        return self.membership.brand

    def to(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.brand.slug, *args])

    def first(self, rows: QuerySet, *fields: str) -> QuerySet:
        """One more than is shown tells that there are more."""
        return rows.filter(holding(self.words, *fields))[: PER_KIND + 1]


@dataclass(frozen=True)
class Kind:
    """`full` leads to the list of all; with `carries`, the list takes the words along."""

    name: str
    label: str | Promise
    find: Callable[[Asked], Iterable[Hit]]
    role: Role = Role.VIEWER
    full: str = ""
    carries: bool = False
    most: int = PER_KIND

    def group(self, asked: Asked) -> Group:
        hits = list(self.find(asked))
        return Group(self.name, self.label, hits[: self.most], self._more(asked) if len(hits) > self.most else "")

    def _more(self, asked: Asked) -> str:
        query = f"?{urlencode({'q': asked.text})}" if self.carries else ""
        return asked.to(self.full) + query if self.full else ""


def search(membership: Membership, typed: str) -> Found:
    """Without words: where people usually go. A few of each kind."""
    text = " ".join(typed.replace("\x00", "")[:LONGEST].split())
    if text == FOR_KEYS:
        keys = destinations.SHORTCUTS
        return Found(text, [Group("pages", _("Pages"), [Hit(str(keys.label), keys.address(membership.brand), keys.icon)])])
    asked = Asked(membership, text, patterns(text))
    kinds = [kind for kind in KINDS if membership.may(kind.role) and (asked.words or kind.name in BEFORE_WORDS)]
    return Found(text, [group for group in (kind.group(asked) for kind in kinds) if group.hits])


def _days(start: date, end: date) -> str:
    return span(start, end)


def _destinations(asked: Asked, actions: bool) -> list[Hit]:
    found = destinations.open_to(asked.membership, asked.words)
    return [Hit(str(one.label), one.address(asked.brand), one.icon) for one in found if one.is_action is actions]


def _brands(asked: Asked) -> Iterable[Hit]:
    others = Brand.objects.for_user(asked.membership.user).exclude(pk=asked.brand.pk)
    for brand in asked.first(others, "name"):
        yield Hit(brand.name, brand.get_absolute_url(), "building-store", brand.about)


def _strategies(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.strategies.all(), "name", "summary"):
        yield Hit(row.name, asked.to("strategies:strategy", row.pk), "route", _days(row.start, row.end), row.status)


def _goals(asked: Asked) -> Iterable[Hit]:
    rows = (
        Goal.objects.filter(strategy__brand=asked.brand).select_related("strategy").order_by("-strategy__start", "position", "pk")
    )
    for row in asked.first(rows, "text"):
        yield Hit(str(row), asked.to("metrics:goal", row.strategy_id, row.pk), "flag", row.strategy.name)


def _posts(asked: Asked) -> Iterable[Hit]:
    elsewhere = Publication.objects.filter(holding(asked.words, "text_override"), brand=asked.brand).exclude(text_override="")
    rows = asked.brand.posts.filter(holding(asked.words, "title", "text")) | asked.brand.posts.filter(
        pk__in=elsewhere.values("post")
    )
    for row in rows.prefetch_related("publications__channel__platform").order_by("-pk")[: PER_KIND + 1]:
        yield _post(asked, row)


def _post(asked: Asked, row: Post) -> Hit:
    """With the moment of its first publication, and the platforms of all."""
    going = list(row.publications.all())
    first = going[0] if going else None
    when = first.published_at or first.at if first else None
    platforms = tuple(dict.fromkeys(one.channel.platform.slug for one in going))
    status = first.shown_status if first else row.state
    return Hit(row.title, asked.to("calendar:post", row.pk), "pencil", moment(when) if when else "", status, platforms)


def _campaigns(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.campaigns.order_by("-start", "-pk"), "name"):
        yield Hit(row.name, asked.to("calendar:campaign", row.pk), "flag", _days(row.start, row.end))


def _series(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.series.order_by("-start", "-pk"), "title"):
        yield Hit(row.title, asked.to("calendar:series", row.pk), "repeat", day_year(row.start))


def _key_dates(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.key_dates.order_by("-start", "-pk"), "name"):
        yield Hit(row.name, asked.to("calendar:day", row.start.isoformat()), "confetti", day_year(row.start))


def _channels(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.channels.select_related("platform"), "handle", "platform__name"):
        url = f"{asked.to('metrics:results')}?channel={row.pk}"
        yield Hit(str(row), url, "chart-line", str(_("Results")), platforms=(row.platform.slug,))


def _entries(asked: Asked, kpis: bool) -> list[Hit]:
    """Those that are called so come before those that only speak of it."""
    shelves = library.entries(get_language(), money=asked.membership.sees_money)
    found = [entry for entry in library.search(shelves, asked.text) if bool(entry.kpi) is kpis]
    found.sort(key=lambda entry: not holds(asked.words, library.called(entry)))
    return [_entry(asked, entry) for entry in found[: PER_KIND + 1]]


def _entry(asked: Asked, entry: library.Entry) -> Hit:
    if entry.kpi:
        return Hit(str(entry.title), asked.to("metrics:kpi", entry.name), "chart-line", entry.heading)
    return Hit(str(entry.title), f"{asked.to('metrics:library')}#{entry.name}", entry.shelf.icon, str(entry.shelf.label))


def _reports(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.reports.all(), "name"):
        yield Hit(row.name, asked.to("metrics:report", row.pk), "file-text", str(row.get_scope_display()))


def _findings(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.findings.select_related("strategy"), "text"):
        yield Hit(str(row), asked.to("metrics:read_finding", row.pk), "bulb", row.strategy.name, row.verdict)


def _files(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.imports.all(), "name"):
        said = f"{moment(row.uploaded_at)} · {row.get_status_display()}"
        yield Hit(row.name, asked.to("metrics:import", row.pk), "file-spreadsheet", said)


def _plan_files(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.plan_files.all(), "name"):
        said = f"{moment(row.created_at)} · {row.get_status_display()}"
        yield Hit(row.name, asked.to("calendar:plan_file", row.pk), "file-import", said)


def _mentions(asked: Asked) -> Iterable[Hit]:
    for row in asked.first(asked.brand.mentions.all(), "title", "text", "site"):
        day = row.day.isoformat()
        query = urlencode({"show": "all", "start": day, "end": day, "mention": row.pk})
        yield Hit(
            row.title, f"{asked.to('metrics:mentions')}?{query}#mention-{row.pk}", "at", f"{day_year(row.day)} · {row.site}"
        )


# What is offered before a word was typed.
BEFORE_WORDS = ("actions", "pages", "brands")
KINDS = (
    Kind("actions", _("Actions"), lambda asked: _destinations(asked, actions=True)),
    Kind("pages", _("Pages"), lambda asked: _destinations(asked, actions=False), most=10),
    Kind("strategies", _("Strategies"), _strategies, full="strategies:list"),
    Kind("goals", _("Goals"), _goals),
    Kind("posts", _("Posts"), _posts, full="calendar:list", carries=True),
    Kind("campaigns", _("Campaigns"), _campaigns, full="calendar:campaigns"),
    Kind("series", pgettext_lazy("several", "Series"), _series, full="calendar:series_list"),
    Kind("channels", _("Channels"), _channels, full="brands:channels"),
    Kind("kpis", _("KPIs"), lambda asked: _entries(asked, kpis=True), full="metrics:library", carries=True),
    Kind("library", _("Library"), lambda asked: _entries(asked, kpis=False), full="metrics:library", carries=True),
    Kind("reports", _("Reports"), _reports, full="metrics:reports"),
    Kind("findings", _("Findings"), _findings, full="metrics:findings"),
    Kind("files", _("Files with figures"), _files, Role.MARKETER, full="metrics:imports"),
    Kind("plan_files", _("Files with posts"), _plan_files, Role.MARKETER, full="calendar:plan_files"),
    Kind("mentions", _("Mentions"), _mentions, Role.MARKETER, full="metrics:mentions"),
    Kind("key_dates", _("Key dates"), _key_dates, full="calendar:key_dates"),
    Kind("brands", _("Go to another brand"), _brands),
)
