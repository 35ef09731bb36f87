"""The strategy as one document that a consultant would hand over: always current, on the screen, on paper, by a link.

`read` gathers everything in a bounded number of queries, whatever the number of rows; the templates
(`templates/metrics/_document*.html`) only write it down, the same for the app, the PDF and people with a link.
"""

from collections.abc import Callable
from typing import Any

from metrics.document import analysis, beside, budget, figures, goals, planning, strategies, summary
from metrics.document.chapters import Chapter, Section
from strategies.models import Persona, Stage, Strategy

Address = Callable[[Persona], str]


def read(strategy: Strategy, *, money: bool, picture: Address) -> dict[str, Any]:
    """What the templates need. `money`: whether the reader may see amounts; `picture`: where a persona's picture is."""
    also = beside.load(strategy)
    found = figures.read(strategy, money=money)
    said: dict[str, Any] = {"strategy": strategy, "brand": strategy.brand, "sees_money": money, "today": strategy.brand.today()}
    said |= {"version": also.version, "health": also.health}
    said |= goals.said(strategy, found, also) | planning.said(strategy, picture) | budget.said(strategy, found, money=money)
    said |= strategies.said(strategy, found, also) | analysis.said(strategy, found, also, money=money)
    said["chapters"] = _chapters(said)
    said["summary"] = summary.sentences(strategy, found, said)
    return said


def _chapters(said: dict[str, Any]) -> list[Chapter]:
    """The five stages, each with those of its sections that hold something and the names of those that do not."""
    parts: dict[Stage, tuple[Section, ...]] = {
        Stage.GOALS: goals.SECTIONS,
        Stage.PLANNING: planning.SECTIONS + (budget.SECTIONS if said["sees_money"] else ()),
        Stage.STRATEGIES: strategies.SECTIONS,
        Stage.MONITORING: analysis.MONITORING,
        Stage.ANALYSIS: analysis.SECTIONS,
    }
    return [Chapter.of(stage, sections, said) for stage, sections in parts.items()]
