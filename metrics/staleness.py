"""From marks (these days of this channel changed) to the scopes and periods whose values they may have changed, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Min

from brands.models import Brand
from metrics.models import Observation, StalePeriod
from metrics.periods import DAY, Span, joined
from metrics.stored import OPENING, Stored

if TYPE_CHECKING:
    from metrics.basis import Marked

# So many separate runs of days of a channel are looked at one by one; more are taken for one, from the first to the last.
MOST_RUNS = 20


class Stale:
    """The days that were marked, by channel (None: all that the brand has), and how far stocks carry them on."""

    def __init__(self, brand: Brand, marks: Iterable[StalePeriod], differences: Iterable[Marked]) -> None:
        days: dict[int | None, list[Span]] = defaultdict(list)
        carried: dict[int | None, list[Span]] = defaultdict(list)
        for mark in marks:
            days[mark.channel_id].append(Span(mark.start, mark.end))
            if mark.carries:
                carried[mark.channel_id].append(Span(mark.start, mark.end))
        # Of the plan and the calendar, in which there are no stocks.
        for channel, span in differences:
            days[channel].append(span)
        self.days = {channel: _in_few(joined(spans)) for channel, spans in days.items()}
        self.opened = {channel: _openings(brand, channel, _in_few(joined(spans))) for channel, spans in carried.items()}

    def __contains__(self, item: Stored) -> bool:
        return any(
            item.holds(channel)
            and (any(item.reach.overlaps(span) for span in spans) or _opens_in(item, self.opened.get(channel, ())))
            for channel, spans in self.days.items()
        )


def _opens_in(item: Stored, opened: Iterable[Span]) -> bool:
    return any(item.inside.start in span for span in opened)


def _in_few(spans: Sequence[Span]) -> list[Span]:
    return list(spans) if len(spans) <= MOST_RUNS else [Span(spans[0].start, spans[-1].end)]


def _openings(brand: Brand, channel: int | None, spans: Iterable[Span]) -> list[Span]:
    """The first days of periods that open with a stock of the marked days: all until the stock's next figure.

    Brands have no stock that a period opens with: of all channels' marks (None) it is asked what some channel might carry.
    """
    stocks = Observation.objects.filter(brand=brand, measure__in=OPENING, publication=None, campaign=None, channel__isnull=False)
    if channel is not None:
        stocks = stocks.filter(channel=channel)
    found = []
    for span in spans:
        first = span.start + DAY if span.start < date.max else span.start
        after = stocks.filter(end__gt=span.end).order_by().values("channel", "measure").annotate(next=Min("end"))
        # A channel without a later figure opens every later period with this one.
        known = {(row["channel"], row["measure"]): row["next"] for row in after}
        holders = brand.channels.count() if channel is None else 1
        if channel is None and _of_campaigns(brand):
            known.clear()
        until = max(known.values()) if len(known) == holders * len(OPENING) else date.max
        found.append(Span(first, max(first, until)))
    return found


def _of_campaigns(brand: Brand) -> bool:
    """Whether a campaign has a stock of its own, which is marked as the brand's."""
    return Observation.objects.filter(brand=brand, campaign__isnull=False, measure__in=OPENING).exists()
