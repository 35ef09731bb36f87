"""A new cycle that begins with what the last one had."""

from collections.abc import Iterable

from django.db import models, transaction

from strategies.models import Strategy

# What is written anew each time is left behind: answers, decision, waivers, history.
SIMPLE = ("pillars", "budget_lines", "watch_items", "planning_steps", "audience_answers", "audits", "strategy_channels")


@transaction.atomic
def copy_into(strategy: Strategy, earlier: Strategy) -> None:
    """Copy goals with their targets, personas, pillars, channels, budget lines, plan and audits; dates follow the new span."""
    for name in ("primary_type", "secondary_types", "why_type", "organic_only", "watch_routine", "summary"):
        setattr(strategy, name, getattr(earlier, name))
    strategy.save()
    for related in SIMPLE:
        for row in getattr(earlier, related).all():
            _moved(_clone(row, strategy=strategy), strategy).save()
    for persona in earlier.personas.prefetch_related("platforms"):
        platforms = list(persona.platforms.all())
        clone = _clone(persona, strategy=strategy)
        clone.save()
        clone.platforms.set(platforms)
    _copy_goals(strategy, earlier)


def _copy_goals(strategy: Strategy, earlier: Strategy) -> None:
    objectives = {}
    for objective in earlier.objectives.all():
        old = objective.pk
        clone = _clone(objective, strategy=strategy)
        clone.save()
        objectives[old] = clone
    for goal in earlier.goals.prefetch_related("targets__channels"):
        targets = list(goal.targets.all())
        clone = _clone(goal, strategy=strategy, objective=objectives.get(goal.objective_id), deadline=strategy.end)
        clone.confirmed_achievable = False
        clone.save()
        _copy_targets(clone, targets)


def _copy_targets(goal: models.Model, targets: Iterable) -> None:
    for target in targets:
        channels = list(target.channels.all())
        clone = _clone(target, goal=goal, deadline=None)
        clone.save()
        clone.channels.set(channels)


def _clone(row: models.Model, **changes) -> models.Model:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in {*changes, "version"}
    }
    return type(row)(**values, **changes)


def _moved(row: models.Model, strategy: Strategy) -> models.Model:
    """Days of the last cycle mean nothing in the new one."""
    for name in ("due", "month", "pilot_until"):
        if hasattr(row, name):
            setattr(row, name, None)
    return row
