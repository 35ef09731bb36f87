"""Writes what a preset brings into a strategy, and remembers every row, so that all of it can be taken back."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import F

from brands.models import Channel, User
from brands.models.teams import BusinessType
from strategies import known_figures
from strategies.mix import STARTING
from strategies.models import AppliedPreset, BusinessObjective, Goal, Strategy, StrategyChannel, Target
from strategies.presets.catalog import PRESETS, Preset
from strategies.presets.contents import USUAL, Line, Section, Standing, contents


@transaction.atomic
def apply(
    strategy: Strategy,
    name: str,
    user: User,
    new_channels: Mapping[str, Channel] | None = None,
    preset: Preset | None = None,
) -> AppliedPreset:
    """Fill what is empty with the preset `name`. `new_channels` by platform were just made for it, with the handles given.

    `preset` is the same preset with what somebody changed of it before it was applied.
    """
    Strategy.objects.select_for_update().get(pk=strategy.pk)
    preset = preset or PRESETS[BusinessType(name)]
    made = dict(new_channels or {})
    writer = _Writer(strategy, preset, made)
    for section in contents(preset, Standing.of(strategy), may_add_channels=False, just_made=made):
        writer.write(section)
    known_figures.fill_in(strategy, writer.targets())
    return AppliedPreset.objects.create(strategy=strategy, preset=name, by=user, rows=writer.rows, filled=writer.filled)


class _Writer:
    def __init__(self, strategy: Strategy, preset: Preset, new_channels: dict[str, Channel]) -> None:
        self.strategy, self.preset, self.new_channels = strategy, preset, new_channels
        self.rows: list[dict[str, Any]] = []
        self.filled: list[dict[str, Any]] = []
        self.objectives: dict[int, BusinessObjective] = {}
        for channel in new_channels.values():
            self._note(channel)

    def write(self, section: Section) -> None:
        write = getattr(self, f"_write_{section.part.name.lower()}")
        for line in section.lines:
            if line.is_added:
                write(line)

    def targets(self) -> models.QuerySet[Target]:
        """The targets written so far, which begin where the figures say they stand."""
        keys = [row["pk"] for row in self.rows if row["model"] == Target._meta.label_lower]
        return Target.objects.filter(pk__in=keys).select_related("goal__strategy").prefetch_related("channels")

    def _note(self, row: models.Model) -> None:
        self.rows.append({"model": row._meta.label_lower, "pk": row.pk, "version": row.version})

    def _add(self, related: str, **fields: Any) -> models.Model:
        rows = getattr(self.strategy, related)
        if any(field.name == "position" for field in rows.model._meta.fields):
            fields["position"] = rows.count()
        row = rows.create(**fields)
        self._note(row)
        return row

    def _write_objectives(self, line: Line) -> None:
        self.objectives[int(line.key)] = self._add("objectives", text=line.name[:200])

    def _write_goals(self, line: Line) -> None:
        wanted = next(goal for goal in self.preset.goals if goal.goal_type == line.key)
        objective = self.objectives.get(wanted.objective)
        deadline = self.strategy.end
        goal: Goal = self._add("goals", goal_type=wanted.goal_type, text=wanted.label, objective=objective, deadline=deadline)
        metrics = [(name, Target.Role.PRIMARY) for name in wanted.kpis]
        if wanted.guard not in wanted.kpis:
            metrics.append((wanted.guard, Target.Role.GUARD))
        for place, (metric, role) in enumerate(metrics):
            value = wanted.value if place == 0 else None
            self._note(goal.targets.create(metric=metric, role=role, value=value, everywhere=True, position=place))

    def _write_plan(self, line: Line) -> None:
        row, _created = self.strategy.planning_steps.get_or_create(step=line.key)
        type(row).objects.filter(pk=row.pk).update(text=line.detail, version=F("version") + 1)
        self._note_filled(row, "text", line.detail, row.version + 1)

    def _note_filled(self, row: models.Model, name: str, value: Any, version: int) -> None:
        self.filled.append({"model": row._meta.label_lower, "pk": row.pk, "field": name, "value": value, "version": version})

    def _write_risks(self, line: Line) -> None:
        risk = USUAL[int(line.key)]
        self._add(
            "risks", name=str(risk.name)[:160], likelihood=risk.likelihood, effect=risk.effect, sign=str(risk.sign)[:200],
            response=str(risk.response),
        )  # fmt: skip

    def _write_type(self, line: Line) -> None:
        primary, *further = self.preset.types
        value: Any = primary.value if line.key == "primary" else [one.value for one in further]
        name = f"{line.key}_type" if line.key == "primary" else "secondary_types"
        Strategy.objects.filter(pk=self.strategy.pk).update(**{name: value}, version=F("version") + 1)
        self.strategy.refresh_from_db(fields=[name, "version"])
        self._note_filled(self.strategy, name, value, self.strategy.version)

    def _write_channels(self, line: Line) -> None:
        channel = self.new_channels.get(line.key) or Standing.of(self.strategy).channels[line.key]
        row = StrategyChannel(strategy=self.strategy, channel=channel, posts_per_week=self.preset.cadence[line.key])
        row.save()
        self._note(row)

    def _write_pillars(self, line: Line) -> None:
        pillar = self.preset.pillars[int(line.key)]
        colour = int(line.key) % 6 + 1
        self._add("pillars", name=str(pillar.name)[:80], share=pillar.share, colour=colour, about=str(pillar.about)[:200])

    def _write_mix(self, line: Line) -> None:
        for value, share in STARTING[line.key][self.preset.mix[line.key]].shares.items():
            self._add("mix_targets", dimension=line.key, value=value, share=share)

    def _write_ways(self, line: Line) -> None:
        way = next(way for way in self.preset.ways if way.method == line.key)
        self._add("activities", method=way.method, name=str(way.name)[:160], expected=str(way.expected)[:200])

    def _write_watch(self, line: Line) -> None:
        item = next(item for item in self.preset.watch if item.metric == line.key)
        self._add("watch_items", metric=item.metric, rhythm=item.rhythm, if_it_fails=str(item.if_it_fails)[:200])
