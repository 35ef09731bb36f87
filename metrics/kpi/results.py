"""What an arithmetic act answers: an exact figure, or a status that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .measures import spoken
from .terms import Label, Unit

Number = int | str | Decimal | Fraction
"""What may be handed in as a figure. Not float: it has lost the digits that were written."""

Figures = Mapping[str, Number | None]
"""Figures by the name of their measure; None, absent or an empty string is a missing figure."""

LONGEST_NUMBER = 100
_WRITTEN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)


class NotANumber(ValueError):
    """A figure that cannot be read as a number. It is a mistake of the caller, not a status."""


class Status(StrEnum):
    """The four answers. Spelt as they are stored and printed."""

    OK = "ok"
    ZERO_DENOMINATOR = "ZERO_DENOMINATOR"
    MISSING_INPUT = "MISSING_INPUT"
    INVALID_INPUT = "INVALID_INPUT"

    @property
    def label(self) -> Label:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.OK: Label("Calculated", "Hisoblandi", "Рассчитано"),
    Status.ZERO_DENOMINATOR: Label(
        "Cannot be calculated: the denominator is zero",
        "Hisoblab boʻlmaydi: maxraj nol",
        "Рассчитать нельзя: знаменатель равен нулю",
    ),
    Status.MISSING_INPUT: Label("Not enough data", "Maʼlumot yetarli emas", "Недостаточно данных"),
    Status.INVALID_INPUT: Label(
        "The figures contradict each other or are impossible",
        "Maʼlumot notoʻgʻri",
        "Данные противоречат друг другу или невозможны",
    ),
}


class Problem(StrEnum):
    """Why a result has no figure; the result's `names` tell which inputs it is about."""

    MISSING = "missing"  # names: the inputs without a figure
    NEGATIVE = "negative"  # names: inputs below zero that cannot be
    OUT_OF_RANGE = "out_of_range"  # names: inputs above what is possible (a score over 1)
    MIXED_CURRENCIES = "mixed_currencies"  # names: the money inputs
    NOT_ADDITIVE = "not_additive"  # names: inputs that count people and were to be added
    UNEQUAL_LENGTH = "unequal_length"  # names: the two lists that should pair
    ZERO_DENOMINATOR = "zero_denominator"  # names: the inputs of the denominator
    PART_OVER_WHOLE = "part_over_whole"  # names: the parts, then the whole

    @property
    def status(self) -> Status:
        if self is Problem.MISSING:
            return Status.MISSING_INPUT
        return Status.ZERO_DENOMINATOR if self is Problem.ZERO_DENOMINATOR else Status.INVALID_INPUT

    @property
    def text(self) -> Label:
        """A sentence with places for {names}, or for {parts} and {whole}."""
        return _PROBLEM_TEXTS[self]


_PROBLEM_TEXTS = {
    Problem.MISSING: Label("Not recorded: {names}.", "Kiritilmagan: {names}.", "Не внесены данные: {names}."),
    Problem.NEGATIVE: Label(
        "Below zero, which cannot be: {names}.",
        "Noldan kichik boʻlishi mumkin emas: {names}.",
        "Значение не может быть меньше нуля: {names}.",
    ),
    Problem.OUT_OF_RANGE: Label(
        "Out of the possible range: {names}.",
        "Mumkin boʻlgan oraliqdan tashqarida: {names}.",
        "За пределами возможного: {names}.",
    ),
    Problem.MIXED_CURRENCIES: Label(
        "In different currencies: {names}.", "Turli valyutalarda: {names}.", "В разных валютах: {names}."
    ),
    Problem.NOT_ADDITIVE: Label(
        "Counts of people, who may be the same ones, do not add up: {names}.",
        "Odamlar soni qoʻshilmaydi, chunki ular takrorlanishi mumkin: {names}.",
        "Число людей не складывается, потому что они могут повторяться: {names}.",
    ),
    Problem.UNEQUAL_LENGTH: Label(
        "Not for the same number of weeks: {names}.", "Haftalar soni teng emas: {names}.", "Число недель не совпадает: {names}."
    ),
    Problem.ZERO_DENOMINATOR: Label(
        "The denominator is zero: {names}.", "Maxraj nol: {names}.", "Знаменатель равен нулю: {names}."
    ),
    Problem.PART_OVER_WHOLE: Label(
        "More than the whole: {parts} against {whole}.",
        "Qism butundan katta: {parts}, butun – {whole}.",
        "Часть больше целого: {parts}; целое: {whole}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Result:
    """An exact figure, or the problem that stands in its way with the inputs it concerns."""

    exact: Fraction | None
    problem: Problem | None = None
    names: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        return self.problem.status if self.problem else Status.OK

    @property
    def ok(self) -> bool:
        return self.problem is None

    @classmethod
    def refused(cls, problem: Problem, *names: str) -> Result:
        return cls(None, problem, names)

    def in_words(self, language: str | None = "en") -> str:
        """Why there is no figure, with the labels of the measures; empty where there is one."""
        if self.problem is None:
            return ""
        names = [spoken(name, language) for name in self.names]
        return self.problem.text.in_language(language).format(
            names=", ".join(names), parts=", ".join(names[:-1]), whole="".join(names[-1:])
        )

    def rounded(self, unit: Unit) -> Decimal | None:
        """The figure as it is shown, rounded once; None unless the status is ok."""
        return None if self.exact is None else unit.round(self.exact)


def number(value: Number | None) -> Fraction | None:
    """The exact number, or None for a missing one (None or blank text). Raises NotANumber.

    Text is ASCII digits with an optional point, sign and short exponent: a comma or a space may part thousands or
    decimals depending on who wrote it, so neither is guessed at.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise NotANumber(f"{value!r} is not a number")
    return Fraction(value) if isinstance(value, int) else _read(str(value).strip())


def _read(text: str) -> Fraction:
    if len(text) > LONGEST_NUMBER or not _WRITTEN_NUMBER.fullmatch(text):
        raise NotANumber(f"“{text[:40]}” is not a number")
    return Fraction(text)


def numbers(figures: Figures, names: tuple[str, ...]) -> dict[str, Fraction | None]:
    """The named figures as exact numbers, in the order of `names`. Raises NotANumber with the name in it."""
    found: dict[str, Fraction | None] = {}
    for name in names:
        try:
            found[name] = number(figures.get(name))
        except NotANumber as error:
            raise NotANumber(f"{name}: {error}") from None
    return found
