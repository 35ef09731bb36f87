"""Which step of the wizard writes which part of a strategy."""

from strategies.models import Stage
from strategies.steps import Step, find

FRAME = "frame"  # name, summary and dates have a page of their own

STEP_OF_PART = {
    "objectives": "business-goals", "goals": "goals", "targets": "targets", "planning_steps": "plan",
    "audience_answers": "audience", "audience_notes": "audience", "personas": "personas", "audits": "audits",
    "assets": "resources", "risks": "risks", "budget_lines": "budget", "months": "budget", "fit_ratings": "platforms",
    "platform_review": "platforms", "strategy_channels": "channels", "pillars": "pillars", "mix_targets": "mix",
    "activities": "methods", "editorial_plans": "plans", "slots": "plans", "watch_items": "watch", "incidents": "incidents",
    "answers": "questions",
}  # fmt: skip

STEP_OF_FIELD = {
    "name": FRAME, "summary": FRAME, "start": FRAME, "end": FRAME, "primary_type": "type", "secondary_types": "type",
    "why_type": "type", "marketing_budget": "budget", "social_share": "budget", "budget_reviewed_on": "budget",
    "organic_only": "budget", "watch_routine": "watch", "decision": "decision", "decision_reason": "decision",
}  # fmt: skip

# Plans of single months are made anew while a strategy runs, and a review is a look at the plan: neither changes it.
RUNNING = {("platform_review", "reviewed_on"), ("strategy", "budget_reviewed_on")}
PLANNED = (Stage.GOALS, Stage.PLANNING, Stage.STRATEGIES)


def step_of(part: str, field: str) -> Step | None:
    """None for what has a page of its own, outside the wizard."""
    return find(slug_of(part, field))


def slug_of(part: str, field: str) -> str:
    return STEP_OF_FIELD.get(field, FRAME) if part == "strategy" else STEP_OF_PART[part]


def parts_of(slug: str) -> list[str]:
    # A goal is written together with the figure it is judged by.
    further = ["targets"] if slug == "goals" else []
    return [part for part, step in STEP_OF_PART.items() if step == slug] + further


def fields_of(slug: str) -> list[str]:
    return [field for field, step in STEP_OF_FIELD.items() if step == slug]


def is_of_the_plan(part: str, field: str) -> bool:
    """Whether changing it changes what was approved. Watching and judging a strategy does not."""
    if (part, field) in RUNNING or part in ("editorial_plans", "slots"):
        return False
    step = step_of(part, field)
    return step is None or step.stage in PLANNED
