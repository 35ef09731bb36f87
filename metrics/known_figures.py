"""What is measured already, for whoever writes a target: “today” in the same window that the target will be judged in.

A strategy that runs is judged from its first day, so its “today” is the day before; where nothing was measured then,
it is yesterday.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from brands.models import Channel
from brands.templatetags.ui import day_year
from metrics.kpi import KPIS, MEASURES, Join
from metrics.models import Observation
from metrics.periods import DAY, Span, last_days, month_of
from metrics.progress import LATEST_DAYS
from metrics.readings import Reading, unit_of
from metrics.rows_behind import rows_behind
from metrics.totals import Figure, Scope, Totals, totals_of
from metrics.totals.scoped import PLATFORMS_OWN
from strategies.known_figures import Asked, Known
from strategies.models import Strategy, Target

Window = Target.Window
STOCK_DAYS = 92  # a number of followers older than that says nothing of today
LONGEST_DAYS = 366
LIMIT = Decimal(10) ** 16  # what a target has room for
LEEWAY_DAYS = 7  # figures by hand come once a week


@dataclass(frozen=True, slots=True)
class Look:
    """One place to look for one answer."""

    asked: Asked
    scope: Scope
    span: Span


def of_targets(strategy: Strategy, asked: Sequence[Asked]) -> list[Known]:
    """The answers in the order asked, in the queries of one."""
    return [known for known, _totals in _looked(strategy, asked)]


def with_files(strategy: Strategy, asked: Asked) -> tuple[Known, list[str]]:
    """The answer to one question, and the names of the files that its figures came in."""
    known, found = _looked(strategy, [asked])[0]
    if known.value is None:
        return known, []
    figures = found.inputs(asked.metric).values() if asked.metric in KPIS else [found.figure(asked.metric)]
    only = asked.channels[0] if len(asked.channels) == 1 else None
    rows = rows_behind(strategy.brand, figures, only).filter(source__isnull=False)
    return known, list(rows.order_by("source__name").values_list("source__name", flat=True).distinct()[:3])


def _looked(strategy: Strategy, asked: Sequence[Asked]) -> list[tuple[Known, Totals]]:
    own = tuple(strategy.channels.all())
    looks = [[Look(one, _scope(one, own), _span(one, strategy, end)) for end in _ends(strategy)] for one in asked]
    flat = [look for several in looks for look in several]
    found = totals_of(strategy.brand, {look.span for look in flat}, {look.scope for look in flat})
    return [_first_known([(_known(look, found[look.scope, look.span]), found[look.scope, look.span]) for look in several])
            for several in looks]  # fmt: skip


def _first_known(tried: list[tuple[Known, Totals]]) -> tuple[Known, Totals]:
    return next((answer for answer in tried if answer[0].value is not None), tried[-1])


def _ends(strategy: Strategy) -> list[date]:
    """The days that may stand for today, the better one first."""
    yesterday, before = strategy.brand.today() - DAY, strategy.start - DAY
    return [before, yesterday] if before < yesterday else [yesterday]


def _scope(asked: Asked, own: tuple[Channel, ...]) -> Scope:
    if asked.channels:
        return Scope(channels=asked.channels)
    names = KPIS[asked.metric].inputs if asked.metric in KPIS else [asked.metric]
    platforms_own = all(name in MEASURES and MEASURES[name].family in PLATFORMS_OWN for name in names)
    # What is recorded for the brand as a whole (leads, mentions) is not found on a channel.
    return Scope(channels=own) if own and platforms_own else Scope()


def _span(asked: Asked, strategy: Strategy, end: date) -> Span:
    if _is_stock(asked.metric):
        return last_days(STOCK_DAYS, end + DAY)
    if asked.window == Window.MONTHLY:
        month = month_of(end + DAY)
        return month_of(month.start - DAY)
    if asked.window == Window.TOTAL:
        days = ((asked.until or strategy.end) - strategy.start).days + 1
        return last_days(min(max(days, 1), LONGEST_DAYS), end + DAY)
    return last_days(LATEST_DAYS, end + DAY)


def _is_stock(metric: str) -> bool:
    return metric not in KPIS and metric in MEASURES and MEASURES[metric].join is Join.LAST


def _known(look: Look, found: Totals) -> Known:
    metric = look.asked.metric
    if metric in KPIS:
        reading = Reading(KPIS[metric], found)
        return _answer(look, found, reading.result.exact, look.span, why_not=reading.reason)
    if metric not in MEASURES:
        return Known(why_not=_("This figure is not known any more."))
    figure = found.figure(metric)
    if look.asked.window == Window.PER_POST:
        return _per_post(look, figure, found)
    gap = "" if _is_stock(metric) else _gap(figure, look.span)
    if figure.value is None or gap or figure.currency not in ("", found.currency):
        return Known(why_not=gap or _("No such figure was recorded in these days."))
    days = Span(figure.first, figure.last) if _is_stock(metric) and figure.first and figure.last else look.span
    return _answer(look, found, figure.value, days, figure)


def _per_post(look: Look, figure: Figure, found: Totals) -> Known:
    posts = found.value("posts_published")
    value = figure.value / posts if posts and figure.value is not None else None
    return _answer(look, found, value, look.span, figure, why_not=_("No post with such a figure went out in these days."))


def _gap(figure: Figure, span: Span) -> str:
    """Why a sum over the span would say too little; empty where its days are told about from one end to the other."""
    if figure.first is None or figure.last is None:
        return ""
    leeway = timedelta(days=max(LEEWAY_DAYS, span.days // 10))
    if figure.first <= span.start + leeway and figure.last >= span.end - leeway:
        return ""
    said = _("There are figures from %(first)s to %(last)s only: too few days for %(start)s to %(end)s.")
    days = {"first": figure.first, "last": figure.last, "start": span.start, "end": span.end}
    return said % {name: day_year(day) for name, day in days.items()}


def _answer(
    look: Look, found: Totals, value: Fraction | None, days: Span, figure: Figure | None = None, *, why_not: str = ""
) -> Known:
    if value is None:
        return Known(why_not=why_not)
    rounded = unit_of(look.asked.metric).round(value)
    if abs(rounded) >= LIMIT:
        return Known(why_not=_("The figure is too large for a target."))
    return Known(rounded, days.start, days.end, _source(look, figure), _url(look, found, days))


def _source(look: Look, figure: Figure | None) -> str:
    """“Telegram, channel figures”; which channels are not in it stands behind."""
    places = ", ".join(str(channel) for channel in look.scope.channels or ())
    ledger = str(figure.source.label) if figure is not None and figure.source else ""
    said = ", ".join(part for part in (places or _("the whole brand"), ledger) if part)
    without = ", ".join(str(channel) for channel in figure.left_out) if figure is not None else ""
    return _("%(source)s; without %(channels)s") % {"source": said, "channels": without} if without else said


def _url(look: Look, found: Totals, days: Span) -> str:
    """The working of a KPI; a measure has its place among the results of its days."""
    metric, slug = look.asked.metric, found.brand.slug
    page = reverse("metrics:working", args=[slug, metric]) if metric in KPIS else reverse("metrics:results", args=[slug])
    asked = {"start": days.start.isoformat(), "end": days.end.isoformat()}
    if len(look.scope.channels or ()) == 1:
        asked["channel"] = str(look.scope.channels[0].pk)
    return f"{page}?{urlencode(asked)}"


def latest(pairs: Iterable[tuple[Channel, str]]) -> dict[tuple[int, str], Known]:
    """The newest figure of each stock of each channel, with the file that it came in: two queries for any number."""
    channels = {channel.pk: channel for channel, _measure in pairs}
    measures = sorted({measure for _channel, measure in pairs})
    rows = Observation.objects.filter(pk__in=_newest(channels, measures)).select_related("source").order_by()
    found = {(row.channel_id, row.measure): _as_known(row, channels[row.channel_id]) for row in rows}
    return {(channel.pk, measure): found[channel.pk, measure] for channel, measure in pairs if (channel.pk, measure) in found}


def _newest(channels: Iterable[int], measures: Iterable[str]) -> set[int]:
    own = (
        Observation.objects.filter(channel=OuterRef("pk"), publication=None, campaign=None)
        .order_by("-end", "-start")
        .values("pk")
    )
    newest = [Subquery(own.filter(measure=measure)[:1]) for measure in measures]
    rows = Channel.objects.filter(pk__in=channels).order_by().values_list(*newest)
    return {pk for row in rows for pk in row if pk is not None}


def _as_known(row: Observation, channel: Channel) -> Known:
    source = row.source.name if row.source else _("written by hand")
    asked = {"start": row.start.isoformat(), "end": row.end.isoformat(), "channel": channel.pk}
    url = reverse("metrics:results", args=[channel.brand.slug]) + "?" + urlencode(asked)
    return Known(Decimal(row.value).normalize() + 0, row.start, row.end, f"{channel}, {source}", url)
