"""Where a goal's targets will stand on their last day, as an interval, or why that is not said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from brands.templatetags.ui import day_year, number
from metrics.insight import forecast as rule
from metrics.insight.forecast import Forecast
from metrics.insight.reading import daily, full_weeks, weekly_sums
from metrics.insight.robust import Declined
from metrics.insight.words import How, told
from metrics.kpi import KPIS, MEASURES, Join
from metrics.periods import Span
from metrics.progress import TargetState, accumulates, answered, questions, shown_targets
from metrics.totals import totals_of
from strategies.models import Goal, Target

HISTORY_WEEKS = 26
# A channel without figures for so long does not hold up the others.
SILENT_DAYS = 28


@dataclass(frozen=True)
class Outlook:
    """One target's forecast in words."""

    label: str
    sentence: str
    how: How
    chance: str = ""
    is_declined: bool = False
    tone: str = ""


def outlooks(goal: Goal, *, money: bool, only_leading: bool = False) -> list[Outlook]:
    """The forecasts of the goal's primary targets; its strategy knows its brand."""
    strategy, brand = goal.strategy, goal.strategy.brand
    today = brand.today()
    shown = shown_targets(strategy, [goal], money=money)
    if not shown:
        return []
    asked = questions(strategy, shown[goal], today)
    read = totals_of(brand, {span for _, span in asked.values()}, {scope for scope, _ in asked.values()}) if asked else {}
    state = answered(strategy, shown, asked, read, today)[0]
    states = [state.leading] if only_leading and state.leading else state.primary
    channels = [row.channel for row in strategy.strategy_channels.select_related("channel")] or list(brand.channels.all())
    found = _growths(brand, states, channels, today)
    return [_outlook(one, found.get(one.metric), channels) for one in states]


@dataclass(frozen=True)
class _Read:
    days: dict[int, dict[date, Decimal]]
    weeks: list[Span]


def _growths(brand: Brand, states: Iterable[TargetState], channels: Sequence[Channel], today: date) -> dict[str, _Read]:
    metrics = [state.metric for state in states if state.metric in MEASURES]
    if not metrics:
        return {}
    # Weeks before the first are needed: a level's change is told from the one before.
    weeks = full_weeks(today - timedelta(days=1), HISTORY_WEEKS)
    found = daily(brand, Span(weeks[0].start - timedelta(days=7), today), metrics)
    return {
        metric: _Read({channel: days for (channel, name), days in found.items() if name == metric}, weeks) for metric in metrics
    }


def _outlook(state: TargetState, read: _Read | None, channels: Sequence[Channel]) -> Outlook:
    refusal = _refusal(state, read)
    if refusal or read is None or state.current is None:
        return Outlook(state.label, told(Declined(refusal or "no_value")), _how(state, None), is_declined=True)
    own = [channel.pk for channel in state.target.channels.all()] or [channel.pk for channel in channels]
    days = {pk: read.days[pk] for pk in own if pk in read.days and max(read.days[pk]) > state.today - timedelta(days=SILENT_DAYS)}
    if not days:
        return Outlook(state.label, told(Declined("other_owner")), _how(state, None), is_declined=True)
    last = min(max(known) for known in days.values())
    growth = _growth(state, read, days)
    found = rule.forecast(float(state.current), growth, (state.clock.end - last).days)
    if isinstance(found, Declined):
        return Outlook(state.label, told(found), _how(state, None, last), is_declined=True)
    return _told(state, found, last)


def _refusal(state: TargetState, read: _Read | None) -> str:
    if state.metric in KPIS:
        return "rate"
    if state.target.window == Target.Window.PER_POST:
        return "per_post"
    if state.goal_value is None:
        return "no_target"
    if state.today < state.clock.start:
        return "not_begun"
    if state.current is None:
        return "no_value"
    measure = MEASURES.get(state.metric)
    is_told = measure is not None and read is not None and (accumulates(state.target) or measure.join is Join.LAST)
    return "" if is_told and read and read.days else "other_owner"


