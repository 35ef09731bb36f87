"""One measure in one ledger over one span: flows add up, a stock takes its last figure, people are never added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from metrics.periods import Span
from metrics.totals.exact import added
from metrics.totals.figures import Figure, Source
from metrics.totals.records import Cell, LongFigure, Measured

Reported = TypeVar("Reported", Cell, LongFigure)


def flow(book: Measured, measure: str, span: Span, pieces: range, source: Source, currency: str) -> Figure:
    """What was reported for exactly the span, else the sum of its days and of longer figures between them."""
    whole = next((figure for figure in book.long if figure.span == span), None)
    if whole:
        return Figure(
            measure, whole.value, source,
            currency=whole.currency, first=span.start, last=span.end, days=span.days, in_one=True,
        )  # fmt: skip
    cells = _in_one_currency(_cells(book, pieces), currency)
    days = [Span(cell.first, cell.last) for cell in cells]
    long = _apart(_in_one_currency([figure for figure in book.long if span.covers(figure.span)], currency), days)
    if not cells and not long:
        return Figure(measure)
    covered = days + [figure.span for figure in long]
    return Figure(
        measure,
        added(part.value for part in (*cells, *long)),
        source,
        currency=(cells or long)[0].currency,
        first=min(part.start for part in covered),
        last=max(part.end for part in covered),
        days=sum(cell.days for cell in cells) + sum(figure.span.days for figure in long),
    )


def of_people(book: Measured, measure: str, span: Span, pieces: range, source: Source, *, adds_nothing: bool = False) -> Figure:
    """A count of distinct people: only as reported for exactly the span. Beside it the sum, in which people repeat.

    With `adds_nothing`, for figures of posts, also that of a single day is a sum.
    """
    whole = next((figure for figure in book.long if figure.span == span), None)
    cells = _cells(book, pieces)
    repeats = added(cell.value for cell in cells) if cells else None
    value = whole.value if whole else None
    if value is None and cells and span.days == 1 and not adds_nothing:
        value = repeats
    return Figure(
        measure,
        value,
        source if value is not None or repeats is not None else None,
        with_repeats=repeats,
        first=span.start if whole else min((cell.first for cell in cells), default=None),
        last=span.end if whole else max((cell.last for cell in cells), default=None),
        days=span.days if whole else sum(cell.days for cell in cells),
        in_one=whole is not None,
    )


def closing(book: Measured, measure: str, pieces: range, source: Source) -> Figure:
    """A stock: its last figure within the span."""
    found = [book.last[piece] for piece in pieces if piece in book.last]
    return _stock(measure, found[-1], source) if found else Figure(measure)


def opening(book: Measured, measure: str, pieces: range, source: Source) -> Figure:
    """A stock: its last figure before the span begins."""
    before = [piece for piece in book.last if piece < pieces.start]
    return _stock(measure, book.last[max(before)], source) if before else Figure(measure)


def _stock(measure: str, cell: Cell, source: Source) -> Figure:
    return Figure(measure, cell.value, source, currency=cell.currency, first=cell.first, last=cell.last, days=cell.days)


def _cells(book: Measured, pieces: range) -> list[Cell]:
    return [cell for piece in pieces for cell in book.daily.get(piece, ())]


def _in_one_currency(reported: list[Reported], preferred: str) -> list[Reported]:
    """Money of one currency only: the brand's where there is any, else the first found."""
    currencies = {figure.currency for figure in reported}
    if len(currencies) < 2:
        return reported
    kept = preferred if preferred in currencies else min(currencies)
    return [figure for figure in reported if figure.currency == kept]


def _apart(figures: Iterable[LongFigure], taken: list[Span]) -> list[LongFigure]:
    """Figures of several days that repeat neither the days already counted nor each other, the longest first."""
    kept: list[LongFigure] = []
    for figure in sorted(figures, key=lambda figure: (-figure.span.days, figure.span.start)):
        others = [other.span for other in kept] + ([] if figure.stands_apart else taken)
        if not any(figure.span.overlaps(span) for span in others):
            kept.append(figure)
    return kept
