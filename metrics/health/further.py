"""The other rules: pages and capability, budget, platforms, goals, mix, audits, plans, five Cs. Pure, as `mistakes.py` is."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brands.models.teams import Skill
from brands.templatetags.ui import day_year, number
from metrics.health.facts import ChannelFact, Facts
from metrics.health.mistakes import not_running
from metrics.health.thresholds import Limits
from metrics.health.verdicts import Answer, Cause, Link, NotApplicable, Severity


def _no_channel() -> NotApplicable:
    return NotApplicable(_("No active channel is chosen."))


# --- pages


def personal_profile(facts: Facts, limits: Limits) -> Answer:
    apart = [channel for channel in facts.channels if channel.keeps_pages_apart]
    if not apart:
        return NotApplicable(_("No chosen network keeps company pages apart from personal profiles."))
    return [
        Cause(f"profile:{channel.pk}", _("%(channel)s is a personal profile") % {"channel": channel.name},
              Link("channel", channel.pk))
        for channel in apart
        if channel.is_personal
    ]  # fmt: skip


def no_company_page(facts: Facts, limits: Limits) -> Answer:
    if not facts.channels:
        return _no_channel()
    return [
        Cause(f"category C:{channel.pk}", _("%(channel)s is on a network made for people only") % {"channel": channel.name},
              Link("step:channels"))
        for channel in facts.channels
        if channel.has_no_company_pages
    ]  # fmt: skip


def too_many_pages(facts: Facts, limits: Limits) -> Answer:
    count = len(facts.channels)
    if not count:
        return _no_channel()
    shown = {"count": number(count)}
    if count >= limits["pages_over"]:
        text = _("%(count)s active channels: more than a team keeps up") % shown
        return [Cause("over", text, Link("step:channels"), Severity.WARNING)]
    if count >= limits["pages_limit"]:
        text = _("%(count)s active channels: that is the limit") % shown
        return [Cause("at the limit", text, Link("step:channels"), Severity.INFO)]
    return []


# --- capability


def no_video_skill(facts: Facts, limits: Limits) -> Answer:
    films = [channel for channel in facts.channels if channel.needs_video]
    if not films:
        return NotApplicable(_("No chosen network lives on video."))
    if not facts.skills:
        return NotApplicable(_("It is not said what the people of the team can do."))
    if Skill.VIDEO.value in facts.skills:
        return []
    return [
        Cause(f"video:{channel.pk}", _("%(channel)s lives on video, and nobody in the team can film") % {"channel": channel.name},
              Link("team"))
        for channel in films
    ]  # fmt: skip


def too_few_hours(facts: Facts, limits: Limits) -> Answer:
    if not facts.channels:
        return _no_channel()
    if not facts.team_hours and all(channel.hours_kept is None for channel in facts.channels):
        return NotApplicable(_("It is not said how many hours the team has."))
    return [*_kept_hours(facts), *_shared_hours(facts)]


def _kept_hours(facts: Facts) -> Iterator[Cause]:
    for channel in facts.channels:
        if channel.hours_kept is not None and channel.hours_needed > channel.hours_kept:
            text = ngettext(
                "%(channel)s needs %(needed)s hour a week, %(kept)s are kept for it",
                "%(channel)s needs %(needed)s hours a week, %(kept)s are kept for it",
                _plural_of(channel.hours_needed),
            )
            shown = {
                "channel": channel.name, "needed": number(channel.hours_needed), "kept": number(channel.hours_kept),
            }  # fmt: skip
            yield Cause(f"hours:{channel.pk}", text % shown, Link("step:channels"))


def _shared_hours(facts: Facts) -> Iterator[Cause]:
    """The channels that share what the team has left, once some hours are kept for others."""
    sharing = [channel for channel in facts.channels if channel.hours_kept is None]
    needed = sum((channel.hours_needed for channel in sharing), Decimal(0))
    kept = sum((channel.hours_kept or Decimal(0) for channel in facts.channels), Decimal(0))
    left = max(Decimal(0), facts.team_hours - kept)
    if facts.team_hours and needed > left:
        text = ngettext(
            "The channels need %(needed)s hour a week, the team has %(left)s for them",
            "The channels need %(needed)s hours a week, the team has %(left)s for them",
            _plural_of(needed),
        )
        yield Cause("hours of the team", text % {"needed": number(needed), "left": number(left)}, Link("step:channels"))


def _plural_of(hours: Decimal) -> int:
    """The number that chooses the plural: 1 hour, 5 hours; 0.5 and 2.5 hours as 2."""
    return int(hours) if hours == hours.to_integral_value() else 2


def promotion_without_content(facts: Facts, limits: Limits) -> Answer:
    if refusal := not_running(facts):
        return refusal
    days = limits["original_days"]
    promoted = [channel for channel in facts.channels if facts.is_within(channel.last_promotion, days)]
    anywhere = facts.is_within(facts.unplaced_promotion, days)
    if not promoted and not anywhere:
        return NotApplicable(_("Nothing was advertised in the last %(days)s days.") % {"days": number(days)})
    causes = [_promoted(channel, days) for channel in promoted if not facts.is_within(channel.last_original, days)]
    if anywhere and not any(facts.is_within(channel.last_original, days) for channel in facts.channels):
        text = _("There is advertising, and nothing original went out anywhere in the last %(days)s days")
        causes.append(Cause("promoted", text % {"days": number(days)}, Link("calendar")))
    return causes


def _promoted(channel: ChannelFact, days: Decimal) -> Cause:
    text = _("%(channel)s is advertised, and nothing original went out there in the last %(days)s days")
    return Cause(f"promoted:{channel.pk}", text % {"channel": channel.name, "days": number(days)}, Link("calendar"))


# --- budget


def _no_budget(facts: Facts) -> NotApplicable | None:
    if facts.money.organic_only:
        return NotApplicable(_("The strategy is organic only."))
    return None if any(line.pk for line in facts.money.lines) else NotApplicable(_("There is no budget yet."))


def budget_not_reviewed(facts: Facts, limits: Limits) -> Answer:
    if refusal := not_running(facts) or _no_budget(facts):
        return refusal
    last = facts.money.reviewed_on
    days = facts.days_since(max(last, facts.start) if last else None)
    if days <= limits["budget_review_days"]:
        return []
    text = (
        _("It was looked at on %(day)s, %(days)s days ago") % {"day": day_year(last), "days": number(days)}
        if last
        else _("Nobody has looked at it since the start, %(days)s days ago") % {"days": number(days)}
    )
    return [Cause("review", text, Link("step:budget"), is_money=True)]


def over_budget(facts: Facts, limits: Limits) -> Answer:
    if not facts.has_begun:
        return NotApplicable(_("The strategy has not begun yet."))
    if refusal := _no_budget(facts):
        return refusal
    causes = [
        Cause(f"line:{line.pk}", _("“%(line)s” cost more than was planned for it") % {"line": line.name}, Link("step:budget"),
              is_money=True)
        for line in facts.money.lines
        if line.pk is not None and line.spent > line.planned
    ]  # fmt: skip
    if facts.money.spent > facts.money.planned:
        causes.append(Cause("whole budget", _("More than the whole budget is spent"), Link("step:budget"), is_money=True))
    return causes


def no_test_budget(facts: Facts, limits: Limits) -> Answer:
    if refusal := _no_budget(facts):
        return refusal
    if any(line.is_test and line.planned > 0 for line in facts.money.lines):
        return []
    return [Cause("no test line", _("New formats need a small sum to try them"), Link("step:budget"), is_money=True)]


# --- what is looked at now and then


def platforms_not_reviewed(facts: Facts, limits: Limits) -> Answer:
    if refusal := not_running(facts):
        return refusal
    if not facts.channels:
        return _no_channel()
    days = facts.days_since(facts.platforms_reviewed_on)
    if days <= limits["platform_review_days"]:
        return []
    said = (
        _("The platforms were judged %(days)s days ago")
        if facts.platforms_reviewed_on
        else _("Nobody has judged the platforms since the start, %(days)s days ago")
    )
    return [Cause("review", said % {"days": number(days)}, Link("step:platforms"))]


def no_recent_audit(facts: Facts, limits: Limits) -> Answer:
    if facts.is_over:
        return NotApplicable(_("The strategy is over."))
    if facts.last_audit is None:
        return [Cause("none", _("No channel and no competitor was looked at"), Link("step:audits"))]
    if facts.is_within(facts.last_audit, limits["audit_days"]):
        return []
    return [Cause("old", _("The last audit is of %(day)s") % {"day": day_year(facts.last_audit)}, Link("step:audits"))]


def goals_not_smart(facts: Facts, limits: Limits) -> Answer:
    if not facts.goals:
        return NotApplicable(_("There is no goal yet."))
    said = _("“%(goal)s” scores %(score)s of 5: %(lacks)s")
    return [
        Cause(f"goal:{goal.pk}", said % {"goal": goal.name, "score": goal.letters, "lacks": "; ".join(goal.lacks)},
              Link("step:goals", query=f"?goal={goal.pk}"))
        for goal in facts.goals
        if goal.letters < 5
    ]  # fmt: skip


def one_sided_mix(facts: Facts, limits: Limits) -> Answer:
    if refusal := not_running(facts):
        return refusal
    posts = facts.posts
    if posts.attract + posts.engage < limits["mix_posts"]:
        return NotApplicable(_("Too few posts of this month say whether they attract or engage."))
    if posts.attract and posts.engage:
        return []
    text = _("All posts of this month attract new people") if posts.attract else _("All posts of this month engage followers")
    return [Cause("attract" if posts.attract else "engage", text, Link("step:mix"))]


def no_editorial_plan(facts: Facts, limits: Limits) -> Answer:
    if facts.is_over:
        return NotApplicable(_("The strategy is over."))
    if not facts.channels:
        return _no_channel()
    return [
        Cause(f"plan:{channel.pk}", _("%(channel)s has no editorial plan") % {"channel": channel.name}, Link("step:plans"))
        for channel in facts.channels
        if not channel.has_editorial_plan
    ]


def a_c_at_zero(facts: Facts, limits: Limits) -> Answer:
    scored = [each for each in facts.five_cs.scored() if each.score is not None]
    if not scored:
        return NotApplicable(_("None of the five Cs can be scored yet."))
    places = {
        "content": "step:plans",
        "community": "calendar",
        "consistency": "step:plan-and-actual",
        "collaboration": "step:methods",
    }
    return [
        Cause(
            each.c.value, _("%(c)s is at 0") % {"c": each.c.label}, Link(places.get(each.c, "step:goals")), is_money=each.is_money
        )
        for each in scored
        if each.score == 0
    ]
