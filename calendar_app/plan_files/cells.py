"""What may stand in a cell, and how days and times are written in one. Pure."""

import re
from datetime import date, datetime, time

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n?|[\x0b\x0c]")
_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.(\d{1,6}))?)?\s*([AaPp])?\.?[Mm]?\.?")


class Unclear(ValueError):
    """A day such as 03/04/2027, where nobody said which number is the month."""


def clean(text: str) -> str:
    """Text without what neither a table nor the database can hold; every line break is one character."""
    return _FORBIDDEN.sub("", _BREAK.sub("\n", text))


def day_numbers(text: str) -> tuple[int, int] | None:
    """The first two numbers of a day written with slashes or dashes and the year last, which alone can be unclear."""
    found = _DAY.fullmatch(text.strip())
    if found is None or found[2] == "." or len(found[1]) > 2:
        return None
    return int(found[1]), int(found[3])


def read_day(text: str, order: str = "") -> date:
    """2027-03-04, 2027/03/04, 04.03.2027, and with slashes by `order` ("dmy", "mdy"); ValueError for anything else."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    first, mark, second, third = found[1], found[2], found[3], found[4]
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    year = int(third) if len(third) == 4 else 2000 + int(third)
    if len(third) not in (2, 4):
        raise ValueError(text)
    if mark == ".":
        order = "dmy"
    numbers = (int(first), int(second))
    if order not in ("dmy", "mdy"):
        order = sure_order([numbers])
    day, month = numbers if order == "dmy" else numbers[::-1]
    return date(year, month, day)


def sure_order(pairs: list[tuple[int, int]]) -> str:
    """The order that the numbers allow; Unclear where they allow both, or where one speaks for each."""
    month = 12
    day_first = any(first > month for first, _second in pairs)
    month_first = any(second > month for _first, second in pairs)
    if day_first == month_first:
        raise Unclear
    return "dmy" if day_first else "mdy"


def read_clock(text: str) -> time:
    """10:30, 10:30:05, 9.30, 10:30 PM; ValueError for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, half = int(found[1]), (found[5] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0), int((found[4] or "0").ljust(6, "0")))


def split_moment(text: str) -> tuple[str, str]:
    """A day and a time that stand in one cell: "03/04/2027 10:30", "2027-03-04T10:30"."""
    text = text.strip()
    if "T" in text[8:12]:
        text = text.replace("T", " ", 1)
    day, _space, clock = text.partition(" ")
    return day.rstrip(","), clock.strip()


def shown_clock(at: datetime) -> str:
    """The shortest way to write a time that loses nothing."""
    if at.microsecond:
        return f"{at:%H:%M:%S.%f}"
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def shown_offset(at: datetime) -> str:
    """How far the clock is ahead of UTC, in a word that no spreadsheet takes for a sum: UTC+05:00."""
    return f"UTC{at.isoformat()[-6:]}"
