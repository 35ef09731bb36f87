"""Reads the facts: the strategy's rows, what lies around them, and the figures. The queries are the same for any number of rows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from brands.models import Channel
from brands.models.channels import PageCategory
from calendar_app.promotions import Promotion
from metrics.five_cs import ConversionGoal, FiveCs
from metrics.health import money, sources
from metrics.health.facts import ADHERENCE_WEEKS, WINDOW_DAYS, ChannelFact, Facts, GoalFact, Named, PostFacts
from metrics.health.figures import classes_in_force
from metrics.health.thresholds import Limits, in_force
from metrics.periods import Span, last_days, week_of
from metrics.progress import answered, questions, shown_targets
from metrics.readings import metric_is_money
from metrics.totals import Scope, Totals, totals_of
from strategies import channel_rules, goal_words, ways, whole
from strategies.audit_history import latest_audit_day
from strategies.fixed_rows import FIXED, in_order
from strategies.models import Goal, GoalType, Strategy, StrategyChannel, Target
from strategies.plans import REACTIVE, channels_without_editorial_plan

Found = Mapping[tuple[Scope, Span], Totals]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A rule that somebody accepted, and what made it fire then."""

    rule: str
    cause: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that a look at a strategy's health needs."""

    facts: Facts
    limits: Limits
    accepted: dict[str, Accepted]
    scores: tuple[tuple[date, int], ...]


def read(strategy: Strategy) -> Read:
    whole.load(strategy)
    today = strategy.brand.today()
    rows = [row for row in strategy.strategy_channels.all() if row.channel.is_active]
    around = sources.read(strategy, [row.channel_id for row in rows], today)
    figures = _Figures(strategy, [row.channel for row in rows], today)
    return Read(
        _facts(strategy, rows, around, figures, today),
        in_force((row["name"], Decimal(row["value"])) for row in around["thresholds"]),
        {row["rule"]: _accepted(row) for row in around["accepted"]},
        tuple(sorted((date.fromisoformat(row["day"]), row["score"]) for row in around["checks"])),
    )


def _accepted(row: dict[str, Any]) -> Accepted:
    return Accepted(row["rule"], row["cause"], row["reason"], row["by"] or row["email"] or "", sources.moment(row["at"]))


class _Figures:
    """The totals that rules and goals ask for, read at once."""

    def __init__(self, strategy: Strategy, channels: list[Channel], today: date) -> None:
        goals = shown_targets(strategy, strategy.goals.all(), money=True)
        asked = questions(strategy, [target for targets in goals.values() for target in targets], today)
        self.own = Scope(strategy=strategy)
        self.each = Scope(channels=tuple(channels))
        self.to_date = Span(strategy.start, max(strategy.start, min(today, strategy.end)))
        self.lately = last_days(WINDOW_DAYS, today)
        monday = week_of(today).start
        self.weeks = Span(monday - timedelta(weeks=ADHERENCE_WEEKS), monday - timedelta(days=1))
        self.months = money.months_over(strategy, today)
        spans = {self.to_date, self.lately, self.weeks, *self.months, *(span for _, span in asked.values())}
        scopes = {self.own, self.each, *(scope for scope, _ in asked.values())}
        self.found: Found = totals_of(strategy.brand, spans, scopes, lines=strategy.budget_lines.all())
        self.goals = answered(strategy, goals, asked, self.found, today)

    def of(self, span: Span) -> Totals:
        return self.found[self.own, span]

    def rate(self, kpi: str, channel: Channel, *, before: bool = False) -> Fraction | None:
        """A KPI of one channel in the last 30 days, or in the 30 before them."""
        several = self.found[self.each, self.lately]
        return (several.previous if before else several).channel(channel).result(kpi).exact

    def published_days(self, channel: Channel) -> list[date]:
        return sorted(self.of(self.to_date).records.published[channel.pk])


