"""What may go wrong, and what is done then."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from strategies.forms.risks import RiskForm
from strategies.models import Risk
from strategies.pages.base import chosen_number
from strategies.pages.rows import MOST_ROWS, RowsPage
from strategies.usual_risks import USUAL_RISKS


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the picture: the risks of one likelihood and one effect, each with its place in the list."""

    weight: int
    risks: list[tuple[int, Risk]] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return tone_of(self.weight)


def tone_of(weight: int) -> str:
    if weight >= 6:
        return "bad"
    return "warn" if weight >= 3 else "good"


def by_weight(risks: list[Risk]) -> list[Risk]:
    """The heaviest first; of equal weight, the one with the greater effect."""
    return sorted(risks, key=lambda risk: (-risk.weight, -risk.effect, risk.position, risk.pk or 0))


def matrix(risks: list[Risk]) -> list[tuple[Risk.Level, list[Cell]]]:
    """Rows by likelihood, the likeliest first; in each, cells by effect, the smallest first."""
    numbered = list(enumerate(risks, 1))
    return [
        (
            likelihood,
            [
                Cell(likelihood * effect, [one for one in numbered if (one[1].likelihood, one[1].effect) == (likelihood, effect)])
                for effect in Risk.Level
            ],
        )
        for likelihood in reversed(Risk.Level)
    ]


class RisksPage(RowsPage):
    template = "strategies/steps/risks.html"
    live_parts = {
        "risk-matrix": "strategies/steps/_risk_matrix.html",
        "risks-live": "strategies/steps/_risks_live.html",
    }
    related = "risks"
    form_class = RiskForm

    def rows(self) -> list[models.Model]:
        return by_weight(super().rows())

    def extras(self) -> dict[str, Any]:
        return {"people": self.people}

    def act(self, action: str) -> str | None:
        """`usual-<place>`: one of the usual risks becomes a row, with its first answer."""
        if not action.startswith("usual-"):
            return None
        number = chosen_number(action.removeprefix("usual-"))
        if number is None or not 0 < number <= len(USUAL_RISKS) or self.count >= MOST_ROWS:
            return ""
        usual = USUAL_RISKS[number - 1]
        row = self.strategy.risks.create(
            name=str(usual.name), likelihood=usual.likelihood, effect=usual.effect, sign=str(usual.sign),
            response=str(usual.response), position=self.count,
        )  # fmt: skip
        self.acted = True
        return f"#row-{row.pk}"

    def context(self) -> dict[str, Any]:
        # What cannot be read while it is being typed counts neither here nor there.
        risks = [
            form.instance for form in self.forms.values() if form.instance.pk and not (form.is_bound and not form.is_valid())
        ]
        named = {risk.name.casefold() for risk in risks}
        for form in self.forms.values():
            form.tone = tone_of(form.instance.weight)
        return super().context() | {
            "risks": risks,
            "matrix": matrix(risks),
            "levels": list(Risk.Level),
            "unanswered": [risk for risk in risks if not risk.response.strip()],
            "nobodys": [risk for risk in risks if risk.owner_id is None],
            "usual": [(place, one) for place, one in enumerate(USUAL_RISKS, 1) if str(one.name).casefold() not in named],
        }
