from strategies.models.analysis import Answer, GateWaiver, StrategySnapshot, WatchItem
from strategies.models.goals import BusinessObjective, Goal, GoalType, Target
from strategies.models.planning import AudienceAnswer, Audit, BudgetLine, Persona, PlanningStep
from strategies.models.strategies import (
    Decision,
    Pillar,
    PlannedWeek,
    Stage,
    StageState,
    Strategy,
    StrategyChannel,
    StrategyEvent,
    StrategyType,
)

__all__ = [
    "Answer",
    "AudienceAnswer",
    "Audit",
    "BudgetLine",
    "BusinessObjective",
    "Decision",
    "GateWaiver",
    "Goal",
    "GoalType",
    "Persona",
    "Pillar",
    "PlannedWeek",
    "PlanningStep",
    "Stage",
    "StageState",
    "Strategy",
    "StrategyChannel",
    "StrategyEvent",
    "StrategySnapshot",
    "StrategyType",
    "Target",
    "WatchItem",
]
