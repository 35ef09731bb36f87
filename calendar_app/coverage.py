"""Does the calendar hold something in each of the next four weeks? Asked before a strategy is reviewed."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from brands.templatetags.ui import day
from calendar_app.models import Publication
from calendar_app.moments import span
from calendar_app.month import Month, days_between
from strategies.models import Strategy
from strategies.steps import Missing

WEEKS = 4


def gate(strategy: Strategy) -> list[Missing]:
    """The weeks without a post, of the next four in which the strategy runs, each with a link to its month."""
    brand = strategy.brand
    first = max(brand.today(), strategy.start)
    last = min(first + timedelta(weeks=WEEKS, days=-1), strategy.end)
    if first > last:
        return []
    start, end = span(first, last, brand.zone)
    rows = Publication.objects.for_strategy(strategy).between(start, end).standing().values_list("at", flat=True)
    planned = {(at.astimezone(brand.zone).date() - first).days // 7 for at in rows}
    calendar = reverse("calendar:month", args=[brand.slug])
    return [
        Missing(_("Nothing is planned in the week from %(day)s") % {"day": day(week)}, f"{calendar}?month={Month.of(week)}")
        for number, week in enumerate(days_between(first, last, step=timedelta(days=7)))
        if number not in planned
    ]
