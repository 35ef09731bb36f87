"""A strategy with everything in it, read at once.

A strategy's rows lie in two dozen tables. Asked one by one they cost two dozen queries on each of its pages, so `load`
asks for all of them in one, as JSON, and makes the usual rows of it: after it `strategy.risks.all()`,
`goal.targets.all()` or `line.months.all()` ask nothing more, nor do the channels, platforms and people they name.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime

from brands.models import Channel, Platform, User
from strategies import models as tables
from strategies.models import Strategy

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the whole: `name` is the accessor of its rows on their parent, `parent` the field that leads there."""

    name: str
    model: type[models.Model]
    parent: str = "strategy"
    path: str = "strategy"  # from the row to the strategy

    @property
    def parent_model(self) -> type[models.Model]:
        return self.model._meta.get_field(self.parent).related_model


PARTS = (
    Part("stage_states", tables.StageState),
    Part("waivers", tables.GateWaiver),
    Part("comments", tables.StepComment),
    Part("objectives", tables.BusinessObjective),
    Part("goals", tables.Goal),
    Part("targets", tables.Target, "goal", "goal__strategy"),
    Part("planning_steps", tables.PlanningStep),
    Part("audience_answers", tables.AudienceAnswer),
    Part("audience_notes", tables.AudienceNote),
    Part("personas", tables.Persona),
    Part("audits", tables.Audit),
    Part("assets", tables.Asset),
    Part("risks", tables.Risk),
    Part("budget_lines", tables.BudgetLine),
    Part("months", tables.BudgetMonth, "line", "line__strategy"),
    Part("fit_ratings", tables.FitRating),
    Part("strategy_channels", tables.StrategyChannel),
    Part("pillars", tables.Pillar),
    Part("mix_targets", tables.MixTarget),
    Part("activities", tables.Activity),
    Part("editorial_plans", tables.EditorialPlan),
    Part("slots", tables.Slot, "plan", "plan__strategy"),
    Part("watch_items", tables.WatchItem),
    Part("incidents", tables.Incident),
    Part("answers", tables.Answer),
)
# What stands alone: one row at most.
REVIEW = Part("platform_review", tables.PlatformReview)
LINKS = (
    (tables.Target, "channels", "goal__strategy"),
    (tables.Persona, "platforms", "strategy"),
    (tables.Pillar, "goals", "strategy"),
)

# Stands in the kept query where the strategy's key goes.
ANY_STRATEGY = -1


def load(strategy: Strategy) -> Strategy:
    """Fill the strategy's prefetch caches with all its rows: four queries, however many rows there are."""
    load_beside(strategy, ())
    return strategy


def load_beside(strategy: Strategy, others: Sequence[models.QuerySet]) -> dict[str, list[dict[str, Any]]]:
    """As `load`, and by the same queries what others ask for: each gives rows of (name, JSON object) with any name that
    is no part's. Answers with all that was read, by name."""
    found = _read(strategy, others)
    rows = {part: [row_of(part.model, values) for values in found[part.name]] for part in (*PARTS, REVIEW)}
    known = _known(strategy, rows)
    for several in rows.values():
        for row in several:
            _point(row, known)
    for part in PARTS:
        _hang(part, in_order(rows[part]), known[part.parent_model])
    Strategy._meta.get_field("platform_review").set_cached_value(strategy, next(iter(rows[REVIEW]), None))
    for model, name, _path in LINKS:
        _link(model, name, found[_link_name(model, name)], known)
    return found


