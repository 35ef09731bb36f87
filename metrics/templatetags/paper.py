"""Small charts of the strategy document. They are also drawn on paper, where no stylesheet reaches inside an SVG: so the
colours of the light theme stand as attributes, and the page's stylesheet overrules them by class.
"""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, HEIGHT = 160, 10
LINE_HEIGHT = 32
TRACK = "#e5e1d8"
TONES = {"good": "#2f9a5d", "warn": "#c18517", "bad": "#d2483e", "acc": "#0b6770", "mut": "#8b9190"}
SERIES = ("#12848c", "#b42e5a", "#bb8014", "#3355b5", "#c4572b", "#8b9190")


@register.simple_tag
def paper_bar(percent, tone: str = "acc", mark=None, label: str = "", series: int = 0) -> SafeString:
    """A bar of 100 %; `mark` is where it should be today, `series` (1 to 6) a colour of its own. None: the empty track."""
    line = ""
    if mark is not None:
        line = format_html('<line class="mk" stroke="#1a2325" stroke-width="2" x1="{0}" x2="{0}" y1="0" y2="10"/>', _x(mark))
    css, colour = (f"f-s{series}", SERIES[(series - 1) % 6]) if series else (f"f-{tone}", TONES[tone])
    return format_html(
        '<svg class="sp-paper__bar" role="img" viewBox="0 0 {} {}" width="{}" height="{}" xmlns="http://www.w3.org/2000/svg">'
        '<title>{}</title><rect class="tr" fill="{}" y="2" width="{}" height="6" rx="3"/>'
        '<rect class="{}" fill="{}" y="2" width="{}" height="6" rx="3"/>{}</svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT, label, TRACK, WIDTH, css, colour, _x(percent), line,
    )  # fmt: skip


@register.simple_tag
def paper_mix(shares: Sequence[int], label: str = "") -> SafeString:
    """One bar cut into shares, each in its colour; a share that is left over stays empty."""
    drawn, position = [], 0.0
    for number, share in enumerate(shares):
        width = max(_x(share) * 3 - 1, 0)
        drawn.append((number % 6 + 1, SERIES[number % 6], f"{position:.1f}", f"{width:.1f}"))
        position += _x(share) * 3
    parts = format_html_join("", '<rect class="f-s{}" fill="{}" x="{}" width="{}" height="12"/>', drawn)
    return format_html(
        '<svg class="sp-paper__mix" role="img" viewBox="0 0 {0} 12" width="{0}" height="12" preserveAspectRatio="none" '
        'xmlns="http://www.w3.org/2000/svg"><title>{1}</title><rect class="tr" fill="{2}" width="{0}" height="12"/>{3}</svg>',
        WIDTH * 3, label, TRACK, parts,
    )  # fmt: skip


@register.simple_tag
def paper_key(number: int) -> SafeString:
    """The colour of a share beside its name."""
    place = (number - 1) % 6
    return format_html(
        '<svg class="sp-paper__key" aria-hidden="true" viewBox="0 0 10 10" width="10" height="10" '
        'xmlns="http://www.w3.org/2000/svg"><rect class="f-s{}" fill="{}" width="10" height="10" rx="2"/></svg>',
        place + 1, SERIES[place],
    )  # fmt: skip


@register.simple_tag
def paper_line(values: Sequence[Decimal | None], label: str = "") -> SafeString:
    """A line without axes; a week without a figure is a gap. Nothing where there are fewer than two figures."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    low, reach, step = min(known), (max(known) - min(known)) or 1.0, (WIDTH - 8) / (len(values) - 1)
    points = [
        None if value is None else (4 + index * step, LINE_HEIGHT - 5 - (float(value) - low) / reach * (LINE_HEIGHT - 10))
        for index, value in enumerate(values)
    ]
    line = '<polyline class="l" fill="none" stroke="#5f696a" stroke-width="1.5" points="{}"/>'
    lines = format_html_join("", line, ((run,) for run in _runs(points)))
    last = next(point for point in reversed(points) if point)
    return format_html(
        '<svg class="sp-paper__line" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
        'xmlns="http://www.w3.org/2000/svg"><title>{2}</title>{3}<circle class="d" fill="#0b6770" cx="{4}" cy="{5}" r="3"/></svg>',
        WIDTH, LINE_HEIGHT, label, lines, f"{last[0]:.1f}", f"{last[1]:.1f}",
    )  # fmt: skip


def _x(percent) -> float:
    """A percentage as a place on the bar, never outside of it."""
    return 0.0 if percent is None else round(min(max(float(percent), 0.0), 100.0) * WIDTH / 100, 1)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[str]:
    """The points of each unbroken stretch, as SVG writes them; a single point makes no line."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]:.1f},{point[1]:.1f}")
    return [" ".join(run) for run in runs if len(run) > 1]
