"""The page that asks what a return would be: what was measured beside what is supposed."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.kpi import KPIS, Unit
from metrics.kpi.results import Result
from metrics.kpi.what_if import WhatIf
from metrics.readings import in_unit
from metrics.totals import Totals

NUDGE = Fraction(10)
LABELS = {
    "investment": gettext_lazy("Spend"),
    "visits": gettext_lazy("Visits"),
    "conversion": gettext_lazy("Visits that become customers"),
    "customers": gettext_lazy("Customers"),
    "order_value": gettext_lazy("A customer’s order"),
    "revenue": gettext_lazy("Revenue"),
    "goods_share": gettext_lazy("Share of the cost of goods"),
    "cogs": gettext_lazy("Cost of goods"),
    "net_profit": gettext_lazy("Net profit"),
}
UNITS = {"visits": Unit.COUNT, "customers": Unit.COUNT, "conversion": Unit.PERCENT, "goods_share": Unit.PERCENT}
METRICS = {"investment": "investment", "visits": "social_sessions", "revenue": "revenue", "cogs": "cogs"}
ROWS = ("investment", "visits", "customers", "revenue", "cogs", "net_profit")


@dataclass(frozen=True)
class Line:
    """One figure as it is and as it would be."""

    label: str
    now: str
    then: str
    moved: str
    is_main: bool = False
    metric: str = ""  # what the measured figure is a figure of; net profit is none


@dataclass(frozen=True)
class Nudge:
    """What a tenth more of one lever alone would do to ROI."""

    label: str
    roi: str
    moved: str
    width: float
    is_gain: bool


@dataclass(frozen=True)
class WhatIfPage:
    now: WhatIf
    then: WhatIf
    currency: str
    visits_follow: bool
    customers: str = "new_customers"

    @property
    def missing(self) -> list[str]:
        return [str(LABELS[name]) for name in self.then.missing]

    @property
    def is_known(self) -> bool:
        return not self.then.missing

    @property
    def roi(self) -> str:
        return in_unit(self.then.roi.exact, KPIS["roi"].unit)

    @property
    def tone(self) -> str:
        roi = self.then.roi.exact
        return "none" if roi is None else "bad" if roi < 0 else "good"

    @property
    def lines(self) -> list[Line]:
        now, then = self.now.figures, self.then.figures
        return [self._line(name, now[name], then[name]) for name in ROWS] + [
            self._kpi("return_on_spend", self.now.return_on_spend, self.then.return_on_spend),
            self._kpi("roi", self.now.roi, self.then.roi, is_main=True),
        ]

    def _line(self, name: str, now: Fraction | None, then: Fraction | None) -> Line:
        unit = UNITS.get(name, Unit.MONEY)
        is_main, metric = name == "net_profit", (METRICS | {"customers": self.customers}).get(name, "")
        return Line(str(LABELS[name]), in_unit(now, unit), in_unit(then, unit), _moved(now, then, unit), is_main, metric)

    def _kpi(self, name: str, now: Result, then: Result, *, is_main: bool = False) -> Line:
        unit = KPIS[name].unit
        label = _("ROI") if name == "roi" else _("Return on spend")
        return Line(
            label, in_unit(now.exact, unit), in_unit(then.exact, unit), _moved(now.exact, then.exact, unit), is_main, name
        )

    @property
    def enough(self) -> list[tuple[str, str]]:
        """Where nothing would be lost, lever by lever."""
        found = [
            (_("Visits that must become customers"), self.then.enough_conversion, Unit.PERCENT),
            (_("What a customer must order for"), self.then.enough_order_value, Unit.MONEY),
        ]
        return [(label, in_unit(result.exact, unit, self.currency)) for label, result, unit in found if result.ok]

    @property
    def nudges(self) -> list[Nudge]:
        """The levers by what a tenth more of each does, the strongest first."""
        before = self.then.roi.exact
        if before is None:
            return []
        moved = [(name, one.roi.exact) for name, one in self.then.moved(NUDGE, visits_follow=self.visits_follow)]
        known = sorted(
            ((name, roi, roi - before) for name, roi in moved if roi is not None), key=lambda row: abs(row[2]), reverse=True
        )
        most = max((abs(change) for *_row, change in known), default=Fraction(0))
        unit = KPIS["roi"].unit
        return [
            Nudge(
                str(LABELS[name]), in_unit(roi, unit), in_unit(change, unit, signed=True),
                round(float(abs(change) / most) * 100, 1) if most else 0.0, change > 0,
            )
            for name, roi, change in known
        ]  # fmt: skip


def _moved(now: Fraction | None, then: Fraction | None, unit: Unit) -> str:
    return "" if now is None or then is None or now == then else in_unit(then - now, unit, signed=True)


def customers_of(found: Totals) -> str:
    """Customers are those that were won, else the sales that were counted."""
    return "conversions" if found.value("new_customers") is None else "new_customers"


def measured(found: Totals) -> WhatIf:
    """The levers of a period."""
    figures = {
        "investment": found.value("investment"),
        "visits": found.value("social_sessions"),
        "customers": found.value(customers_of(found)),
        "revenue": found.value("revenue"),
        "cogs": found.value("cogs"),
    }
    return WhatIf.measured(figures)
