"""Working out stored values, comparing them with what is stored, and writing only what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from brands.models import Brand
from metrics.bulk import Target, put
from metrics.kpi.results import Status
from metrics.models import KpiValue
from metrics.models.values import Period
from metrics.said import Said, values
from metrics.stored import OWNERS, STORED_PERIODS, Owner, Stored, oldest_kept
from metrics.totals import totals_of
from metrics.totals.shapes import Shapes

# SQLite takes so many at once.
ROWS_AT_ONCE = 500
FIELDS = ("brand", *OWNERS, "kpi", "period", "start", "end", "status", "value", "exact", "inputs", "computed_at")
_TARGETS = {owner: Target(KpiValue, FIELDS, f"one_value_per_{owner}_kpi_and_period") for owner in ("brand", *OWNERS)}
_COMPARED = ("status", "value", "exact", "inputs")

Key = tuple[Owner, str, str, date]
"""Whose, KPI, period, first day."""
EMPTY: Said = (Status.MISSING_INPUT.value, None, "", {})


@dataclass
class Computed:
    """What the values of some scopes and periods should be."""

    items: Sequence[Stored]
    said: dict[Key, Said]
    ends: dict[tuple[str, date], date]


@dataclass(frozen=True)
class Change:
    key: Key
    row: int | None
    before: Said | None
    after: Said


def compute(brand: Brand, items: Sequence[Stored]) -> Computed:
    """Reads the figures in as many queries for any number of items."""
    said: dict[Key, Said] = {}
    if items:
        found = totals_of(brand, dict.fromkeys(item.span for item in items), dict.fromkeys(item.scope for item in items))
        shapes = Shapes(next(iter(found.values())).records.whole)
        for item in items:
            # Let go of each as soon as it is worked out: what lies about in memory also slows down what comes after.
            for kpi, value in values(shapes, found.pop((item.scope, item.span))):
                said[item.owner, kpi, item.period.value, item.span.start] = value
    return Computed(items, said, {(item.period.value, item.span.start): item.span.end for item in items})


def changes(brand: Brand, computed: Computed, today: date, *, everything: bool = False) -> list[Change]:
    """How what is stored differs: of the computed items, or of all that the brand has stored.

    What has no measured input any more is missing; the row stays, since a finding may point to it. Weeks that are too old
    to be kept up to date stay as they are.
    """
    stored = {key: (pk, said) for pk, key, said in _stored(brand, computed, today, everything=everything)}
    nothing = (None, None)
    found = [
        Change(key, *stored.get(key, nothing), said) for key, said in computed.said.items() if stored.get(key, nothing)[1] != said
    ]
    items = None if everything else {item.key for item in computed.items}
    for key, (pk, before) in stored.items():
        owner, _kpi, period, start = key
        if key not in computed.said and before != EMPTY and (items is None or (owner, period, start) in items):
            found.append(Change(key, pk, before, EMPTY))
    return found


def _stored(brand: Brand, computed: Computed, today: date, *, everything: bool) -> Iterator[tuple[int, Key, Said]]:
    rows = KpiValue.objects.filter(brand=brand).exclude(period=Period.CUSTOM).order_by()
    for each in STORED_PERIODS:
        if each.kept:
            rows = rows.exclude(period=each.period, start__lt=oldest_kept(each, today))
    if not everything:
        spans = {period: [start for name, start in computed.ends if name == period] for period in Period.values}
        asked = [Q(period=period, start__in=starts) for period, starts in spans.items() if starts]
        rows = rows.filter(_any(asked))
    columns = ("pk", *(f"{name}_id" for name in OWNERS), "kpi", "period", "start", *_COMPARED)
    for pk, channel, strategy, campaign, kpi, period, start, *said in rows.values_list(*columns).iterator():
        status, value, exact, inputs = said
        yield pk, ((channel, strategy, campaign), kpi, period, start), (status, value, exact, inputs)


def _any(asked: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for one in asked:
        found |= one
    return found


def write(brand: Brand, computed: Computed, found: Sequence[Change], computed_at: datetime) -> int:
    """Store the changes; how many. Call it inside a transaction."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _TARGETS}
    gone: list[int] = []
    for change in found:
        if change.after is EMPTY and change.row:
            gone.append(change.row)
            continue
        owner, kpi, period, start = change.key
        name = next((name for name, pk in zip(OWNERS, owner, strict=True) if pk), "brand")
        end = computed.ends[period, start]
        rows[name].append((brand.pk, *owner, kpi, period, start, end, *change.after, computed_at))
    for name, target in _TARGETS.items():
        if rows[name]:
            put(target, rows[name])
    _forget(gone, computed_at)
    return len(gone) + sum(map(len, rows.values()))


def _forget(gone: Sequence[int], computed_at: datetime) -> None:
    said = dict(zip(_COMPARED, EMPTY, strict=True))
    for number in range(0, len(gone), ROWS_AT_ONCE):
        KpiValue.objects.filter(pk__in=gone[number : number + ROWS_AT_ONCE]).update(**said, computed_at=computed_at)
