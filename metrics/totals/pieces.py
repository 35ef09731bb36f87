"""Days cut into pieces, in the database; and statements that are made once for any number of brands, days and requests.

Making a query of the ORM costs more than asking it, where it is asked often and answers little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet

from brands.models import Brand
from calendar_app import moments
from metrics.periods import DAY, Span, Timeline

# Stand in a kept statement where the brand's key and the cuts of the days go. No row has such days.
ANY_BRAND = -1
FIRST_CUT = date(1001, 1, 1)
BETWEEN_CUTS = timedelta(days=10)
STATEMENTS_KEPT = 64
_CUT = re.compile(r"'(1[0-5]\d\d-\d\d-\d\d)'")

Parts = Callable[[Brand, Timeline], Sequence[QuerySet]]


class Piece(Func):
    """The number of the piece that a row's day lies in.

    A decision tree, since a row must not try every cut; PostgreSQL has one built in. The days are written out: grouping by
    an expression must read like selecting it, which two lists of parameters do not.
    """

    arity = 1
    output_field = IntegerField()

    def __init__(self, column: str, timeline: Timeline) -> None:
        super().__init__(F(column))
        self.cuts = [f"'{cut.isoformat()}'" for cut in timeline.cuts]

    def as_sql(self, compiler, connection, **extra):
        column, params = compiler.compile(self.source_expressions[0])
        return _branch(column, self.cuts, 0), params

    def as_postgresql(self, compiler, connection, **extra):
        column, params = compiler.compile(self.source_expressions[0])
        return f"width_bucket({column}, ARRAY[{', '.join(self.cuts)}]::date[])", params


def _branch(column: str, cuts: list[str], offset: int) -> str:
    if not cuts:
        return str(offset)
    middle = len(cuts) // 2
    before, after = _branch(column, cuts[:middle], offset), _branch(column, cuts[middle + 1 :], offset + middle + 1)
    return f"CASE WHEN {column} < {cuts[middle]} THEN {before} ELSE {after} END"


def rows_of(parts: Parts, brand: Brand, timeline: Timeline) -> list[tuple[Any, ...]]:
    """The rows of all the parts as the database's driver gives them, by one query.

    The parts have equally many columns of equal kinds. They are asked for once, for a brand and days that stand in, and
    must depend on nothing but the brand's key and zone, the cuts, the day it opens with, and the moments at which the whole
    begins and ends.
    """
    cut, opens = len(timeline.cuts), timeline.cuts.index(timeline.opens)
    sql, params = _statement(parts, brand.time_zone, cut, opens, connection.vendor)
    stand_in = _stand_in(cut, opens)
    cuts = {before.isoformat(): f"'{cut.isoformat()}'" for before, cut in zip(stand_in.cuts, timeline.cuts, strict=True)}
    values = {ANY_BRAND: brand.pk, **dict(zip(_ends(stand_in, brand), _ends(timeline, brand), strict=True))}
    with connection.cursor() as cursor:
        cursor.execute(_CUT.sub(lambda found: cuts[found[1]], sql), [values.get(param, param) for param in params])
        return cursor.fetchall()


@lru_cache(maxsize=STATEMENTS_KEPT)
def _statement(parts: Parts, zone: str, cuts: int, opens: int, vendor: str) -> tuple[str, tuple[Any, ...]]:
    statements, values = [], []
    for part in parts(Brand(pk=ANY_BRAND, time_zone=zone), _stand_in(cuts, opens)):
        try:
            sql, params = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(sql)
        values += params
    return " UNION ALL ".join(statements), tuple(values)


@lru_cache(maxsize=STATEMENTS_KEPT)
def _stand_in(cuts: int, opens: int) -> Timeline:
    days = [FIRST_CUT + number * BETWEEN_CUTS for number in range(cuts)]
    spans = [Span(start, end - DAY) for start, end in pairwise(days)]
    return Timeline(spans[opens:], before=spans[:opens])


def _ends(timeline: Timeline, brand: Brand) -> list[Any]:
    """The first and last day of the whole, the one that it opens with, and its moments, as the driver takes them."""
    whole, adapt = timeline.whole, connection.ops
    return [
        *(adapt.adapt_datefield_value(day) for day in (whole.start, whole.end, timeline.opens)),
        *(adapt.adapt_datetimefield_value(moment) for moment in moments.span(whole.start, whole.end, brand.zone)),
    ]
