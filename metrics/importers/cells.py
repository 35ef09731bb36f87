"""One cell: a number, a day, a moment; or the code of the reason why it is none of them.

Nothing is guessed. What can be read two ways, what a spreadsheet has rounded or turned into a date, is refused
with its own reason; what a platform writes for "no figure" is None, which is not zero.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .words import MONTHS

MISSING = frozenset(
    {"", "-", "--", "---", "–", "—", "n/a", "#n/a", "na", "nan", "nd", "null", "none", "undefined", "not available"}
)
TOTALS = frozenset(
    {
        "total",
        "totals",
        "grand total",
        "sum",
        "total geral",
        "total general",
        "totales",
        "totaux",
        "totale",
        "toplam",
        "genel toplam",
    }
    | {
        "gesamt",
        "gesamtwert",
        "insgesamt",
        "summe",
        "всего",
        "итого",
        "итог",
        "итоговое значение",
        "общий итог",
        "jami",
        "umumiy",
    }
    | {"жами"}
)
FIRST_YEAR, LAST_YEAR = 2000, 2100
BIGGEST = 10**15
_LONGEST_NUMBER = 40
_LONGEST_DATE = 60
# Cells repeat: days in every row of a long table, words in every column of them. Only short ones are kept.
_REMEMBERED = 8192

# What nearly all figures look like. Three places after the point are left to the careful way: they can be thousands.
_SIMPLE = re.compile(r"[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4,6}))?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]+[.,][0-9]+")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?")
_DOTTED_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?")
_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}")
_SHORTENED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?\s?(?:[kmbкм]|тыс\.?|млн\.?|ming|mln)", re.IGNORECASE)
_PERCENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?\s?%")
_WHOLE_DATE = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})(?: .*)?"
)
_DAY_AND_MONTH = re.compile(r"[0-9]{1,4}[.\- ]?[^\W\d_]{3,9}\.?|[^\W\d_]{3,9}[.\- ][0-9]{1,4}")

_CLOCK = r"(?:[T ,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?\s?(?P<half>[ap]m)?)?"
_ZONE = r"\s*(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
_DATES = tuple(
    re.compile(day + _CLOCK + _ZONE, re.IGNORECASE)
    for day in (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
        r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
        r"(?P<first>[0-9]{1,2})(?P<mark>[/-])(?P<second_part>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})",
        r"(?:[^\W\d_]{2,12}\.?,? )?(?P<name>[^\W\d_]{3,12})\.? (?P<day>[0-9]{1,2})(?:,? (?P<year>[0-9]{4}))?",
        r"(?:[^\W\d_]{2,12}\.?,? )?(?P<day>[0-9]{1,2})(?:\.|er|o|°)?[- ](?:de )?(?P<name>[^\W\d_]{3,12})\.?"
        r"(?:(?:-|,? )(?:de )?(?P<year>[0-9]{4}))?(?: г\.?)?",
    )
)


class CellError(ValueError):
    """A cell that cannot be taken at its word; ``code`` is a key of ``messages.ROW_ERRORS``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Moment(NamedTuple):
    """A day, and the clock time on it where the cell has one. No zone is ever applied."""

    day: date
    time: datetime | None


def tidy(text: str) -> str:
    """``text`` without the invisible: soft hyphens, zero-width and no-break spaces, doubled blanks."""
    if text.isascii():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    visible = "".join(character for character in folded if unicodedata.category(character) != "Cf")
    return " ".join(visible.split())


def is_missing(text: str) -> bool:
    """Whether a platform means "no figure" by ``text``."""
    if text.isdigit():  # by far the most cells
        return False
    return len(text) <= _LONGEST_NUMBER and _says_nothing(text)


@lru_cache(_REMEMBERED)
def _says_nothing(text: str) -> bool:
    return tidy(text).casefold() in MISSING


def is_total(text: str) -> bool:
    """Whether the first cell of a row says that the row repeats those above it."""
    return len(text) <= _LONGEST_NUMBER and tidy(text).casefold() in TOTALS


