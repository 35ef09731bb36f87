"""The brand's home: what needs the reader, how it goes, what comes up. The same queries for any number of rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brands.models import Brand, Membership, Role
from brands.templatetags.ui import day as day_text
from brands.templatetags.ui import moment, number
from calendar_app import key_dates, moments, review_queue
from calendar_app.models import Post, Publication
from metrics.alert_words import listed, tell
from metrics.models import Alert, Import
from metrics.progress import GoalState
from metrics.review import channels_with_last_day
from strategies import stages
from strategies.models import Strategy

DAYS_AHEAD = 7
SHOWN_PER_DAY = 3
STALE_DAYS = 8
ASK_FOR_LINKS = 14
MOST_NEEDS = 7
MOST_ALERTS = 3


@dataclass(frozen=True)
class Need:
    """Something that waits for this person, and the way to it."""

    tone: str
    icon: str
    title: str
    detail: str
    action: str
    url: str


@dataclass
class Day:
    day: date
    publications: list[Publication] = field(default_factory=list)
    more: int = 0
    is_today: bool = False


def needs(brand: Brand, membership: Membership, goals: Iterable[GoalState], *, money: bool) -> list[Need]:
    """What waits for the person, most urgent first."""
    if not membership.may(Role.MARKETER):
        return [*_to_approve(brand, membership), *_late_goals(brand, goals)]
    found = [
        *(_to_approve(brand, membership) if membership.may(Role.LEAD) else ()),
        *_to_publish(brand),
        *_alerts(brand, money=money),
        *_to_change(brand, membership),
        *_to_link(brand),
        *_late_goals(brand, goals),
        *_key_dates(brand),
        *_imports(brand),
        *_stale_channels(brand),
        *_next_stage(brand),
    ]
    return found[:MOST_NEEDS]


def _to_approve(brand: Brand, membership: Membership) -> list[Need]:
    count, first = review_queue.count_for(brand, membership)
    if not count:
        return []
    title = ngettext("%(count)s post waits for your approval", "%(count)s posts wait for your approval", count) % {"count": count}
    detail = _("The first goes out %(moment)s.") % {"moment": moment(first)} if first else ""
    url = reverse("calendar:review", args=[brand.slug])
    return [Need("review", icon="eye", title=title, detail=detail, action=_("Review"), url=url)]


def _to_publish(brand: Brand) -> list[Need]:
    statuses = (Publication.Status.DUE, Publication.Status.MISSED)
    rows = brand.publications.filter(status__in=statuses).order_by().values("status")
    found = {row["status"]: row for row in rows.annotate(count=Count("pk"), one=Min("post"), first=Min("at"))}
    needs_ = []
    if due := found.get(Publication.Status.DUE):
        title = ngettext("%(count)s post is due: publish it", "%(count)s posts are due: publish them", due["count"])
        needs_.append(_delivery(brand, due, title, icon="bell", tone="review", action=_("Mark as published")))
    if missed := found.get(Publication.Status.MISSED):
        title = ngettext("%(count)s post was missed", "%(count)s posts were missed", missed["count"])
        needs_.append(_delivery(brand, missed, title, icon="alert-triangle", tone="alert", action=_("Mark or move")))
    return needs_


def _delivery(brand: Brand, row: dict, title: str, *, icon: str, tone: str, action: str) -> Need:
    url = _post_url(brand, row["one"]) if row["count"] == 1 else _calendar(brand, row["status"])
    detail = _("Planned for %(moment)s. Nobody marked it as published.") % {"moment": moment(row["first"])}
    return Need(tone, icon=icon, title=title % {"count": row["count"]}, detail=detail, action=action, url=url)


def _to_change(brand: Brand, membership: Membership) -> list[Need]:
    mine = brand.posts.filter(Q(owner=membership.user_id) | Q(owner=None, created_by=membership.user_id))
    back = mine.filter(state=Post.State.CHANGES_REQUESTED).aggregate(count=Count("pk"), one=Min("pk"))
    if not back["count"]:
        return []
    title = ngettext("%(count)s of your posts came back", "%(count)s of your posts came back", back["count"])
    url = _post_url(brand, back["one"]) if back["count"] == 1 else _calendar(brand, Post.State.CHANGES_REQUESTED)
    return [
        Need("alert", icon="message-report", title=title % {"count": back["count"]}, detail=_("Changes were asked for."),
             action=_("See why"), url=url)
    ]  # fmt: skip


def _to_link(brand: Brand) -> list[Need]:
    """What went out lately, and nobody said where it can be seen: without that, its figures find no post."""
    lately = brand.now() - timedelta(days=ASK_FOR_LINKS)
    rows = brand.publications.filter(status=Publication.Status.PUBLISHED, published_at__gte=lately, permalink="")
    found = rows.filter(origin=Publication.Origin.CALENDAR).aggregate(count=Count("pk"), one=Min("post"))
    if not found["count"]:
        return []
    title = ngettext("Add the link to %(count)s published post", "Add the links to %(count)s published posts", found["count"])
    detail = _("With it, the figures of an import find their post.")
    url = _post_url(brand, found["one"]) + "#delivery"
    return [
        Need("scheduled", icon="link", title=title % {"count": found["count"]}, detail=detail, action=_("Add the link"), url=url)
    ]


def _alerts(brand: Brand, *, money: bool) -> list[Need]:
    """Watched figures that left their bounds and that nobody deals with yet."""
    found = [tell(alert, brand) for alert in listed(brand, money=money).filter(state=Alert.State.OPEN)[:MOST_ALERTS]]
    return [
        Need("alert", icon="alert-circle", title=alert.title, detail=(alert.item.if_it_fails if alert.item else "") or alert.days,
             action=_("See what to do"), url=reverse("metrics:alert", args=[brand.slug, alert.pk]))
        for alert in found
    ]  # fmt: skip


def _late_goals(brand: Brand, goals: Iterable[GoalState]) -> list[Need]:
    late = [(goal, state) for goal in goals for state in [goal.leading] if state and state.is_late]
    return [
        Need(
            "alert", icon="trending-down", title=_("“%(goal)s” is behind its pace") % {"goal": goal.goal.text},
            detail=_("%(made)s %% of the way, %(expected)s %% expected by now")
            % {"made": number(state.percent, 1), "expected": number(state.expected, 1)},
            action=_("See why"), url=reverse("metrics:results", args=[brand.slug]) + "?preset=strategy",
        )
        for goal, state in late[:3]
    ]  # fmt: skip


def _key_dates(brand: Brand) -> list[Need]:
    """The first date that comes near with nothing planned for it."""
    found = key_dates.waiting(brand)
    if not found:
        return []
    mark, more = found[0], len(found) - 1
    detail = _("Nothing is planned for it.")
    if more:
        said = ngettext("%(count)s more date is near, too.", "%(count)s more dates are near, too.", more)
        detail = f"{detail} {said % {'count': more}}"
    title = _("%(name)s is on %(day)s") % {"name": mark.name, "day": day_text(mark.first)}
    url = reverse("calendar:key_dates", args=[brand.slug])
    return [Need("review", icon="confetti", title=title, detail=detail, action=_("Plan or let it pass"), url=url)]


def _imports(brand: Brand) -> list[Need]:
    waiting = brand.imports.filter(status=Import.Status.CHECKED).order_by()
    found = waiting.aggregate(count=Count("pk"), one=Min("pk"))
    if not found["count"]:
        return []
    title = ngettext(
        "%(count)s file was read and waits to be saved", "%(count)s files were read and wait to be saved", found["count"]
    )
    url = reverse("metrics:import", args=[brand.slug, found["one"]])
    return [Need("scheduled", icon="file-import", title=title % {"count": found["count"]},
                 detail=_("Look at what it would change, then save it."), action=_("Check file"), url=url)]  # fmt: skip


def _stale_channels(brand: Brand) -> list[Need]:
    """Channels whose figures were once imported and have grown old."""
    today = brand.today()
    channels = channels_with_last_day(brand.channels.filter(is_active=True).select_related("platform"))
    old = [c for c in channels if c.last_day and c.last_day < today - timedelta(days=STALE_DAYS)]
    return [
        Need("scheduled", icon="file-import", title=_("Import newer figures of %(channel)s") % {"channel": channel},
             detail=_("The last ones are of %(day)s.") % {"day": day_text(channel.last_day)},
             action=_("Import file"), url=reverse("metrics:imports", args=[brand.slug]))
        for channel in old[:2]
    ]  # fmt: skip


def _next_stage(brand: Brand) -> list[Need]:
    """The first open stage of the strategy that is planned, else of the one that runs."""
    open_ones = brand.strategies.filter(Q(status=Strategy.Status.DRAFT) | Q(pk__in=brand.strategies.running(brand.today())))
    strategy = open_ones.prefetch_related("stage_states").order_by("-updated_at").first()
    if strategy is None:
        return []
    strategy.brand = brand
    stage = next((look for look in stages.remembered(strategy) if look.state != "done"), None)
    if stage is None:
        return []
    return [Need("draft", icon="route", title=_("Continue “%(strategy)s”") % {"strategy": strategy},
                 detail=_("Next: %(stage)s, %(word)s.") % {"stage": stage.title, "word": stage.word},
                 action=_("Continue"), url=stage.url)]  # fmt: skip


def _post_url(brand: Brand, pk: int) -> str:
    return reverse("calendar:post", args=[brand.slug, pk])


def _calendar(brand: Brand, status: str) -> str:
    return reverse("calendar:month", args=[brand.slug]) + f"?status={status}"


def coming_up(brand: Brand) -> list[Day]:
    """Seven days from today, each with its first publications and how many more there are."""
    today = brand.today()
    days = {today + timedelta(days=i): Day(today + timedelta(days=i), is_today=i == 0) for i in range(DAYS_AHEAD)}
    start, end = moments.span(today, today + timedelta(days=DAYS_AHEAD - 1), brand.zone)
    rows = brand.publications.between(start, end).standing()
    rows = rows.annotate(day=TruncDate("at", tzinfo=brand.zone))
    for day, count in rows.order_by().values_list("day").annotate(count=Count("pk")):
        days[day].more = max(0, count - SHOWN_PER_DAY)
    rank = Window(RowNumber(), partition_by=[F("day")], order_by=[F("at").asc(), F("pk").asc()])
    first = rows.annotate(rank=rank).filter(rank__lte=SHOWN_PER_DAY).select_related("post__pillar", "channel__platform")
    for publication in first.order_by("at", "pk"):
        days[publication.day].publications.append(publication)
    return list(days.values())


def greeting(hour: int) -> str:
    if 5 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
