"""KPI values as they were worked out: each with its formula, its inputs, and why there is none."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from brands.api_access import operation
from brands.api_answers import NAME, Paging, RowId, page
from brands.models import Brand, Scope
from metrics.api.routing import router
from metrics.kpi import KPIS
from metrics.models import KpiValue
from metrics.models.values import Period
from metrics.readings import is_money


class KpiValueOut(Schema):
    """What was not measured is not 0: `value` is null then, `status` and `reason` say why.

    `value` is rounded as people read it, `exact` is the fraction behind it. Of a channel, a strategy or a campaign; where all
    three are null, of the whole brand.
    """

    id: int
    kpi: str
    label: str
    unit: str
    formula: str
    channel: int | None
    strategy: int | None
    campaign: int | None
    period: str
    start: date
    end: date
    status: str
    reason: str
    value: str | None
    exact: str | None
    inputs: dict[str, str | None]
    computed_at: datetime


class KpiValuesOut(Schema):
    items: list[KpiValueOut]
    next: str | None


class KpiValueFilter(Schema):
    """`since` and `until`: the first and the last day that the period begins on."""

    kpi: str | None = Field(None, max_length=60, pattern=NAME)
    period: Period | None = None
    channel: RowId | None = None
    strategy: RowId | None = None
    campaign: RowId | None = None
    since: date | None = None
    until: date | None = None


@operation(router, "GET", "/brands/{brand}/kpi-values", scope=Scope.READ, response=KpiValuesOut, summary="KPI values")
def list_kpi_values(request: HttpRequest, brand: Brand, asked: Paging, only: Annotated[KpiValueFilter, Query()]):
    seen = [name for name, kpi in KPIS.items() if request.access.membership.sees_money or not is_money(kpi)]
    named = {"kpi": "kpi", "period": "period", "channel": "channel", "strategy": "strategy", "campaign": "campaign",
             "since": "start__gte", "until": "start__lte"}  # fmt: skip
    chosen = {field: value for name, field in named.items() if (value := getattr(only, name)) is not None}
    return page(request, asked, brand.kpi_values.filter(kpi__in=seen).filter(**chosen), _value)


def _value(row: KpiValue) -> KpiValueOut:
    kpi = KPIS[row.kpi]
    return KpiValueOut(
        id=row.pk, kpi=row.kpi, label=kpi.label.en, unit=kpi.unit, formula=str(kpi.formula), channel=row.channel_id,
        strategy=row.strategy_id, campaign=row.campaign_id, period=row.period, start=row.start, end=row.end, status=row.status,
        reason="" if row.value is not None else _reason(row), exact=row.exact or None,
        value=None if row.value is None else f"{row.value:f}", inputs=row.inputs, computed_at=row.computed_at,
    )  # fmt: skip


def _reason(row: KpiValue) -> str:
    """In English, whoever reads: programs look for it."""
    figures = {name: None if value is None else Fraction(value) for name, value in row.inputs.items()}
    return KPIS[row.kpi].calculate(figures).in_words("en")
