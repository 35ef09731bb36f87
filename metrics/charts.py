"""Charts: figures for Plotly as JSON, coloured by the page, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import plotly.graph_objects as plotly
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Brand
from brands.templatetags.ui import day, short_day
from metrics.forms.period import Asked
from metrics.kpi import MEASURES, Kpi
from metrics.period_presets import Compare, Step
from metrics.periods import DAY, Span, wholes
from metrics.post_results import published_in
from metrics.progress import TargetState
from metrics.readings import in_unit
from metrics.totals import Totals, totals_of

SMOOTHED_DAYS = 7
TICKS = 7


@dataclass(frozen=True)
class Point:
    day: date
    value: Decimal | None
    base: Decimal | None
    posts: int = 0
    span: Span | None = None


@dataclass(frozen=True)
class Row:
    """A point as a table says it, with the questions that lead to its working."""

    span: Span
    value: str
    base: str
    query: str
    base_query: str


_STEPS = {
    "seven_days": gettext_lazy("Each row: the seven days up to that day"),
    "week": gettext_lazy("Each row: a week"),
    "month": gettext_lazy("Each row: a month"),
    "quarter": gettext_lazy("Each row: a quarter"),
    "year": gettext_lazy("Each row: a year"),
}


@dataclass(frozen=True)
class Trend:
    """A KPI along a period. A rate is that of the seven days up to each day: single days jump about."""

    kpi: Kpi
    points: list[Point]
    step: str
    has_base: bool
    currency: str
    asked: Asked

    @property
    def rows(self) -> list[Row]:
        return [self._row(point) for point in self.points]

    def _row(self, point: Point) -> Row:
        value, base = (in_unit(shown, self.kpi.unit, self.currency) for shown in (point.value, point.base))
        of_base = self.asked.dated(_base(point.span, self.asked)).query if self.has_base else ""
        return Row(point.span, value, base, self.asked.dated(point.span).query, of_base)

    @property
    def step_label(self) -> str:
        """What a row of the table is."""
        return str(_STEPS.get(self.step, ""))

    @property
    def is_empty(self) -> bool:
        return all(point.value is None for point in self.points)

    @property
    def summary(self) -> str:
        """The chart in a sentence, for those who do not see it."""
        known = [point for point in self.points if point.value is not None]
        if not known:
            return _("No figures in these days.")
        first, last = (in_unit(point.value, self.kpi.unit, self.currency) for point in (known[0], known[-1]))
        days = {"first_day": day(known[0].day), "last_day": day(known[-1].day)}
        return _("From %(first)s on %(first_day)s to %(last)s on %(last_day)s.") % {"first": first, "last": last, **days}


def trend(brand: Brand, kpi: Kpi, asked: Asked) -> Trend:
    spans, step = steps(kpi, asked.span, asked.trend_step)
    scope, base_of = asked.scope, partial(_base, asked=asked)
    read = totals_of(brand, dict.fromkeys(spans), [scope], base_of=base_of if asked.base else None)
    found = [read[scope, span] for span in spans]
    values = [_value(totals, kpi) for totals in found]
    bases = [_value(totals.over(base_of(totals.span)), kpi) for totals in found] if asked.base else [None] * len(spans)
    posts = _posts_by_day(brand, asked) if step in ("day", "seven_days") else {}
    points = [
        Point(span.end, value, base, posts.get(span.end, 0), span) for span, value, base in zip(spans, values, bases, strict=True)
    ]
    return Trend(kpi, points, step, bool(asked.base), brand.currency, asked)


def _value(found: Totals, kpi: Kpi) -> Decimal | None:
    return found.result(kpi.name).rounded(kpi.unit)


def _base(span: Span, asked: Asked) -> Span:
    """What a point is compared with: the same days a year before, or as many days before as the whole period is long."""
    if asked.compare == Compare.YEAR:
        return span.year_before(weekdays=asked.by_weekdays or span.days < 28)
    shift = timedelta(days=asked.span.days)
    return Span(span.start - shift, span.end - shift)


def steps(kpi: Kpi, span: Span, step: Step | None = None) -> tuple[list[Span], str]:
    """One span per point of the line, and how they are called; without a step, the one that fits the length."""
    step = step or Step.fitting(span)
    if step is not Step.DAY:
        return _whole_steps(span, step), step.value
    days = [span.start + timedelta(days=i) for i in range(span.days)]
    if any(MEASURES[name].counts_people for name in kpi.inputs):
        # People do not add up over seven days; a single day is what platforms report.
        return [Span(day, day) for day in days], "day"
    return [Span(day - DAY * (SMOOTHED_DAYS - 1), day) for day in days], "seven_days"


def _whole_steps(span: Span, step: Step) -> list[Span]:
    """The whole weeks (months, …) within the span: one that is cut off would end the line with a fall. Where that leaves no
    line, the parts that there are.
    """
    touched = list(wholes(step.whole, span.start, span.end))
    whole = [each for each in touched if span.covers(each)]
    return whole if len(whole) > 1 else [part for each in touched if (part := each.within(span))]


def _posts_by_day(brand: Brand, asked: Asked) -> dict[date, int]:
    found = published_in(brand, asked.span, asked.scope)
    days = found.annotate(day=TruncDate("published_at", tzinfo=brand.zone)).values_list("day")
    return dict(days.annotate(count=Count("pk")))


def figure(found: Trend, target: TargetState | None = None) -> str:
    """The Plotly figure as JSON. Colours are names of tokens in `meta`: the page fills in its theme's."""
    days = [point.day.isoformat() for point in found.points]
    drawn = plotly.Figure()
    if any(point.posts for point in found.points):
        _bars(drawn, days, [point.posts for point in found.points])
    if found.has_base:
        _line(drawn, days, [point.base for point in found.points], str(found.asked.base_label), "s6", dash="dash")
    _line(drawn, days, [point.value for point in found.points], _("This period"), "accent", width=2.25)
    drawn.update_layout(_layout(found), template=None)
    if target is not None and target.goal_value is not None:
        label = _("Target %(value)s") % {"value": target.target_shown}
        drawn.add_hline(y=float(target.goal_value), line={"dash": "dot", "width": 1.25}, annotation={"text": label})
    return drawn.to_json()


