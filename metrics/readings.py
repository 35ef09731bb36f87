"""A KPI as a page shows it: the figure in its unit, the formula in words and with numbers, the reason for a dash."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brands.templatetags.ui import number
from metrics.kpi import KPIS, MEASURES, Formula, Klass, Kpi, Problem, Result, Unit
from metrics.kpi.formulas import NO_FIGURE
from metrics.kpi.terms import Label
from metrics.totals import Figure, Totals
from strategies import metric_names

DIGITS_SHOWN = 4


def is_money(kpi: Kpi) -> bool:
    return kpi.is_money


def metric_is_money(metric: str) -> bool:
    return metric_names.is_money(metric)


def label_of(metric: str) -> str:
    """A KPI or measure in the reader's language; a retired name as it is stored."""
    declared = KPIS.get(metric) or MEASURES.get(metric)
    return declared.label.in_language(get_language()) if declared else metric.replace("_", " ")


def unit_of(metric: str) -> Unit:
    declared = KPIS.get(metric) or MEASURES.get(metric)
    return declared.unit if declared else Unit.COUNT


def plain(figure: Fraction | Decimal | None) -> str:
    """A number inside a working: grouped, with no more places than it has, four at most."""
    if figure is None:
        return NO_FIGURE
    exact = Decimal(figure.numerator) / Decimal(figure.denominator) if isinstance(figure, Fraction) else figure
    return number(round(exact, DIGITS_SHOWN))


def in_unit(value: Fraction | Decimal | None, unit: Unit, currency: str = "", *, signed: bool = False) -> str:
    """A figure with its unit behind it, as text: “4.25 %”, “51,037.34 UZS”, “+0.38 pp”."""
    if value is None:
        return NO_FIGURE
    shown = f"+{bare(value, unit)}" if signed and value > 0 and unit.round(Fraction(value)) else bare(value, unit)
    sign = unit_sign(unit, currency, signed=signed)
    return f"{shown}\xa0{sign}" if sign else shown


def shown_whole(figure: Figure) -> str:
    """The figure in its unit; where people cannot be added the sum in which they repeat, marked so."""
    if figure.value is None and figure.with_repeats is not None:
        return in_unit(figure.with_repeats, unit_of(figure.measure)) + "*"
    return in_unit(figure.value, unit_of(figure.measure), figure.currency)


def bare(value: Fraction | Decimal | None, unit: Unit) -> str:
    """A figure rounded as its unit asks, without the unit."""
    if value is None:
        return NO_FIGURE
    rounded = unit.round(Fraction(value))
    return number(rounded, _places(rounded, unit))


def _places(rounded: Decimal, unit: Unit) -> int:
    """Whole amounts of money are written without decimals."""
    return 0 if unit is Unit.MONEY and rounded == rounded.to_integral_value() else unit.scale


def unit_sign(unit: Unit, currency: str = "", *, signed: bool = False) -> str:
    if unit is Unit.MONEY:
        return currency
    if unit is Unit.PERCENT and signed:
        return _("pp")
    words = {Unit.MINUTES: _("min"), Unit.SECONDS: _("s"), Unit.SCORE: _("of 1"), Unit.PER_POST: _("per post")}
    return unit.sign or words.get(unit, "")


@dataclass(frozen=True)
class Stack:
    """One step of a working as a fraction: `top` over `bottom`, times `factor`. Without a bottom just `top`."""

    top: str
    bottom: str = ""
    factor: str = ""


@dataclass(frozen=True)
class Lack:
    """An input that stands in the way: what it is, why it is not there, and whether a person can record it."""

    name: str
    label: str
    why: str
    can_record: bool
    is_money: bool