def _facts(strategy: Strategy, rows: list[StrategyChannel], around: sources.Rows, figures: _Figures, today: date) -> Facts:
    personas = list(strategy.personas.all())
    review = getattr(strategy, "platform_review", None)
    posts = around["posts"]
    return Facts(
        classes=classes_in_force((row["kpi"], row["klass"]) for row in around["classes"]),
        today=today, start=strategy.start, end=strategy.end,
        empty_steps=_empty(strategy, "planning_steps", lambda row: not row.text.strip()),
        next_task=min((day for day in _tasks(strategy, posts, today) if day and day >= today), default=None),
        goals=tuple(_goal(goal) for goal in strategy.goals.all()),
        unanswered=_empty(strategy, "audience_answers", lambda row: not row.is_complete),
        personas=len(personas),
        complete_personas=sum(not persona.missing_fields() for persona in personas),
        channels=tuple(_channels(strategy, rows, around, figures, today)),
        posts=PostFacts(**{name: sum(row[name] for row in posts) for name in PostFacts.__dataclass_fields__}),
        money=money.facts(strategy, around["money"], figures.of(figures.to_date), [figures.of(m) for m in figures.months], today),
        response_rate=figures.of(figures.lately).result("response_rate").exact,
        adherence=figures.of(figures.weeks).result("schedule_adherence").exact,
        team_hours=sum((Decimal(row["hours"]) for row in around["people"]), Decimal(0)),
        skills=frozenset(skill for row in around["people"] for skill in _listed(row["skills"])),
        last_audit=latest_audit_day(strategy),
        unplaced_promotion=_promoted(strategy, around["money"], today).get(None),
        platforms_reviewed_on=review.reviewed_on if review else None,
        five_cs=_five_cs(strategy, posts, figures, today),
        promotions=tuple(_promotion(row) for row in sorted(around["promotions"], key=lambda row: (row["start"], row["pk"]))),
    )  # fmt: skip


