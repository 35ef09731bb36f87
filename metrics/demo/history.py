"""How the demo's strategy came to be: what was changed in it, and the talk before it was approved."""

from datetime import datetime, time, timedelta

from brands.models import User
from metrics.demo.people import LEAD, MARKETER
from strategies.models import Strategy, StrategyChange, StrategyEvent

Kind, Act = StrategyEvent.Kind, StrategyChange.Act


def tell_history(strategy: Strategy, people: dict[str, User]) -> None:
    _events(strategy, people)
    _changes(strategy, people)
    _comments(strategy, people)


def _moment(strategy: Strategy, days_before: int, hour: int, minute: int = 0) -> datetime:
    day = strategy.start - timedelta(days_before)
    return datetime.combine(day, time(hour, minute), tzinfo=strategy.brand.zone)


def _events(strategy: Strategy, people: dict[str, User]) -> None:
    rows = (
        (Kind.CREATED, LEAD, 21, ""),
        (Kind.SUBMITTED, MARKETER, 12, ""),
        (Kind.RETURNED, LEAD, 11, "More leads can be had; and say who answers in the evening."),
        (Kind.SUBMITTED, MARKETER, 8, ""),
    )
    for kind, who, days, note in rows:
        event = strategy.events.create(kind=kind, by=people[who], note=note)
        StrategyEvent.objects.filter(pk=event.pk).update(at=_moment(strategy, days, 16, 20))


def date_the_approval(strategy: Strategy) -> None:
    """A plan is approved before it begins, and not on the day on which a demo is loaded."""
    at = _moment(strategy, 7, 10, 10)
    strategy.events.filter(kind=Kind.APPROVED).update(at=at)
    strategy.snapshots.update(approved_at=at)


def _changes(strategy: Strategy, people: dict[str, User]) -> None:
    """(who, days before the start, part, row, field, what it was); what it became stands there today."""
    leads = strategy.goals.get(goal_type="sales").targets.get(metric="leads")
    approach = strategy.planning_steps.get(step="approach")
    ads = strategy.budget_lines.get(kind="ads")
    gulnora = strategy.personas.get(name="Gulnora")
    rows = (
        (LEAD, 10, "targets", leads, "value", "1200.0000", str(leads.value), "Leads"),
        (LEAD, 10, "budget_lines", ads, "planned", "31000000.00", "36000000.00", str(ads)),
        (MARKETER, 9, "planning_steps", approach, "text", "Show the weaving and the wearing; answer sizes the same day.",
         approach.text, str(approach)),
        (MARKETER, 9, "personas", gulnora, "active_hours", "", gulnora.active_hours, str(gulnora)),
    )  # fmt: skip
    for place, (who, days, part, row, field, was, became, name) in enumerate(rows):
        change = StrategyChange.objects.create(
            strategy=strategy, by=people[who], act=Act.CHANGED, part=part, row=row.pk, field=field, name=name, was=was,
            became=became,
        )  # fmt: skip
        StrategyChange.objects.filter(pk=change.pk).update(at=_moment(strategy, days, 11, 5 + place))


def _comments(strategy: Strategy, people: dict[str, User]) -> None:
    rows = (
        ("goals", LEAD, 11, "Last season brought 1,500 leads without any advertising. Is 1,200 not too little?", True),
        ("goals", MARKETER, 10, "You are right: 1,600 it is, and 5 million more for advertising.", True),
        ("methods", LEAD, 3, "Let us decide by spring which of the two bloggers stays.", False),
    )
    for step, who, days, text, is_settled in rows:
        said = strategy.comments.create(step=step, by=people[who], text=text)
        at = _moment(strategy, days, 15, 30)
        settled = {"settled_at": at, "settled_by": people[LEAD]} if is_settled else {}
        type(said).objects.filter(pk=said.pk).update(at=at, **settled)
