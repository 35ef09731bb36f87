"""What frames a month besides its posts: campaigns, key dates and the slots of its plans, asked in one query.

The month has a dozen queries and no more. Three tables, read as rows of JSON and joined, are one of them.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from brands.models import Brand
from calendar_app import free_slots, key_dates
from calendar_app.free_slots import Reserve
from calendar_app.key_dates import Mark
from calendar_app.models import Campaign, KeyDate
from calendar_app.month import Month


@dataclass(frozen=True)
class MonthFrame:
    campaigns: list[Campaign]  # all of the brand: the filter offers them
    marks: dict[date, list[Mark]]  # by each day shown
    reserve: Reserve | None  # of the month


def month_frame(brand: Brand, month: Month) -> MonthFrame:
    first, last = month.shown()
    slots = free_slots.slots_between(brand, month.first, month.last)
    parts = [
        _part("campaign", brand.campaigns.all(), pk=F("pk"), name=F("name"), start=F("start"), end=F("end")),
        _part("date", key_dates.rows_between(brand, first, last), **{name: F(name) for name in key_dates.COLUMNS}),
        _part("slot", slots, weekday=F("weekday"), kind=F("kind"), start=F("plan__start"), end=F("plan__end")),
    ]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in parts[0].union(*parts[1:], all=True):
        found[name].append(_with_days(json.loads(row) if isinstance(row, str) else row))
    campaigns = sorted((Campaign(brand=brand, **row) for row in found["campaign"]), key=lambda row: (row.start, row.pk))
    written = [_key_date(row) for row in sorted(found["date"], key=lambda row: (row["start"], row["pk"]))]
    return MonthFrame(
        campaigns,
        key_dates.by_day(key_dates.marks_of(brand, written, first, last), first, last),
        free_slots.reserve_of(
            ((row["weekday"], row["kind"], row["start"], row["end"]) for row in found["slot"]), month.first, month.last
        ),
    )


def _part(source: str, rows: QuerySet, /, **columns: object) -> QuerySet:
    rows = rows.order_by().annotate(source_name=Value(source), source_row=JSONObject(**columns))
    return rows.values_list("source_name", "source_row")


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) for name in ("start", "end") if row[name]}


def _key_date(row: dict[str, Any]) -> KeyDate:
    # What one database nests as JSON, another hands over as its text; and its booleans as numbers.
    names = json.loads(row["names"]) if isinstance(row["names"], str) else row["names"]
    return KeyDate(**row | {"names": names, "repeats_yearly": bool(row["repeats_yearly"])})
