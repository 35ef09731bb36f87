"""Measures in one line each: what the declarations are written with."""

from __future__ import annotations

from fractions import Fraction

from .measure import Family, Join, Measure
from .prepared import Prepared
from .terms import Label, Unit


def count(name: str, en: str, uz: str, ru: str, family: Family, stand_in: str = "") -> Measure:
    return Measure(name, Label(en, uz, ru), family, stand_in=stand_in)


def people(name: str, en: str, uz: str, ru: str, family: Family = Family.AUDIENCE) -> Measure:
    return Measure(name, Label(en, uz, ru), family, join=Join.NEVER)


def time(name: str, en: str, uz: str, ru: str, family: Family, unit: Unit = Unit.SECONDS) -> Measure:
    return Measure(name, Label(en, uz, ru), family, unit)


def money(name: str, en: str, uz: str, ru: str, prepared: Prepared | None = None, *, recorded: bool = False) -> Measure:
    ways = (prepared,) if prepared else ()
    return Measure(name, Label(en, uz, ru), Family.MONEY, Unit.MONEY, prepared=ways, recorded=recorded)


def score(name: str, en: str, uz: str, ru: str) -> Measure:
    return Measure(name, Label(en, uz, ru), Family.BRAND, Unit.SCORE, Join.LAST, highest=Fraction(1))


def prepared(
    name: str, en: str, uz: str, ru: str, family: Family, *ways: Prepared, unit: Unit = Unit.COUNT, join: Join = Join.UP
) -> Measure:
    return Measure(name, Label(en, uz, ru), family, unit, join, recorded=False, prepared=ways)


def target_field(name: str, en: str, uz: str, ru: str) -> Measure:
    """A goal may start, stand or aim below zero (a Net Promoter Score does)."""
    way = Prepared.target(name)
    return Measure(name, Label(en, uz, ru), Family.PLAN, Unit.RATIO, Join.LAST, None, recorded=False, prepared=(way,))
