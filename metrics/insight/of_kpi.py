"""A KPI along its stored weeks: where it is heading, its rolling mean, and unusual days of the figures in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from metrics.forms.period import Asked
from metrics.insight import trends
from metrics.insight.of_days import Days, days_of
from metrics.insight.reading import TREND_WEEKS, daily, watched_span
from metrics.insight.robust import CONFIDENCE, Declined, rolling_mean
from metrics.insight.words import How, told
from metrics.kpi import MEASURES, Kpi
from metrics.models import KpiValue
from metrics.models.values import Period
from metrics.readings import in_unit
from metrics.totals.origins import origins

MEAN_WEEKS = 4


@dataclass(frozen=True)
class WeekRow:
    week: KpiValue
    value: str
    mean: str


@dataclass(frozen=True)
class Rhythm:
    sentence: str
    how: How
    rows: Sequence[WeekRow]
    spark: Sequence[float | None]
    days: Days | None
    is_declined: bool


def rhythm(brand: Brand, kpi: Kpi, asked: Asked, channels: dict[int, Channel]) -> Rhythm:
    stored = brand.kpi_values.filter(
        channel=asked.channel, strategy=None, kpi=kpi.name, period=Period.WEEK, end__lte=asked.span.end
    )
    weeks = list(stored.order_by("-start")[:TREND_WEEKS])[::-1]
    values = [None if week.value is None else float(week.value) for week in weeks]
    slope, means = trends.slope(values), rolling_mean(values, MEAN_WEEKS)
    rows = [
        WeekRow(week, in_unit(week.value, kpi.unit, brand.currency), in_unit(_decimal(mean), kpi.unit, brand.currency))
        for week, mean in zip(weeks, means, strict=True)
    ]
    how = How(
        _("The median of the slopes between all pairs of full weeks (Theil–Sen); the interval holds the true slope in %(sure)s of "
          "100 cases. Each week’s figure is worked out from that week’s sums; the mean is that of %(mean)s weeks. %(fewest)s weeks "
          "are needed.") % {"sure": round(CONFIDENCE * 100), "mean": MEAN_WEEKS, "fewest": trends.FEWEST_WEEKS},
        ((_("Weeks"), f"{sum(value is not None for value in values)} / {len(weeks)}"),),
    )  # fmt: skip
    declined = isinstance(slope, Declined)
    sentence = told(slope) if declined else _slope_words(slope, kpi, brand.currency)
    return Rhythm(sentence, how, rows[::-1], means, _days(brand, kpi, asked, channels), declined)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _slope_words(slope: trends.Slope, kpi: Kpi, currency: str) -> str:
    if not slope.is_clear:
        return _("No clear direction over %(weeks)s weeks: it may as well rise as fall.") % {"weeks": slope.weeks}
    by, low, high = (
        in_unit(_decimal(edge), kpi.unit, currency, signed=True)
        for edge in (slope.per_week, slope.interval.low, slope.interval.high)
    )
    words = {"by": by, "low": low, "high": high, "weeks": slope.weeks}
    return _("Changes by about %(by)s a week (%(low)s to %(high)s), over %(weeks)s weeks.") % words


def _days(brand: Brand, kpi: Kpi, asked: Asked, channels: dict[int, Channel]) -> Days | None:
    """Unusual days of what the KPI is worked out from; None where none of it is counted by channel and day."""
    measures = {name for top in kpi.inputs for name in origins(top) if name in MEASURES and not MEASURES[name].is_money}
    if not measures:
        return None
    own = [asked.channel.pk] if asked.channel else None
    return days_of(brand, daily(brand, watched_span(asked.span), measures, own), channels, asked.span)
