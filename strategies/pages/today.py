"""Today's value of a target, taken from the figures at the press of a button."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from brands.fields import plain_number
from brands.models import Channel
from brands.templatetags.ui import number
from strategies import known_figures, metric_names
from strategies.known_figures import Asked, Known
from strategies.models import Target
from strategies.pages.base import Page

USE_KNOWN = "use-known"


def asked_in(typed: QueryDict, channels: Iterable[Channel]) -> Asked | None:
    """What the fields of a target ask the figures; None while they do not say what and where."""
    metric, window = typed.get("target-metric", ""), typed.get("target-window", "")
    chosen = set(typed.getlist("target-channels"))
    places = tuple(channel for channel in channels if str(channel.pk) in chosen)
    if metric_names.find(metric) is None or not (places or typed.get("target-everywhere")):
        return None
    until = _day(typed.get("target-deadline", "")) or _day(typed.get("goal-deadline", ""))
    return Asked(metric, places, window if window in Target.Window.values else Target.Window.LATEST, until)


def is_written(typed: QueryDict, known: Known) -> bool:
    """Whether the field of today's value says what the figures say."""
    try:
        return known.value is not None and Decimal(plain_number(typed.get("target-baseline", ""))) == known.value
    except InvalidOperation:
        return False


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


class TodayFromFigures(Page):
    """A page with a target's form: its button writes what the figures say into the field, with all else that was typed."""

    def receive(self, typed: QueryDict) -> None:
        super().receive(self._with_today(typed) if typed.get("action") == USE_KNOWN else typed)

    def _with_today(self, typed: QueryDict) -> QueryDict:
        known = self._look(typed)
        if known.value is None:
            messages.warning(self.request, known.why_not)
            return typed
        typed = typed.copy()
        typed["target-baseline"] = number(known.value)
        return typed

    def _look(self, typed: QueryDict) -> Known:
        asked = asked_in(typed, self.people.channels)
        if asked is None:
            return Known(why_not=_("Choose the figure and where it is counted; then your figures can say what it is today."))
        return known_figures.look(self.strategy, [asked])[0]
