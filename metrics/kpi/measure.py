"""What a measure is: its unit, how its days join, and what figures are possible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .prepared import Prepared
from .terms import Label, Unit


class Join(StrEnum):
    """How the figures of several days become one figure for the span."""

    UP = "up"  # flows (likes, money): the days add up
    LAST = "last"  # stocks (followers): the last day's figure
    NEVER = "never"  # distinct people (reach): only as reported for exactly that span


class Family(StrEnum):
    """Where a measure stands in forms and lists."""

    CONTENT = "content"
    AUDIENCE = "audience"
    WEB = "web"
    SALES = "sales"
    SUPPORT = "support"
    BRAND = "brand"
    MONEY = "money"
    PLAN = "plan"

    @property
    def label(self) -> Label:
        return _FAMILY_LABELS[self]


_FAMILY_LABELS = {
    Family.CONTENT: Label("Posts and channels", "Postlar va kanallar", "Посты и каналы"),
    Family.AUDIENCE: Label("Audience", "Auditoriya", "Аудитория"),
    Family.WEB: Label("Website", "Veb-sayt", "Сайт"),
    Family.SALES: Label("Leads and sales", "Lidlar va savdo", "Лиды и продажи"),
    Family.SUPPORT: Label("Support", "Yordam xizmati", "Поддержка клиентов"),
    Family.BRAND: Label("Brand and opinions", "Brend va fikrlar", "Бренд и мнения"),
    Family.MONEY: Label("Money", "Mablagʻ", "Деньги"),
    Family.PLAN: Label("Plan", "Reja", "План"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared figure.

    `lowest` and `highest` bound what is a possible figure (None: no bound). `recorded` tells whether a person or an
    import may supply it; `prepared` lists ways to derive it, tried in order. `stand_in` names the measure that takes
    its place on platforms that do not offer it: a post "seen" is a view on one network and an impression on another.
    """

    name: str
    label: Label
    family: Family
    unit: Unit = Unit.COUNT
    join: Join = Join.UP
    lowest: Fraction | None = Fraction(0)
    highest: Fraction | None = None
    recorded: bool = True
    prepared: tuple[Prepared, ...] = ()
    stand_in: str = ""

    @property
    def is_money(self) -> bool:
        """Whether figures of this measure carry a currency."""
        return self.unit is Unit.MONEY

    @property
    def counts_people(self) -> bool:
        """Whether the same person may hide in two figures, so that they never add up."""
        return self.join is Join.NEVER

    def allows(self, figure: Fraction) -> bool:
        """Whether the figure is possible. Fractions of a count are: attribution models share a sale out."""
        above = self.lowest is None or figure >= self.lowest
        below = self.highest is None or figure <= self.highest
        return above and below
