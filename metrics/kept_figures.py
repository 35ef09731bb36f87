"""The figures that a finding keeps, in words: as they stood when it was written, and how they stand now."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from metrics.kpi import KPIS
from metrics.models import Finding, KpiValue
from metrics.readings import in_unit, is_money, label_of, unit_of


@dataclass(frozen=True)
class Kept:
    """A figure as it stood when it was kept; `now` tells how it stands since, where that differs."""

    kpi: str
    words: str
    now: str
    start: date
    end: date
    channel: int | None
    channel_name: str


def tell_figures(finding: Finding, *, money: bool) -> None:
    """Give a finding `figures`: what it keeps, in words. Money is not told to those who may not see it."""
    rows = {row.pk: row for row in finding.kpi_values.all()}
    found = [_kept(evidence, rows.get(evidence["row"])) for evidence in finding.evidence]
    finding.figures = [kept for kept in found if kept and (money or not is_money(KPIS[kept.kpi]))]


def _kept(evidence: dict, row: KpiValue | None) -> Kept | None:
    if evidence["kpi"] not in KPIS:
        return None
    then = None if evidence["value"] is None else Decimal(evidence["value"])
    differs = row is not None and row.value != then
    return Kept(
        evidence["kpi"],
        in_words(evidence),
        _with_unit(evidence["kpi"], row.value, evidence["currency"]) if differs else "",
        date.fromisoformat(evidence["start"]),
        date.fromisoformat(evidence["end"]),
        evidence["channel"],
        evidence["channel_name"],
    )


def in_words(evidence: dict) -> str:
    """A kept figure: “Click-through rate: 2.50 %”."""
    value = None if evidence["value"] is None else Decimal(evidence["value"])
    return f"{label_of(evidence['kpi'])}: {_with_unit(evidence['kpi'], value, evidence['currency'])}"


def _with_unit(kpi: str, value: Decimal | None, currency: str) -> str:
    return in_unit(value, unit_of(kpi), currency)