@dataclass(frozen=True)
class Reading:
    """One KPI in one scope and period."""

    kpi: Kpi
    totals: Totals

    @cached_property
    def result(self) -> Result:
        return self.totals.result(self.kpi.name)

    @cached_property
    def inputs(self) -> dict[str, Figure]:
        return self.totals.inputs(self.kpi.name)

    @property
    def name(self) -> str:
        return self.kpi.name

    @property
    def label(self) -> str:
        return self.kpi.label.in_language(get_language())

    @property
    def note(self) -> str:
        return self.kpi.note.in_language(get_language())

    @property
    def is_vanity(self) -> bool:
        return self.kpi.klass is Klass.VANITY

    @property
    def is_measured(self) -> bool:
        """Whether at least one of its figures is there: a KPI without any waits apart from the others."""
        return self.result.ok or any(figure.value is not None for figure in self.inputs.values())

    @property
    def value(self) -> Decimal | None:
        return self.result.rounded(self.kpi.unit)

    @property
    def shown(self) -> str:
        """The bare number; `sign` follows it smaller."""
        shown = bare(self.value, self.kpi.unit)
        # The one KPI that is a count is a growth.
        return f"+{shown}" if self.kpi.unit is Unit.COUNT and self.value and self.value > 0 else shown

    @property
    def sign(self) -> str:
        return unit_sign(self.kpi.unit, self.totals.currency) if self.result.ok else ""

    @property
    def whole(self) -> str:
        return in_unit(self.result.exact, self.kpi.unit, self.totals.currency)

    @property
    def in_words(self) -> Stack:
        language = get_language()
        return _stacked(self.kpi.formula, lambda formula: formula.in_words(language))

    @property
    def with_numbers(self) -> Stack:
        figures = {name: figure.value for name, figure in self.inputs.items()}
        return _stacked(self.kpi.formula, lambda formula: formula.with_numbers(figures, plain))

    @property
    def summed(self) -> Stack | None:
        """The working once more with both sums made, where the line before had any to make."""
        parts = self.kpi.formula.fraction
        if parts is None or not self.result.ok:
            return None
        figures = {name: figure.value for name, figure in self.inputs.items()}
        top, bottom = (part.evaluate(figures).exact for part in (parts.top, parts.bottom))
        made = Stack(plain(top), plain(bottom), parts.factor.text if parts.factor else "")
        return None if made == self.with_numbers else made

    @property
    def sums_of_people(self) -> list[tuple[str, str]]:
        """(label, sum with repeats) of inputs that count people: they never add up, so the sum only stands beside."""
        unknown = [figure for figure in self.inputs.values() if figure.with_repeats is not None and figure.value is None]
        return [(label_of(figure.measure), plain(figure.with_repeats)) for figure in unknown]

    @cached_property
    def lacks(self) -> list[Lack]:
        if self.result.problem is not Problem.MISSING:
            return []
        deepest = dict.fromkeys(name for top in self.result.names for name in _roots(self.inputs.get(top), top))
        return [_lack(name, self.inputs) for name in deepest]

    @property
    def reason(self) -> str:
        """One sentence for the dash; empty where there is a figure."""
        if self.result.ok:
            return ""
        names = ", ".join(MEASURES[name].label.in_sentence(get_language()) for name in self.result.names if name in MEASURES)
        return _SENTENCES[self.result.problem]() % {"names": names}


_SENTENCES = {
    Problem.MISSING: lambda: _("Not enough data. Missing: %(names)s."),
    Problem.NEGATIVE: lambda: _("A figure below zero is not possible here: %(names)s."),
    Problem.OUT_OF_RANGE: lambda: _("A figure is outside its range: %(names)s."),
    Problem.MIXED_CURRENCIES: lambda: _("The amounts are in different currencies: %(names)s."),
    Problem.NOT_ADDITIVE: lambda: _("People would be counted twice: %(names)s."),
    Problem.UNEQUAL_LENGTH: lambda: _("Two lists do not pair: %(names)s."),
    Problem.ZERO_DENOMINATOR: lambda: _("Cannot be worked out, nothing to divide by: %(names)s is 0."),
    Problem.PART_OVER_WHOLE: lambda: _("A part is larger than its whole: %(names)s."),
}


def readings(found: Totals, kpis: Iterable[Kpi]) -> list[Reading]:
    return [Reading(kpi, found) for kpi in kpis]


def text(label: Label | None) -> str:
    return label.in_language(get_language()) if label else ""


def _stacked(formula: Formula, write) -> Stack:
    parts = formula.fraction
    if parts is None:
        return Stack(write(formula))
    return Stack(write(parts.top), write(parts.bottom), write(parts.factor) if parts.factor else "")


def _roots(figure: Figure | None, name: str) -> tuple[str, ...]:
    """What is really missing: a prepared figure lacks the ones it is prepared from."""
    return figure.missing if figure is not None and figure.missing else (name,)


def _lack(name: str, inputs: dict[str, Figure]) -> Lack:
    measure = MEASURES[name]
    figure = inputs.get(name)
    if figure is not None and figure.not_offered:
        platforms = ", ".join(dict.fromkeys(channel.platform.name for channel in figure.not_offered))
        why = _("not offered by %(platforms)s") % {"platforms": platforms}
    elif measure.counts_people:
        why = _("counts people, so it must be reported for exactly these days and this channel")
    elif measure.is_money:
        why = _("no amount recorded in these days")
    else:
        why = _("no figure in these days")
    return Lack(name, measure.label.in_language(get_language()), why, measure.recorded, measure.is_money)
