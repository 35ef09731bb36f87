"""The arithmetic of the product: what is measured (MEASURES), what is worked out from it (KPIS), and how.

Standard library only, so that anything may import it. Nothing here knows about the database.
"""

from .catalog import KPIS
from .declaration import Kpi
from .formulas import Formula, FormulaError, StackedFraction
from .goal_types import GOAL_TYPES, GoalType
from .measures import MEASURES, Family, Join, Measure
from .offered import OFFERED, offers
from .prepared import Ledger, Preparation, Prepared
from .results import NotANumber, Problem, Result, Status
from .terms import Direction, Group, Klass, Label, Level, Unit

__all__ = [
    "GOAL_TYPES",
    "KPIS",
    "MEASURES",
    "OFFERED",
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
    "Preparation",
    "Prepared",
    "Problem",
    "Result",
    "StackedFraction",
    "Status",
    "Unit",
    "offers",
]
