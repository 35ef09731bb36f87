"""The eight mistakes of social media marketing, each as a question to the facts. Pure.

Each function gives the causes that make its rule fire (none: it passes), or says why it does not apply.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brands.templatetags.ui import day_year, number
from metrics.health.facts import ChannelFact, Facts
from metrics.health.figures import is_vanity, leads_to_business, share
from metrics.health.thresholds import Limits
from metrics.health.verdicts import Answer, Cause, Link, NotApplicable, Severity

PERIODS_BELOW_ZERO = 2
QUESTIONS, STEPS = 6, 6


def not_running(facts: Facts) -> NotApplicable | None:
    """What looks at the running calendar says nothing before the first day and after the last."""
    if not facts.has_begun:
        return NotApplicable(_("The strategy has not begun yet."))
    return NotApplicable(_("The strategy is over.")) if facts.is_over else None


def no_plan(facts: Facts, limits: Limits) -> Answer:
    if facts.is_over:
        return NotApplicable(_("The strategy is over."))
    causes = [
        Cause(f"step:{step.key}", _("Planning step “%(step)s” is empty") % {"step": step.name}, Link("step:plan"))
        for step in facts.empty_steps
    ]
    ahead = None if facts.next_task is None else (facts.next_task - facts.today).days
    if facts.is_running and (ahead is None or ahead > limits["task_days"]):
        said = _("Nobody has a task, post or slot with a day in the next %(days)s days") % {"days": number(limits["task_days"])}
        causes.append(Cause("no task ahead", said, Link("step:plan")))
    return causes


def no_metrics(facts: Facts, limits: Limits) -> Answer:
    if not facts.goals:
        return [Cause("no goal", _("There is no goal yet"), Link("step:goals"))]
    causes = [
        Cause(f"goal:{goal.pk}", _("“%(goal)s” has no KPI with a number to reach") % {"goal": goal.name},
              Link("step:targets", query=f"?goal={goal.pk}"))
        for goal in facts.goals
        if not goal.has_target
    ]  # fmt: skip
    stale = [c for c in facts.channels if not facts.is_within(c.last_figure, limits["figure_days"])]
    return causes + [_stale(channel, limits) for channel in stale if facts.is_running]


def _stale(channel: ChannelFact, limits: Limits) -> Cause:
    if channel.last_figure:
        said = _("%(channel)s: the newest figures are of %(day)s")
        text = said % {"channel": channel.name, "day": day_year(channel.last_figure)}
    else:
        text = _("%(channel)s has no figures at all") % {"channel": channel.name}
    return Cause(f"figures:{channel.pk}", text, Link("imports"))


def too_much(facts: Facts, limits: Limits) -> Answer:
    if not facts.has_begun:
        return NotApplicable(_("The strategy has not begun yet."))
    if not facts.money.lines and not facts.money.hours_worked:
        return NotApplicable(_("Nothing was planned and nothing was spent."))
    return [*_overspent(facts, limits), *_overworked(facts, limits), *_loss(facts), *_unplanned(facts)]


def _overspent(facts: Facts, limits: Limits) -> Iterator[Cause]:
    used = facts.money.utilisation
    if used is not None and used > limits["utilisation"]:
        text = _("%(percent)s %% of the money planned to date is spent") % {"percent": number(round(used))}
        yield Cause("utilisation", text, Link("money"), is_money=True)


def _overworked(facts: Facts, limits: Limits) -> Iterator[Cause]:
    worked, planned = facts.money.hours_worked, facts.money.hours_planned
    if worked and planned and worked * 100 > planned * limits["staff_hours"]:
        text = _("%(worked)s hours worked, %(planned)s planned to date")
        shown = {"worked": number(round(worked)), "planned": number(round(planned))}
        yield Cause("staff hours", text % shown, Link("step:budget"), is_money=True)


def _loss(facts: Facts) -> Iterator[Cause]:
    last = facts.money.returns[-PERIODS_BELOW_ZERO:]
    if len(last) == PERIODS_BELOW_ZERO and all(month.percent is not None and month.percent < 0 for month in last):
        text = _("The return on investment stayed below zero for two months running")
        yield Cause("roi below zero", text, Link("return"), is_money=True)


def _unplanned(facts: Facts) -> Iterator[Cause]:
    for line in facts.money.lines:
        if line.pk is not None and line.spent > 0 and line.planned == 0:
            text = _("Money was spent on “%(line)s”, for which nothing is planned") % {"line": line.name}
            yield Cause(f"unplanned:{line.pk}", text, Link("step:budget"), is_money=True)
    # What was spent on no line has a plan as long as any line plans something.
    loose = any(line.pk is None and line.spent > 0 for line in facts.money.lines)
    if loose and facts.money.planned == 0:
        yield Cause("no budget", _("Money was spent without a budget"), Link("step:budget"), is_money=True)


def popularity(facts: Facts, limits: Limits) -> Answer:
    metrics = [metric for goal in facts.goals for metric in goal.metrics]
    if not metrics:
        return NotApplicable(_("No goal names a KPI yet."))
    causes = []
    if not any(leads_to_business(metric, facts.classes) for metric in metrics):
        causes.append(Cause("no behaviour", _("No KPI shows what people do: visit, ask, buy, recommend"), Link("step:targets")))
    vanity = share(sum(is_vanity(metric, facts.classes) for metric in metrics), len(metrics))
    if vanity > limits["vanity_share"]:
        text = _("%(percent)s %% of the KPIs only show attention") % {"percent": number(round(vanity))}
        causes.append(Cause("vanity", text, Link("step:targets")))
    if not any(goal.serves_business for goal in facts.goals):
        causes.append(Cause("no business goal", _("No goal serves a business goal"), Link("step:goals")))
    return causes


def automation(facts: Facts, limits: Limits) -> Answer:
    if refusal := not_running(facts):
        return refusal
    posts = facts.posts
    if not posts.published:
        return NotApplicable(_("Nothing was published in the last 30 days."))
    causes, answered = [], facts.response_rate
    automated, promo = share(posts.automated, posts.published), share(posts.promo, posts.published)
    # Whether people are answered must be known: what was not measured is not 0.
    if automated > limits["automated_share"] and answered is not None and answered < limits["response_rate"]:
        text = _("%(automated)s %% of the posts are made by a machine, and %(answered)s %% of the messages are answered")
        shown = {"automated": number(round(automated)), "answered": number(round(answered))}
        causes.append(Cause("automated", text % shown, Link("calendar")))
    if promo >= limits["promo_share"]:
        text = _("%(percent)s %% of the posts of the last 30 days are promotions") % {"percent": number(round(promo))}
        causes.append(Cause("promo", text, Link("calendar")))
    return causes


def dubious_growth(facts: Facts, limits: Limits) -> Answer:
    if not facts.channels:
        return NotApplicable(_("No active channel is chosen."))
    return [cause for channel in facts.channels for cause in _growth(channel, limits)]


def _growth(channel: ChannelFact, limits: Limits) -> Iterator[Cause]:
    if channel.grew_by_buying:
        text = _("%(channel)s: it is ticked that followers were bought or traded") % {"channel": channel.name}
        yield Cause(f"bought:{channel.pk}", text, Link("channel", channel.pk), Severity.ERROR)
    fall = fallen(channel.engagement_before, channel.engagement)
    if channel.growth is not None and fall is not None and channel.growth > limits["growth"] and fall > limits["engagement_fall"]:
        text = _("%(channel)s: %(growth)s %% more followers in 30 days, while the engagement rate fell by %(fall)s %%")
        shown = {"channel": channel.name, "growth": number(round(channel.growth)), "fall": number(round(fall))}
        yield Cause(f"jump:{channel.pk}", text % shown, Link("channel", channel.pk), Severity.WARNING)


def fallen(before: Fraction | None, now: Fraction | None) -> Fraction | None:
    """By how many per cent of `before` a figure fell; below zero where it rose, None where one is missing."""
    return None if before is None or now is None or before <= 0 else (before - now) / before * 100


def no_audience(facts: Facts, limits: Limits) -> Answer:
    causes = [
        Cause(
            f"question:{question.key}",
            _("“%(question)s” has no full answer") % {"question": question.name},
            Link("step:audience"),
        )
        for question in facts.unanswered
    ]
    if not facts.complete_personas:
        said = _("No persona is complete") if facts.personas else _("There is no persona yet")
        causes.append(Cause("no persona", said, Link("step:personas")))
    causes += [
        Cause(f"persona of:{channel.pk}", _("No persona uses %(channel)s") % {"channel": channel.name}, Link("step:personas"))
        for channel in facts.channels
        if not channel.has_persona
    ]
    return causes


def inconsistent(facts: Facts, limits: Limits) -> Answer:
    if refusal := not_running(facts):
        return refusal
    if not facts.channels:
        return NotApplicable(_("No active channel is chosen."))
    causes, posts = [], facts.posts
    if facts.adherence is not None and facts.adherence < limits["adherence"]:
        text = _("%(percent)s %% of the planned posts went out in the last four weeks")
        causes.append(Cause("adherence", text % {"percent": number(int(facts.adherence))}, Link("step:plan-and-actual")))
    causes += [_silence(channel) for channel in facts.channels if (channel.longest_gap or 0) > limits["gap_days"]]
    outside = share(posts.outside, posts.published_in_weeks)
    if outside > limits["outside_share"]:
        text = _("%(percent)s %% of the posts of the last four weeks went out outside the calendar")
        causes.append(Cause("outside", text % {"percent": number(round(outside))}, Link("calendar")))
    return causes


def _silence(channel: ChannelFact) -> Cause:
    days = channel.longest_gap or 0
    said = ngettext("%(channel)s: %(days)s day without a post", "%(channel)s: %(days)s days without a post", days)
    return Cause(f"gap:{channel.pk}", said % {"channel": channel.name, "days": number(Decimal(days))}, Link("step:channels"))
