"""Findings: what was learned, with the figures and posts as they stood when it was written."""

from django.db.models import QuerySet
from django.utils import timezone

from brands.models import Brand
from metrics.dashboard import totals_asked
from metrics.forms.period import Asked
from metrics.kpi import Kpi
from metrics.models import Finding, KpiValue
from metrics.models.values import Period
from metrics.readings import Reading


def listed(brand: Brand) -> QuerySet[Finding]:
    """The brand's findings with all that their cards show."""
    return brand.findings.select_related("brand", "strategy", "goal", "author").prefetch_related("kpi_values", "posts")


def stored(brand: Brand, kpi: Kpi, asked: Asked) -> KpiValue:
    """The figure of a period as it is now, stored, so that a finding can point at it."""
    reading = Reading(kpi, totals_asked(brand, asked))
    figure, _is_new = KpiValue.objects.update_or_create(
        brand=brand, channel=asked.channel, strategy=None if asked.channel else asked.strategy,
        campaign=None if asked.channel or asked.strategy else asked.campaign, kpi=kpi.name,
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
