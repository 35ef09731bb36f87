"""The drawings of a report. Colours stand as attributes, for the PDF, and a page's stylesheet overrules them by class."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brands.templatetags.ui import day_year, span
from metrics.models import Report, ReportSchedule
from metrics.period_presets import BY_NAME, OWN, STRATEGY
from metrics.reports import drawing

register = template.Library()
FONT = '"Paper Latin", "Paper Cyrillic", "Source Sans 3", sans-serif'


@register.filter
def iso_day(value: str) -> str:
    """A kept ISO day as the reader writes days."""
    return day_year(parse_date(value)) if value else ""


@register.filter
def period_words(report: Report) -> str:
    """The days of a report as its list says them: by name, or as two dates."""
    if report.preset == OWN:
        return span(report.start, report.end)
    if report.preset == STRATEGY:
        return gettext("From its first day")
    return str(BY_NAME[report.preset].label) if report.preset in BY_NAME else report.preset


@register.filter
def schedule_words(schedule: ReportSchedule) -> str:
    hour = f"{schedule.hour:02}:00"
    if schedule.rhythm == ReportSchedule.Rhythm.WEEKLY:
        return gettext("%(weekday)s, %(hour)s") % {"weekday": WEEKDAYS[schedule.weekday], "hour": hour}
    return gettext("day %(day)s of the month, %(hour)s") % {"day": schedule.day, "hour": hour}


@register.filter
def nth(values: Sequence[Any], place: int) -> Any:
    return values[place]


@register.simple_tag
def report_chart(block: dict[str, Any]) -> SafeString:
    """A line of a report, with what it comes to as its title."""
    found = drawing.chart(block["rows"])
    parts = [_levels(found.levels), _lines(found.before, before=True), _lines(found.now), _dots(found.dots), _labels(found.days)]
    title = f"{block['caption']}. {block['summary']}"
    return format_html(
        '<svg class="sp-paper__chart" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" data-picture="{2}" '
        'xmlns="http://www.w3.org/2000/svg"><title>{3}</title>{4}</svg>',
        drawing.WIDTH, drawing.HEIGHT, block["caption"], title, format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


def _levels(marks: Sequence[drawing.Mark]) -> SafeString:
    """The highest and the lowest figure, each on a line of its own."""
    line = (
        '<line class="ax" stroke="#dcd7cb" stroke-width="1" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text class="tx" fill="#5f696a" font-size="11" font-family="{3}" x="{0}" y="{4}">{5}</text>'
    )
    end = drawing.WIDTH - drawing.RIGHT
    return format_html_join("", line, ((drawing.LEFT, end, mark.y, FONT, mark.y - 6, mark.text) for mark in marks))


def _lines(runs: Sequence[Sequence[drawing.Point]], *, before: bool = False) -> SafeString:
    line = '<polyline class="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}" points="{}"/>'
    look = ("lb", "#8b9190", "1.5", "5 4") if before else ("ln", "#0b6770", "2.25", "none")
    return format_html_join("", line, ((*look, " ".join(f"{x},{y}" for x, y in run)) for run in runs))


def _dots(points: Sequence[drawing.Point]) -> SafeString:
    return format_html_join("", '<circle class="d" fill="#0b6770" cx="{}" cy="{}" r="3.5"/>', points)


def _labels(marks: Sequence[drawing.Mark]) -> SafeString:
    label = '<text class="tx{}" fill="#5f696a" font-size="11" font-family="{}" x="{}" y="{}" text-anchor="{}">{}</text>'
    # A phone has room for every second day.
    second = (" is-2nd" if number % 2 and number < len(marks) - 1 else "" for number in range(len(marks)))
    return format_html_join("", label, ((css, FONT, m.x, m.y, m.anchor, m.text) for css, m in zip(second, marks, strict=True)))
