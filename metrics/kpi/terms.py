"""The words that measures and KPIs are described with: labels, units, directions, groups."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Label:
    """One text in the languages of the product; English stands in for every other language."""

    en: str
    uz: str
    ru: str

    def in_language(self, code: str | None) -> str:
        """The text for a language code such as `uz`, `uz-latn`, `ru` or `en-gb`."""
        language = (code or "en").replace("_", "-").split("-")[0].lower()
        return {"uz": self.uz, "ru": self.ru}.get(language, self.en)

    def in_sentence(self, code: str | None) -> str:
        """The text as it reads inside a sentence: no capital, unless it begins an abbreviation or a name of several words."""
        text = self.in_language(code)
        is_name = text[1:2].isupper() or text.partition(" ")[2][:1].isupper()
        return text if is_name else text[:1].lower() + text[1:]

    def __str__(self) -> str:
        return self.en


class Unit(StrEnum):
    """What a figure is counted in. Percent is in percentage points: 24.00 means 24 %."""

    PERCENT = "percent"
    RATIO = "ratio"
    INDEX = "index"
    SCORE = "score"
    MONEY = "money"
    MINUTES = "minutes"
    SECONDS = "seconds"
    POINTS = "points"
    COUNT = "count"
    PER_POST = "per_post"
    PER_YEAR = "per_year"
    YEARS = "years"
    MULTIPLE = "multiple"

    @property
    def scale(self) -> int:
        """Decimal places that a figure of this unit is shown with."""
        return _SCALES.get(self, 2)

    @property
    def label(self) -> Label:
        return _UNIT_LABELS[self]

    @property
    def sign(self) -> str:
        """What follows the figure: `%` or `×`, else nothing (money: the currency of the rows)."""
        return {Unit.PERCENT: "%", Unit.MULTIPLE: "×"}.get(self, "")

    def round(self, exact: Fraction) -> Decimal:
        """The figure to this unit's places, ties away from zero, never a negative zero."""
        return rounded(exact, self.scale)


def rounded(exact: Fraction, places: int) -> Decimal:
    """`exact` to `places` decimal places, ROUND_HALF_UP, whatever the length of the number.

    Worked on integers: Decimal's own rounding would first cut long numbers to its precision.
    """
    whole, rest = divmod(abs(exact.numerator) * 10**places, exact.denominator)
    if 2 * rest >= exact.denominator:
        whole += 1
    sign = "-" if exact < 0 and whole > 0 else ""
    return Decimal(f"{sign}{whole}E{-places}")


_SCALES = {
    Unit.RATIO: 4,
    Unit.INDEX: 4,
    Unit.SCORE: 4,
    Unit.COUNT: 0,
    Unit.SECONDS: 0,
}

_UNIT_LABELS = {
    Unit.PERCENT: Label("per cent", "foiz", "проценты"),
    Unit.RATIO: Label("ratio", "nisbat", "отношение"),
    Unit.INDEX: Label("index from −1 to 1", "−1 dan 1 gacha indeks", "индекс от −1 до 1"),
    Unit.SCORE: Label("score from 0 to 1", "0 dan 1 gacha baho", "оценка от 0 до 1"),
    Unit.MONEY: Label("money", "pul", "деньги"),
    Unit.MINUTES: Label("minutes", "daqiqa", "мин"),
    Unit.SECONDS: Label("seconds", "soniya", "сек."),
    Unit.POINTS: Label("points", "ball", "баллы"),
    Unit.COUNT: Label("count", "soni", "количество"),
    Unit.PER_POST: Label("per post", "har bir postga", "на пост"),
    Unit.PER_YEAR: Label("per year", "yiliga", "в год"),
    Unit.YEARS: Label("years", "yil", "годы"),
    Unit.MULTIPLE: Label("times", "marta", "раз"),
}


class Direction(StrEnum):
    """Which way is better; colours, arrows and the arithmetic of goals follow it."""

    UP = "up"
    DOWN = "down"
    TARGET = "target"


class Klass(StrEnum):
    """Vanity figures show attention, behaviour figures show what it led to, control figures the plan."""

    VANITY = "vanity"
    BEHAVIOUR = "behaviour"
    CONTROL = "control"

    @property
    def label(self) -> Label:
        return _KLASS_LABELS[self]


_KLASS_LABELS = {
    Klass.VANITY: Label("Vanity metric", "Koʻrinish koʻrsatkichi", "Показатель видимости"),
    Klass.BEHAVIOUR: Label("Behaviour metric", "Xatti-harakat koʻrsatkichi", "Показатель поведения"),
    Klass.CONTROL: Label("Control metric", "Nazorat koʻrsatkichi", "Показатель контроля"),
}


class Group(StrEnum):
    """Where a KPI stands on the pages: the lecture's four objectives, then what was added to them."""

    DIALOGUE = "dialogue"
    SALES = "sales"
    ADVOCACY = "advocacy"
    SUPPORT = "support"
    ENGAGEMENT = "engagement"
    COST_RETURN = "cost_return"
    CONTROL = "control"

    @property
    def label(self) -> Label:
        return _GROUP_LABELS[self]


_GROUP_LABELS = {
    Group.DIALOGUE: Label("Dialogue", "Ijtimoiy muloqot", "Диалог"),
    Group.SALES: Label("Sales", "Savdoni oshirish", "Продажи"),
    Group.ADVOCACY: Label("Advocacy", "Brend targʻiboti", "Сторонники бренда"),
    Group.SUPPORT: Label("Support", "Isteʼmolchilarga yordam", "Поддержка клиентов"),
    Group.ENGAGEMENT: Label("Reach and engagement", "Qamrov va ishtirok", "Охват и вовлечённость"),
    Group.COST_RETURN: Label("Cost and return", "Xarajat va qaytim", "Затраты и отдача"),
    Group.CONTROL: Label("Plan and control", "Reja va nazorat", "План и контроль"),
}


class Level(StrEnum):
    """What a KPI can be worked out for."""

    POST = "post"
    CHANNEL = "channel"
    CAMPAIGN = "campaign"
    STRATEGY = "strategy"
    BRAND = "brand"
    GOAL = "goal"

    @property
    def label(self) -> Label:
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.POST: Label("a post", "post", "пост"),
    Level.CHANNEL: Label("a channel", "kanal", "канал"),
    Level.CAMPAIGN: Label("a campaign", "kampaniya", "кампания"),
    Level.STRATEGY: Label("a strategy", "strategiya", "стратегия"),
    Level.BRAND: Label("the brand", "brend", "бренд"),
    Level.GOAL: Label("a goal", "maqsad", "цель"),
}
