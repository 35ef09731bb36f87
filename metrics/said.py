"""What is stored of a KPI: its status, the rounded value, the exact one and the inputs, from the totals of a scope and span."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from metrics.kpi.catalog import KPIS
from metrics.kpi.results import Result, Status
from metrics.totals import Totals
from metrics.totals.shapes import MILLION, Program, Shapes

LONGEST_EXACT = 200
BIGGEST_VALUE = Decimal(10) ** 26
_MISSING = Status.MISSING_INPUT.value

Said = tuple[str, Decimal | None, str, dict[str, str | None]]
"""Status, value, exact value, inputs: as the columns of a stored value."""


def values(shapes: Shapes, found: Totals) -> Iterator[tuple[str, Said]]:
    """Each KPI of which at least one input was measured."""
    known = shapes.program_of(found)
    if known is None:
        yield from one_by_one(found, KPIS)
        return
    program, numbers = known
    yield from _put_in(program, numbers)
    yield from one_by_one(found, program.apart)


def one_by_one(found: Totals, kpis) -> Iterator[tuple[str, Said]]:
    """As pages work them out."""
    for kpi in kpis:
        if not found.may_know(kpi):
            continue
        inputs = found.inputs(kpi)
        if all(figure.value is None for figure in inputs.values()):
            continue
        figures = {name: None if figure.value is None else str(figure.value) for name, figure in inputs.items()}
        yield kpi, (*_answer(kpi, found.result(kpi)), figures)


def _put_in(program: Program, numbers: list[Any]) -> Iterator[tuple[str, Said]]:
    exact = [_exact(constant, terms, numbers) for constant, terms in program.sums]
    texts = [str(top) if bottom == 1 else f"{top}/{bottom}" for top, bottom in exact]
    for kpi, inputs, currencies in program.kpis:
        figures = {name: None if number is None else texts[number] for name, number in inputs}
        if None in figures.values():
            yield kpi, (_MISSING, None, "", figures)
            continue
        known = {name: exact[number] for name, number in inputs}
        value = KPIS[kpi].of_pairs(known) if len(set(currencies.values())) < 2 else None
        if value is None:
            known = {name: Fraction(*pair) for name, pair in known.items()}
            yield kpi, (*_answer(kpi, KPIS[kpi].calculate(known, currencies)), figures)
        else:
            yield kpi, (*_answer(kpi, Result(value)), figures)


def _exact(constant: Any, terms: list[tuple[Any, int]], numbers: list[Any]) -> tuple[int, int]:
    """The sum as a reduced fraction. In millionths, it nearly always is a whole number."""
    total = constant
    for times, number in terms:
        total += times * numbers[number]
    if type(total) is int and not total % MILLION:
        return total // MILLION, 1
    return Fraction(total, MILLION).as_integer_ratio()


def _answer(kpi: str, result: Result) -> tuple[str, Decimal | None, str]:
    value = result.rounded(KPIS[kpi].unit)
    if value is not None and abs(value) >= BIGGEST_VALUE:
        return Status.INVALID_INPUT.value, None, ""
    exact = _text(result.exact)
    return result.status.value, value, exact if len(exact) <= LONGEST_EXACT else ""


def _text(exact: Fraction | None) -> str:
    return "" if exact is None else str(exact)
