"""Takes back what a preset has added, where nobody made it their own since."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from strategies.metric_names import name_of
from strategies.models import AppliedPreset, Strategy

Key = tuple[str, int]
EMPTY: dict[str, Any] = {"secondary_types": []}


@dataclass(frozen=True, slots=True)
class Back:
    """How many rows and fields went, and the names of those that stay because people changed or use them."""

    gone: int
    kept: list[str]


@transaction.atomic
def take_back(applied: AppliedPreset) -> Back:
    """Raises AppliedPreset.DoesNotExist where it was taken back meanwhile."""
    Strategy.objects.select_for_update().get(pk=applied.strategy_id)
    applied = AppliedPreset.objects.select_for_update().get(pk=applied.pk, undone_at=None)
    rows = _standing_rows(applied)
    going = {key for key, (row, version) in rows.items() if row.version == version}
    while leaned_on := {key for key in going if _is_leaned_on(rows[key][0], going)}:
        going -= leaned_on
    for key in reversed(list(rows)):
        if key in going:
            rows[key][0].delete()
    emptied, kept_fields = _empty(applied)
    applied.undone_at = timezone.now()
    applied.save(update_fields=["undone_at"])
    kept = [_name(row) for key, (row, _version) in rows.items() if key not in going]
    return Back(len(going) + emptied, [*dict.fromkeys([*kept, *kept_fields])])


def _standing_rows(applied: AppliedPreset) -> dict[Key, tuple[Any, int]]:
    """The rows that are still there with the version they were made with, in the order in which they were made."""
    found: dict[Key, tuple[Any, int]] = {}
    for entry in applied.rows:
        row = apps.get_model(entry["model"])._base_manager.filter(pk=entry["pk"]).first()
        if row is not None:
            found[entry["model"], entry["pk"]] = row, entry["version"]
    return found


def _is_leaned_on(row: models.Model, going: set[Key]) -> bool:
    """Whether something that stays points at the row: a post, a slot, a target that somebody added."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not _points_here(relation):
            continue
        model = relation.related_model
        keys = model._base_manager.filter(**{relation.field.name: row.pk}).values_list("pk", flat=True)
        if any((model._meta.label_lower, key) not in going for key in keys):
            return True
    return False


def _points_here(field: Any) -> bool:
    is_relation = field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one or field.many_to_many)
    # The links of a row to others are its own; a many-to-many relation is asked for as such, not through its table.
    return bool(is_relation) and not field.related_model._meta.auto_created and not _has_own_through(field)


def _has_own_through(field: Any) -> bool:
    return field.many_to_many and not field.through._meta.auto_created


def _empty(applied: AppliedPreset) -> tuple[int, list[str]]:
    """Empty the fields that still hold what the preset wrote."""
    emptied, kept = 0, []
    for entry in applied.filled:
        model, name = apps.get_model(entry["model"]), entry["field"]
        row = model._base_manager.filter(pk=entry["pk"]).first()
        if row is None:
            continue
        if getattr(row, name) != entry["value"]:
            if getattr(row, name):
                kept.append(_name(row) if model is not Strategy else str(model._meta.get_field(name).verbose_name))
            continue
        model._base_manager.filter(pk=row.pk).update(**{name: EMPTY.get(name, "")}, version=models.F("version") + 1)
        emptied += 1
    return emptied, kept


def _name(row: models.Model) -> str:
    metric = getattr(row, "metric", "")
    return name_of(metric) if metric else str(row)
