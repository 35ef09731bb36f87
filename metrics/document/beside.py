"""What a strategy's document tells besides the strategy's own rows: version, health, findings, company plan, trends, team.

Six tables, read in the one query by which `strategies.whole` reads its two dozen.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, F, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.dateparse import parse_date, parse_datetime

from brands.models import Membership
from metrics.models import Finding, HealthCheck, KpiValue
from strategies import whole
from strategies.models import PlanItem, Strategy, StrategySnapshot, Target

TREND_WEEKS = 26


@dataclass(frozen=True)
class Version:
    number: int
    approved_at: datetime
    approved_by: str


@dataclass(frozen=True)
class Health:
    """The newest stored look at the rules."""

    day: date
    score: int
    errors: int
    warnings: int
    infos: int
    verdicts: list[dict[str, Any]]


@dataclass(frozen=True)
class Learned:
    """A finding, without its figures in other currencies or links: the document shows how many posts stand behind it."""

    text: str
    verdict: str
    goal: int | None
    author: str
    written_at: datetime
    evidence: list[dict[str, Any]]
    posts: int


@dataclass(frozen=True)
class Planned:
    """One item of a communication plan."""

    plan: str
    month: date
    day: date | None
    medium: str
    title: str
    content: str
    where: str


@dataclass
class Beside:
    version: Version | None = None
    health: Health | None = None
    findings: list[Learned] = field(default_factory=list)
    items: list[Planned] = field(default_factory=list)
    trends: dict[tuple[str, int | None], list[Decimal | None]] = field(default_factory=dict)
    members: list[Membership] = field(default_factory=list)


def load(strategy: Strategy) -> Beside:
    """Loads the strategy whole and reads what stands beside it, by the same four queries."""
    others = (
        _versions(strategy),
        _health(strategy),
        _findings(strategy),
        _items(strategy),
        _values(strategy),
        _members(strategy),
    )
    found = whole.load_beside(strategy, others)
    return Beside(
        next(iter(_said(Version, found["version"], _version)), None),
        next(iter(_said(Health, found["health"], _looked)), None),
        sorted(_said(Learned, found["finding"], _learned), key=lambda row: row.written_at),
        sorted(_said(Planned, found["item"], _planned), key=lambda row: (row.month, row.day or row.month, row.title)),
        _trends(found["value"]),
        [Membership(hours_per_week=Decimal(row["hours"]), skills=_list(row["skills"])) for row in found["member"]],
    )


def _as_json(rows: models.QuerySet, kind: str, **columns: Any) -> models.QuerySet:
    """The chosen columns of the rows, marked with what they are."""
    named = rows.order_by().annotate(kind_beside=Value(kind), row_beside=JSONObject(**columns))
    return named.values_list("kind_beside", "row_beside")


def _versions(strategy: Strategy) -> models.QuerySet:
    newest = StrategySnapshot.objects.filter(strategy=strategy).order_by("-number").values("pk")[:1]
    rows = StrategySnapshot.objects.filter(pk__in=newest)
    return _as_json(rows, "version", number="number", at="approved_at", by=_name("approved_by"))


def _health(strategy: Strategy) -> models.QuerySet:
    newest = HealthCheck.objects.filter(strategy=strategy).order_by("-day").values("pk")[:1]
    names = ("day", "score", "errors", "warnings", "infos", "verdicts")
    return _as_json(HealthCheck.objects.filter(pk__in=newest), "health", **{name: name for name in names})


def _findings(strategy: Strategy) -> models.QuerySet:
    rows = Finding.objects.filter(strategy=strategy).annotate(post_count=Count("posts"))
    names = {"text": "text", "verdict": "verdict", "goal": "goal_id", "at": "created_at", "evidence": "evidence"}
    return _as_json(rows, "finding", author=_name("author"), posts="post_count", **names)


def _items(strategy: Strategy) -> models.QuerySet:
    rows = PlanItem.objects.filter(
        plan__brand=strategy.brand_id, month__gte=strategy.start.replace(day=1), month__lte=strategy.end
    )
    names = ("month", "day", "medium", "title", "content", "where")
    return _as_json(rows, "item", plan="plan__name", **{name: name for name in names})


def _values(strategy: Strategy) -> models.QuerySet:
    """The stored weekly values of the KPIs that the goals aim at."""
    aims = Target.objects.filter(goal__strategy=strategy).values("metric")
    rows = KpiValue.objects.filter(
        brand=strategy.brand_id, strategy=None, campaign=None, period="week", kpi__in=aims,
        start__gte=strategy.start, start__lte=strategy.end,
    )  # fmt: skip
    return _as_json(rows, "value", kpi="kpi", channel="channel_id", start="start", value=Cast("value", models.CharField()))


def _members(strategy: Strategy) -> models.QuerySet:
    """Hours and skills of the team; nobody is named."""
    hours = Cast("hours_per_week", models.CharField())
    return _as_json(Membership.objects.filter(brand=strategy.brand_id), "member", hours=hours, skills="skills")


def _name(person: str) -> Coalesce:
    """Somebody's name, else the address; empty where the account is gone."""
    named = models.functions.NullIf(F(f"{person}__name"), Value(""))
    return Coalesce(named, F(f"{person}__email"), Value(""), output_field=models.CharField())


def _said(kind: type, rows: Iterable[dict[str, Any]], make: Any) -> list[Any]:
    return [kind(*make(row)) for row in rows]


def _version(row: dict[str, Any]) -> tuple:
    return row["number"], _moment(row["at"]), row["by"]


def _looked(row: dict[str, Any]) -> tuple:
    return parse_date(row["day"]), row["score"], row["errors"], row["warnings"], row["infos"], _list(row["verdicts"])


def _learned(row: dict[str, Any]) -> tuple:
    at = _moment(row["at"])
    return row["text"], row["verdict"], row["goal"], row["author"], at, _list(row["evidence"]), row["posts"]


def _planned(row: dict[str, Any]) -> tuple:
    day = parse_date(row["day"]) if row["day"] else None
    return row["plan"], parse_date(row["month"]), day, row["medium"], row["title"], row["content"], row["where"]


def _trends(rows: list[dict[str, Any]]) -> dict[tuple[str, int | None], list[Decimal | None]]:
    """Weekly values by KPI and channel, oldest first; a week without a figure is a gap."""
    weeks: dict[tuple[str, int | None], dict[str, Decimal | None]] = defaultdict(dict)
    for row in rows:
        weeks[row["kpi"], row["channel"]][row["start"]] = None if row["value"] is None else Decimal(row["value"])
    return {key: [found[week] for week in sorted(found)][-TREND_WEEKS:] for key, found in weeks.items()}


def trend_of(target: Target, trends: dict[tuple[str, int | None], list[Decimal | None]]) -> list[Decimal | None]:
    """The line beside a target: of its channel where it has one, of the brand where it looks at all."""
    channels = [channel.pk for channel in target.channels.all()]
    return trends.get((target.metric, channels[0] if channels else None), []) if len(channels) < 2 else []


def _list(value: Any) -> list[Any]:
    return json.loads(value) if isinstance(value, str) else value


def _moment(value: str) -> datetime:
    moment = parse_datetime(value)
    if moment is None:
        raise ValueError(f"not a moment: {value}")
    return moment.replace(tzinfo=moment.tzinfo or UTC)
