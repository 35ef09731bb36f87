"""Checks that run while nobody looks: one row a day for each strategy, and word to the leads when something new is wrong."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from brands.models import Membership, Role
from brands.notifications import notify
from metrics.health.look import Item, look
from metrics.health.verdicts import Severity
from metrics.models import HealthCheck
from strategies.models import Strategy

log = logging.getLogger(__name__)

CHECK_AGAIN_AFTER = timedelta(hours=1)


def check_due() -> int:
    """Check every strategy whose last check has grown old; how many. Running it twice does the work twice at worst."""
    strategies = list(due(timezone.now()))
    for strategy in strategies:
        try:
            check(strategy)
        except Exception:
            # What goes wrong with one strategy is written down, and the others are still looked at.
            log.exception("The health of strategy %s could not be checked", strategy.pk)
    return len(strategies)


def due(now: datetime) -> Iterable[Strategy]:
    """Strategies that are planned or run and were not checked today, not for an hour, or not since somebody changed them."""
    latest = HealthCheck.objects.filter(strategy=OuterRef("pk")).order_by("-day")
    rows = (
        Strategy.objects.exclude(status=Strategy.Status.ARCHIVED)
        # The day after the last one is someone's last day somewhere.
        .filter(end__gte=now.date() - timedelta(days=1))
        .annotate(
            checked_at=Subquery(latest.values("checked_at")[:1]),
            checked_day=Subquery(latest.values("day")[:1]),
            changed_at=Max("stage_states__changed_at"),
        )
        .select_related("brand")
        .order_by("pk")
    )
    for strategy in rows.iterator(chunk_size=200):
        today = strategy.brand.today()
        if strategy.end >= today and _is_due(strategy, today, now):
            yield strategy


def _is_due(strategy, today, now: datetime) -> bool:
    checked = strategy.checked_at
    if checked is None or strategy.checked_day != today:
        return True
    return checked <= now - CHECK_AGAIN_AFTER or bool(strategy.changed_at and strategy.changed_at >= checked)


def check(strategy: Strategy) -> HealthCheck:
    """Look, keep the result of the day, and tell the leads what has newly become an error."""
    found, now = look(strategy), timezone.now()
    before = HealthCheck.objects.filter(strategy=strategy).first()
    row, _created = HealthCheck.objects.update_or_create(
        strategy=strategy,
        day=strategy.brand.today(),
        defaults={
            "checked_at": now,
            "score": found.score.points,
            "errors": found.score.errors,
            "warnings": found.score.warnings,
            "infos": found.score.infos,
            "verdicts": [_kept(item) for item in found.items],
        },
    )
    if before is not None:
        _tell(strategy, [item for item in found.failing if item.severity is Severity.ERROR], before)
    return row


def _kept(item: Item) -> dict[str, object]:
    """The verdict as plain data, in no language."""
    return {
        "rule": item.name,
        "outcome": item.verdict.outcome.value,
        "severity": item.severity.value,
        "causes": [cause.key for cause in item.verdict.causes],
        "accepted": item.is_accepted,
    }


def _tell(strategy: Strategy, errors: list[Item], before: HealthCheck) -> None:
    """While a strategy is being written everything is an error at first: that is no news. Nor is what was one before."""
    today = strategy.brand.today()
    if strategy.status == Strategy.Status.DRAFT or not strategy.start <= today <= strategy.end:
        return
    known = {
        row["rule"] for row in before.verdicts if row["outcome"] == "fail" and row["severity"] == "error" and not row["accepted"]
    }
    page = reverse("metrics:health", args=[strategy.brand.slug, strategy.pk])
    news = [item for item in errors if item.name not in known]
    for membership in _people(strategy) if news else ():
        for item in news:
            params = {"strategy": strategy.name, "rule": item.name}
            key = f"health:{strategy.pk}:{item.name}:{today}"
            notify(membership.user, strategy.brand, "health_error", key, f"{page}#{item.name}", params)


def _people(strategy: Strategy) -> Iterable[Membership]:
    """Those who are members today: the leads, and who began the strategy."""
    asked = Q(role=Role.LEAD) | Q(user=strategy.created_by_id, role__gte=Role.MARKETER)
    return strategy.brand.memberships.filter(asked).select_related("user")


def scores_of(strategies: Iterable[int]) -> dict[int, int]:
    """The latest stored score of each strategy that was ever checked, by its key: one query, nothing is worked out."""
    latest = HealthCheck.objects.filter(strategy=OuterRef("strategy")).order_by("-day").values("pk")[:1]
    rows = HealthCheck.objects.filter(strategy__in=list(strategies), pk=Subquery(latest))
    return dict(rows.order_by().values_list("strategy_id", "score"))