def _promotion(row: dict[str, Any]) -> Promotion:
    figures = (row["participants"], row["sales"], row["engagement"])
    return Promotion(
        row["pk"], row["name"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"]),
        has_rules=bool(row["rules"]), guidelines_checked=bool(row["checked"]),
        has_results=bool(row["result"]) or any(figure is not None for figure in figures),
    )  # fmt: skip


def _listed(skills: list[str] | str) -> list[str]:
    # What one database nests as JSON, another hands over as its text.
    return json.loads(skills) if isinstance(skills, str) else skills


def _empty(strategy: Strategy, related: str, is_empty) -> tuple[Named, ...]:
    """The fixed steps or questions that lack their text, also those that have no row."""
    _model, _name, field, choices = next(entry for entry in FIXED if entry[1] == related)
    filled = {getattr(row, field) for row in in_order(strategy, related) if not is_empty(row)}
    return tuple(Named(choice.value, str(choice.label)) for choice in choices if choice.value not in filled)


def _goal(goal: Goal) -> GoalFact:
    target = goal_words.main_target(goal)
    judged = goal_words.letters(goal_words.draft_of(goal, target))
    targets = list(goal.targets.all())
    return GoalFact(
        goal.pk,
        str(goal),
        sum(letter.is_met for letter in judged),
        tuple(letter.why for letter in judged if not letter.is_met),
        any(each.metric and each.role == Target.Role.PRIMARY and each.value is not None for each in targets),
        goal.objective_id is not None,
        tuple(each.metric for each in targets if each.metric),
    )


# --- what somebody has to do


def _tasks(strategy: Strategy, posts: list[dict[str, Any]], today: date) -> Iterable[date | None]:
    """Days from today on that have a person."""
    zone = strategy.brand.zone
    yield from (at.astimezone(zone).date() for row in posts if (at := sources.moment(row["next_owned"])))
    yield from (step.due for step in strategy.planning_steps.all() if step.owner_id)
    for plan in strategy.editorial_plans.all():
        if plan.is_active:
            yield from (_next(slot.weekday, plan.start, plan.end, today) for slot in plan.slots.all() if slot.owner_id)
    for activity in strategy.activities.all():
        if activity.owner_id and activity.start and (activity.end or activity.start) >= today:
            yield max(activity.start, today)


def _next(weekday: int, start: date, end: date, today: date) -> date | None:
    """The first such weekday of a plan that is not over."""
    first = max(start, today)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return day if day <= end else None


# --- channels


def _channels(
    strategy: Strategy, rows: list[StrategyChannel], around: sources.Rows, figures: _Figures, today: date
) -> Iterable[ChannelFact]:
    used = {platform.pk for persona in strategy.personas.all() for platform in persona.platforms.all()}
    day = max(today, strategy.start)
    elsewhere = {row["channel"] for row in around["plans"]}
    unplanned = {channel.pk for channel in channels_without_editorial_plan(strategy, day)} - elsewhere
    newest = {row["channel"]: sources.day(row["last"]) for row in around["figures"]}
    posts = {row["channel"]: row for row in around["posts"]}
    promoted = _promoted(strategy, around["money"], today)
    for row in rows:
        channel, own = row.channel, posts.get(row.channel_id, {})
        yield ChannelFact(
            channel.pk, str(channel),
            is_personal=channel_rules.is_private_profile(channel),
            keeps_pages_apart=channel_rules.category_of(channel) == PageCategory.PAGE_AND_PROFILE,
            has_no_company_pages=channel_rules.is_for_private_people(channel),
            needs_video=channel.platform.needs_video,
            grew_by_buying=channel.grew_by_buying,
            growth=figures.rate("follower_growth_rate", channel),
            engagement=figures.rate("engagement_rate_followers", channel),
            engagement_before=figures.rate("engagement_rate_followers", channel, before=True),
            last_figure=newest.get(channel.pk),
            longest_gap=longest_gap(figures.published_days(channel), strategy.start, today),
            last_original=_local_day(strategy, own.get("last_original")),
            last_promotion=_latest(promoted.get(channel.pk), _local_day(strategy, own.get("last_paid"))),
            has_persona=channel.platform_id in used,
            has_editorial_plan=channel.pk not in unplanned,
            hours_needed=channel_rules.hours_of(row),
            hours_kept=row.hours_available,
        )  # fmt: skip


def longest_gap(published: list[date], start: date, today: date) -> int | None:
    """The most days between two posts, or since the last, of which some lie in the last four weeks; None before the start."""
    if today < start:
        return None
    since = max(start, today - timedelta(weeks=ADHERENCE_WEEKS))
    before = max((day for day in published if start <= day < since), default=start)
    points = [before, *(day for day in published if since <= day <= today), today]
    return max((later - earlier).days for earlier, later in pairwise(points))


def _promoted(strategy: Strategy, spent: list[dict[str, Any]], today: date) -> dict[int | None, date]:
    """When a channel was advertised last, by what was paid and what is agreed; under None where it is not said for which."""
    found: dict[int | None, date] = {}
    for row in spent:
        if last := sources.day(row["last_ad"]):
            found[row["channel"]] = max(last, found.get(row["channel"], last))
    for activity in strategy.activities.all():
        if activity.is_paid and activity.start and activity.start <= today:
            last = min(activity.end or today, today)
            found[activity.channel_id] = max(last, found.get(activity.channel_id, last))
    return found


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _local_day(strategy: Strategy, written: str | None) -> date | None:
    at = sources.moment(written)
    return at.astimezone(strategy.brand.zone).date() if at else None


# --- the five Cs


def _five_cs(strategy: Strategy, posts: list[dict[str, Any]], figures: _Figures, today: date) -> FiveCs:
    plans = [plan for plan in strategy.editorial_plans.all() if plan.is_active and plan.end >= today]
    slots = [slot for plan in plans for slot in plan.slots.all() if slot.kind != REACTIVE]
    complete = sum(bool(slot.format and slot.journey_stage and slot.pillar_id) for slot in slots)
    lately, weeks = figures.of(figures.lately), figures.of(figures.weeks)
    return FiveCs(
        has_begun=strategy.start <= today,
        slots=len(slots) if slots else sum(row["around"] for row in posts),
        complete_slots=complete if slots else sum(row["complete"] for row in posts),
        counts_posts=not slots,
        answered=lately.value("messages_answered"),
        received=lately.value("messages_received"),
        kept=weeks.value("posts_kept"),
        planned=weeks.value("posts_planned"),
        partners=tuple(ways.partners(strategy.activities.all(), strategy.start, today)),
        goals=tuple(_conversion(figures)),
    )


def _conversion(figures: _Figures) -> Iterable[ConversionGoal]:
    for state in figures.goals:
        leading = state.leading
        if state.goal.goal_type == GoalType.SALES and leading:
            yield ConversionGoal(str(state.goal), leading.made.exact, metric_is_money(leading.metric))
