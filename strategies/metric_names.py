"""The figures that a target may aim at, as people choose and read them: KPIs by group, then measures by family."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metrics.kpi import KPIS, MEASURES, Direction, Family, Group, Join, Kpi, Label, Measure, Unit

# Figures that only exist to work others out; nobody sets a target for "followers at the start".
NOT_AIMED_AT = frozenset({"baseline", "target", "current", "goal_progress", "followers_start", "followers_end", "leads_a",
                          "leads_b", "buzz_previous", "ewom_score_sum", "ewom_weight_sum", "posts_kept"})  # fmt: skip


def _text(label: Label) -> str:
    return label.in_language(get_language())


def find(name: str) -> Kpi | Measure | None:
    return KPIS.get(name) or MEASURES.get(name)


def name_of(name: str) -> str:
    """A metric in the reader's language; an unknown name stands for itself."""
    metric = find(name)
    return _text(metric.label) if metric else name


def in_sentence(name: str) -> str:
    metric = find(name)
    return metric.label.in_sentence(get_language()) if metric else name


def unit_of(name: str) -> Unit:
    metric = find(name)
    return metric.unit if metric else Unit.COUNT


def choices(empty: str = "") -> list[tuple[str, object]]:
    """For a select: an empty choice, KPIs by group, measures by family."""
    return [("", empty or _("Choose a figure")), *_kpis(), *_measures()]


def _kpis() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (_text(group.label), [(kpi.name, _text(kpi.label)) for kpi in KPIS.values() if kpi.group is group and _is_aim(kpi)])
        for group in Group
    ]


def _measures() -> list[tuple[str, list[tuple[str, str]]]]:
    families = [
        (
            family,
            [
                (measure.name, _text(measure.label))
                for measure in MEASURES.values()
                if measure.family is family and _is_aim(measure)
            ],
        )
        for family in Family
    ]
    return [(_("Measures: %(family)s") % {"family": _text(family.label)}, found) for family, found in families if found]


def _is_aim(metric: Kpi | Measure) -> bool:
    is_input_only = metric.name in NOT_AIMED_AT or (isinstance(metric, Measure) and metric.name in KPIS)
    return not is_input_only


def is_chosen_from(name: str) -> bool:
    metric = find(name)
    return metric is not None and _is_aim(metric)


def falls(name: str) -> bool | None:
    """Whether less is better; None where neither is (a measure alone does not say)."""
    kpi = KPIS.get(name)
    if kpi is None or kpi.direction is Direction.TARGET:
        return None
    return kpi.direction is Direction.DOWN


def is_stock(name: str) -> bool:
    """A level that stands at some value already (followers), so that a target means nothing without today's."""
    measure = MEASURES.get(name) if name not in KPIS else None
    return measure is not None and measure.join is Join.LAST


def is_money(name: str) -> bool:
    """Whether the figure tells of money, which viewers do not see."""
    metric = find(name)
    return metric is not None and metric.is_money


def allows(name: str, value: Decimal) -> bool:
    """Whether the figure can ever be `value`."""
    kpi = KPIS.get(name)
    if kpi is None:
        measure = MEASURES.get(name)
        return measure is None or measure.allows(Fraction(value))
    return _kpi_bounds(kpi)(value)


def _kpi_bounds(kpi: Kpi) -> Callable[[Decimal], bool]:
    if kpi.unit is Unit.SCORE:
        return lambda value: 0 <= value <= 1
    if kpi.unit is Unit.INDEX:
        return lambda value: -1 <= value <= 1
    if kpi.unit is Unit.POINTS:
        return lambda value: -100 <= value <= 100
    if kpi.part_of and kpi.unit is Unit.PERCENT:
        return lambda value: 0 <= value <= 100
    return lambda value: True


def with_unit(name: str, value: str, currency: str) -> str:
    """A shown figure with what it is counted in behind it: “5 %”, “4 ×”, “25,000 UZS”, “30 minutes”."""
    unit = unit_of(name)
    if unit.sign:
        return f"{value}\xa0{unit.sign}"
    if unit is Unit.MONEY:
        return f"{value}\xa0{currency}"
    if unit in (Unit.MINUTES, Unit.SECONDS):
        return f"{value}\xa0{_text(unit.label)}"
    return value
