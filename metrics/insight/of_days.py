"""What the daily figures tell: days out of their rhythm, and where the weeks are heading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from brands.templatetags import ui
from brands.templatetags.ui import number
from calendar_app.month import days_between
from metrics.forms.period import Asked
from metrics.insight import anomalies, trends
from metrics.insight.causes import Cause, causes
from metrics.insight.reading import ADDITIVE, TREND_WEEKS, Daily, full_weeks, judged_days, weekly_sums
from metrics.insight.robust import CONFIDENCE, Declined, rolling_mean
from metrics.insight.words import How, against, rows_url, told
from metrics.kpi import MEASURES
from metrics.periods import Span
from metrics.readings import label_of

SHOWN = 12
SPARK_DAYS = 84


@dataclass(frozen=True)
class Event:
    """One channel's unusual day, with all figures that were unusual on it, the most unusual first."""

    channel: Channel
    day: date
    figures: list[tuple[str, anomalies.Unusual]]
    causes: list[Cause]
    url: str

    @property
    def sentences(self) -> list[str]:
        return [f"{label_of(measure)}: {against(unusual)}" for measure, unusual in self.figures]

    @property
    def is_below(self) -> bool:
        return self.figures[0][1].is_below


@dataclass(frozen=True)
class Days:
    events: list[Event]
    sentence: str
    how: How
    unjudged: str = ""
    is_declined: bool = False


def unusual(found: Daily, span: Span) -> dict[tuple[int, date], list[tuple[str, anomalies.Unusual]]]:
    """By channel and day: the figures that fell out of the rhythm, the most unusual first."""
    events: dict[tuple[int, date], list[tuple[str, anomalies.Unusual]]] = defaultdict(list)
    for (channel, measure), series in found.items():
        for one in anomalies.unusual_days(_floats(series), days_between(span.start, span.end)):
            events[channel, one.day].append((measure, one))
    for several in events.values():
        several.sort(key=lambda pair: (-pair[1].score, pair[0]))
    return dict(events)


def _floats(series: dict[date, Decimal]) -> dict[date, float]:
    return {day: float(value) for day, value in series.items()}


def days_of(brand: Brand, found: Daily, channels: dict[int, Channel], asked: Span) -> Days:
    span = judged_days(asked)
    events = unusual(found, span)
    newest = sorted(events, key=lambda key: (key[1], -key[0]), reverse=True)[:SHOWN]
    known: dict[int, set[date]] = defaultdict(set)
    for (channel, _measure), series in found.items():
        known[channel] |= series.keys()
    why = causes(brand, newest, known)
    judged, lacking = _judged(found, span)
    how = How(
        _("Each figure of a channel is compared with the same weekday of the %(weeks)s weeks before: their median, give or take "
          "%(threshold)s times the usual distance from it (the median absolute deviation; at least that of all weekdays, "
          "%(share)s %% of the median, and what chance alone makes of so many). %(fewest)s of these weeks must have the figure, "
          "and a median of %(least)s or more. What stands beside a day happened then; it need not be the reason.")
        % {"weeks": anomalies.WEEKS, "threshold": number(anomalies.THRESHOLD), "share": round(anomalies.LEAST_SHARE * 100),
           "fewest": anomalies.FEWEST_WEEKS, "least": round(anomalies.LEAST_MEDIAN)},
        ((_("Days looked at"), ui.span(span.start, span.end)),
         (_("Sample"), _("%(count)s figures could be judged") % {"count": number(judged)})),
    )  # fmt: skip
    told_events = [Event(channels[c], d, events[c, d], why.get((c, d), []), _day_url(brand, c, d)) for c, d in newest]
    if not judged:
        return Days([], told(Declined("weeks", 0, anomalies.FEWEST_WEEKS)), how, is_declined=True)
    sentence = "" if told_events else _("No day fell out of its rhythm.")
    return Days(
        told_events,
        sentence,
        how,
        _("%(count)s figures could not be judged: too few weeks before them, or too small.") % {"count": number(lacking)}
        if lacking
        else "",
    )


def _judged(found: Daily, span: Span) -> tuple[int, int]:
    """How many figures could be judged, and how many not."""
    verdicts = [
        isinstance(anomalies.judge(series, day), Declined)
        for series in map(_floats, found.values())
        for day in days_between(span.start, span.end)
        if day in series
    ]
    return len(verdicts) - sum(verdicts), sum(verdicts)


