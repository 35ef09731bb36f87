"""Where the nightly computation of everything found other values than the increments of the day had left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from brands.models import Brand
from metrics.basis import basis_of, changed
from metrics.models import StalePeriod, Standing
from metrics.staleness import Stale
from metrics.stored import OWNERS, Stored
from metrics.stored_values import Change, Said

EXAMPLES_KEPT = 20


def without_what_changed_meanwhile(brand: Brand, items: Iterable[Stored], found: Sequence[Change], today: date) -> list[Change]:
    """The changes that no mark explains: figures that somebody changes while everything is computed are no drift."""
    if not found:
        return []
    if brand.today() != today:
        return []
    differences = changed(Standing.objects.get(brand=brand).basis, basis_of(brand))
    if differences is None:
        return []
    stale = Stale(brand, StalePeriod.objects.filter(brand=brand), differences)
    explained = {item.key for item in items if item in stale}
    return [change for change in found if (change.key[0], *change.key[2:]) not in explained]


def examples(brand: Brand, drifted: Sequence[Change]) -> list[dict[str, Any]]:
    """The first of them, as JSON: whose, which KPI, which period, what was stored and what is right."""
    found = []
    for change in drifted[:EXAMPLES_KEPT]:
        owner, kpi, period, start = change.key
        scope = next((f"{name} {pk}" for name, pk in zip(OWNERS, owner, strict=True) if pk), "brand")
        before, after = _told(change.before), _told(change.after)
        found.append({"scope": scope, "kpi": kpi, "period": period, "start": str(start), "before": before, "after": after})
    return found


def _told(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    status, value, _exact, inputs = said
    return {"status": status, "value": value, "inputs": json.loads(inputs)}
