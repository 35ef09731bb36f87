"""Working out stored values, comparing them with what is stored, and writing only what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from brands.models import Brand
from metrics.bulk import Target, put_lines
from metrics.kpi.results import Status
from metrics.models import KpiValue
from metrics.models.values import Period
from metrics.said import Said, decimal, document, values
from metrics.stored import OWNERS, STORED_PERIODS, Owner, Stored, oldest_kept
from metrics.totals import totals_of
from metrics.totals.shapes import Shapes
from metrics.totals.summed import SummedRecords

# SQLite takes so many at once.
ROWS_AT_ONCE = 500
FIELDS = ("brand", *OWNERS, "kpi", "period", "start", "end", "status", "value", "exact", "inputs", "computed_at")
_TARGETS = {owner: Target(KpiValue, FIELDS, f"one_value_per_{owner}_kpi_and_period") for owner in ("brand", *OWNERS)}
_NULL = "\\N"

Key = tuple[Owner, str, str, date]
"""Whose, KPI, period, first day."""
EMPTY: Said = (Status.MISSING_INPUT.value, None, "", "{}")


@dataclass
class Computed:
    """What the values of some scopes and periods should be."""

    items: Sequence[Stored]
    said: dict[Key, Said]
    ends: dict[tuple[str, date], date]


class Change(NamedTuple):
    key: Key
    row: int | None
    before: Said | None
    after: Said


def compute(brand: Brand, items: Sequence[Stored]) -> Computed:
    """Reads the figures in as many queries for any number of items."""
    said: dict[Key, Said] = {}
    if items:
        spans, scopes = dict.fromkeys(item.span for item in items), dict.fromkeys(item.scope for item in items)
        found = totals_of(brand, spans, scopes, books=SummedRecords)
        shapes = Shapes(next(iter(found.values())).records.whole)
        for item in items:
            # Let go of each as soon as it is worked out: what lies about in memory also slows down what comes after.
            owner, period, start = item.key
            for kpi, value in values(shapes, found.pop((item.scope, item.span))):
                said[owner, kpi, period, start] = value
    return Computed(items, said, {(item.period.value, item.span.start): item.span.end for item in items})


def changes(brand: Brand, computed: Computed, today: date, *, everything: bool = False) -> list[Change]:
    """How what is stored differs: of the computed items, or of all that the brand has stored.

    What has no measured input any more is missing; the row stays, since a finding may point to it. Weeks that are too old
    to be kept up to date stay as they are.
    """
    stored = {key: (pk, said) for pk, key, said in _stored(brand, computed, today, everything=everything)}
    nothing = (None, None)
    if not stored:
        return [Change(key, None, None, said) for key, said in computed.said.items()]
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
    columns = ("pk", *(f"{name}_id" for name in OWNERS), "kpi", "period", "start", "status", "value", "exact")
    as_it_is = connection.vendor == "postgresql"
    inputs = Cast("inputs", TextField()) if as_it_is else F("inputs")
    for pk, channel, strategy, campaign, kpi, period, start, *said, told in rows.values_list(*columns, inputs).iterator():
        status, value, exact = said
        figures = told if as_it_is else document(told)
        yield pk, ((channel, strategy, campaign), kpi, period, start), (status, decimal(value), exact, figures)


def _any(asked: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for one in asked:
        found |= one
    return found


def write(brand: Brand, computed: Computed, found: Sequence[Change], computed_at: datetime) -> int:
    """Store the changes; how many. Call it inside a transaction."""
    rows: dict[str, list[Change]] = {name: [] for name in _TARGETS}
    gone: list[int] = []
    for change in found:
        if change.after is EMPTY and change.row:
            gone.append(change.row)
        else:
            channel, strategy, campaign = change.key[0]
            rows["channel" if channel else "strategy" if strategy else "campaign" if campaign else "brand"].append(change)
    for name, target in _TARGETS.items():
        if rows[name]:
            _put(target, rows[name], list(_lines(brand, computed, rows[name], computed_at)))
    _forget(gone, computed_at)
    return len(gone) + sum(map(len, rows.values()))


def _put(target: Target, found: Sequence[Change], lines: list[str]) -> None:
    """Rows that were not there are copied straight in, unless somebody was faster with one of them."""
    if all(change.row is None for change in found):
        try:
            with transaction.atomic():
                put_lines(target, lines, are_new=True)
            return
        except IntegrityError:
            pass
    put_lines(target, lines)


def _lines(brand: Brand, computed: Computed, found: Iterable[Change], computed_at: datetime) -> Iterator[str]:
    """The changes in the order of FIELDS, with a tab between the columns. There is nothing in them that must be escaped."""
    at = str(KpiValue._meta.get_field("computed_at").get_db_prep_save(computed_at, connection))
    owners = {owner: "\t".join(_NULL if pk is None else str(pk) for pk in owner) for owner in {change.key[0] for change in found}}
    spans = {(period, start): f"{period}\t{start}\t{end}" for (period, start), end in computed.ends.items()}
    for (owner, kpi, period, start), _row, _before, (status, value, exact, inputs) in found:
        yield (
            f"{brand.pk}\t{owners[owner]}\t{kpi}\t{spans[period, start]}\t"
            f"{status}\t{_NULL if value is None else value}\t{exact}\t{inputs}\t{at}\n"
        )


def _forget(gone: Sequence[int], computed_at: datetime) -> None:
    status, value, exact, _inputs = EMPTY
    for number in range(0, len(gone), ROWS_AT_ONCE):
        rows = KpiValue.objects.filter(pk__in=gone[number : number + ROWS_AT_ONCE])
        rows.update(status=status, value=value, exact=exact, inputs={}, computed_at=computed_at)
