from strategies.models.analysis import Answer, Incident, WatchItem
from strategies.models.budget import BudgetLine, BudgetMonth, Tool
from strategies.models.choices import Activity, Criterion, FitRating, MixTarget, PlatformReview
from strategies.models.goals import BusinessObjective, Goal, GoalType, Target
from strategies.models.history import AppliedPreset, GateWaiver, StepComment, StrategyChange, StrategyEvent, StrategySnapshot
from strategies.models.planning import Asset, AudienceAnswer, AudienceNote, Audit, Persona, PlanningStep, Risk
from strategies.models.plans import CommunicationPlan, EditorialPlan, PlanItem, Slot, Weekday
from strategies.models.strategies import (
    Decision,
    Pillar,
    PilotVerdict,
    PlannedWeek,
    Stage,
    StageState,
    Strategy,
    StrategyChannel,
    StrategyType,
)
from strategies.models.surveys import Survey, SurveyQuestion, SurveyResponse

__all__ = [
    "Activity",
    "Answer",
    "AppliedPreset",
    "Asset",
    "AudienceAnswer",
    "AudienceNote",
    "Audit",
    "BudgetLine",
    "BudgetMonth",
    "BusinessObjective",
    "CommunicationPlan",
    "Criterion",
    "Decision",
    "EditorialPlan",
    "FitRating",
    "GateWaiver",
    "Goal",
    "GoalType",
    "Incident",
    "MixTarget",
    "Persona",
    "Pillar",
    "PilotVerdict",
    "PlanItem",
    "PlannedWeek",
    "PlanningStep",
    "PlatformReview",
    "Risk",
    "Slot",
    "Stage",
    "StageState",
    "StepComment",
    "Strategy",
    "StrategyChange",
    "StrategyChannel",
    "StrategyEvent",
    "StrategySnapshot",
    "StrategyType",
    "Survey",
    "SurveyQuestion",
    "SurveyResponse",
    "Target",
    "Tool",
    "WatchItem",
    "Weekday",
]
