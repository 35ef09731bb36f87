"""The small parts that every page is made of. Widths are SVG attributes, so that no page needs an inline style."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brands.languages import OWN_NAMES
from brands.zones import cities
from metrics.kpi.terms import rounded

register = template.Library()

MISSING = "—"


class StatusLook(NamedTuple):
    tone: str
    icon_name: str
    word: str | Promise


STATUSES = {
    "idea": StatusLook("idea", "bulb", _("Idea")),
    "draft": StatusLook("draft", "pencil", _("Draft")),
    "in_review": StatusLook("review", "eye", _("In review")),
    "with_client": StatusLook("review", "user-check", _("With the client")),
    "changes_requested": StatusLook("alert", "message-report", _("Changes requested")),
    "approved": StatusLook("approved", "circle-check", _("Approved")),
    "planned": StatusLook("draft", "calendar-event", _("Planned")),
    "scheduled": StatusLook("scheduled", "clock", _("Scheduled")),
    "due": StatusLook("review", "bell", _("Due")),
    "published": StatusLook("published", "checks", _("Published")),
    "missed": StatusLook("alert", "alert-triangle", _("Missed")),
    "not_reached": StatusLook("alert", "alert-triangle", pgettext_lazy("status", "Missed")),
    "expired": StatusLook("alert", "clock-off", pgettext_lazy("status", "Expired")),
    "cancelled": StatusLook("draft", "ban", _("Cancelled")),
    "archived": StatusLook("draft", "ban", _("Archived")),
    "achieved": StatusLook("good", "circle-check", _("Achieved")),
    "on_track": StatusLook("good", "trending-up", _("On track")),
    "at_risk": StatusLook("warn", "alert-circle", _("At risk")),
    "behind": StatusLook("bad", "alert-triangle", _("Behind")),
    "no_data": StatusLook("none", "minus", _("No data")),
    "not_started": StatusLook("none", "hourglass", _("Not started")),
    "works": StatusLook("good", "circle-check", _("It works")),
    "fails": StatusLook("bad", "circle-x", _("It does not work")),
    "open": StatusLook("none", "hourglass", _("Still open")),
}

PLATFORM_ICONS = {
    "facebook": "f:brand-facebook",
    "instagram": "brand-instagram",
    "x": "brand-x",
    "tiktok": "f:brand-tiktok",
    "linkedin": "brand-linkedin",
    "pinterest": "brand-pinterest",
    "youtube": "brand-youtube",
    "telegram": "brand-telegram",
    "threads": "brand-threads",
}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    return _drawn_icon(name, css, static("icons.svg"))


@lru_cache(maxsize=2048)
def _drawn_icon(name: str, css: str, sprite: str) -> SafeString:
    """A month draws hundreds, of a few kinds."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, sprite, name.replace(":", "-"))


@register.simple_tag
def platform(platform, css: str = "", label: bool = True) -> SafeString:
    """The coloured tile of a platform; `label` adds its name for those who do not see the tile."""
    slug = getattr(platform, "slug", platform)
    name = getattr(platform, "name", str(slug).capitalize())
    hidden = format_html('<span class="vh">{}</span>', name) if label else ""
    return format_html('<span class="sp-pf pf-{} {}">{}{}</span>', slug, css, icon(PLATFORM_ICONS.get(slug, "world")), hidden)


@register.simple_tag
def status(name: str, bare: bool = False, word: str = "") -> SafeString:
    look = STATUSES[name]
    css = "sp-st--bare" if bare else ""
    return format_html('<span class="sp-st {} st-{}">{}{}</span>', css, look.tone, icon(look.icon_name), word or look.word)


@register.simple_tag
def status_icon(name: str) -> SafeString:
    look = STATUSES[name]
    return format_html(
        '<span class="sp-st sp-st--bare st-{}">{}<span class="vh">{}</span></span>', look.tone, icon(look.icon_name), look.word
    )


@register.filter
def status_word(name: str) -> str:
    return str(STATUSES[name].word) if name in STATUSES else name


@register.simple_tag
def bar(percent, tone: str = "acc", mark=None, label: str = "") -> SafeString:
    """A progress bar; `mark` is where the value should be today. A missing percentage draws the empty track."""
    filled = _within_100(percent)
    # Without words of its own it is an ornament beside figures that say the same.
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    line = "" if mark is None else format_html('<line class="mk" x1="{0}%" x2="{0}%" y1="0" y2="10"/>', _within_100(mark))
    return format_html(
        '<svg class="sp-bar" {}><rect class="tr" y="2" width="100%" height="6" rx="3"/>'
        '<rect class="f-{}" y="2" width="{}%" height="6" rx="3"/>{}</svg>',
        said, tone, filled, line,
    )  # fmt: skip


@register.simple_tag
def mix(parts: Sequence[tuple[str, float]], label: str = "") -> SafeString:
    """One bar cut into shares: `parts` are (CSS class, percent)."""
    segments, position = [], 0.0
    for css, share in parts:
        segments.append((css, f"{position:.2f}", f"{max(float(share) - 0.8, 0):.2f}"))
        position += float(share)
    drawn = format_html_join("", '<rect class="{}" x="{}%" width="{}%" height="10"/>', segments)
    return format_html('<svg class="sp-bar sp-mix" role="img" aria-label="{}">{}</svg>', label, drawn)


