"""Strategies with their goals and targets, for programs that read."""

from datetime import date, datetime
from typing import Annotated

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema

from brands.api_access import operation
from brands.api_answers import Id, Paging, page
from brands.models import Brand, Membership, Scope
from brands.problems import Problem
from strategies import metric_names
from strategies.models import Goal, Strategy, Target

router = Router(tags=["strategies"])


class StrategyOut(Schema):
    id: int
    name: str
    summary: str
    start: date
    end: date
    status: str
    primary_type: str
    secondary_types: list[str]
    channels: list[int]
    updated_at: datetime
    version: int


class StrategiesOut(Schema):
    items: list[StrategyOut]
    next: str | None


class TargetOut(Schema):
    """`metric` is a KPI or a measure, by its name. What is not known is null, never 0."""

    id: int
    metric: str
    role: str
    window: str
    everywhere: bool
    channels: list[int]
    baseline: str | None
    value: str | None
    deadline: date
    version: int


class GoalOut(Schema):
    id: int
    strategy: int
    goal_type: str
    text: str
    objective: str | None
    deadline: date
    targets: list[TargetOut]
    version: int


class GoalsOut(Schema):
    items: list[GoalOut]
    next: str | None


class StrategyFilter(Schema):
    status: Strategy.Status | None = None


@operation(router, "GET", "/brands/{brand}/strategies", scope=Scope.READ, response=StrategiesOut, summary="Strategies")
def list_strategies(request: HttpRequest, brand: Brand, asked: Paging, only: Annotated[StrategyFilter, Query()]):
    rows = _strategies(brand)
    return page(request, asked, rows.filter(status=only.status) if only.status else rows, _strategy)


@operation(router, "GET", "/brands/{brand}/strategies/{strategy}", scope=Scope.READ, response=StrategyOut, summary="A strategy")
def get_strategy(request: HttpRequest, brand: Brand, strategy: Id):
    return _strategy(_found(brand, strategy))


@operation(
    router, "GET", "/brands/{brand}/strategies/{strategy}/goals", scope=Scope.READ, response=GoalsOut,
    summary="The goals of a strategy, with their targets",
)  # fmt: skip
def list_goals(request: HttpRequest, brand: Brand, strategy: Id, asked: Paging):
    goals = _goals(_found(brand, strategy))
    return page(request, asked, goals, lambda goal: _goal(goal, request.access.membership))


def _strategies(brand: Brand) -> QuerySet[Strategy]:
    return brand.strategies.prefetch_related("strategy_channels")


def _found(brand: Brand, pk: int) -> Strategy:
    row = _strategies(brand).filter(pk=pk).first()
    if row is None:
        raise Problem(404)
    return row


def _goals(strategy: Strategy) -> QuerySet[Goal]:
    targets = Target.objects.prefetch_related("channels")
    return strategy.goals.select_related("strategy", "objective").prefetch_related(Prefetch("targets", targets))


def _strategy(row: Strategy) -> StrategyOut:
    said = {name: getattr(row, name) for name in StrategyOut.model_fields if name != "channels"}
    return StrategyOut(channels=sorted(each.channel_id for each in row.strategy_channels.all()), **said)


def _goal(goal: Goal, reader: Membership) -> GoalOut:
    seen = [target for target in goal.targets.all() if reader.sees_money or not metric_names.is_money(target.metric)]
    return GoalOut(
        id=goal.pk, strategy=goal.strategy_id, goal_type=goal.goal_type, text=goal.text, deadline=goal.last_day(),
        objective=goal.objective.text if goal.objective else None, version=goal.version,
        targets=[_target(target, goal) for target in seen],
    )  # fmt: skip


def _target(target: Target, goal: Goal) -> TargetOut:
    return TargetOut(
        id=target.pk, metric=target.metric, role=target.role, window=target.window, everywhere=target.everywhere,
        channels=sorted(channel.pk for channel in target.channels.all()), baseline=_exact(target.baseline),
        value=_exact(target.value), deadline=target.deadline or goal.last_day(), version=target.version,
    )  # fmt: skip


def _exact(value) -> str | None:
    return None if value is None else f"{value:f}"
