"""Charts: figures for Plotly as JSON, coloured by the page, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as plotly
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from brands.models import Brand
from brands.templatetags.ui import day
from metrics.dashboard import scope_of
from metrics.forms.period import Asked
from metrics.kpi import MEASURES, Kpi
from metrics.periods import DAY, Span, weeks
from metrics.post_results import published_in
from metrics.progress import TargetState
from metrics.readings import in_unit
from metrics.totals import totals_of

MOST_DAYS = 100
SMOOTHED_DAYS = 7
TICKS = 7


@dataclass(frozen=True)
class Point:
    day: date
    value: Decimal | None
    base: Decimal | None
    posts: int = 0


@dataclass(frozen=True)
class Trend:
    """A KPI along a period. A rate is that of the seven days up to each day: single days jump about."""

    kpi: Kpi
    points: list[Point]
    step: str
    has_base: bool
    currency: str

    @property
    def rows(self) -> list[tuple[date, str, str]]:
        return [
            (point.day, in_unit(point.value, self.kpi.unit, self.currency), in_unit(point.base, self.kpi.unit, self.currency))
            for point in self.points
        ]

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
    spans, step = steps(kpi, asked.span)
    before = [Span(span.start - _shift(asked), span.end - _shift(asked)) for span in spans] if asked.base else []
    scope = scope_of(asked)
    found = totals_of(brand, {*spans, *before}, [scope])
    values = [found[scope, span].result(kpi.name).rounded(kpi.unit) for span in spans]
    bases = [found[scope, span].result(kpi.name).rounded(kpi.unit) for span in before] or [None] * len(spans)
    posts = _posts_by_day(brand, asked)
    points = [
        Point(span.end, value, base, posts.get(span.end, 0)) for span, value, base in zip(spans, values, bases, strict=True)
    ]
    return Trend(kpi, points, step, bool(asked.base), brand.currency)


def _shift(asked: Asked) -> timedelta:
    return timedelta(days=asked.span.days)


def steps(kpi: Kpi, span: Span) -> tuple[list[Span], str]:
    """One span per point of the line, and how they are called."""
    if span.days > MOST_DAYS:
        return [week for week in weeks(span.start, span.end) if span.covers(week)], "week"
    days = [span.start + timedelta(days=i) for i in range(span.days)]
    if any(MEASURES[name].counts_people for name in kpi.inputs):
        # People do not add up over seven days; a single day is what platforms report.
        return [Span(day, day) for day in days], "day"
    return [Span(day - DAY * (SMOOTHED_DAYS - 1), day) for day in days], "seven_days"


def _posts_by_day(brand: Brand, asked: Asked) -> dict[date, int]:
    found = published_in(brand, asked.span, asked.channel)
    days = found.annotate(day=TruncDate("published_at", tzinfo=brand.zone)).values_list("day")
    return dict(days.annotate(count=Count("pk")))


def figure(found: Trend, target: TargetState | None = None) -> str:
    """The Plotly figure as JSON. Colours are names of tokens in `meta`: the page fills in its theme's."""
    days = [point.day.isoformat() for point in found.points]
    drawn = plotly.Figure()
    if any(point.posts for point in found.points) and found.step != "week":
        _bars(drawn, days, [point.posts for point in found.points])
    if found.has_base:
        _line(drawn, days, [point.base for point in found.points], _("Period before"), "s6", dash="dash")
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
    return {"tickvals": [day.isoformat() for day in days], "ticktext": [date_format(day, "j M") for day in days]}
