"""What the rules need from outside the strategy's own rows, asked in one query.

People, thresholds, accepted rules, earlier checks, newest figures, spending, promotions and posts lie in eight tables. Each is asked
as rows of JSON and joined to the others, so that a page of a strategy stays within its number of queries.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime

from brands.models import Channel
from calendar_app import moments
from calendar_app.models import Campaign, Post, Publication
from metrics.health.facts import ADHERENCE_WEEKS, WINDOW_DAYS
from metrics.models import Acknowledgement, HealthCheck, KpiClass, LedgerEntry, Observation, RuleThreshold
from metrics.periods import Span, month_of
from strategies.models import EditorialPlan, Strategy

Rows = dict[str, list[dict[str, Any]]]

TREND_DAYS = 90
PLANNED_AHEAD = 400
Status = Publication.Status
OPEN = (Status.PLANNED, Status.SCHEDULED, Status.DUE)


def read(strategy: Strategy, channels: Iterable[int], today: date) -> Rows:
    """The rows of every source, by its name."""
    pks = list(channels)
    parts = [
        _people(strategy), _thresholds(), _classes(), _accepted(strategy), _checks(strategy, today), _figures(strategy),
        _money(strategy), _plans(strategy, pks, today), _posts(strategy, pks, today), _promotions(strategy),
    ]  # fmt: skip
    found: Rows = defaultdict(list)
    for name, values in parts[0].union(*parts[1:], all=True):
        found[name].append(json.loads(values) if isinstance(values, str) else values)
    return found


def _part(source: str, rows: models.QuerySet, /, **columns: object) -> models.QuerySet:
    rows = rows.order_by().annotate(source_name=Value(source), source_row=JSONObject(**columns))
    return rows.values_list("source_name", "source_row")


def _text(column: str | models.Expression) -> Cast:
    """A decimal travels as text: as a number of JSON it would lose its last digits."""
    return Cast(column, models.CharField())


def _people(strategy: Strategy) -> models.QuerySet:
    return _part("people", strategy.brand.memberships.all(), hours=_text("hours_per_week"), skills=F("skills"))


def _classes() -> models.QuerySet:
    return _part("classes", KpiClass.objects.all(), kpi=F("kpi"), klass=F("klass"))


def _thresholds() -> models.QuerySet:
    return _part("thresholds", RuleThreshold.objects.all(), name=F("name"), value=_text("value"))


def _accepted(strategy: Strategy) -> models.QuerySet:
    rows = Acknowledgement.objects.filter(strategy=strategy)
    by = {"by": F("by__name"), "email": F("by__email")}
    return _part("accepted", rows, rule=F("rule"), cause=F("cause"), reason=F("reason"), at=F("at"), **by)


def _checks(strategy: Strategy, today: date) -> models.QuerySet:
    rows = HealthCheck.objects.filter(strategy=strategy, day__gte=today - timedelta(days=TREND_DAYS))
    return _part("checks", rows, day=F("day"), score=F("score"))


def _figures(strategy: Strategy) -> models.QuerySet:
    """The newest day that any figure of a channel tells about: a look at the end of the index for each."""
    newest = Observation.objects.filter(channel=OuterRef("pk")).order_by("-end").values("end")[:1]
    rows = Channel.objects.filter(strategy_channels__strategy=strategy)
    return _part("figures", rows, channel=F("pk"), last=Subquery(newest))


def _money(strategy: Strategy) -> models.QuerySet:
    entries = LedgerEntry.objects.filter(
        brand=strategy.brand, strategy=strategy, kind=LedgerEntry.Kind.INVESTMENT, currency=strategy.brand.currency
    )
    groups = entries.order_by().values("budget_line_id", "channel_id").annotate(
        spent=Sum("amount"), worked=Sum("hours"), advertised=Max("date", filter=Q(is_ad=True))
    )  # fmt: skip
    return _part(
        "money", groups, line=F("budget_line_id"), channel=F("channel_id"), spent=_text("spent"), hours=_text("worked"),
        last_ad=F("advertised"),
    )  # fmt: skip


def _plans(strategy: Strategy, channels: list[int], today: date) -> models.QuerySet:
    """Editorial plans of the brand that belong to no strategy or another one, on the same channels."""
    day = max(today, strategy.start)
    rows = EditorialPlan.objects.filter(
        brand=strategy.brand, channel__in=channels, is_active=True, start__lte=day, end__gte=day
    ).exclude(strategy=strategy)
    return _part("plans", rows, channel=F("channel_id"))


def _posts(strategy: Strategy, channels: list[int], today: date) -> models.QuerySet:
    """Posts on the strategy's channels, counted channel by channel."""
    zone = strategy.brand.zone
    since = moments.span(today - timedelta(days=2 * TREND_DAYS), today, zone)[0]
    until = moments.span(today, today + timedelta(days=PLANNED_AHEAD), zone)[1]
    rows = Publication.objects.standing().filter(
        Q(at__gte=since, at__lt=until) | Q(published_at__gte=since), brand=strategy.brand, channel__in=channels
    )
    counted = {name: Count("pk", filter=condition) for name, condition in _counted(strategy, today).items()}
    named = {
        "last_original": Max("published_at", filter=_original()),
        "last_paid": Max("published_at", filter=Q(post__is_paid=True)),
        "next_owned": Min(
            "at", filter=Q(post__strategy=strategy, post__owner__isnull=False, status__in=OPEN, at__gte=strategy.brand.now())
        ),
    }
    groups = rows.order_by().values("channel_id").annotate(**counted, **named)
    columns = {name: F(name) for name in (*counted, *named)}
    return _part("posts", groups, channel=F("channel_id"), **columns)


