"""Rows and what hangs on them, in one query where `prefetch_related` takes two."""

from collections import defaultdict
from typing import TypeVar

from django.db import models
from django.db.models import F

from strategies.whole import in_order, remember

Row = TypeVar("Row", bound=models.Model)
PREFIX = "joined_"


def joined(rows: "models.QuerySet[Row]", name: str) -> list[Row]:
    """The rows, each with its `name` (the accessor of rows that point at it) as `prefetch_related` would have left it."""
    relation = rows.model._meta.get_field(name)
    columns = [field.attname for field in relation.related_model._meta.concrete_fields]
    found: dict[int, Row] = {}
    hanging: dict[int, list[models.Model]] = defaultdict(list)
    for row in rows.annotate(**{PREFIX + column: F(f"{name}__{column}") for column in columns}):
        parent = found.setdefault(row.pk, row)
        values = [getattr(row, PREFIX + column) for column in columns]
        if any(value is not None for value in values):
            child = relation.related_model.from_db("default", columns, values)
            relation.remote_field.set_cached_value(child, parent)
            hanging[row.pk].append(child)
    for pk, row in found.items():
        remember(row, name, in_order(hanging[pk]))
    return list(found.values())
