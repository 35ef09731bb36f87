"""Taking over an example as a goal of one's own."""

from fractions import Fraction

from brands.models import Channel
from strategies import goal_words, known_figures, metric_names
from strategies.examples import Example
from strategies.models import Goal, Strategy


def begin_with(strategy: Strategy, example: Example, channels: list[Channel]) -> Goal:
    """A goal with the example's fields; what it is today, and what follows from it, comes from the figures."""
    goal = strategy.goals.create(
        goal_type=example.goal_type,
        text=str(example.text),
        deadline=example.deadline(strategy.start, strategy.end),
        position=strategy.goals.count(),
    )
    target = goal.targets.create(
        metric=example.metric, window=example.window, baseline=example.baseline, value=example.value
    )  # fmt: skip
    target.channels.set(channels)
    known_figures.fill_in(strategy, [target])
    months = goal_words.months_of((goal.deadline - strategy.start).days + 1)
    value = example.target(target.baseline, months)
    if value is not None:
        target.value = metric_names.unit_of(example.metric).round(Fraction(value))
        target.save(update_fields=["value"])
    return goal
