"""Findings: what was learned, with the figures and posts as they stood when it was written."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from brands.models import Brand
from metrics.dashboard import totals_asked
from metrics.forms.period import Asked
from metrics.kpi import KPIS, Kpi
from metrics.models import Finding, KpiValue
from metrics.models.values import Period
from metrics.readings import Reading, in_unit, is_money, label_of


def listed(brand: Brand) -> QuerySet[Finding]:
    """The brand's findings with all that their cards show."""
    return brand.findings.select_related("brand", "strategy", "goal", "author").prefetch_related(
        Prefetch("kpi_values", KpiValue.objects.select_related("channel__platform")), "posts"
    )


def pin(brand: Brand, kpi: Kpi, asked: Asked) -> KpiValue:
    """Keep the figure of a period as it is now, so that a finding can point at it."""
    reading = Reading(kpi, totals_asked(brand, asked))
    figure, _is_new = KpiValue.objects.update_or_create(
        brand=brand, channel=asked.channel, strategy=None, kpi=kpi.name,
        period=Period.CUSTOM, start=asked.span.start, end=asked.span.end,
        defaults={
            "status": reading.result.status.value,
            "value": reading.value,
            "exact": str(reading.result.exact or "")[:200],
            "inputs": {name: _written(figure.value) for name, figure in reading.inputs.items()},
            "computed_at": timezone.now(),
        },
    )  # fmt: skip
    return figure


def _written(value) -> str | None:
    return None if value is None else str(value)


def shown(figure: KpiValue, currency: str, *, money: bool) -> str:
    """A pinned figure in words; money is not told to those who may not see it."""
    kpi = KPIS.get(figure.kpi)
    if kpi is None or (is_money(kpi) and not money):
        return ""
    return f"{label_of(figure.kpi)}: {in_unit(figure.value, kpi.unit, currency)}"


def tell_figures(finding: Finding, *, money: bool) -> None:
    """Give a finding `figures`: its pinned values in words, each with its row."""
    rows = [(figure, shown(figure, finding.brand.currency, money=money)) for figure in finding.kpi_values.all()]
    finding.figures = [(figure, said) for figure, said in rows if said]
