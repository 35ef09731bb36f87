"""Judging a strategy: what the data says to each analysis question, and the gates that only figures can answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brands.models import Channel
from brands.templatetags.ui import day_year, number
from calendar_app.models import Post, Publication
from metrics.kpi import KPIS, MEASURES
from metrics.kpi.formulas import NO_FIGURE
from metrics.models import Observation
from metrics.periods import DAY, Span
from metrics.progress import goal_states
from metrics.readings import Reading, in_unit, is_money, label_of, plain
from metrics.totals import Scope, Totals, totals_of
from strategies.gates import Missing
from strategies.models import Answer, Incident, Strategy

Question = Answer.Question
FRESH_DAYS = 31
MOST_INCIDENTS = 5


@dataclass(frozen=True)
class Evidence:
    """One figure that speaks to a question. `status` names a pace where there is one."""

    label: str
    value: str
    url: str
    note: str = ""
    status: str = ""


def figures_per_channel(strategy: Strategy) -> list[Missing]:
    """Gate of monitoring: every active channel has a figure of its own or of a post, not older than a month."""
    today = strategy.brand.today()
    since = max(strategy.start, min(today, strategy.end) - timedelta(days=FRESH_DAYS))
    url = reverse("metrics:imports", args=[strategy.brand.slug])
    return [
        Missing(_("No figures of %(channel)s in the last %(days)s days") % {"channel": channel, "days": FRESH_DAYS}, url)
        for channel in channels_with_last_day(strategy.channels.filter(is_active=True).select_related("platform"))
        if channel.last_day is None or channel.last_day < since
    ]


def findings_written(strategy: Strategy) -> list[Missing]:
    """Gate of analysis: something was learned and written down."""
    if strategy.findings.exists():
        return []
    url = reverse("metrics:new_finding", args=[strategy.brand.slug]) + f"?strategy={strategy.pk}"
    return [Missing(_("No finding written down yet"), url)]


def channels_with_last_day(channels) -> list[Channel]:
    """The channels, each with `last_day`: the newest day any figure of it or of its posts tells about, or None."""
    # A look at the end of the index for each channel; the maximum of a join would read its whole history.
    newest = Observation.objects.filter(channel=OuterRef("pk")).order_by("-end").values("end")
    return list(channels.annotate(last_day=Subquery(newest[:1])))


def evidence(strategy: Strategy, question: str, *, money: bool) -> list[Evidence]:
    return _QUESTIONS[question](strategy, money)


def totals_to_date(strategy: Strategy, *, with_today: bool = True) -> Totals:
    """The strategy's figures from its first day to today (or yesterday: today is never complete), or to its end."""
    last = strategy.brand.today() if with_today else strategy.brand.today() - DAY
    end = max(strategy.start, min(last, strategy.end))
    scope, span = Scope(strategy=strategy), Span(strategy.start, end)
    return totals_of(strategy.brand, [span], [scope])[scope, span]


def _goals(strategy: Strategy, money: bool) -> list[Evidence]:
    return [
        Evidence(
            goal.goal.text,
            f"{state.current_shown} / {state.target_shown}",
            reverse("metrics:goal", args=[strategy.brand.slug, strategy.pk, goal.goal.pk]),
            in_unit(state.made.exact, KPIS["goal_progress"].unit),
            state.status,
        )
        for goal in goal_states(strategy, money=money)
        if (state := goal.leading)
    ]


def _plan(strategy: Strategy, money: bool) -> list[Evidence]:
    found = totals_to_date(strategy)
    return [
        *_kpis(found, ("schedule_adherence",), money),
        *_measures(found, ("posts_planned", "posts_published"), money),
    ]


def _assets(strategy: Strategy, money: bool) -> list[Evidence]:
    found = totals_to_date(strategy)
    hours = strategy.brand.memberships.aggregate(hours=Sum("hours_per_week"))["hours"] or 0
    team = reverse("brands:team", args=[strategy.brand.slug])
    return [
        *_kpis(found, ("budget_utilisation",), money),
        *_measures(found, ("planned", "investment"), money),
        Evidence(_("Hours of the team per week"), plain(hours), team),
    ]


