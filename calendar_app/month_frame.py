"""What frames a month besides its posts: campaigns, key dates and the slots of its plans, asked in one query.

The month has a dozen queries and no more. These tables, read as rows of JSON and joined, are one of them.
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

SLOT = {"weekday": F("weekday"), "kind": F("kind"), "start": F("plan__start"), "end": F("plan__end")}


@dataclass(frozen=True)
class MonthFrame:
    campaigns: list[Campaign]  # all of the brand: the filter offers them
    marks: dict[date, list[Mark]]  # by each day shown
    reserve: Reserve | None  # of the month
    dates_ahead: list[Mark]  # what comes near with nothing planned, in the month of today


def month_frame(brand: Brand, month: Month) -> MonthFrame:
    first, last = month.shown()
    today = brand.today()
    is_current = Month.of(today) == month
    # What comes near may lie beyond the days shown.
    until = max(last, today + key_dates.AHEAD) if is_current else last
    found = _found(brand, month, until, today if is_current else None)
    campaigns = sorted((Campaign(brand=brand, **row) for row in found["campaign"]), key=lambda row: (row.start, row.pk))
    written = [_key_date(row) for row in sorted(found["date"], key=lambda row: (row["start"], row["pk"]))]
    marks = key_dates.marks_of(brand, written, first, until)
    busy = [row["day"] for row in found["busy"]]
    passed = [(row["day"], row["name"]) for row in found["passed"]]
    return MonthFrame(
        campaigns,
        key_dates.by_day(marks, first, last),
        free_slots.reserve_of(
            ((row["weekday"], row["kind"], row["start"], row["end"]) for row in found["slot"]), month.first, month.last
        ),
        key_dates.waiting_of(marks, today, busy, passed) if is_current else [],
    )


def _found(brand: Brand, month: Month, until: date, today: date | None) -> dict[str, list[dict[str, Any]]]:
    """The rows of each source, by its name; with `today`, those that tell what comes near."""
    dates = key_dates.rows_between(brand, month.shown()[0], until)
    parts = [
        _part("campaign", brand.campaigns.all(), pk=F("pk"), name=F("name"), start=F("start"), end=F("end")),
        _part("date", dates, **{name: F(name) for name in key_dates.COLUMNS}),
        _part("slot", free_slots.slots_between(brand, month.first, month.last), **SLOT),
    ]
    if today:
        parts += [
            _part("busy", key_dates.days_with_posts(brand, today), day=F("day")),
            _part("passed", key_dates.passed_over(brand, today), day=F("day"), name=F("name")),
        ]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in parts[0].union(*parts[1:], all=True):
        found[name].append(_with_days(json.loads(row) if isinstance(row, str) else row))
    return found


def _part(source: str, rows: QuerySet, /, **columns: object) -> QuerySet:
    rows = rows.order_by().annotate(source_name=Value(source), source_row=JSONObject(**columns))
    return rows.values_list("source_name", "source_row")


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) for name in ("start", "end", "day") if row.get(name)}


def _key_date(row: dict[str, Any]) -> KeyDate:
    # What one database nests as JSON, another hands over as its text; and its booleans as numbers.
    names = json.loads(row["names"]) if isinstance(row["names"], str) else row["names"]
    return KeyDate(**row | {"names": names, "repeats_yearly": bool(row["repeats_yearly"])})
