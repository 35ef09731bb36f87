"""The books for whoever works out all periods at once: sums of days as whole millionths, and nothing told of the days.

Where nobody reported figures of several days, no total depends on which days a sum is of; where somebody did, these books
are read as all others are. On PostgreSQL: other databases read as usual.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from functools import cached_property

from django.db import connection

from metrics.models import Observation
from metrics.totals import reading
from metrics.totals.reading import Ledger
from metrics.totals.records import Cell, Measured, Records

# A figure has six decimal places: as whole millionths sums are exact, and fast.
MILLION = 10**6

# One row a measure, since making a row of each sum takes longer than adding it up. The piece of a day stands in a list:
# looked up, not searched. That a figure is of one day is put so that the planner does not take it for a rare thing.
_SUMS = """
SELECT channel_id, measure, subject, currency, string_agg(piece || ' ' || total, ' ')
FROM (
    SELECT channel_id, measure, subject, currency, (%s::int[])[start - %s::date + 1] AS piece, sum(value) AS total
    FROM {table}
    WHERE brand_id = %s AND publication_id IS NULL AND campaign_id IS NULL AND NOT "end" > start AND start BETWEEN %s AND %s
        AND (start >= %s OR measure = ANY(%s))
    GROUP BY 1, 2, 3, 4, 5
) AS sums
GROUP BY 1, 2, 3, 4
"""


class Summed(Measured):
    """One measure in one ledger: millionths by currency and piece of time. Cells are made of them where somebody asks."""

    def __init__(self, days: list) -> None:
        self.sums: dict[str, dict[int, int]] = {}
        self.last, self.long = {}, []
        self._days = days

    @cached_property
    def daily(self) -> dict[int, list[Cell]]:  # type: ignore[override]
        found: dict[int, list[Cell]] = defaultdict(list)
        for currency, sums in self.sums.items():
            for piece, value in sums.items():
                day = self._days[piece]
                found[piece].append(Cell(Fraction(value, MILLION), day, day, 1, currency))
        return found


class SummedRecords(Records):
    def _read_figures(self) -> None:
        if connection.vendor != "postgresql":
            super()._read_figures()
            return
        beside = list(reading.figures(self.brand, self.timeline, reading.beside_days))
        if any(row.ledger == Ledger.LONG for row in beside):
            self._keep([*reading.figures(self.brand, self.timeline, reading.days_alone), *beside])
            return
        cuts, whole = self.timeline.cuts, self.timeline.whole
        days = [whole.start, *cuts]
        self.figures = defaultdict(lambda: Summed(days))
        self._keep(beside)
        pieces = [bisect_right(cuts, whole.start + timedelta(days=number)) for number in range(whole.days)]
        table = connection.ops.quote_name(Observation._meta.db_table)
        with connection.cursor() as cursor:
            asked = [pieces, whole.start, self.brand.pk, whole.start, whole.end, self.timeline.opens, reading.GROWN_FROM]
            cursor.execute(_SUMS.format(table=table), asked)
            for channel, measure, subject, currency, told in cursor:
                self._add(self._measured(channel, measure, subject).sums.setdefault(currency, {}), told)

    def _add(self, sums: dict[int, int], told: str) -> None:
        # Every sum has six decimal places, so without the point it is in millionths.
        numbers = list(map(int, told.replace(".", "").split()))
        for piece, value in zip(numbers[::2], numbers[1::2], strict=True):
            sums[piece] = sums.get(piece, 0) + value


def sums_of(book: Measured) -> dict[str, dict[int, int]]:
    """The sums of days by currency and piece, in millionths."""
    if isinstance(book, Summed):
        return book.sums
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for piece, cells in book.daily.items():
        for cell in cells:
            found[cell.currency][piece] = found[cell.currency].get(piece, 0) + scaled(cell.value)
    return found


def scaled(value: Fraction):
    """The number in millionths: whole where it can be."""
    found = value * MILLION
    return found.numerator if found.denominator == 1 else found