def _surprises(strategy: Strategy, money: bool) -> list[Evidence]:
    found = Publication.objects.filter(brand=strategy.brand, post__strategy=strategy)
    missed = found.filter(status=Publication.Status.MISSED).count()
    start, end = strategy.start, min(strategy.brand.today(), strategy.end)
    outside = Publication.objects.filter(
        brand=strategy.brand, post__kind=Post.Kind.UNPLANNED, channel__in=strategy.channels.all(),
        published_at__date__range=(start, max(start, end)),
    ).count()  # fmt: skip
    calendar = reverse("calendar:month", args=[strategy.brand.slug])
    silent = [cover for cover in totals_to_date(strategy, with_today=False).coverage if cover.missing]
    rows = [
        *_incidents(strategy),
        Evidence(_("Posts missed"), in_unit(missed, MEASURES["posts_published"].unit), calendar),
        Evidence(_("Posts outside the plan"), in_unit(outside, MEASURES["posts_published"].unit), calendar),
    ]
    imports = reverse("metrics:imports", args=[strategy.brand.slug])
    rows += [
        Evidence(str(cover.channel), ngettext("%(days)s day without figures", "%(days)s days without figures", cover.missing) % {"days": cover.missing}, imports)
        for cover in silent
    ]  # fmt: skip
    return rows


def _incidents(strategy: Strategy) -> list[Evidence]:
    """How many there were, and the newest of them by name."""
    rows = strategy.incidents.select_related("risk")[:MOST_INCIDENTS]
    url = reverse("strategies:strategy", args=[strategy.brand.slug, strategy.pk]) + "#d4"
    return [
        Evidence(_("Incidents written down"), plain(Decimal(strategy.incidents.count())), url),
        *(Evidence(row.title, day_year(row.happened_on), url, _foreseen(row)) for row in rows),
    ]


def _foreseen(incident: Incident) -> str:
    said = _("foreseen") if incident.risk else _("not foreseen")
    return said if incident.settled_on else _("%(foreseen)s, not settled yet") % {"foreseen": said}


def _business(strategy: Strategy, money: bool) -> list[Evidence]:
    found = totals_to_date(strategy)
    return [
        *_measures(found, ("revenue", "leads", "new_customers"), money, before=found.previous),
        *_kpis(found, ("roi", "share_of_voice", "net_sentiment"), money, before=found.previous),
    ]


_QUESTIONS: dict[str, Callable[[Strategy, bool], list[Evidence]]] = {
    Question.GOALS: _goals,
    Question.PLAN: _plan,
    Question.ASSETS: _assets,
    Question.SURPRISES: _surprises,
    Question.BUSINESS: _business,
}


def _kpis(found: Totals, names: tuple[str, ...], money: bool, before: Totals | None = None) -> list[Evidence]:
    """`before`: the days that the figures are set beside, so that one sees which way they went."""
    query = f"?start={found.span.start}&end={found.span.end}"
    return [
        Evidence(
            reading.label,
            reading.whole,
            reverse("metrics:working", args=[found.brand.slug, name]) + query,
            reading.reason or _beside(Reading(KPIS[name], before).whole if before else NO_FIGURE, before),
        )
        for name in names
        if money or not is_money(KPIS[name])
        for reading in (Reading(KPIS[name], found),)
    ]


def _measures(found: Totals, names: tuple[str, ...], money: bool, before: Totals | None = None) -> list[Evidence]:
    query = f"?start={found.span.start}&end={found.span.end}"
    url = reverse("metrics:results", args=[found.brand.slug]) + query
    return [
        Evidence(
            label_of(name),
            in_unit(value, MEASURES[name].unit, found.currency),
            url,
            _beside(in_unit(before.value(name), MEASURES[name].unit, found.currency) if before else NO_FIGURE, before),
        )
        for name in names
        if money or not MEASURES[name].is_money
        for value in (found.value(name),)
        if value is not None
    ]


def _beside(shown: str, before: Totals | None) -> str:
    """“1,200 in the 60 days before”; empty where nothing was measured then."""
    if before is None or shown == NO_FIGURE:
        return ""
    days = before.span.days
    said = ngettext("%(figure)s the day before", "%(figure)s in the %(days)s days before", days)
    return said % {"figure": shown, "days": number(days)}