def _promotions(strategy: Strategy) -> models.QuerySet:
    rows = Campaign.objects.filter(brand=strategy.brand, strategy=strategy, kind=Campaign.Kind.PROMOTION)
    return _part(
        "promotions", rows, pk=F("pk"), name=F("name"), start=F("start"), end=F("end"), rules=F("rules_link"),
        checked=F("guidelines_checked"), participants=F("participants"), sales=_text("sales"), engagement=F("engagement"),
        result=F("result"),
    )  # fmt: skip


def _original() -> Q:
    """Made for the channel by the brand itself: no advertisement, nothing collected from elsewhere."""
    return Q(post__is_paid=False) & ~Q(post__kind=Post.Kind.BUFFER) & ~Q(post__format=Post.Format.UGC)


def _counted(strategy: Strategy, today: date) -> dict[str, Q]:
    lately = _out(strategy, _up_to(today, WINDOW_DAYS))
    weeks = _out(strategy, _up_to(today, 7 * ADHERENCE_WEEKS)) & ~Q(post__kind=Post.Kind.REACTIVE)
    month = _in(strategy, month_of(today))
    around = _in(strategy, Span(today - timedelta(weeks=ADHERENCE_WEEKS), today + timedelta(weeks=ADHERENCE_WEEKS)))
    said = ~Q(post__format="") & ~Q(post__journey_stage="") & Q(post__pillar__isnull=False)
    return {
        "published": lately,
        "automated": lately & Q(post__is_automated=True),
        "promo": lately & Q(post__kind=Post.Kind.PROMO),
        "published_in_weeks": weeks,
        "outside": weeks & Q(post__kind=Post.Kind.UNPLANNED),
        "attract": month & Q(post__purpose=Post.Purpose.ATTRACT),
        "engage": month & Q(post__purpose=Post.Purpose.ENGAGE),
        "around": around,
        "complete": around & said,
    }


def _up_to(today: date, days: int) -> Span:
    """So many days, today being the last of them: a post of this morning counts at once."""
    return Span(today - timedelta(days=days - 1), today)


def _out(strategy: Strategy, span: Span) -> Q:
    """Went out in the span, and not before the strategy began."""
    first = max(span.start, min(strategy.start, span.end))
    start, end = moments.span(first, span.end, strategy.brand.zone)
    return Q(status=Status.PUBLISHED, published_at__gte=start, published_at__lt=end)


def _in(strategy: Strategy, span: Span) -> Q:
    """Went out or is to go out in the span."""
    start, end = moments.span(span.start, span.end, strategy.brand.zone)
    return _out(strategy, span) | (Q(at__gte=start, at__lt=end) & ~Q(status=Status.PUBLISHED))


# --- out of JSON


def decimal(value: str | None) -> Decimal | None:
    return None if value is None else round(Decimal(value), 2)


def day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def moment(value: str | None) -> datetime | None:
    found = parse_datetime(value) if value else None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