def number(text: str, *, fractions: bool = False) -> Decimal | None:
    """The exact number in ``text``, None where the platform says that it has none; else :class:`CellError`.

    ``1.234`` is a thousand to one half of the world: it is taken as a fraction only where ``fractions`` are usual, and
    ``1,234`` as a thousand only where they are not.
    """
    if _SIMPLE.fullmatch(text):
        return Decimal(text)
    cell = tidy(text)
    if cell.casefold() in MISSING:
        return None
    if len(cell) > _LONGEST_NUMBER:
        raise CellError("too_big" if _WHOLE.fullmatch(cell) else "not_a_number")
    cell = cell.replace("\u2212", "-")
    if (_COMMA_TWO_WAYS if fractions else _TWO_WAYS).fullmatch(cell):
        raise CellError("ambiguous_number")
    plain = _plain(cell)
    value = Decimal(plain)
    if abs(value) > BIGGEST:
        raise CellError("too_big")
    return value


def _plain(cell: str) -> str:
    """The cell with its grouping marks removed and a point before the fraction."""
    if _WHOLE.fullmatch(cell):
        return cell
    if _GROUPED.fullmatch(cell):
        return cell.replace(",", "")
    if _SPACED.fullmatch(cell):
        return re.sub(r"[ '’]", "", cell).replace(",", ".")
    if _DOTTED_GROUPS.fullmatch(cell):
        return cell.replace(".", "").replace(",", ".")
    if _DECIMAL.fullmatch(cell):
        return cell.replace(",", ".")
    for pattern, code in (
        (_PERCENT, "percentage"),
        (_SCIENTIFIC, "rounded_number"),
        (_SHORTENED, "abbreviated_number"),
        (_DAY_AND_MONTH, "spreadsheet_date"),
        (_WHOLE_DATE, "spreadsheet_date"),
    ):
        if pattern.fullmatch(cell):
            raise CellError(code)
    raise CellError("not_a_number")


def is_rounded_id(text: str) -> bool:
    """Whether a spreadsheet has made a floating-point number of an id (``6.49E+17``)."""
    return _SCIENTIFIC.fullmatch(text) is not None


def moment(text: str, *, order: str = "", year: int | None = None) -> Moment:
    """The day (and time) in ``text``.

    ``order`` ("mdy" or "dmy") reads dates with slashes; without it one that can be read two ways is refused.
    ``year`` completes dates that have none.
    """
    if len(text) > _LONGEST_DATE:
        raise CellError("bad_date")
    return _short_moment(text, order, year)


@lru_cache(_REMEMBERED)
def _short_moment(text: str, order: str, year: int | None) -> Moment:
    cell = tidy(text)
    for pattern in _DATES:
        if found := pattern.fullmatch(cell):
            return _moment(found.groupdict(), order, year)
    raise CellError("bad_date")


def _moment(parts: dict[str, str | None], order: str, year: int | None) -> Moment:
    day, month = _day_and_month(parts, order)
    if not parts["year"] and year is None:
        raise CellError("no_year")
    found_year = int(parts["year"] or year or 0)
    if not FIRST_YEAR <= found_year <= LAST_YEAR:
        raise CellError("bad_date")
    try:
        on = date(found_year, month, day)
        return Moment(on, _clock(on, parts) if parts["hour"] else None)
    except ValueError as error:
        raise CellError("bad_date") from error


def _day_and_month(parts: dict[str, str | None], order: str) -> tuple[int, int]:
    if name := parts.get("name"):
        month = MONTHS.get(name.casefold()[:3]) or MONTHS.get(name.casefold())
        if month is None:
            raise CellError("bad_date")
        return int(parts["day"] or 0), month
    if parts.get("first") is None:
        return int(parts["day"] or 0), int(parts["month"] or 0)
    first, second = int(parts["first"] or 0), int(parts["second_part"] or 0)
    order = order or order_of(first, second)
    if not order:
        raise CellError("ambiguous_date")
    return (second, first) if order == "mdy" else (first, second)


def order_of(first: int, second: int) -> str:
    """What two numbers tell about their order: "dmy", "mdy" or "" (both can be a month)."""
    if first == second:
        return "dmy"
    if first > 12:
        return "dmy"
    return "mdy" if second > 12 else ""


def _clock(on: date, parts: dict[str, str | None]) -> datetime:
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].casefold() == "pm" else 0)
    return datetime.combine(on, clock(hour, int(parts["minute"] or 0), int(parts["second"] or 0)))


def slashed(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date written with slashes, or None for any other text."""
    found = _DATES[3].fullmatch(tidy(text)) if len(text) <= _LONGEST_DATE else None
    return (int(found["first"]), int(found["second_part"])) if found else None
