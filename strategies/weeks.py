"""Weeks of a plan: each begins on its Monday. Pure: dates in, dates out."""

from collections.abc import Iterator
from datetime import date, timedelta


def monday(day: date) -> date:
    """The first day of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> Iterator[date]:
    """The Mondays of all weeks that have a day from `first` to `last`."""
    week = monday(first)
    while week <= last:
        yield week
        week += timedelta(days=7)
