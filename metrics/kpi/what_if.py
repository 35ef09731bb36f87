"""What a return would be if spend, conversion or order value were others: five levers in, a return out.

Nothing here is measured: the levers start from what was measured, and the chain from visits to profit is the one that
the measured return has, too. Units: visits and customers counts; conversion and share of goods per cent; the rest money.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .catalog import KPIS
from .formulas import Formula
from .results import Problem, Result

CUSTOMERS = Formula("visits * conversion / 100")
REVENUE = Formula("customers * order_value")
COGS = Formula("revenue * goods_share / 100")
NET_PROFIT = Formula("revenue - cogs - investment")
# Where the profit is nothing, with the other levers as they are.
ENOUGH_CONVERSION = Formula("investment / (visits * order_value * (100 - goods_share)) * 10000")
ENOUGH_ORDER_VALUE = Formula("investment / (visits * conversion * (100 - goods_share)) * 10000")

CONVERSION = Formula("customers / visits * 100")
ORDER_VALUE = Formula("revenue / customers")
GOODS_SHARE = Formula("cogs / revenue * 100")

LEVERS = ("investment", "visits", "conversion", "order_value", "goods_share")
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A supposed return. A lever that is not known is None, and so is what hangs on it."""

    investment: Fraction | None
    visits: Fraction | None
    conversion: Fraction | None
    order_value: Fraction | None
    goods_share: Fraction | None

    @classmethod
    def measured(cls, figures: Mapping[str, Fraction | None]) -> WhatIf:
        """The levers as `investment`, `visits`, `customers`, `revenue` and `cogs` tell them.

        A share of goods where nothing was sold is not 0 but unknown, like every other ratio over nothing.
        """
        return cls(
            figures["investment"],
            figures["visits"],
            CONVERSION.evaluate(figures).exact,
            ORDER_VALUE.evaluate(figures).exact,
            GOODS_SHARE.evaluate(figures).exact,
        )

    @property
    def levers(self) -> dict[str, Fraction | None]:
        return {name: getattr(self, name) for name in LEVERS}

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, value in self.levers.items() if value is None)

    @property
    def figures(self) -> dict[str, Fraction | None]:
        """The levers, and what follows from them step by step."""
        known = dict(self.levers)
        for name, formula in (("customers", CUSTOMERS), ("revenue", REVENUE), ("cogs", COGS), ("net_profit", NET_PROFIT)):
            known[name] = formula.evaluate(known).exact
        return known

    @property
    def roi(self) -> Result:
        return self._kpi("roi")

    @property
    def return_on_spend(self) -> Result:
        return self._kpi("return_on_spend")

    def _kpi(self, name: str) -> Result:
        figures = self.figures
        kpi = KPIS[name]
        return kpi.calculate({wanted: figures[wanted] for wanted in kpi.inputs})

    @property
    def enough_conversion(self) -> Result:
        """The conversion at which nothing is lost."""
        return self._enough(ENOUGH_CONVERSION)

    @property
    def enough_order_value(self) -> Result:
        """The order value at which nothing is lost."""
        return self._enough(ENOUGH_ORDER_VALUE)

    def _enough(self, formula: Formula) -> Result:
        # Goods that cost as much as they bring earn nothing at any conversion.
        if self.goods_share is not None and self.goods_share >= HUNDRED:
            return Result.refused(Problem.PART_OVER_WHOLE, "cogs", "revenue")
        return formula.evaluate(self.levers)

    def with_spend(self, investment: Fraction) -> WhatIf:
        """Another spend that brings visits at the same price each. Where nothing was spent, visits stay what they are."""
        if not self.investment or self.visits is None:
            return replace(self, investment=investment)
        return replace(self, investment=investment, visits=self.visits * investment / self.investment)

    def moved(self, per_cent: Fraction, *, visits_follow: bool) -> Iterator[tuple[str, WhatIf]]:
        """Each lever in turn raised by so many per cent, the others as they are."""
        for name, value in self.levers.items():
            if value is None:
                continue
            raised = value * (HUNDRED + per_cent) / HUNDRED
            follow = name == "investment" and visits_follow
            yield name, self.with_spend(raised) if follow else replace(self, **{name: raised})