def _read(strategy: Strategy, others: Sequence[models.QuerySet] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every table's rows as plain data, in one query."""
    sql, params = _statement(connection.vendor)
    statements, values = [sql], [strategy.pk if param == ANY_STRATEGY else param for param in params]
    for other in others:
        with suppress(EmptyResultSet):
            sql, params = other.query.sql_with_params()
            statements.append(f"({sql})" if connection.vendor == "postgresql" else sql)
            values.extend(params)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        for part, row in cursor:
            found[part].append(json.loads(row) if isinstance(row, str) else row)
    return found


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The query of all tables, for `ANY_STRATEGY`. Kept, because making it costs more than asking it."""
    queries = [_selected(part.model, part.name, part.path) for part in (*PARTS, REVIEW)]
    for model, name, path in LINKS:
        field = model._meta.get_field(name)
        queries.append(_selected(field.remote_field.through, _link_name(model, name), f"{field.m2m_field_name()}__{path}"))
    return queries[0].union(*queries[1:], all=True).query.sql_with_params()


def _selected(model: type[models.Model], name: str, path: str) -> models.QuerySet:
    rows = model._base_manager.filter(**{path: ANY_STRATEGY}).order_by()
    return rows.annotate(part_of_whole=Value(name), row_of_whole=as_json(model)).values_list("part_of_whole", "row_of_whole")


def as_json(model: type[models.Model], **others: models.F) -> JSONObject:
    """A row's columns, and others beside them; `row_of` makes the row of it again."""
    # An amount goes as text: as a number of JSON it would lose its last digits.
    return JSONObject(
        **{
            field.attname: Cast(field.attname, models.CharField()) if isinstance(field, models.DecimalField) else F(field.attname)
            for field in model._meta.concrete_fields
        },
        **others,
    )


def _link_name(model: type[models.Model], name: str) -> str:
    return f"{model._meta.model_name}.{name}"


def row_of(model: type[Row], values: dict[str, Any]) -> Row:
    """The row whose columns `as_json` gave."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db("default", names, [reads(values[name]) for name, reads in _readers(model)])


@cache
def _readers(model: type[models.Model]) -> list[tuple[str, Callable[[Any], Any]]]:
    return [(field.attname, _reader(field)) for field in model._meta.concrete_fields]


def _reader(field: models.Field) -> Callable[[Any], Any]:
    """How the field's value comes back out of JSON: the two databases write days, moments and truth differently."""
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: None if value is None else Decimal(value).quantize(step)
    if isinstance(field, models.DateTimeField):
        return lambda value: None if value is None else _moment(value)
    if isinstance(field, models.JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return field.target_field.to_python if isinstance(field, models.ForeignKey) else field.to_python


def _moment(value: str) -> datetime:
    moment = parse_datetime(value)
    if moment is None:
        raise ValueError(f"not a moment: {value}")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Known = dict[type[models.Model], dict[int, models.Model]]


def _known(strategy: Strategy, rows: dict[Part, list[models.Model]]) -> Known:
    """The rows that others point at, by table and key."""
    platforms = {row.pk: row for row in Platform.objects.all()}
    channels = {row.pk: row for row in Channel.objects.filter(brand=strategy.brand_id)}
    for channel in channels.values():
        channel.platform, channel.brand = platforms[channel.platform_id], strategy.brand
    # Never an empty list: the number of queries must not depend on whether anybody is named.
    people = User.objects.filter(pk__in={0, *_people(rows)})
    known: Known = {Strategy: {strategy.pk: strategy}, Platform: platforms, Channel: channels}
    known[User] = {row.pk: row for row in people}
    return known | {part.model: {row.pk: row for row in several} for part, several in rows.items()}


def _people(rows: dict[Part, list[models.Model]]) -> Iterable[int]:
    for part, several in rows.items():
        names = [field.attname for field in part.model._meta.concrete_fields if field.related_model is User]
        yield from (key for row in several for name in names if (key := getattr(row, name)) is not None)


def _point(row: models.Model, known: Known) -> None:
    """Give the row the objects that its foreign keys name, where they were read."""
    for field in row._meta.concrete_fields:
        if field.related_model in known:
            other = known[field.related_model].get(getattr(row, field.attname))
            if other is not None:
                field.set_cached_value(row, other)


def _hang(part: Part, rows: list[models.Model], parents: dict[int, models.Model]) -> None:
    by_parent: dict[int, list[models.Model]] = defaultdict(list)
    key = part.model._meta.get_field(part.parent).attname
    for row in rows:
        by_parent[getattr(row, key)].append(row)
    for pk, parent in parents.items():
        remember(parent, part.name, by_parent[pk])


def _link(model: type[models.Model], name: str, pairs: list[dict[str, Any]], known: Known) -> None:
    field = model._meta.get_field(name)
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    others = known[field.related_model]
    by_row: dict[int, list[models.Model]] = defaultdict(list)
    for pair in pairs:
        if pair[there] in others:
            by_row[pair[here]].append(others[pair[there]])
    for pk, row in known[model].items():
        remember(row, name, _in_their_order(field.related_model, by_row[pk]))


def remember(row: models.Model, name: str, rows: list[models.Model]) -> None:
    """As `prefetch_related` would have left it."""
    caches = row.__dict__.setdefault("_prefetched_objects_cache", {})
    caches.pop(name, None)
    found = getattr(row, name).all()
    found._result_cache, found._prefetch_done = rows, True
    caches[name] = found


def in_order(rows: list[Row]) -> list[Row]:
    return _in_their_order(type(rows[0]), rows) if rows else rows


def _in_their_order(model: type[models.Model], rows: list[Row]) -> list[Row]:
    """By the table's own order; what has no value comes last."""
    for name in reversed([*model._meta.ordering, "pk"]):
        path, falls = name.lstrip("-"), name.startswith("-")
        rows = sorted(rows, key=lambda row: _sorting_value(row, path), reverse=falls)
    return rows


def _sorting_value(row: Any, path: str) -> tuple[bool, Any]:
    for name in path.split("__"):
        row = getattr(row, name, None)
    return (row is None, row if row is not None else 0)
