"""How a field of a strategy and what stands in it read, from plain data: for the history and for versions side by side."""

from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from brands.models import Brand, Channel, Platform, User
from brands.models.teams import Skill
from brands.templatetags.ui import MISSING, day_year, moment, money, number
from strategies import goal_words, metric_names
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.differences import CHILDREN, Content, Row, by_id
from strategies.models import Criterion, StrategyType
from strategies.plain import MODELS

MONEY = {"planned", "marketing_budget", "hourly_rate"}
# A figure whose row names what it counts.
FIGURES = {"baseline", "value", "at_least", "at_most"}
LISTS = {"secondary_types": StrategyType, "needed_skills": Skill}
# What a row is called by: the first of them that is filled.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "strategy": ("name",), "objectives": ("text",), "goals": ("text", "goal_type"), "targets": ("metric",),
    "planning_steps": ("step",), "audience_answers": ("question",), "audience_notes": ("topic",),
    "audits": ("competitor", "channel", "kind"), "budget_lines": ("name", "kind"), "months": ("month",),
    "strategy_channels": ("channel",), "activities": ("name", "method"), "editorial_plans": ("channel", "medium"),
    "slots": ("theme", "weekday"), "watch_items": ("metric",), "incidents": ("title",), "answers": ("question",),
    "mix_targets": ("value",),
}  # fmt: skip


class Words:
    """Words for the rows of one strategy; `contents` hold the rows that others may name, the newest last."""

    def __init__(self, brand: Brand, *contents: Content, gone: dict[tuple[str, int], str] | None = None) -> None:
        self.brand = brand
        self.contents = contents
        self.gone = gone or {}

    @cached_property
    def _rows(self) -> dict[str, dict[int, Row]]:
        rows: dict[str, dict[int, Row]] = {part: {} for part in MODELS}
        for content in self.contents:
            for part in (name for name in content if name != "strategy"):
                rows[part] |= by_id(content[part])
            rows["strategy"][0] = content["strategy"]
        return rows

    @cached_property
    def _channels(self) -> dict[int, str]:
        return {channel.pk: str(channel) for channel in self.brand.channels.select_related("platform")}

    @cached_property
    def _platforms(self) -> dict[int, str]:
        return {platform.pk: str(platform) for platform in Platform.objects.all()}

    @cached_property
    def _people(self) -> dict[int, str]:
        members = User.objects.filter(memberships__brand=self.brand)
        return {person.pk: str(person) for person in members}

    def row(self, part: str, pk: int) -> Row:
        """What is known of the row; empty where nothing is."""
        return self._rows[part].get(pk, {})

    def name(self, part: str, row: Row) -> str:
        """What people call the row."""
        if part == "fit_ratings" and row:
            return f"{self.value(part, 'platform', row)} · {self.value(part, 'criterion', row)}"
        if part == "platform_review":
            return self.part(part)
        for field in NAMED_BY.get(part, ("name",)):
            if row.get(field) not in (None, ""):
                return self.value(part, field, row)
        return ""

    def part(self, part: str) -> str:
        """One row of the part, as a kind of thing: “goal”."""
        return str(MODELS[part]._meta.verbose_name)

    def field(self, part: str, field: str) -> str:
        return capfirst(str(MODELS[part]._meta.get_field(field).verbose_name))

    def value(self, part: str, field: str, row: Row) -> str:
        """What stands in the field of a row; a dash where nothing does."""
        value = row.get(field)
        if value is None or value == "" or value == [] or value == {}:
            return MISSING
        column = MODELS[part]._meta.get_field(field)
        if field in LISTS:
            return self._several(LISTS[field], value)
        if field == "weights":
            return ", ".join(f"{_label(Criterion, name)}: {number(weight)}" for name, weight in value.items())
        if field == "metric":
            return metric_names.name_of(value)
        if part == "mix_targets" and field == "value":
            return self._kind_of_content(row)
        if column.is_relation:
            return self._related(column, value)
        if isinstance(column, models.FileField):
            return _("picture")
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return self._plain(column, field, value, row)

    def _several(self, choices: type[models.TextChoices], names: list[str]) -> str:
        return ", ".join(_label(choices, name) for name in names)

    def _kind_of_content(self, row: Row) -> str:
        kinds = {"format": ContentFormat, "journey": JourneyStage, "purpose": Purpose}
        return _label(kinds[row["dimension"]], row["value"]) if row.get("dimension") in kinds else str(row["value"])

    def _related(self, column: models.Field, value: int | list[int]) -> str:
        if isinstance(value, list):
            return ", ".join(sorted(self._one(column.related_model, key) for key in value))
        return self._one(column.related_model, value)

    def _one(self, model: type[models.Model], key: int) -> str:
        known = {Channel: "_channels", Platform: "_platforms", User: "_people"}
        if model in known:
            return getattr(self, known[model]).get(key) or _("no longer there")
        part = next((name for name, table in MODELS.items() if table is model), "")
        row = self.row(part, key) if part else {}
        return self.name(part, row) if row else self.gone.get((part, key)) or _("no longer there")

    def _plain(self, column: models.Field, field: str, value: Any, row: Row) -> str:
        if isinstance(column, models.BooleanField):
            return _("Yes") if value else _("No")
        if isinstance(column, models.DateTimeField):
            return moment(parse_datetime(value))
        if isinstance(column, models.DateField):
            return day_year(date.fromisoformat(value))
        if isinstance(column, models.TimeField):
            return formats.time_format(time.fromisoformat(value), "TIME_FORMAT")
        if isinstance(column, models.DecimalField):
            return self._amount(field, Decimal(value), row)
        return number(value) if isinstance(value, int) else str(value)

    def _amount(self, field: str, value: Decimal, row: Row) -> str:
        if field in FIGURES and row.get("metric"):
            return goal_words.figure(row["metric"], value, self.brand.currency)
        return money(value, self.brand.currency) if field in MONEY else number(value)

    def whole_row(self, part: str, row: Row) -> list[tuple[str, str]]:
        """All that is said of a row that came or went: label and value of each field that is filled."""
        hidden = {"id", "version", "position", "strategy", "picture", CHILDREN.get(part, ("",))[0]}
        shown = [(name, self.value(part, name, row)) for name in row if name not in hidden and _is_written(part, name)]
        said = [(self.field(part, name), text) for name, text in shown if text != MISSING and row[name] is not False]
        if part in CHILDREN:
            child = CHILDREN[part][0]
            said += [(capfirst(self.part(child)), self._in_brief(child, each)) for each in row.get(child, ())]
        return said

    def _in_brief(self, part: str, row: Row) -> str:
        figure = next((name for name in ("value", "planned", "time") if row.get(name) is not None), "")
        return f"{self.name(part, row)}: {self.value(part, figure, row)}" if figure else self.name(part, row)


def _is_written(part: str, field: str) -> bool:
    column = MODELS[part]._meta.get_field(field)
    return (column.editable and field not in ("goal", "line", "plan", "brand", "created_by")) or (part, field) == (
        "slots",
        "goal",
    )


def _label(choices: type[models.TextChoices], name: str) -> str:
    return str(dict(choices.choices).get(name, name))