@register.simple_tag
def spark(values: Sequence, width: int = 88, height: int = 28) -> SafeString:
    """A line without axes. A missing value (None) is a gap, never a zero."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    low, reach = min(known), (max(known) - min(known)) or 1.0
    step = (width - 6) / (len(values) - 1)
    points = [
        None if value is None else (3 + index * step, height - 3 - (float(value) - low) / reach * (height - 6))
        for index, value in enumerate(values)
    ]
    lines = format_html_join("", '<polyline class="l" points="{}"/>', ((_path(run),) for run in _runs(points)))
    last_x, last_y = next(point for point in reversed(points) if point)
    return format_html(
        '<svg class="sp-spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true">{2}'
        '<circle class="d" cx="{3}" cy="{4}" r="3.5"/></svg>',
        width, height, lines, f"{last_x:.1f}", f"{last_y:.1f}",
    )  # fmt: skip


@register.simple_tag
def ring(score: int, size: int = 44, label: str = "") -> SafeString:
    radius = size / 2 - 3
    around = 2 * math.pi * radius
    return format_html(
        '<svg class="sp-ring" width="{0}" height="{0}" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<circle class="tr" cx="{2}" cy="{2}" r="{3}"/><circle class="v" cx="{2}" cy="{2}" r="{3}" stroke-linecap="round" '
        'stroke-dasharray="{4} {5}" transform="rotate(-90 {2} {2})"/>'
        '<text x="50%" y="50%" text-anchor="middle" dominant-baseline="central">{6}</text></svg>',
        size, label, size / 2, radius, f"{around * _within_100(score) / 100:.1f}", f"{around:.1f}", score,
    )  # fmt: skip


@register.simple_tag
def meter(value: int, limit: int | None) -> SafeString:
    width = 36 * min(value / limit, 1) if limit else 0
    tone = "bad" if limit and value > limit else "acc"
    return format_html(
        '<svg class="meter" aria-hidden="true"><rect class="tr" width="36" height="6" rx="3"/>'
        '<rect class="f-{}" width="{}" height="6" rx="3"/></svg>',
        tone, f"{width:.1f}",
    )  # fmt: skip


@register.simple_tag
def avatar(user, css: str = "") -> SafeString:
    if user is None:
        return SafeString("")
    return format_html('<span class="sp-av av-{} {}" aria-hidden="true">{}</span>', (user.pk or 0) % 3, css, user.initials)


@register.simple_tag
def pillar(pillar, css: str = "") -> SafeString:
    return format_html('<span class="sp-pil pil{} {}">{}</span>', pillar.colour, css, pillar.name)


@register.filter
def number(value, places: int | None = None) -> str:
    """A number as the reader writes it, rounded to `places` (Django would cut it). Without them, as many decimals as it has."""
    if value is None or value == "":
        return MISSING
    if places is not None:
        value = rounded(Fraction(value), places)
    elif isinstance(value, Decimal):
        value = _plain(value)
    shown = formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    return shown.replace("-", "−", 1) if shown.startswith("-") else shown


@register.filter
def percent(value, places: int = 2) -> str:
    return MISSING if value is None else f"{number(value, places)}\xa0%"


@register.filter
def money(value, currency: str = "") -> str:
    """Whole amounts without decimals, the currency behind."""
    if value is None:
        return MISSING
    amount = Decimal(value)
    shown = number(amount, 0 if amount == amount.to_integral_value() else 2)
    return f"{shown}\xa0{currency}" if currency else shown


@register.filter
def own_name(code: str) -> str:
    """What a language calls itself."""
    return OWN_NAMES[code]


@register.filter
def city(zone: str) -> str:
    """A time zone by the city it is called after: “Tashkent”, «Ташкент»."""
    return cities(get_language()).get(zone, zone)


@register.filter
def day(value: date | None) -> str:
    return formats.date_format(value, "MONTH_DAY_FORMAT") if value else MISSING


@register.filter
def day_year(value: date | None) -> str:
    return formats.date_format(value, "DATE_FORMAT") if value else MISSING


@register.simple_tag
def span(first: date | None, last: date | None) -> str:
    """“1 November – 30 November 2026”; one day is written once, and the first year only where it is another."""
    if first == last:
        return day_year(last)
    shown = day(first) if first and last and first.year == last.year else day_year(first)
    return f"{shown} – {day_year(last)}"


@register.filter
def within(words: object) -> str:
    """A month or a weekday within a sentence or beside a number: only English writes it with a capital there."""
    return str(words) if get_language() == "en" else str(words).lower()


@register.filter
def quoted(words: object) -> str:
    """Somebody’s words in the quotation marks of the reader’s language."""
    return f"«{words}»" if get_language() == "ru" else f"“{words}”"


@register.filter(expects_localtime=True)
def month_year(value: date) -> str:
    """“September 2026” within a sentence."""
    return within(formats.date_format(value, "YEAR_MONTH_FORMAT"))


@register.filter(expects_localtime=True)
def short_day(value: date) -> str:
    """“26 Oct”, where room is short."""
    return within(formats.date_format(value, "SHORT_DAY_FORMAT"))


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time in the active zone, which on a brand's pages is the brand's."""
    if value is None:
        return MISSING
    local = timezone.localtime(value)
    return f"{day(local)}, {formats.time_format(local, 'TIME_FORMAT')}"


def _within_100(value) -> float:
    return 0.0 if value is None else round(min(max(float(value), 0.0), 100.0), 2)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _path(run: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in run)


@register.inclusion_tag("_history.html", takes_context=True)
def history(context: dict, kind: str, pk: int | None) -> dict:
    """A link to what happened to an object, for those who work on it."""
    shows = bool(context.get("may_edit") and pk)
    return {"address": reverse("brands:history", args=[context["brand"].slug, kind, pk]) if shows else ""}


@register.inclusion_tag("_help.html", takes_context=True)
def help_with(context: dict, place: str) -> dict:
    """A question mark beside a heading: the words of the library that belong there, without leaving the page."""
    return {"address": reverse("metrics:help", args=[context["brand"].slug, place]), "brand": context["brand"]}
