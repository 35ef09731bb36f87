"""The cycle before the demo's running one: judged, decided, and put away; the running one follows it."""

from datetime import timedelta
from decimal import Decimal

from brands.models import Channel, User
from metrics.demo.people import LEAD
from metrics.demo.plan import MONTHS, SEASONS, month_after
from metrics.models import Finding
from strategies import fixed_rows
from strategies.models import Answer, BusinessObjective, Decision, Goal, Strategy, Target

Verdict = Answer.Verdict
VERDICTS = {
    Answer.Question.GOALS: (Verdict.PARTLY, "Telegram grew as promised; leads stayed a fifth below."),
    Answer.Question.PLAN: (Verdict.PARTLY, "We planned five channels and kept up three of them."),
    Answer.Question.ASSETS: (Verdict.NO, "Two people cannot film every day."),
    Answer.Question.SURPRISES: (Verdict.YES, "Cloth came three weeks late; the buffer posts saved us."),
    Answer.Question.BUSINESS: (Verdict.YES, "Guests in the shop began to ask for what they had seen in Telegram."),
}


def tell_the_cycle_before(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> Strategy:
    """The half year that ended the day before `strategy` starts."""
    start, lead = month_after(strategy.start, -MONTHS), people[LEAD]
    before = Strategy.objects.create(
        brand=strategy.brand,
        name=f"{SEASONS[start.month - 1]} {start.year}",
        summary="Begin to sell through Telegram, and learn which films people want to see.",
        start=start,
        end=strategy.start - timedelta(1),
        status=Strategy.Status.ARCHIVED,
        primary_type="content",
        decision=Decision.ADJUST,
        decision_reason="Fewer channels, more films from the workshop, one offer a week.",
        created_by=lead,
    )
    fixed_rows.fill_in(before)
    for question, (verdict, text) in VERDICTS.items():
        before.answers.filter(question=question).update(verdict=verdict, text=text)
    _goal(before, channels["telegram"])
    Finding.objects.create(
        brand=before.brand,
        strategy=before,
        question=Answer.Question.PLAN,
        text="Five channels are too many for two people: what we posted everywhere was good nowhere.",
        verdict=Finding.Verdict.FAILS,
        author=lead,
    )
    strategy.previous = before
    strategy.save(update_fields=["previous"])
    return before


def _goal(before: Strategy, telegram: Channel) -> None:
    objective = BusinessObjective.objects.create(strategy=before, text="Sell without waiting for passers-by")
    goal = Goal.objects.create(
        strategy=before, goal_type="audience", text="8,200 Telegram subscribers", objective=objective, deadline=before.end
    )
    target = Target.objects.create(goal=goal, metric="followers", window="latest", baseline=Decimal(6100), value=Decimal(8200))
    target.channels.add(telegram)
