"""A strategy as plain data: what an approved version keeps, and what its history compares."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from strategies import whole
from strategies.differences import PARENTS
from strategies.models import Strategy

# What is not part of the plan's words: where it stands, what was said about it, which gates were left open.
NOT_CONTENT = ("stage_states", "waivers", "comments")
MODELS: dict[str, type[models.Model]] = {
    "strategy": Strategy,
    **{part.name: part.model for part in (*whole.PARTS, whole.REVIEW) if part.name not in NOT_CONTENT},
}
# Fields that are written by what happens, not by people.
OTHERWISE_WRITTEN = ("position", "status", "brand", "strategy")


def content_of(strategy: Strategy) -> dict[str, Any]:
    """Everything the strategy says. Reads what `whole.load` has filled, or asks part by part."""
    content: dict[str, Any] = {"strategy": serializers.serialize("python", [strategy])[0]["fields"]}
    for part in MODELS:
        if part not in ("strategy", *PARENTS, whole.REVIEW.name):
            content[part] = _plain(getattr(strategy, part).all())
    for part, (parent, _field) in PARENTS.items():
        content[part] = _plain(row for above in getattr(strategy, parent).all() for row in getattr(above, part).all())
    content[whole.REVIEW.name] = _plain(_review(strategy))
    return _as_json(content)


def _review(strategy: Strategy) -> list[models.Model]:
    try:
        return [strategy.platform_review]
    except ObjectDoesNotExist:
        return []


def _plain(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    return [{"id": row["pk"], **row["fields"]} for row in serializers.serialize("python", rows)]


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


@cache
def passed_over() -> dict[str, frozenset[str]]:
    """The fields of each part that no person writes, so that their changes are nobody's."""
    return {part: frozenset(_nobodys(part, model)) for part, model in MODELS.items()}


def _nobodys(part: str, model: type[models.Model]) -> Iterable[str]:
    yield from (field.name for field in model._meta.fields if not field.editable)
    yield from OTHERWISE_WRITTEN
    yield "created_by"
    if part in PARENTS:
        yield PARENTS[part][1]