def _line(
    drawn: plotly.Figure, days: Sequence[str], values: Sequence, name: str, token: str, dash: str = "solid", width: float = 1.75
) -> None:
    line = {"dash": dash, "width": width, "shape": "linear"}
    shown = [None if value is None else float(value) for value in values]
    mode = "lines+markers" if len([value for value in shown if value is not None]) < 3 else "lines"
    drawn.add_scatter(x=days, y=shown, name=name, mode=mode, connectgaps=False, line=line, meta={"token": token})


def _bars(drawn: plotly.Figure, days: Sequence[str], posts: Sequence[int]) -> None:
    drawn.add_bar(x=days, y=posts, name=_("Posts that day"), yaxis="y2", opacity=0.55, meta={"token": "s6"})


def _layout(found: Trend) -> dict:
    most = max((point.posts for point in found.points), default=0)
    return {
        "margin": {"l": 48, "r": 16, "t": 16, "b": 32},
        "height": 380,
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.12, "traceorder": "reversed"},
        "separators": get_format("DECIMAL_SEPARATOR") + get_format("THOUSAND_SEPARATOR"),
        "xaxis": {"type": "date", "fixedrange": True, "anchor": "y2", **_ticks(found.points)},
        "yaxis": {
            "fixedrange": True,
            "domain": [0.16, 1],
            "ticksuffix": f" {found.kpi.unit.sign}" if found.kpi.unit.sign else "",
        },
        # The posts are a quiet row at the foot of the chart.
        "yaxis2": {"domain": [0, 0.1], "visible": False, "fixedrange": True, "range": [0, max(most, 1)]},
        "bargap": 0.4,
    }


def _ticks(points: Sequence[Point]) -> dict:
    """A label for about seven of the days, in the reader's language; Plotly itself speaks only English."""
    step = max(1, -(-len(points) // TICKS))
    days = [point.day for point in points][::step]
    return {"tickvals": [day.isoformat() for day in days], "ticktext": [short_day(day) for day in days]}
