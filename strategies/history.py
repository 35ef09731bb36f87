"""Who changed what in a strategy, and when: written while it happens.

    with history.recording(strategy, request.user):
        …any writes to the strategy or its rows…

Whatever the writes were, the strategy is compared before and after, and each difference becomes a row. People who type are
saved every second: what one person does to one field within some minutes is one change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from brands.audit import Named, entry, record_all
from brands.models import AuditEntry, User
from strategies import plain, whole
from strategies.differences import CHILDREN, PARENTS, Difference, differences
from strategies.models import Strategy, StrategyChange
from strategies.words import Words

Act = StrategyChange.Act

ONE_SITTING = timedelta(minutes=10)
LONGEST_NAME = 160
# What the audit log calls a change of these parts; of the others it only tells what was removed.
TOLD = {"goals": "goal", "targets": "goal", "budget_lines": "budget", "months": "budget"}
KINDS = {part.name: part.model._meta.label_lower for part in (*whole.PARTS, whole.REVIEW)}

_open: ContextVar[frozenset[int]] = ContextVar("strategies being recorded", default=frozenset())


@contextmanager
def recording(strategy: Strategy, user: User | None) -> Iterator[None]:
    """Record what the block changes, in one transaction with it; nobody else changes the strategy meanwhile.

    Within another recording of the same strategy it does nothing: the outer one sees it all.
    """
    if strategy.pk in _open.get():
        yield
        return
    token = _open.set(_open.get() | {strategy.pk})
    try:
        with transaction.atomic():
            before = _content(strategy, lock=True)
            yield
            after = _content(strategy)
            _Writer(strategy, user, before, after).write()
    finally:
        _open.reset(token)


def _content(strategy: Strategy, lock: bool = False) -> dict[str, Any]:
    rows = Strategy.objects.select_for_update() if lock else Strategy.objects
    fresh = rows.get(pk=strategy.pk)
    fresh.brand = strategy.brand
    return plain.content_of(whole.load(fresh))


@dataclass
class _Place:
    """Where a recent change keeps a row's content: the row itself, or one that came with it."""

    change: StrategyChange
    row: dict[str, Any]


class _Writer:
    def __init__(self, strategy: Strategy, user: User | None, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.strategy, self.user = strategy, user
        self.found = differences(before, after, plain.passed_over())
        self.words = Words(strategy.brand, before, after)
        self.new: list[StrategyChange] = []
        self.touched: dict[int, StrategyChange] = {}

    def write(self) -> None:
        if not self.found:
            return
        self._read_recent()
        for difference in self.found:
            if not self._is_told_by_an_earlier_one(difference):
                self.new.append(self._row(difference))
        StrategyChange.objects.bulk_create(self.new)
        record_all(self._for_the_audit_log())
        for change in self.touched.values():
            self._keep(change)

    def _for_the_audit_log(self) -> Iterator[AuditEntry]:
        """What is gone, and goals and money: each row once, with the names of its fields."""
        fields: dict[tuple[str, str, int, str], set[str]] = {}
        for change in self.new:
            act = "deleted" if change.act == Act.REMOVED else f"{TOLD.get(change.part, '')}_{change.act}"
            if change.part in TOLD or act == "deleted":
                fields.setdefault((act, change.part, change.row, change.name), set()).add(change.field)
        for (act, part, row, name), names in fields.items():
            details = {"strategy": self.strategy.pk, "fields": sorted(filter(None, names))}
            on = Named(KINDS.get(part, "strategies.strategy"), row, name)
            yield entry(act, brand=self.strategy.brand, person=self.user, on=on, details=details)

    def _read_recent(self) -> None:
        """The newest change of each row and field within one sitting, and the rows that came in it."""
        self.fields: dict[tuple[str, int, str], StrategyChange] = {}
        self.came: dict[tuple[str, int], _Place] = {}
        since = timezone.now() - ONE_SITTING
        for change in self.strategy.changes.filter(at__gte=since).order_by("at", "pk"):
            self.fields[change.part, change.row, change.field] = change
            if change.act == Act.ADDED and change.became is not None:
                self._remember_rows(change)

    def _remember_rows(self, change: StrategyChange) -> None:
        self.came[change.part, change.row] = _Place(change, change.became)
        if change.part in CHILDREN:
            child = CHILDREN[change.part][0]
            for row in change.became.get(child, ()):
                self.came[child, row["id"]] = _Place(change, row)

    def _is_told_by_an_earlier_one(self, difference: Difference) -> bool:
        if difference.act == Act.CHANGED:
            return self._goes_on(difference)
        if difference.act == Act.ADDED:
            return self._is_back(difference) or self._joins_its_parent(difference)
        return False

    def _goes_on(self, difference: Difference) -> bool:
        """The same person still at the same field, or at a row that they added just now."""
        earlier = self.fields.get((difference.part, difference.row, difference.field))
        if earlier is not None:
            if not self._is_mine(earlier):
                return False
            earlier.became = difference.became
            self.touched[earlier.pk] = earlier
            return True
        place = self.came.get((difference.part, difference.row))
        if place is None or not self._is_mine(place.change) or self._somebody_came_between(difference):
            return False
        place.row[difference.field] = difference.became
        place.change.name = self._name(place.change.part, place.change.became)
        self.touched[place.change.pk] = place.change
        return True

    def _somebody_came_between(self, difference: Difference) -> bool:
        return any(
            part == difference.part and row == difference.row and not self._is_mine(change)
            for (part, row, _field), change in self.fields.items()
        )

    def _is_back(self, difference: Difference) -> bool:
        """Removed by mistake and brought back: nothing happened."""
        earlier = self.fields.get((difference.part, difference.row, ""))
        if earlier is None or earlier.act != Act.REMOVED or not self._is_mine(earlier) or earlier.was != difference.became:
            return False
        earlier.delete()
        return True

    def _joins_its_parent(self, difference: Difference) -> bool:
        if difference.part not in PARENTS:
            return False
        parent, field = PARENTS[difference.part]
        place = self.came.get((parent, difference.became[field]))
        if place is None or not self._is_mine(place.change):
            return False
        place.row.setdefault(difference.part, []).append(difference.became)
        self.touched[place.change.pk] = place.change
        return True

    def _is_mine(self, change: StrategyChange) -> bool:
        return self.user is not None and change.by_id == self.user.pk

    def _row(self, difference: Difference) -> StrategyChange:
        return StrategyChange(
            strategy=self.strategy, by=self.user, act=difference.act, part=difference.part, row=difference.row,
            name=self._name(difference.part, self._row_of(difference)), field=difference.field, was=difference.was,
            became=difference.became,
        )  # fmt: skip

    def _row_of(self, difference: Difference) -> dict[str, Any]:
        return difference.became if difference.act == Act.ADDED else self.words.row(difference.part, difference.row)

    def _name(self, part: str, row: dict[str, Any]) -> str:
        return self.words.name(part, row)[:LONGEST_NAME]

    def _keep(self, change: StrategyChange) -> None:
        if change.act == Act.CHANGED and change.was == change.became:
            change.delete()
        else:
            change.save(update_fields=["became", "name"])
