"""The years of dates that have none ("April 12").

A file of one year or less says in which order its days come, so that one year is enough to complete them all: that of
its earliest day. Days go on over New Year; February 29 is there only where the year has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from .cells import CellError, moment
from .glued import rereadable
from .recognition import ReadOptions, Recognition
from .tables import Sheet
from .written_otherwise import Rewritten

_LEAP = 2000
_HALF = 183
_YEAR = 366
_LONGEST = 60
_MOST_DAYS = 20_000

Day = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Course:
    """How the days of a file run: over how many New Years, and what they say of February 29.

    ``end`` is the last day, ``offset`` its distance from the year of the first, ``leaps`` the years (counted from the first
    one) that have a February 29, ``skips`` those in which the day after February 28 is March 1.
    """

    first: Day
    end: Day
    offset: int
    leaps: frozenset[int]
    skips: frozenset[int]
    offsets: tuple[int, ...]

    def begins(self, year: int, until: date | None) -> int:
        """The year of the first day, told ``year``: it is that one, unless only ``year`` as that of the last day can be."""
        ends = year - self.offset
        return ends if not self.fits(year, until) and self.fits(ends, until) else year

    def fits(self, begins: int, until: date | None) -> bool:
        possible = all(_is_leap(begins + offset) for offset in self.leaps)
        whole = not any(_is_leap(begins + offset) for offset in self.skips)
        return possible and whole and (until is None or _before(self.end, begins + self.offset, until))


def course(days: Iterable[Day]) -> Course | None:
    """The course of days in the order of the file, up or down; None where there are none, or it is longer than a year."""
    places: list[int] = []
    offsets: list[int] = []
    found: list[Day] = []
    before, offset = 0, 0
    for month, day in days:
        here = date(_LEAP, month, day).timetuple().tm_yday
        step = (here - before) % _YEAR
        if found and step <= _HALF and here < before:
            offset += 1
        elif found and step > _HALF and here > before:
            offset -= 1
        before = here
        places.append(offset * _YEAR + here)
        offsets.append(offset)
        found.append((month, day))
        if abs(places[0] - here - offset * _YEAR) > _YEAR or len(places) > _MOST_DAYS:
            return None
    if not found or max(places) - min(places) > _YEAR:
        return None
    lowest = min(offsets)
    counted = tuple(each - lowest for each in offsets)
    last = places.index(max(places))
    return Course(
        first=found[places.index(min(places))],
        end=found[last],
        offset=counted[last],
        leaps=frozenset(number for number, day in zip(counted, found, strict=True) if day == (2, 29)),
        skips=_skips(counted, found),
        offsets=counted,
    )


def _skips(offsets: tuple[int, ...], days: list[Day]) -> frozenset[int]:
    beside = zip(days, days[1:], offsets[1:], strict=False)
    return frozenset(number for one, two, number in beside if {one, two} == {(2, 28), (3, 1)})


def day_of(text: str) -> Day | None:
    """Month and day of a date without a year, None for anything else."""
    if len(text) > _LONGEST:
        return None
    try:
        moment(text)
    except CellError as error:
        if error.code != "no_year":
            return None
        try:
            full = moment(text, year=_LEAP).day
        except CellError:
            return None
        return full.month, full.day
    return None


def latest(day: Day, until: date) -> date | None:
    """The last ``day`` that is not after ``until``."""
    for year in range(until.year, until.year - 9, -1):
        if (found := _in_year(day, year)) and found <= until:
            return found
    return None


def nearest(day: Day, to: date) -> date | None:
    """``to`` itself or a day beside it, where that is ``day``: clocks of the world are a day apart at most."""
    beside = (to + timedelta(days=distance) for distance in (0, -1, 1))
    return next((each for each in beside if (each.month, each.day) == day), None)


def earliest(texts: list[str]) -> str:
    """Of dates without a year, in the order of their file, the one that comes first."""
    found = [(text, day) for text in texts if (day := day_of(text))]
    run = course(day for _text, day in found)
    return next((text for text, day in found if run and day == run.first), found[0][0] if found else "")


def days_in(sheet: Sheet, table: Recognition) -> dict[int, Day]:
    """The days of a table's rows that have no year, by line."""
    index = next((column.index for column in table.columns if column.role == "date"), None)
    if index is None:
        return {}
    found = ((record.line, day_of(record.cell(index))) for record in sheet.records() if record.line > table.header_line)
    return {line: day for line, day in islice(found, _MOST_DAYS + 1) if day}


def completed(sheet: Sheet, table: Recognition, options: ReadOptions) -> Sheet:
    """The table with the year in each of its days, if somebody told one. February 29 of a year without one stays no date.

    Days that make no sense as one course of a year are left alone: in a table of several channels one year follows another.
    """
    if options.year is None:
        return sheet
    sheet = rereadable(sheet)
    days = days_in(sheet, table)
    if not days:
        return sheet
    run = course(days.values())
    if run is None:
        return sheet
    begins = run.begins(options.year, options.until)
    rows = zip(days.items(), run.offsets, strict=True)
    full = {line: f"{begins + offset}-{month:02}-{day:02}" for (line, (month, day)), offset in rows}
    index = next(column.index for column in table.columns if column.role == "date")
    return Rewritten(sheet, {index: lambda cell, record: full.get(record.line, cell)}, table.header_line)


def _in_year(day: Day, year: int) -> date | None:
    try:
        return date(year, *day)
    except ValueError:
        return None


def _is_leap(year: int) -> bool:
    return _in_year((2, 29), year) is not None


def _before(day: Day, year: int, until: date) -> bool:
    found = _in_year(day, year)
    return found is None or found <= until + timedelta(days=1)
