"""What was measured in a period: one exact figure per measure, where it comes from, and what is missing.

    found = totals(brand, start, end)                      # or channels=[…], strategy=…, campaign=…, post=…
    found.value("likes")                                   # Fraction or None: missing is not zero
    found.figure("interactions").parts                     # the same figure channel by channel
    found.result("engagement_rate_reach")                  # kpi Result: exact value, or status with the names
    found.previous.result("engagement_rate_reach")         # the span of equal length just before; no further query
    found.channel(instagram).result("…")                   # one channel of the same scope; no further query

The number of queries is the same for any number of rows, channels and spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from brands.models import Brand, Channel
from calendar_app.models import Campaign, Post
from metrics.periods import Span
from metrics.totals.figures import Coverage, Figure, Part, Source
from metrics.totals.narrow_records import books_of
from metrics.totals.of_campaign import OfCampaign
from metrics.totals.one_channel import OneChannel
from metrics.totals.records import Records
from metrics.totals.scoped import Scope, Totals
from metrics.totals.several_channels import SeveralChannels
from strategies.models import BudgetLine, Strategy

__all__ = ["Coverage", "Figure", "Part", "Scope", "Source", "Totals", "totals", "totals_of"]


def totals(
    brand: Brand,
    start: date,
    end: date,
    *,
    channels: Sequence[Channel] | None = None,
    strategy: Strategy | None = None,
    campaign: Campaign | None = None,
    post: Post | None = None,
) -> Totals:
    """The figures of a brand, some of its channels, a strategy, a campaign or a post, from `start` to `end` (both included)."""
    scope = Scope(None if channels is None else tuple(channels), strategy, campaign, post)
    span = Span(start, end)
    return totals_of(brand, [span], [scope])[scope, span]


def totals_of(
    brand: Brand,
    spans: Iterable[Span],
    scopes: Iterable[Scope],
    *,
    lines: Iterable[BudgetLine] | None = None,
    base_of: Callable[[Span], Span | None] | None = None,
    books: type[Records] = Records,
) -> dict[tuple[Scope, Span], Totals]:
    """Many scopes and spans at once, for the queries of one. A strategy's span ends where the strategy does.

    `lines` are the budget lines to count, for whoever has read them with their months; else all of the brand. `base_of`
    tells what a span is compared with, where that is not what lies just before: `found.over(base)` then has its figures.
    `books` are how the figures are read (see `summed.py`).
    """
    wanted = [(scope, span, *owned(scope, span)) for scope in scopes for span in spans]
    looked_at = {inside for *_wanted, inside in wanted}
    bases = {base for span in looked_at if base_of is not None and (base := base_of(span)) is not None}
    needed = looked_at | {span.previous for span in looked_at} | bases
    before = {span.previous for span in needed}
    records = books(brand, needed, lines, before=before, measured=not all(scope.is_narrow for scope, *_rest in wanted))
    kept = {scope: records for scope, *_rest in wanted} | books_of(
        records, {scope for scope, *_rest in wanted if scope.is_narrow}
    )
    return {(scope, span): _kind_of(narrow)(kept[scope], narrow, inside) for scope, span, narrow, inside in wanted}


def owned(scope: Scope, span: Span) -> tuple[Scope, Span]:
    """What of the span belongs to the scope: a strategy owns the days from its start to its end, and nothing of others."""
    if scope.strategy is None:
        return scope, span
    inside = span.within(Span(scope.strategy.start, scope.strategy.end))
    return (scope, inside) if inside else (replace(scope, channels=()), span)


def _kind_of(scope: Scope) -> type[Totals]:
    if scope.campaign is not None and scope.channels is None:
        return OfCampaign
    return OneChannel if scope.channels is not None and len(scope.channels) == 1 else SeveralChannels
