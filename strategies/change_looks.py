"""Changes as people read them: in a sentence, or field by field with what was and what became."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from brands.models import User
from strategies import metric_names, parts
from strategies.differences import PARENTS, Difference, Piece, Row, word_pieces
from strategies.models import Strategy, StrategyChange, StrategyEvent
from strategies.plain import MODELS
from strategies.steps import Step
from strategies.words import Words

Act = StrategyChange.Act


@dataclass(frozen=True)
class Look:
    """One change in words. `pieces` is a text word by word; where it is empty, `was` and `became` are short values."""

    act: str
    part: str
    kind: str
    name: str
    field: str
    step: Step | None
    was: str = ""
    became: str = ""
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    change: StrategyChange | None = None
    now: str = ""  # what stands there today, where that is neither
    version: int | None = None  # of the row, where the old value can be put back

    @property
    def act_word(self) -> str:
        return str(Act(self.act).label)


def look_at(found: Difference | StrategyChange, words: Words) -> Look:
    row = _row(found, words)
    known = words.name(found.part, row) if row else ""
    said = {
        "act": str(found.act), "part": found.part, "kind": words.part(found.part),
        "name": known or getattr(found, "name", "") or words.part(found.part), "step": parts.step_of(found.part, found.field),
    }  # fmt: skip
    if found.act != Act.CHANGED:
        return Look(**said, field="", rows=tuple(words.whole_row(found.part, found.became or found.was or {})))
    was, became = _value(found, words, found.was), _value(found, words, found.became)
    pieces = tuple(word_pieces(found.was or "", found.became or "")) if _is_prose(found.part, found.field) else ()
    return Look(**said, field=words.field(found.part, found.field), was=was, became=became, pieces=pieces)


def _row(found: Difference | StrategyChange, words: Words) -> Row:
    """The row as it stands, else as it came or went."""
    return words.row(found.part, found.row) or (
        found.was if found.act == Act.REMOVED else found.became if found.field == "" else {}
    )


def _value(found: Difference | StrategyChange, words: Words, value: Any) -> str:
    return words.value(found.part, found.field, words.row(found.part, found.row) | {found.field: value})


def _is_prose(part: str, field: str) -> bool:
    column = MODELS[part]._meta.get_field(field)
    is_text = isinstance(column, models.CharField | models.TextField) and not isinstance(column, models.FileField)
    return is_text and not column.flatchoices and field != "metric" and (part, field) != ("mix_targets", "value")


def sentence(change: StrategyChange, words: Words) -> str:
    """“Dilnoza raised leads from 1,200 to 1,600”."""
    look = look_at(change, words)
    places = {
        "by": change.by or _("Somebody"), "name": look.name, "kind": look.kind, "field": look.field, "was": look.was,
        "became": look.became,
    }  # fmt: skip
    if change.part == "targets" and (metric := words.row("targets", change.row).get("metric")):
        places["name"] = metric_names.in_sentence(metric)
    return _form(change) % places


def _form(change: StrategyChange) -> str:
    if change.act == Act.ADDED:
        return _("%(by)s added “%(name)s” (%(kind)s)")
    if change.act == Act.REMOVED:
        return _("%(by)s removed “%(name)s” (%(kind)s)")
    rise = _rise(change)
    if change.part == "targets" and change.field == "value" and rise:
        return _("%(by)s raised %(name)s from %(was)s to %(became)s") if rise > 0 else (
            _("%(by)s lowered %(name)s from %(was)s to %(became)s")
        )  # fmt: skip
    if rise:
        return _("%(by)s raised “%(field)s” of “%(name)s” from %(was)s to %(became)s") if rise > 0 else (
            _("%(by)s lowered “%(field)s” of “%(name)s” from %(was)s to %(became)s")
        )  # fmt: skip
    return _("%(by)s changed “%(field)s” of “%(name)s”")


def _rise(change: StrategyChange) -> Decimal | None:
    """How far a number moved; None for what is no number, or was none before."""
    column = MODELS[change.part]._meta.get_field(change.field)
    is_number = isinstance(column, models.DecimalField | models.IntegerField) and not column.flatchoices
    if not is_number or change.was is None or change.became is None:
        return None
    return Decimal(str(change.became)) - Decimal(str(change.was))


def of_step(strategy: Strategy, slug: str) -> models.QuerySet[StrategyChange]:
    """The changes that were made in one step of the wizard, or on the page of the frame."""
    chosen = Q(part="strategy", field__in=parts.fields_of(slug)) | Q(part__in=parts.parts_of(slug))
    return strategy.changes.filter(chosen)


def restorable(changes: Iterable[StrategyChange], words: Words, now: Words) -> list[Look]:
    """For the history: what each change could be taken back to, seen from today."""
    return [_restorable(change, look_at(change, words), now) for change in changes]


def _restorable(change: StrategyChange, look: Look, now: Words) -> Look:
    stands = now.row(change.part, change.row)
    may, shown = False, ""
    if change.act == Act.REMOVED:
        may = not stands and _parent_stands(change, now)
    elif change.act == Act.CHANGED and stands and change.field in stands:
        may = stands[change.field] != change.was
        shown = now.value(change.part, change.field, stands) if stands[change.field] not in (change.was, change.became) else ""
    version = stands.get("version", 0) if may else None
    return replace(look, change=change, now=shown, version=version)


def _parent_stands(change: StrategyChange, now: Words) -> bool:
    if change.part not in PARENTS:
        return True
    parent, field = PARENTS[change.part]
    return bool(now.row(parent, (change.was or {}).get(field, 0)))


@dataclass(frozen=True)
class Sitting:
    """What one person did on one day, in a row: each entry a change, or else what happened to the strategy as a whole."""

    day: date
    by: User | None
    entries: list[tuple[Look | None, StrategyEvent | None]]


def sittings(looks: list[Look], events: list[StrategyEvent]) -> Iterator[Sitting]:
    """Newest first, by day and person; changes and what happened to the strategy as a whole, together."""
    entries = [(look.change.at, look.change.by, (look, None)) for look in looks if look.change] + [
        (event.at, event.by, (None, event)) for event in events
    ]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    for (day, by), several in groupby(entries, key=lambda entry: (timezone.localdate(entry[0]), entry[1])):
        yield Sitting(day, by, [entry[2] for entry in several])
