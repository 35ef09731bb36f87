"""What each channel contributed to the brand's change between two periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from brands.templatetags import ui
from brands.templatetags.ui import number
from metrics.insight import shares
from metrics.insight.reading import ADDITIVE
from metrics.insight.robust import Declined
from metrics.insight.words import How, told
from metrics.kpi import KPIS, Unit
from metrics.periods import Span
from metrics.readings import in_unit, label_of
from metrics.totals import Scope, Totals, totals_of

RATES = ("audience_engagement",)
FEWEST_CHANNELS = 2


@dataclass(frozen=True)
class Row:
    """`queries` stand beside the cells: the days and channel of those that are figures of their own, else nothing."""

    channel: str
    cells: tuple[str, ...]
    queries: tuple[str, ...] = ()

    @property
    def figures(self) -> list[tuple[str, str]]:
        return list(zip_longest(self.cells, self.queries, fillvalue=""))


@dataclass(frozen=True)
class Contribution:
    """One figure's change, with a row per channel and one for all of them."""

    label: str
    sentence: str
    how: How
    metric: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    total: Row | None = None
    is_declined: bool = False


Found = dict[Channel, tuple[Totals, Totals]]
"""By channel: its totals in the period compared with, and in the one asked for."""


def contributions(brand: Brand, channels: Sequence[Channel], span: Span, base: Span | None) -> list[Contribution]:
    if base is None:
        return [Contribution(_("Every channel"), told(Declined("no_base")), How(""), is_declined=True)]
    scopes = {channel: Scope(channels=(channel,)) for channel in channels}
    read = totals_of(brand, [base, span], scopes.values()) if scopes else {}
    found = {channel: (read[scope, base], read[scope, span]) for channel, scope in scopes.items()}
    return [
        *(_of_sum(measure, found, _how_sums(brand, span, base)) for measure in ADDITIVE),
        *(_of_rate(rate, found, _how_rates(brand, rate, span, base)) for rate in RATES),
    ]


def _of_sum(measure: str, found: Found, how: How) -> Contribution:
    values = {channel: (then.value(measure), now.value(measure)) for channel, (then, now) in found.items()}
    known = {channel: pair for channel, pair in values.items() if None not in pair}
    if len(known) < FEWEST_CHANNELS:
        return Contribution(label_of(measure), told(Declined("parts", len(known), FEWEST_CHANNELS)), how, is_declined=True)
    parts = shares.parts({c: then for c, (then, _now) in known.items()}, {c: now for c, (_then, now) in known.items()})
    rows = tuple(
        Row(str(part.name), _cells(part.then, part.now, part.share, part.of_change), _queries(found[part.name])) for part in parts
    )
    then, now = (sum((getattr(part, name) for part in parts), Fraction(0)) for name in ("then", "now"))
    one = Fraction(1)
    total = Row(_("Together"), _cells(then, now, one if now else None, one if now != then else None))
    headings = (_("Before"), _("Now"), _("Change"), _("Share now"), _("Share of the change"))
    left = [str(channel) for channel in values if channel not in known]
    sentence = _sum_sentence(parts, now - then)
    if left:
        sentence += " " + _("Not counted, for want of figures in both periods: %(channels)s.") % {"channels": ", ".join(left)}
    return Contribution(label_of(measure), sentence, how, measure, headings, rows, total)


def _queries(totals: tuple[Totals, Totals]) -> tuple[str, ...]:
    return tuple(each.scope.query(each.span) for each in totals)


def _sum_sentence(parts: Sequence[shares.Part], change: Fraction) -> str:
    first = parts[0]
    if not first.change:
        return _("No channel changed.")
    words = {"channel": first.name, "change": _signed(first.change), "whole": _signed(change)}
    return _("%(channel)s moved most: %(change)s of %(whole)s.") % words


def _cells(then: Fraction, now: Fraction, share: Fraction | None, of_change: Fraction | None) -> tuple[str, ...]:
    parts = ("—" if one is None else f"{number(round(one * 100))} %" for one in (share, of_change))
    return number(round(then)), number(round(now)), _signed(now - then), *parts


def _signed(value: Fraction) -> str:
    return in_unit(value, Unit.COUNT, signed=True)


def _of_rate(name: str, found: Found, how: How) -> Contribution:
    kpi, parts = KPIS[name], KPIS[name].formula.fraction
    sums = [{channel: _fraction(name, pair[side]) for channel, pair in found.items()} for side in (0, 1)]
    known = [channel for channel in found if all(one[channel] for one in sums)]
    then, now = ({channel: one[channel] for channel in known} for one in sums)
    effects = shares.effects(then, now) if parts and len(known) >= FEWEST_CHANNELS else []
    if not effects:
        return Contribution(label_of(name), told(Declined("effects")), how, is_declined=True)
    factor = parts.factor.evaluate({}).exact if parts.factor else Fraction(1)

    def cells(several: Sequence[Fraction]) -> tuple[str, ...]:
        return tuple(in_unit(one * factor, kpi.unit, signed=True) for one in several)

    rows = tuple(
        Row(str(one.name), cells((one.rate, one.mix, one.whole)), ("", "", _queries(found[one.name])[1])) for one in effects
    )
    rate, mix = (sum((getattr(one, part) for one in effects), Fraction(0)) for part in ("rate", "mix"))
    words = {"whole": cells([rate + mix])[0], "rate": cells([rate])[0], "mix": cells([mix])[0]}
    sentence = _("Changed by %(whole)s: %(rate)s because channels did otherwise, %(mix)s because they weigh otherwise.") % words
    headings = (_("Its own rate"), _("Its weight"), _("Both"))
    return Contribution(label_of(name), sentence, how, name, headings, rows, Row(_("Together"), cells((rate, mix, rate + mix))))


def _fraction(name: str, totals: Totals) -> tuple[Fraction, Fraction] | None:
    """What is divided and by what; None where either is missing or there is nothing to divide by."""
    parts = KPIS[name].formula.fraction
    values = {key: figure.value for key, figure in totals.inputs(name).items()}
    top, bottom = (part.evaluate(values).exact for part in (parts.top, parts.bottom)) if parts else (None, None)
    return (top, bottom) if top is not None and bottom else None


def _how_sums(brand: Brand, span: Span, base: Span) -> How:
    method = _("A channel’s change divided by the sum of all changes; shares may exceed 100 % or be negative where channels moved "
               "against each other. Channels that lack figures in one of the periods are left out. Only what can be added is "
               "divided so; people (reach) never are.")  # fmt: skip
    return How(method, _periods(span, base), _url(brand, "audience_engagement", span))


def _how_rates(brand: Brand, name: str, span: Span, base: Span) -> How:
    method = _("The rate is a ratio of sums, so it changes when a channel’s own rate changes, and when channels with high or low "
               "rates gain weight. Its own rate: the change of its rate times the mean of its shares of all views. Its weight: the "
               "change of its share times how far its rate lies from the brand’s. All parts together are exactly the change.")  # fmt: skip
    return How(method, _periods(span, base), _url(brand, name, span))


def _periods(span: Span, base: Span) -> tuple[tuple[str, str], ...]:
    return ((_("Before"), ui.span(base.start, base.end)), (_("Now"), ui.span(span.start, span.end)))


def _url(brand: Brand, name: str, span: Span) -> str:
    asked = {"preset": "own", "start": span.start.isoformat(), "end": span.end.isoformat()}
    return f"{reverse('metrics:working', args=[brand.slug, name])}?{urlencode(asked)}"
