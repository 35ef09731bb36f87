"""The arithmetic of the product: what is measured (MEASURES), what is worked out from it (KPIS), and how.

Standard library only, so that anything may import it. Nothing here knows about the database.
"""

from .catalog import KPIS
from .change import Change, Tone, compound
from .declaration import Kpi
from .formulas import Formula, FormulaError, StackedFraction
from .goal_types import GOAL_TYPES, GoalType
from .measures import MEASURES, Family, Join, Measure
from .offered import OFFERED, offers
from .outcomes import Outcome, profit_begins, roi_tone
from .prepared import Ledger, Preparation, Prepared
from .progress import Pace, expected_progress, is_met, pace_on
from .results import NotANumber, Problem, Result, Status
from .terms import Direction, Group, Klass, Label, Level, Unit

__all__ = [
    "GOAL_TYPES",
    "KPIS",
    "MEASURES",
    "OFFERED",
    "Change",
    "Direction",
    "Family",
    "Formula",
    "FormulaError",
    "GoalType",
    "Group",
    "Join",
    "Klass",
    "Kpi",
    "Label",
    "Ledger",
    "Level",
    "Measure",
    "NotANumber",
    "Outcome",
    "Pace",
    "Preparation",
    "Prepared",
    "Problem",
    "Result",
    "StackedFraction",
    "Status",
    "Tone",
    "Unit",
    "compound",
    "expected_progress",
    "is_met",
    "offers",
    "pace_on",
    "profit_begins",
    "roi_tone",
]