def _growth(state: TargetState, read: _Read, days: dict[int, dict[date, Decimal]]) -> list[float]:
    """What each full week brought, the oldest first; weeks with a gap are left out."""
    if accumulates(state.target):
        sums = weekly_sums({(pk, state.metric): known for pk, known in days.items()}, state.metric, read.weeks, days)
        return [week for week in sums if week is not None]
    levels = [
        _level(days.values(), week.end)
        for week in [Span(read.weeks[0].start - timedelta(days=7), read.weeks[0].start - timedelta(days=1)), *read.weeks]
    ]
    return [now - then for then, now in pairwise(levels) if now is not None and then is not None]


def _level(series: Iterable[dict[date, Decimal]], day: date) -> float | None:
    """All channels' levels on the last day of a week, each as last told within that week."""
    found = []
    for known in series:
        told_on = next((then for back in range(7) if (then := day - timedelta(days=back)) in known), None)
        if told_on is None:
            return None
        found.append(known[told_on])
    return float(sum(found))


def _told(state: TargetState, found: Forecast, last: date) -> Outlook:
    target = float(state.goal_value or 0)
    rising = state.baseline is None or target >= float(state.baseline)
    # What was counted does not go away.
    low = max(found.interval.low, float(state.current or 0)) if accumulates(state.target) else found.interval.low
    step = _step(found.interval.high - low)
    words = {
        "low": number(math.floor(low / step) * step), "high": number(math.ceil(found.interval.high / step) * step),
        "day": day_year(state.clock.end), "target": state.target_shown,
    }  # fmt: skip
    sentence = _("Likely %(low)s–%(high)s by %(day)s; the target is %(target)s.") % words
    chance = found.chance(target, rising=rising)
    tone = "good" if chance >= 0.8 else "warn" if chance >= 0.4 else "bad"
    return Outlook(state.label, sentence, _how(state, found, last), _chance(chance), tone=tone)


def _step(width: float) -> int:
    """Ends are rounded outwards, to a tenth of the size of the interval: more digits would pretend to know."""
    return max(1, 10 ** max(0, math.floor(math.log10(max(width, 1))) - 1))


def _chance(chance: float) -> str:
    if chance < 0.05:
        return _("As things go, the target is out of reach: fewer than 5 cases in 100.")
    if chance > 0.95:
        return _("As things go, the target will be reached: in more than 95 cases of 100.")
    return _("As things go, the target is reached in about %(cases)s of 100 cases.") % {"cases": 5 * round(chance * 20)}


def _how(state: TargetState, found: Forecast | None, last: date | None = None) -> How:
    method = _("From where it stands, the mean of what the last %(weeks)s full weeks brought is carried on. The interval holds in "
               "%(sure)s of 100 cases, if the weeks ahead are like those behind: it allows for weeks that differ and for a mean that "
               "is known only roughly. Seasons, campaigns to come and money are not foreseen. %(fewest)s full weeks are needed, and "
               "%(most)s weeks ahead are the most.") % {"weeks": rule.WEEKS, "sure": round(rule.CONFIDENCE * 100), "fewest": rule.FEWEST_WEEKS,
                                                       "most": rule.MOST_WEEKS_AHEAD}  # fmt: skip
    facts = [(_("Stands at"), state.current_shown)]
    if last:
        facts.append((_("Figures up to"), day_year(last)))
    if found:
        facts += [
            (_("Weeks looked at"), str(found.weeks)),
            (_("Weeks ahead"), number(round(found.weeks_ahead, 1), 1)),
            _tried(found),
        ]
    return How(method, tuple(facts))


def _tried(found: Forecast) -> tuple[str, str]:
    """How the rule did on weeks that are over."""
    label, test = _("Tried on earlier weeks"), found.backtest
    if test is None:
        return label, _("too few weeks to try it on")
    if math.isinf(test.median_error):
        return label, _("%(held)s of %(trials)s times within the interval") % {"held": test.held, "trials": test.trials}
    words = {"error": round(test.median_error * 100), "held": test.held, "trials": test.trials, "steps": test.steps}
    return label, _(
        "%(steps)s weeks ahead: usually %(error)s %% off what they brought, %(held)s of %(trials)s times within the interval"
    ) % words
