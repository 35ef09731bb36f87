"""Return where money is not the outcome, and how to read a return where it is.

None of this is ever added to ROI: an estimated return rests on a value somebody assigned.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .change import Tone
from .formulas import Formula
from .results import Figures, Number, Problem, Result

GAIN = Formula("after - before")
COST_PER_RESULT = Formula("investment / gain")
ATTAINMENT = Formula("gain / target_gain * 100")
ESTIMATED_VALUE = Formula("gain * value_per_result")
ESTIMATED_ROI = Formula("(gain * value_per_result - investment) / investment * 100")
PROFIT_BEGINS = Formula("revenue / (revenue - cogs) * 100")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an investment brought beside money: subscribers, sign-ups, visits with the code word.

    Units: gain a count, cost per result, estimated value and investment money, attainment and estimated ROI per cent.
    """

    investment: Number | None
    gain: Result
    target_gain: Number | None = None
    value_per_result: Number | None = None

    @classmethod
    def between(
        cls,
        before: Number | None,
        after: Number | None,
        *,
        investment: Number | None,
        target_gain: Number | None = None,
        value_per_result: Number | None = None,
    ) -> Outcome:
        """The outcome from its state before and after."""
        gain = GAIN.evaluate({"before": before, "after": after})
        return cls(investment, gain, target_gain, value_per_result)

    @property
    def cost_per_result(self) -> Result:
        """What one result cost. Where something was lost there is no result that could have a cost."""
        if self.gain.exact is not None and self.gain.exact < 0:
            return Result.refused(Problem.NEGATIVE, "gain")
        return COST_PER_RESULT.evaluate(self._figures)

    @property
    def attainment(self) -> Result:
        return ATTAINMENT.evaluate(self._figures)

    @property
    def estimated_value(self) -> Result:
        return ESTIMATED_VALUE.evaluate(self._figures)

    @property
    def estimated_roi(self) -> Result:
        return ESTIMATED_ROI.evaluate(self._figures)

    @property
    def _figures(self) -> Figures:
        return {
            "investment": self.investment,
            "gain": self.gain.exact,
            "target_gain": self.target_gain,
            "value_per_result": self.value_per_result,
        }


def roi_tone(roi: Fraction | None, target: Fraction | None = None) -> Tone:
    """Below zero is a loss; from zero up to the target is worth watching; the target (else any profit) is good."""
    if roi is None:
        return Tone.FLAT
    if roi < 0:
        return Tone.BAD
    good = roi >= target if target is not None else roi > 0
    return Tone.GOOD if good else Tone.WATCH


def profit_begins(revenue: Number | None, cogs: Number | None) -> Result:
    """The return on spend, in per cent, at which profit begins with this share of goods in the revenue.

    Where the goods cost more than they bring there is no such point: INVALID_INPUT.
    """
    figures = {"revenue": revenue, "cogs": cogs}
    result = PROFIT_BEGINS.evaluate(figures)
    if result.exact is not None and result.exact < 0:
        return Result.refused(Problem.PART_OVER_WHOLE, "cogs", "revenue")
    return result
