"""Insight in sentences: what was found, how, and what would be needed where nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brands.models import Brand, Channel
from brands.templatetags.ui import number, within
from metrics.insight.anomalies import Unusual
from metrics.insight.robust import Declined
from metrics.periods import Span
from metrics.totals import Scope


@dataclass(frozen=True)
class How:
    """What unfolds under a statement: the method, what went into it, and where the rows are."""

    method: str
    facts: tuple[tuple[str, str], ...] = ()
    rows_url: str = ""


def rows_url(brand: Brand, metric: str, span: Span, channel: Channel | None = None) -> str:
    """The rows behind a metric of these days, of the channel that was chosen."""
    scope = Scope(channels=(channel,) if channel else None)
    return f"{reverse('metrics:rows', args=[brand.slug, metric])}?{scope.query(span)}"


_NEEDS = {
    "posts": gettext_lazy("Too few posts to say: %(have)s with figures, %(need)s are needed. Publish, import the posts’ figures, or choose more days."),
    "cells": gettext_lazy("No hour of any weekday has %(need)s posts yet, the fullest has %(have)s. Post at the same hours for some weeks."),
    "groups": gettext_lazy("Nothing to compare: %(have)s group has enough posts, %(need)s are needed, with 8 posts each. Say of each post what it is."),
    "weeks": gettext_lazy("Too little history to say: %(have)s full weeks with figures, %(need)s are needed. Import the days that are missing."),
    "small": gettext_lazy("The figures are too small to tell chance from change: %(have)s on a usual day, %(need)s are needed."),
    "ahead": gettext_lazy("The deadline is too far away to say: %(have)s weeks, and %(need)s are the most that so few weeks tell of."),
    "over": gettext_lazy("The deadline has come: what was reached stands above, and there is nothing left to forecast."),
    "rate": gettext_lazy("Only counts and levels are forecast. This is a rate: its parts would each need a forecast of their own."),
    "per_post": gettext_lazy("A figure per post depends on the posts still to be made, so no forecast is made."),
    "no_value": gettext_lazy("There is no figure yet to start from. Import or record it first."),
    "no_target": gettext_lazy("The target names no value, so there is nothing to compare a forecast with."),
    "not_begun": gettext_lazy("Its days have not begun yet."),
    "other_owner": gettext_lazy("Its figures are not recorded day by day on channels, and a forecast needs full weeks of them."),
    "no_base": gettext_lazy("Choose a period to compare with: a contribution is a part of a change."),
    "parts": gettext_lazy("Fewer than two channels have figures in both periods, so there is nothing to divide the change between."),
    "effects": gettext_lazy("The rate cannot be taken apart: one of the periods lacks its figures on each channel."),
}  # fmt: skip


def told(declined: Declined) -> str:
    """Why nothing is said, and what would be needed."""
    return str(_NEEDS[declined.reason]) % {"have": number(declined.have), "need": number(declined.need)}


def weekday(day: int) -> str:
    """The weekday within a sentence."""
    return within(WEEKDAYS[day])


def hours(hour: int) -> str:
    return f"{hour:02}:00"


def against(unusual: Unusual) -> str:
    """“1,240 against 310–480 on a usual Saturday”."""
    words = {
        "value": number(round(unusual.value)),
        "low": number(round(unusual.usual.low)),
        "high": number(round(unusual.usual.high)),
        "weekday": weekday(unusual.day.weekday()),
    }
    return _("%(value)s against %(low)s–%(high)s on a usual %(weekday)s") % words


def posts_counted(count: int) -> str:
    return ngettext("%(count)s post", "%(count)s posts", count) % {"count": number(count)}


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
