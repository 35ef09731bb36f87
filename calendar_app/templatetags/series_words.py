"""How often a series comes back, in words."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from brands.templatetags.ui import day_year, within
from calendar_app.models import Series
from calendar_app.series import DAILY, MONTHLY, WEEKLY
from calendar_app.series_posts import rule_of
from strategies.models.plans import Weekday

register = template.Library()


@register.filter
def how_often(series: Series) -> str:
    """“Every week on Tuesday”, “Every 2 months on the last Friday”."""
    return f"{_turns(series)} {_which(series)}".strip()


@register.filter
def how_long(series: Series) -> str:
    """“until 9 March 2027”, “12 times”."""
    if series.until:
        return _("until %(day)s") % {"day": day_year(series.until)}
    return ngettext("%(count)s time", "%(count)s times", series.count) % {"count": series.count}


def _turns(series: Series) -> str:
    if series.interval == 1:
        each = {DAILY: _("Every day"), WEEKLY: _("Every week")}
        return each.get(series.frequency, _("Every month"))
    number = {"count": series.interval}
    if series.frequency == DAILY:
        return npgettext("series", "Every %(count)s day", "Every %(count)s days", series.interval) % number
    if series.frequency == WEEKLY:
        return npgettext("series", "Every %(count)s week", "Every %(count)s weeks", series.interval) % number
    return npgettext("series", "Every %(count)s month", "Every %(count)s months", series.interval) % number


def _which(series: Series) -> str:
    if series.frequency == DAILY:
        return ""
    rule = rule_of(series)
    if series.frequency == WEEKLY:
        days = series.weekdays or [series.start.weekday()]
        return _("on %(days)s") % {"days": ", ".join(within(Weekday(day).label) for day in days)}
    if series.frequency == MONTHLY:
        if rule.keeps_to_the_end:
            return _("on the last day")
        return _("on day %(number)s") % {"number": series.start.day}
    weekday = within(date_format(series.start, "l"))
    said = {
        1: _("on the first %(weekday)s"), 2: _("on the second %(weekday)s"), 3: _("on the third %(weekday)s"),
        4: _("on the fourth %(weekday)s"), -1: _("on the last %(weekday)s"),
    }  # fmt: skip
    return said[rule.place_in_month] % {"weekday": weekday}