def _day_url(brand: Brand, channel: int, day: date) -> str:
    asked = {"preset": "own", "start": day.isoformat(), "end": day.isoformat(), "channel": str(channel)}
    return f"{reverse('metrics:rows', args=[brand.slug, 'audience_engagement'])}?{urlencode(asked)}"


@dataclass(frozen=True)
class Heading:
    """Where one measure is heading: its weeks, the means of seven and of 28 days, and a sentence."""

    label: str
    sentence: str
    how: How
    spark: Sequence[float | None]
    week_mean: str
    month_mean: str
    is_declined: bool
    tone: str = ""


def headings(brand: Brand, found: Daily, channels: Sequence[int], asked: Asked) -> list[Heading]:
    weeks = full_weeks(asked.span.end, TREND_WEEKS)
    return [_heading(brand, found, measure, channels, asked, weeks) for measure in ADDITIVE]


def _heading(brand: Brand, found: Daily, measure: str, channels: Sequence[int], asked: Asked, weeks: list[Span]) -> Heading:
    span = asked.span
    sums = weekly_sums(found, measure, weeks, channels)
    slope = trends.slope(sums)
    by_day = _by_day(found, measure, channels, span)
    means = [rolling_mean(by_day, days) for days in (7, 28)]
    how = How(
        _("The median of the slopes between all pairs of weeks (Theil–Sen), which single wild weeks do not bend; the interval, "
          "from ranks, holds the true slope in %(sure)s of 100 cases. Weeks run from Monday to Sunday; a week in which a channel "
          "lacks a day is left out. %(fewest)s weeks are needed. The means are those of the last 7 and 28 days.")
        % {"sure": round(CONFIDENCE * 100), "fewest": trends.FEWEST_WEEKS},
        ((_("Weeks"), f"{sum(week is not None for week in sums)} / {len(weeks)}"),
         (_("Joined"), _("sum over the channels") if MEASURES[measure].join.name == "UP" else _("as reported"))),
        rows_url(brand, measure, Span(min(weeks[0].start, span.start), span.end), asked.channel),
    )  # fmt: skip
    shown = ["—" if not mean or mean[-1] is None else number(round(mean[-1], 1), 1) for mean in means]
    declined = isinstance(slope, Declined)
    sentence = told(slope) if declined else slope_words(slope, sums)
    tone = "" if declined or not slope.is_clear else "good" if slope.per_week > 0 else "bad"
    return Heading(label_of(measure), sentence, how, means[0][-SPARK_DAYS:], *shown, declined, tone)


def _by_day(found: Daily, measure: str, channels: Sequence[int], span: Span) -> list[float | None]:
    """Day by day the sum over the channels that have this measure; a gap where one of them lacks the day."""
    series = [found[key] for channel in channels if (key := (channel, measure)) in found]
    days = list(days_between(full_weeks(span.end, SPARK_DAYS // 7 + 5)[0].start, span.end))
    values = [[one.get(day) for one in series] for day in days]
    return [None if not several or None in several else float(sum(several)) for several in values]


def slope_words(slope: trends.Slope, values: Sequence[float | None]) -> str:
    """“Rises by 4.1 % a week (2.0 to 6.3 %)”, or that nothing clear can be said."""
    usual = median(value for value in values if value is not None)
    if not slope.is_clear or not usual:
        return _("No clear direction over %(weeks)s weeks: it may as well rise as fall.") % {"weeks": slope.weeks}
    shares = sorted(abs(edge / usual * 100) for edge in (slope.interval.low, slope.interval.high))
    words = {
        "by": number(round(abs(slope.per_week / usual * 100), 1), 1),
        "low": number(round(shares[0], 1), 1), "high": number(round(shares[1], 1), 1), "weeks": slope.weeks,
    }  # fmt: skip
    if slope.per_week > 0:
        return _("Rises by about %(by)s %% of a usual week each week (%(low)s to %(high)s %%), over %(weeks)s weeks.") % words
    return _("Falls by about %(by)s %% of a usual week each week (%(low)s to %(high)s %%), over %(weeks)s weeks.") % words
