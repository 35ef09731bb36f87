"""The strategy as people read it: one document, in the order of the stages."""

from decimal import Decimal
from typing import Any

from brands.models import Membership, Role
from strategies import change_looks, fit_table, goal_words, metric_names, plain
from strategies.approval import Standing
from strategies.fixed_rows import in_order
from strategies.gates import step_url
from strategies.models import Asset, Goal, Strategy, StrategyChannel, StrategyType, Target
from strategies.pages.analysis import window_url
from strategies.pages.channels import overlaps
from strategies.stages import StageLook, with_open_comments
from strategies.words import Words

LATEST_CHANGES = 4
SHOWN = 4  # of a list that has a step of its own


def document(strategy: Strategy, looks: list[StageLook], reader: Membership, stands: Standing) -> dict[str, Any]:
    return {
        "strategy": strategy,
        "stages": looks,
        "gates_met": sum(gate.is_met for stage in looks for gate in stage.gates),
        "overlaps": overlaps(strategy),
        "versions": list(strategy.snapshots.defer("content").select_related("approved_by")),
        "stands": stands,
        "open_comments": with_open_comments(looks),
        "latest": _latest(strategy, reader.may(Role.MARKETER)),
        **_when(strategy),
        **_goals_chapter(strategy),
        **_planning_chapter(strategy),
        **_money(strategy, reader.sees_money),
        **_strategies_chapter(strategy),
        **_later_chapters(strategy),
        **_windows(strategy),
    }


def _when(strategy: Strategy) -> dict[str, Any]:
    today = strategy.brand.today()
    runs = strategy.start <= today <= strategy.end
    return {"day_number": (today - strategy.start).days + 1 if runs else None, "begins_later": today < strategy.start}


def _goals_chapter(strategy: Strategy) -> dict[str, Any]:
    goals = _goals(strategy)
    targets = [target for goal in goals for target in goal.shown]
    return {
        "goals": goals,
        "targets": targets,
        "with_target": sum(target.value is not None for target in targets),
        "smart_goals": sum(goal.smart.is_met for goal in goals),
        "objectives": [objective for objective in strategy.objectives.all() if objective.text],
    }


def _planning_chapter(strategy: Strategy) -> dict[str, Any]:
    return {
        "plan": [row for row in in_order(strategy, "planning_steps") if row.text],
        "audience": [row for row in in_order(strategy, "audience_answers") if row.text],
        "personas": list(strategy.personas.all()),
        "gaps": [audit for audit in strategy.audits.all() if audit.gap],
        "risks": sorted(strategy.risks.all(), key=lambda risk: -risk.weight)[:SHOWN],
        "lacking": [asset for asset in strategy.assets.all() if asset.supply != Asset.Supply.ENOUGH][:SHOWN],
    }


def _money(strategy: Strategy, sees_money: bool) -> dict[str, Any]:
    lines = list(strategy.budget_lines.all()) if sees_money else []
    total = sum((line.planned for line in lines), Decimal(0)) if lines else None
    return {"sees_money": sees_money, "budget": total, "budget_lines": lines}


def _strategies_chapter(strategy: Strategy) -> dict[str, Any]:
    pillars = list(strategy.pillars.all())
    return {
        "types": _types(strategy),
        "pillars": pillars,
        "pillar_total": sum(pillar.share for pillar in pillars),
        "strategy_channels": _channels(strategy),
        "activities": list(strategy.activities.all())[: 2 * SHOWN],
    }


def _later_chapters(strategy: Strategy) -> dict[str, Any]:
    return {
        "watch_items": _watched(strategy),
        "incidents": list(strategy.incidents.all())[:SHOWN],
        "answers": [row for row in in_order(strategy, "answers") if row.verdict or row.text],
    }


def _windows(strategy: Strategy) -> dict[str, str]:
    """What higher apps show in the page; empty where there is no such app."""
    return {
        "progress_window": window_url("metrics:goal_progress", strategy),
        "counts_window": window_url("metrics:thread_counts", strategy),
        "health_window": window_url("metrics:health_window", strategy),
        "document_url": window_url("metrics:document", strategy),
        "pillars_url": window_url("calendar:pillar_mix", strategy),
    }


def _latest(strategy: Strategy, reads_changes: bool) -> list[dict[str, Any]]:
    """What happened last, in sentences. Changes may speak of money, so they are not for viewers."""
    events = [
        {"at": event.at, "by": event.by, "event": event} for event in strategy.events.select_related("by")[: 2 * LATEST_CHANGES]
    ]
    changes = strategy.changes.select_related("by")[:LATEST_CHANGES] if reads_changes else []
    words = Words(strategy.brand, plain.content_of(strategy)) if reads_changes else None
    said = [{"at": change.at, "by": change.by, "text": change_looks.sentence(change, words)} for change in changes]
    return sorted([*events, *said], key=lambda entry: entry["at"], reverse=True)[: 2 * LATEST_CHANGES]


def _goals(strategy: Strategy) -> list[Goal]:
    goals = list(strategy.goals.all())
    for goal in goals:
        goal.strategy = strategy
        goal.smart = goal_words.judge_goal(goal)
        thread = window_url("metrics:goal", strategy, str(goal.pk))
        goal.has_page, goal.page = bool(thread), thread or step_url(strategy, "goals", f"?goal={goal.pk}")
        goal.shown = [target for target in goal.targets.all() if target.role == Target.Role.PRIMARY]
        for target in goal.shown:
            target.goal = goal
            target.name = metric_names.name_of(target.metric)
            target.is_money = metric_names.is_money(target.metric)
            target.shown_value = goal_words.figure(target.metric, target.value, strategy.brand.currency)
            target.shown_baseline = goal_words.figure(target.metric, target.baseline, strategy.brand.currency)
    return goals


def _channels(strategy: Strategy) -> list[StrategyChannel]:
    """With how well the platform fits, where enough is known to say."""
    chosen = list(strategy.strategy_channels.all())
    fits = fit_table.scores(strategy, {row.channel.platform for row in chosen}, strategy.brand.memberships.all())
    for row in chosen:
        row.fit = fits[row.channel.platform_id].points
    return chosen


def _watched(strategy: Strategy) -> list[Any]:
    items = list(strategy.watch_items.all())
    for item in items:
        item.name = metric_names.name_of(item.metric)
    return items


def _types(strategy: Strategy) -> list[str]:
    known = dict(StrategyType.choices)
    named = [strategy.primary_type, *strategy.secondary_types]
    return [str(known[name]) for name in named if name in known]
