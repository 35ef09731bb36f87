"""What a brand's plan and calendar say, in short: compared with what they said before, it tells which values are out of date.

Whoever changed them and however: nothing has to be told of each change but that there was one.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate

from brands.models import Brand
from calendar_app.models import Campaign
from metrics.periods import Span, month_of
from strategies.joined import joined
from strategies.models import BudgetLine, Strategy, StrategyChannel

Basis = dict[str, Any]
Marked = tuple[int | None, Span]
"""Days whose values are out of date: a channel's, or (None) everybody's."""


def basis_of(brand: Brand) -> Basis:
    """Plain data, as JSON keeps it. As many queries for any number of rows."""
    channels = list(brand.channels.order_by("pk").values_list("pk", "platform__slug"))
    basis = {
        "brand": [brand.currency, str(brand.zone), channels],
        "strategies": _strategies(brand),
        "plans": _plans(brand),
        "published": _published(brand),
        "campaigns": _campaigns(brand),
    }
    return json.loads(json.dumps(basis, default=str))


def _strategies(brand: Brand) -> dict[str, Any]:
    found: dict[int, dict[str, Any]] = {}
    for row in Strategy.objects.filter(brand=brand):
        archived = row.status == Strategy.Status.ARCHIVED
        found[row.pk] = {"shape": [row.start, row.end, archived], "cadence": [], "budget": [], "days": [row.start, row.end]}
    for row in joined(StrategyChannel.objects.filter(strategy__brand=brand).order_by("pk"), "planned_weeks"):
        found[row.strategy_id]["shape"].append(row.channel_id)
        weeks = sorted((week, posts.normalize()) for week, posts in row.kept_weeks().items())
        found[row.strategy_id]["cadence"].append([row.channel_id, row.posts_per_week.normalize(), weeks])
    for line in joined(BudgetLine.objects.filter(strategy__brand=brand).order_by("pk"), "months"):
        found[line.strategy_id]["shape"].append(f"line on {line.channel_id}")
        months = sorted((month.month, month.planned) for month in line.months.all())
        found[line.strategy_id]["budget"].append([line.pk, line.planned, months])
        found[line.strategy_id]["days"] += [month for month, _planned in months]
    return {str(pk): whole | {"days": [min(whole["days"]), max(whole["days"])]} for pk, whole in found.items()}


def _plans(brand: Brand) -> dict[str, Any]:
    found: dict[str, Any] = defaultdict(list)
    for plan in brand.editorial_plans.exclude(strategy__status="archived").slot_plans():
        days = [plan.start, plan.end, *plan.kept]
        content = [
            plan.weekdays,
            plan.is_active,
            plan.counts_from,
            sorted(plan.kept.items()),
            plan.strategy,
            plan.start,
            plan.end,
        ]
        found[str(plan.channel)].append([min(days), max(days), _digest(content)])
    return dict(found)


def _published(brand: Brand) -> dict[str, str]:
    rows = (
        brand.publications.published()
        .filter(published_at__isnull=False)
        .order_by()
        .annotate(day=TruncDate("published_at", tzinfo=brand.zone))
        .values_list("channel_id", "day")
        .annotate(number=Count("pk"))
        .order_by("channel_id", "day")
    )
    days: dict[str, list[Any]] = defaultdict(list)
    for channel, day, number in rows:
        days[f"{channel} {day:%Y-%m}"].append((day.day, number))
    return {month: _digest(content) for month, content in days.items()}


def _campaigns(brand: Brand) -> dict[str, Any]:
    """Its days, its money, and its posts, which may come from another campaign."""
    found: dict[int, list[Any]] = {
        pk: [start, end, [budget]]
        for pk, start, end, budget in brand.campaigns.order_by("pk").values_list("pk", "start", "end", "budget")
    }
    sharing: dict[int, list[Any]] = defaultdict(list)
    lines = Campaign.budget_lines.through.objects.filter(campaign__brand=brand).order_by("budgetline", "campaign")
    for campaign, line, planned in lines.values_list("campaign", "budgetline", "budgetline__planned"):
        sharing[line].append([campaign, planned, *found[campaign][:2]])
    for drawn in sharing.values():
        for campaign, *_rest in drawn:
            found[campaign][2].append(drawn)
    posts = brand.publications.filter(post__campaign__isnull=False).order_by("pk")
    for campaign, *post in posts.values_list("post__campaign", "pk", "channel", "status", "published_at"):
        if campaign in found:
            found[campaign][2].append(post)
    return {str(pk): [start, end, _digest(content)] for pk, (start, end, content) in found.items()}


def _digest(content: Any) -> str:
    return hashlib.blake2b(json.dumps(content, default=str, sort_keys=True).encode(), digest_size=8).hexdigest()


def changed(before: Basis, after: Basis) -> list[Marked] | None:
    """Whose values of which days are out of date; None where it may be all of them."""
    if not before or before["brand"] != after["brand"] or before["campaigns"].keys() != after["campaigns"].keys():
        return None
    strategies = list(_changed_strategies(before["strategies"], after["strategies"]))
    if None in strategies:
        return None
    found = [marked for marked in strategies if marked]
    found += _changed_plans(before["plans"], after["plans"])
    for place in _differing(before["published"], after["published"]):
        channel, month = place.split()
        found.append((int(channel), month_of(date.fromisoformat(f"{month}-01"))))
    for pk in _differing(before["campaigns"], after["campaigns"]):
        days = [day for whole in (before["campaigns"].get(pk), after["campaigns"].get(pk)) if whole for day in whole[:2]]
        found.append((None, _around(*days)))
    return found


def _changed_strategies(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Marked | None]:
    for pk in _differing(before, after):
        old, new = before.get(pk), after.get(pk)
        if not old or not new or old["shape"] != new["shape"]:
            # Whether there is a plan at all says whether nothing planned is 0 or unknown, on any day.
            yield None
        else:
            yield None, _around(*old["days"], *new["days"])


def _changed_plans(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Marked]:
    for channel in _differing(before, after):
        rows = [row for row in before.get(channel, []) if row not in after.get(channel, [])]
        rows += [row for row in after.get(channel, []) if row not in before.get(channel, [])]
        for first, last, _content in rows:
            yield int(channel), _around(first, last)


def _around(*days: str) -> Span:
    """From the first to the last, to the end of its month: a budget's month is told by its first day."""
    found = sorted(map(date.fromisoformat, days))
    return Span(found[0], max(found[-1], month_of(found[-1]).end))


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
