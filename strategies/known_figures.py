"""What is measured already of something that a plan asks for: “today” of a target, the followers of an audited channel.

The plan does not measure. Whoever does hands its answers over when it is ready:

    class MetricsConfig(AppConfig):
        def ready(self):
            from metrics.known_figures import latest, of_targets
            from strategies import known_figures

            known_figures.register(of_targets, latest)

While nobody answers, nothing is known, and people write the figures themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from brands.models import Channel
from strategies import metric_names
from strategies.models import Strategy, Target


@dataclass(frozen=True, slots=True)
class Asked:
    """A KPI or measure by its name, on which channels (none: all of the strategy), counted how, until when."""

    metric: str
    channels: tuple[Channel, ...] = ()
    window: str = Target.Window.LATEST
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the figures say, of which days, where they come from; without a value, why there is none."""

    value: Decimal | None = None
    first: date | None = None
    last: date | None = None
    source: str = ""
    url: str = ""
    why_not: str = ""


OfTargets = Callable[[Strategy, Sequence[Asked]], list[Known]]
Latest = Callable[[Iterable[tuple[Channel, str]]], dict[tuple[int, str], Known]]

_answers: dict[str, Callable] = {}


def register(of_targets: OfTargets, latest: Latest) -> None:
    """Answer for the figures: `of_targets` in the order asked, `latest` by (channel's key, measure)."""
    _answers.update(of_targets=of_targets, latest=latest)


def look(strategy: Strategy, asked: Sequence[Asked]) -> list[Known]:
    """One answer for each question, in a number of queries that does not depend on how many there are."""
    answer = _answers.get("of_targets")
    if answer is None or not asked:
        return [Known(why_not=_("Nothing is measured yet.")) for _one in asked]
    return answer(strategy, asked)


def latest(channel: Channel, measure: str) -> Known:
    """The newest figure of a stock (followers, following) on a channel."""
    return latest_of([(channel, measure)])[channel.pk, measure]


def latest_of(pairs: Iterable[tuple[Channel, str]]) -> dict[tuple[int, str], Known]:
    """The same for several channels and measures in two queries."""
    pairs = list(pairs)
    answer = _answers.get("latest")
    found = answer(pairs) if answer and pairs else {}
    return {(channel.pk, measure): found.get((channel.pk, measure), Known()) for channel, measure in pairs}


def asked_for(target: Target) -> Asked | None:
    """The question that a stored target asks; None where it does not say yet what or where."""
    channels = tuple(target.channels.all()) if target.pk else ()
    if not target.metric or not (channels or target.everywhere):
        return None
    return Asked(target.metric, channels, target.window, target.last_day())


def fill_in(strategy: Strategy, targets: Iterable[Target]) -> list[Target]:
    """Write today's values into targets that have none and say where they look; answers with those that got one."""
    questions = [(target, asked) for target in targets if target.baseline is None and (asked := asked_for(target))]
    filled = []
    for (target, _asked), known in zip(questions, look(strategy, [asked for _target, asked in questions]), strict=True):
        if known.value is not None and _is_a_step(target, known.value):
            target.baseline = known.value
            filled.append(target)
    Target.objects.bulk_update(filled, ["baseline"])
    return filled


def _is_a_step(target: Target, today: Decimal) -> bool:
    """Whether the target still leads somewhere from there: one that is passed already is left to a person."""
    if target.value is None or target.role == Target.Role.GUARD:
        return True
    return target.value < today if metric_names.falls(target.metric) else target.value > today
