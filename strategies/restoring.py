"""Putting back what a strategy once said: one field, one row, or everything since a version was approved."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from brands.models import User
from brands.versions import EditConflict, Versioned
from strategies import approval, history, stages, whole
from strategies.differences import CHILDREN, PARENTS, Difference, Row
from strategies.events import happened
from strategies.models import Strategy, StrategyChange, StrategyEvent
from strategies.parts import step_of
from strategies.plain import MODELS

Act = StrategyChange.Act
PATHS = {part.name: part.path for part in (*whole.PARTS, whole.REVIEW)}


def restore(strategy: Strategy, change: StrategyChange, seen: int, user: User) -> None:
    """Undo one change; `seen` is the version of the row that the person looked at. Raises ValidationError with the reason."""
    with (
        _told(_("Something else has taken its place meanwhile, so it could not be put back.")),
        history.recording(strategy, user),
    ):
        if change.act == Act.CHANGED:
            _put_field(strategy, change.part, change.row, change.field, change.was, seen)
        elif change.act == Act.REMOVED:
            _put_row(strategy, change.part, change.was)
        else:
            raise ValidationError(_("What was added can be removed in its step."))
        _note(strategy, change.part, change.field)


def discard_changes(strategy: Strategy, user: User) -> None:
    """Back to the version that was approved last; rows that are still there keep their keys."""
    with _told(_("Not everything could be taken back, so nothing was.")), history.recording(strategy, user):
        stands = approval.standing(whole.load(Strategy.objects.select_related("brand").get(pk=strategy.pk)))
        if not stands.is_changed:
            raise ValidationError(_("Nothing has changed since the last version was approved."))
        by_act = {act: [change for change in stands.changes if change.act == act] for act in Act}
        # What came goes first, so that it is in nobody's way; what went comes back with the rows that others point at first.
        for change in reversed(by_act[Act.ADDED]):
            _rows(strategy, change.part).filter(pk=change.row).delete()
        for change in by_act[Act.REMOVED]:
            _put_row(strategy, change.part, change.was)
        for change in by_act[Act.CHANGED]:
            _put_field(strategy, change.part, change.row, change.field, change.was, None)
        _settle_status(strategy, user, stands.changes)


def _settle_status(strategy: Strategy, user: User, changes: list[Difference]) -> None:
    Strategy.objects.filter(pk=strategy.pk).update(status=Strategy.Status.APPROVED, version=models.F("version") + 1)
    happened(strategy, StrategyEvent.Kind.REVERTED, user)
    for part, field in {(change.part, change.field) for change in changes}:
        _note(strategy, part, field)


@contextmanager
def _told(words: str) -> Iterator[None]:
    """What the database refuses is said in words, and nothing of it stays."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        raise ValidationError(words) from refused


def _rows(strategy: Strategy, part: str) -> models.QuerySet:
    if part == "strategy":
        return Strategy.objects.filter(pk=strategy.pk)
    return MODELS[part]._base_manager.filter(**{PATHS[part]: strategy})


def _put_field(strategy: Strategy, part: str, key: int, field: str, value: Any, seen: int | None) -> None:
    rows = _rows(strategy, part)
    row = (rows if part == "strategy" else rows.filter(pk=key)).first()
    if row is None:
        raise ValidationError(_("The row is no longer there."))
    column = row._meta.get_field(field)
    if column.many_to_many:
        there = column.related_model._base_manager.filter(pk__in=value)
        _save(row, seen)
        getattr(row, field).set(there)
        return
    setattr(row, column.attname, _fitting(column, value))
    row.clean()
    _save(row, seen)


def _fitting(column: models.Field, value: Any) -> Any:
    """The kept value as the column takes it; what it pointed at may be gone."""
    if value is None or not column.is_relation:
        return None if value is None else column.to_python(value)
    if not column.related_model._base_manager.filter(pk=value).exists():
        raise ValidationError(_("What stood there then is no longer there itself."))
    return value


def _save(row: models.Model, seen: int | None) -> None:
    if not isinstance(row, Versioned):
        row.save()
        return
    try:
        row.save_version(row.version if seen is None else seen)
    except EditConflict:
        raise ValidationError(_("Somebody changed it since you opened this page. Look at it again first.")) from None


def _put_row(strategy: Strategy, part: str, row: Row) -> None:
    """The row with its old key, and the rows that hung on it."""
    model = MODELS[part]
    if model._base_manager.filter(pk=row["id"]).exists():
        raise ValidationError(_("It is there already."))
    if part in PARENTS and not _rows(strategy, PARENTS[part][0]).filter(pk=row[PARENTS[part][1]]).exists():
        raise ValidationError(_("What it belonged to is no longer there."))
    child = CHILDREN.get(part, ("",))[0]
    fields = {name: _still_there(model, name, value) for name, value in row.items() if name not in ("id", child)}
    if part not in PARENTS:
        fields["strategy"] = strategy.pk
    plain = {"model": model._meta.label_lower, "pk": row["id"], "fields": fields}
    for read in serializers.deserialize("python", [plain], ignorenonexistent=True):
        read.save()
    for below in row.get(child, ()):
        _put_row(strategy, child, below)


def _still_there(model: type[models.Model], name: str, value: Any) -> Any:
    """Keys of what is gone by now are left out, where the row can stand without."""
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return value
    if not column.is_relation or not value:
        return value
    keys = value if isinstance(value, list) else [value]
    there = set(column.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    if isinstance(value, list):
        return [key for key in value if key in there]
    if value not in there and not column.null:
        raise ValidationError(_("What stood there then is no longer there itself."))
    return value if value in there else None


def _note(strategy: Strategy, part: str, field: str) -> None:
    step = step_of(part, field)
    if step is not None:
        stages.note_change(strategy, step)
