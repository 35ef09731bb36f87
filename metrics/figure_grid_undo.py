"""Taking back what a sheet of figures changed, but for what was written there since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest

from brands.models import Brand
from metrics import mention_figures
from metrics.bulk import put
from metrics.figure_grid import OF_BRAND, OF_CHANNELS, Cell, Grid, Key, follow
from metrics.figure_turns import take_turn
from metrics.models import Import, Observation
from metrics.periods import Span

KEPT = "grid_before"


def before(grid: Grid) -> list[dict[str, object]]:
    """What stands where something is about to change. Call it before saving."""
    return [
        {
            "measure": cell.measure.name, "start": cell.span.start.isoformat(), "end": cell.span.end.isoformat(),
            "after": _after(cell, grid.currency), "before": _kept(cell.stored),
        }
        for cell in grid.changed
    ]  # fmt: skip


def _after(cell: Cell, currency: str) -> str:
    return "" if cell.value is None else f"{cell.value.normalize():f}|{currency if cell.measure.is_money else ''}"


def _kept(row: Observation | None) -> dict[str, object] | None:
    # What mentions count comes back by itself.
    if row is None or row.from_mentions:
        return None
    return {
        "value": str(row.value),
        "currency": row.currency,
        "source": row.source_id,
        "table": row.table,
        "line": row.line,
        "by": row.recorded_by_id,
    }


def keep(request: HttpRequest, grid: Grid, cells: Sequence[Mapping[str, object]]) -> None:
    channel = grid.asked.channel
    request.session[KEPT] = {"brand": grid.brand.pk, "channel": channel.pk if channel else None, "cells": list(cells)}


def take_back(request: HttpRequest, brand: Brand) -> int:
    """Put back what stood there; how many cells, 0 where nothing can be taken back."""
    kept = request.session.get(KEPT)
    if not kept or kept["brand"] != brand.pk:
        return 0
    del request.session[KEPT]
    channel = brand.channels.filter(pk=kept["channel"]).first() if kept["channel"] else None
    if kept["channel"] and channel is None:
        return 0
    with transaction.atomic():
        take_turn(brand)
        cells = _untouched(brand, kept)
        changed = [_key(cell) for cell in cells]
        if changed and channel is None:
            days = [day for _name, span in changed for day in (span.start, span.end)]
            mention_figures.step_aside(brand, {name for name, _span in changed}, min(days), max(days))
        put(OF_CHANNELS if channel else OF_BRAND, _rows(brand, kept["channel"], cells), replace=False)
        follow(brand, channel, changed)
    return len(cells)


def _key(cell: Mapping) -> Key:
    return cell["measure"], Span(date.fromisoformat(cell["start"]), date.fromisoformat(cell["end"]))


def _untouched(brand: Brand, kept: Mapping) -> list[Mapping]:
    """The cells that still are as the saving left them; what it wrote there is deleted."""
    rows = Observation.objects.select_for_update().filter(
        brand=brand, channel=kept["channel"], publication=None, campaign=None, subject="", from_mentions=False,
        measure__in={cell["measure"] for cell in kept["cells"]}, start__in={cell["start"] for cell in kept["cells"]},
    )  # fmt: skip
    standing = {(row.measure, Span(row.start, row.end)): row for row in rows}
    found: list[Mapping] = []
    gone: list[int] = []
    for cell in kept["cells"]:
        row = standing.get(_key(cell))
        if ("" if row is None else f"{row.value.normalize():f}|{row.currency}") == cell["after"]:
            found.append(cell)
            gone += [row.pk] if row else []
    Observation.objects.filter(pk__in=gone).delete()
    return found


def _rows(brand: Brand, channel: int | None, cells: Sequence[Mapping]) -> list[tuple[object, ...]]:
    """What stood there before, in the order of the grid's columns; a file that is gone meanwhile is no longer named."""
    stood = [(*_key(cell), cell["before"]) for cell in cells if cell["before"]]
    files = {before["source"] for _name, _span, before in stood} - {None}
    known = set(Import.objects.filter(brand=brand, pk__in=files).values_list("pk", flat=True)) if files else set()
    return [
        (
            brand.pk, channel, None, "", name, span.start, span.end, Decimal(before["value"]), before["currency"],
            before["source"] if before["source"] in known else None, before["table"], before["line"], before["by"], False,
        )
        for name, span, before in stood
    ]  # fmt: skip
