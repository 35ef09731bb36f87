from strategies.models.analysis import Answer, GateWaiver, StrategySnapshot, WatchItem
from strategies.models.goals import BusinessObjective, Goal, Target
from strategies.models.planning import AudienceAnswer, Audit, BudgetLine, Persona, PlanningStep
from strategies.models.strategies import Pillar, Stage, Strategy, StrategyChannel, StrategyType

__all__ = [
    "Answer",
    "AudienceAnswer",
    "Audit",
    "BudgetLine",
    "BusinessObjective",
    "GateWaiver",
    "Goal",
    "Persona",
    "Pillar",
    "PlanningStep",
    "Stage",
    "Strategy",
    "StrategyChannel",
    "StrategySnapshot",
    "StrategyType",
    "Target",
    "WatchItem",
]
