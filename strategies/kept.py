"""An approved version, read back from what was kept of it: plain data in, words out."""

from datetime import date
from decimal import Decimal
from typing import Any

from brands.models import Brand
from strategies import metric_names
from strategies.goal_words import figure
from strategies.models import BudgetLine, PlanningStep, StrategyType


def kept(content: dict[str, Any], brand: Brand) -> dict[str, Any]:
    """The parts of a version that people compare; channels go by today's names."""
    channels = {channel.pk: str(channel) for channel in brand.channels.select_related("platform")}
    strategy = content["strategy"]
    return {
        "name": strategy["name"],
        "summary": strategy["summary"],
        "start": date.fromisoformat(strategy["start"]),
        "end": date.fromisoformat(strategy["end"]),
        "types": _types([strategy["primary_type"], *strategy["secondary_types"]]),
        "objectives": [row["text"] for row in content["objectives"]],
        "goals": [{"text": goal["text"], "targets": _targets(goal["id"], content, brand.currency)} for goal in content["goals"]],
        "plan": [(PlanningStep.Step(row["step"]).label, row["text"]) for row in content["planning_steps"] if row["text"]],
        "personas": [(row["name"], row["pain_points"]) for row in content["personas"]],
        "pillars": [(row["name"], row["share"]) for row in content["pillars"]],
        "channels": [(channels.get(row["channel"], "—"), Decimal(row["posts_per_week"])) for row in content["strategy_channels"]],
        "budget": [
            (row["name"] or BudgetLine.Kind(row["kind"]).label, Decimal(row["planned"])) for row in content["budget_lines"]
        ],
    }


def _types(names: list[str]) -> list[str]:
    known = dict(StrategyType.choices)
    return [str(known[name]) for name in names if name in known]


def _targets(goal: int, content: dict[str, Any], currency: str) -> list[tuple[str, str]]:
    return [
        (metric_names.name_of(row["metric"]), figure(row["metric"], Decimal(row["value"]), currency) if row["value"] else "—")
        for row in content["targets"]
        if row["goal"] == goal
    ]
