"""A goal as a sentence that writes itself, and the words beside its five letters."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brands.templatetags.ui import day_year, number, percent
from metrics.kpi import KPIS, Unit
from strategies import metric_names
from strategies.models import Goal, Target
from strategies.smart import DAYS_IN_YEAR, MOST_PER_YEAR, Draft, Letter, Reason, Smart, compounded, growth_each_month, judge

LETTER_NAMES = {
    Letter.SPECIFIC: gettext_lazy("Specific"),
    Letter.MEASURABLE: gettext_lazy("Measurable"),
    Letter.ACHIEVABLE: gettext_lazy("Achievable"),
    Letter.RELEVANT: gettext_lazy("Relevant"),
    Letter.TIME_BOUND: gettext_lazy("Time-bound"),
}

REASONS = {
    Reason.METRIC_AND_PLACE: gettext_lazy("metric and channel are chosen"),
    Reason.NO_METRIC: gettext_lazy("say which figure changes"),
    Reason.NO_PLACE: gettext_lazy("say on which channels, or that all count"),
    Reason.NUMBER: gettext_lazy("a number to reach"),
    Reason.NUMBER_AND_TODAY: gettext_lazy("a number, with today’s value"),
    Reason.NO_NUMBER: gettext_lazy("no number to reach yet"),
    Reason.NO_TODAY: gettext_lazy("a change needs today’s value"),
    Reason.WITHIN_LIMIT: gettext_lazy("%(pace)s a year, the limit is %(limit)s"),
    Reason.CONFIRMED: gettext_lazy("you confirmed that it can be done"),
    Reason.OVER_LIMIT: gettext_lazy("%(pace)s a year is over the limit of %(limit)s"),
    Reason.UNKNOWN_CHANGE: gettext_lazy("nothing to compare with"),
    Reason.LINKED: gettext_lazy("it serves a business goal"),
    Reason.NOT_LINKED: gettext_lazy("no business goal is linked"),
    Reason.IN_TIME: gettext_lazy("the end comes after the start"),
    Reason.NO_DEADLINE: gettext_lazy("no date to reach it by"),
    Reason.ENDS_BEFORE_START: gettext_lazy("the end must come after the strategy’s start"),
}


class JudgedLetter(NamedTuple):
    letter: str
    name: str | Promise
    is_met: bool
    why: str
    reason: Reason


def main_target(goal: Goal) -> Target | None:
    """The first primary target; reads the prefetched targets."""
    if goal.pk is None:
        return None
    return next((target for target in goal.targets.all() if target.role == Target.Role.PRIMARY), None)


def deadline_of(goal: Goal, target: Target | None) -> date | None:
    return (target.deadline if target else None) or goal.deadline


def needs_today(target: Target) -> bool:
    return metric_names.is_stock(target.metric) and target.window == Target.Window.LATEST


def draft_of(goal: Goal, target: Target | None, has_place: bool | None = None) -> Draft:
    start, deadline = goal.strategy.start, deadline_of(goal, target)
    served, confirmed = goal.objective_id is not None, goal.confirmed_achievable
    if target is None:
        return Draft(start=start, deadline=deadline, serves_business=served, is_confirmed=confirmed)
    if has_place is None:
        has_place = target.everywhere or bool(target.pk and target.channels.all())
    return Draft(target.metric, has_place, target.baseline, target.value, needs_today(target), start, deadline, served, confirmed)


def judge_goal(goal: Goal) -> Smart:
    return judge(draft_of(goal, main_target(goal)))


def letters(draft: Draft) -> list[JudgedLetter]:
    pace = draft.change_per_year
    shown = {"pace": percent(abs(pace), 0) if pace is not None else "", "limit": percent(MOST_PER_YEAR, 0)}
    return [
        JudgedLetter(
            verdict.letter.value,
            LETTER_NAMES[verdict.letter],
            verdict.is_met,
            str(REASONS[verdict.reason]) % shown,
            verdict.reason,
        )
        for verdict in judge(draft).verdicts
    ]


def sentence(draft: Draft, place: str, objective: str, window: str, currency: str) -> SafeString:
    """The goal in one sentence; what is still open is marked as a question."""
    return format_html(
        _template(draft, window),
        what=_filled(metric_names.in_sentence(draft.metric) if draft.metric else "", _("which figure?")),
        place=_filled(place, _("which channel?")),
        today=_filled(figure(draft.metric, draft.baseline, currency), _("what is it today?")),
        target=_filled(figure(draft.metric, draft.value, currency), _("which number?")),
        deadline=_filled(day_year(draft.deadline) if draft.deadline else "", _("by which day?")),
        why=_filled(objective, _("which business goal does it serve?")),
    )


def _template(draft: Draft, window: str) -> str:
    falls = draft.baseline is not None and draft.value is not None and draft.value < draft.baseline
    if draft.baseline is None and not draft.needs_today:
        return _reach(window)
    if falls:
        return _("Lower {what} on {place} from {today} to {target} by {deadline}, because {why}.")
    return _("Raise {what} on {place} from {today} to {target} by {deadline}, because {why}.")


def _reach(window: str) -> str:
    if window == Target.Window.MONTHLY:
        return _("Reach {target} each month for {what} on {place} by {deadline}, because {why}.")
    if window == Target.Window.PER_POST:
        return _("Reach {target} per post for {what} on {place} by {deadline}, because {why}.")
    return _("Reach {target} for {what} on {place} by {deadline}, because {why}.")


def figure(metric: str, value, currency: str) -> str:
    return "" if value is None else metric_names.with_unit(metric, number(value), currency)


def _filled(text: str, question: str) -> SafeString:
    if text:
        return format_html("<mark>{}</mark>", text)
    return format_html('<mark class="no">{}</mark>', question)


def place_name(target: Target | None, channels=None) -> str:
    """“Telegram and Instagram”, or “all channels”."""
    if target is not None and target.everywhere:
        return _("all channels")
    if channels is None:
        channels = target.channels.all() if target is not None and target.pk else []
    return ", ".join(channel.platform.name for channel in channels)


def short_name(target: Target | None, place: str, currency: str) -> str:
    """What a goal is called until somebody names it: “Followers, Telegram: 12,000”."""
    if target is None or not target.metric:
        return ""
    where = f", {place}" if place and not target.everywhere else ""
    shown = figure(target.metric, target.value, currency)
    return f"{metric_names.name_of(target.metric)}{where}" + (f": {shown}" if shown else "")


def change_hint(draft: Draft) -> str:
    """“+46.3 %”: the target against today."""
    if draft.change is None:
        return ""
    sign = "+" if draft.change > 0 else ""
    return sign + percent(draft.change, 1)


def pace_hint(draft: Draft, window: str) -> str:
    """How long it is, and how much that is a day: “181 days, about 21 a day”."""
    days = draft.days
    if days is None:
        return ""
    said = ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}
    counts = metric_names.unit_of(draft.metric) is Unit.COUNT and window in (Target.Window.TOTAL, Target.Window.LATEST)
    if draft.value is None or not counts:
        return said
    per_day = abs(draft.value - (draft.baseline or 0)) / days
    return _("%(span)s, about %(count)s a day") % {"span": said, "count": number(per_day, 0 if per_day >= 2 else 1)}


def compound_hint(draft: Draft, window: str) -> str:
    """A growth in per cent each month multiplies; people take it for a sum."""
    if window != Target.Window.MONTHLY or draft.value is None:
        return ""
    growth = draft.value if _is_growth(draft.metric) else _implied_growth(draft)
    if growth is None or not 0 < growth <= 1000:
        return ""
    times = compounded(growth, 12)
    if not _is_growth(draft.metric) and times <= 1 + MOST_PER_YEAR / 100:
        # A slow way to a number needs no warning; a goal that is itself a growth always does.
        return ""
    return _("%(percent)s each month makes %(times)s times as much in a year.") % {
        "percent": percent(growth, 0 if growth == growth.to_integral_value() else 1),
        "times": number(times, 2),
    }


def _is_growth(metric: str) -> bool:
    kpi = KPIS.get(metric)
    return kpi is not None and kpi.unit is Unit.PERCENT and "growth" in kpi.name


def _implied_growth(draft: Draft) -> Decimal | None:
    """What a monthly figure must grow by each month to come from today's to the target's in time."""
    if draft.baseline is None or draft.value is None or draft.days is None:
        return None
    growth = growth_each_month(draft.baseline, draft.value, months_of(draft.days))
    # 24.99… is 25: the root of a number is never exact.
    return round(growth, 2) if growth is not None else None


def months_of(days: int) -> int:
    """How many months a number of days comes to, one at least."""
    return max(1, round(days * 12 / DAYS_IN_YEAR))
