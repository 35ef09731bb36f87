"""What is stored of a KPI: its status, the rounded value, the exact one and the inputs, from the totals of a scope and span.

All of it is text, as the database writes it: so it is compared and copied without a number or a document being made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Any, NamedTuple

from metrics.kpi.catalog import KPIS
from metrics.kpi.results import Status
from metrics.models import KpiValue
from metrics.totals import Totals
from metrics.totals.shapes import Program, Shapes
from metrics.totals.summed import MILLION

LONGEST_EXACT = 200
BIGGEST_VALUE = 10**26
PLACES: int = KpiValue._meta.get_field("value").decimal_places
_OK, _INVALID = Status.OK.value, Status.INVALID_INPUT.value
_MISSING, _ZERO = Status.MISSING_INPUT.value, Status.ZERO_DENOMINATOR.value

Said = tuple[str, str | None, str, str]
"""Status, value, exact value, inputs: as the columns of a stored value."""

Pair = tuple[int, int]


class Line(NamedTuple):
    """A KPI whose inputs are sums of a program: `document` is the JSON of the inputs, with places for the sums' texts."""

    kpi: str
    document: str
    numbers: tuple[int | None, ...]  # in the order of the document
    known: tuple[tuple[str, int], ...]  # the same with names, where none is missing
    quick: Callable[[Mapping[str, Pair]], Pair | None] | None
    currencies: dict[str, str]
    scale: int


def values(shapes: Shapes, found: Totals) -> Iterator[tuple[str, Said]]:
    """Each KPI of which at least one input was measured."""
    known = shapes.program_of(found)
    if known is None:
        yield from one_by_one(found, KPIS)
        return
    program, numbers = known
    yield from _put_in(program, numbers)
    if program.apart:
        yield from one_by_one(found, program.apart)


def one_by_one(found: Totals, kpis: Iterable[str]) -> Iterator[tuple[str, Said]]:
    """As pages work them out."""
    for kpi in kpis:
        if not found.may_know(kpi):
            continue
        inputs = found.inputs(kpi)
        if all(figure.value is None for figure in inputs.values()):
            continue
        figures = {name: None if figure.value is None else str(figure.value) for name, figure in inputs.items()}
        result = found.result(kpi)
        yield kpi, _answer(result.status.value, result.exact, KPIS[kpi].unit.scale, document(figures))


def document(figures: Mapping[str, str | None]) -> str:
    """The inputs as PostgreSQL writes them: by the length of the name, then by its letters."""
    return json.dumps(dict(sorted(figures.items(), key=lambda item: (len(item[0]), item[0]))))


def decimal(value: Decimal | None) -> str | None:
    """A stored value as it is told here."""
    return None if value is None else f"{value:.{PLACES}f}"


def _put_in(program: Program, numbers: list[Any]) -> Iterator[tuple[str, Said]]:
    exact = [_exact(constant, terms, numbers) for constant, terms in program.sums]
    texts = [f'"{top}"' if bottom == 1 else f'"{top}/{bottom}"' for top, bottom in exact]
    if program.lines is None:
        program.lines = [_line(*kpi) for kpi in program.kpis]
    for kpi, inputs, places, known, quick, currencies, scale in program.lines:
        figures = inputs % tuple([texts[place] for place in places if place is not None])
        if len(known) < len(places):
            yield kpi, (_MISSING, None, "", figures)
            continue
        pairs = {name: exact[number] for name, number in known}
        pair = quick(pairs) if quick else None
        if pair is not None:
            yield kpi, _told(pair, scale, figures) if pair[1] else (_ZERO, None, "", figures)
        else:
            result = KPIS[kpi].calculate({name: Fraction(*figure) for name, figure in pairs.items()}, currencies)
            yield kpi, _answer(result.status.value, result.exact, scale, figures)


def _line(kpi: str, inputs: list[tuple[str, int | None]], currencies: dict[str, str]) -> Line:
    declared, numbers = KPIS[kpi], dict(inputs)
    # In the order of the document.
    names = list(json.loads(document(dict.fromkeys(numbers))))
    written = ", ".join(f'"{name}": {"null" if numbers[name] is None else "%s"}' for name in names)
    known = tuple((name, number) for name, number in inputs if number is not None)
    quick = declared.of_pairs() if len(set(currencies.values())) < 2 else None
    return Line(kpi, f"{{{written}}}", tuple(numbers[name] for name in names), known, quick, currencies, declared.unit.scale)


def _exact(constant: Any, terms: list[tuple[Any, int]], numbers: list[Any]) -> Pair:
    """The sum as a reduced fraction. In millionths, it nearly always is a whole number."""
    total = constant
    for times, number in terms:
        total += times * numbers[number]
    if type(total) is int and not total % MILLION:
        return total // MILLION, 1
    return Fraction(total, MILLION).as_integer_ratio()


def _answer(status: str, exact: Fraction | None, scale: int, figures: str) -> Said:
    return (status, None, "", figures) if exact is None else _told(exact.as_integer_ratio(), scale, figures)


def _told(pair: Pair, scale: int, figures: str) -> Said:
    """Rounded once, ties away from zero, on whole numbers: as `Unit.round` does. The bottom is above zero."""
    top, bottom = pair
    whole, rest = divmod(abs(top) * 10**scale, bottom)
    if 2 * rest >= bottom:
        whole += 1
    if whole >= BIGGEST_VALUE * 10**scale:
        return _INVALID, None, "", figures
    digits = str(whole * 10 ** (PLACES - scale)).zfill(PLACES + 1)
    sign = "-" if top < 0 and whole else ""
    common = gcd(top, bottom)
    exact = str(top // common) if common == bottom else f"{top // common}/{bottom // common}"
    return _OK, f"{sign}{digits[:-PLACES]}.{digits[-PLACES:]}", exact if len(exact) <= LONGEST_EXACT else "", figures
