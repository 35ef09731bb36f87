"""The sections of a report, declared once: choice list, order, page, workbook and tests come from this table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.models import Report
from metrics.periods import Span
from metrics.reports import around, figures
from metrics.reports.blocks import Block
from metrics.reports.facts import Facts, span_of


@dataclass(frozen=True, slots=True)
class Section:
    """`needs` says what it is written from, for whoever chooses it; `why` stands in a report where there is none of it."""

    name: str
    title: Promise
    needs: Promise
    why: Promise
    build: Callable[[Facts], list[Block]]
    is_money: bool = False

    @property
    def anchor(self) -> str:
        return f"section-{self.name}"


SECTIONS: tuple[Section, ...] = (
    Section(
        "summary", gettext_lazy("In short"), gettext_lazy("A few sentences and the key figures"),
        gettext_lazy("Nothing was measured in these days."), figures.summary,
    ),
    Section(
        "goals", gettext_lazy("Goals"), gettext_lazy("Targets of the strategy, where they stand and their pace"),
        gettext_lazy("No strategy with goals was at work in these days."), figures.goals,
    ),
    Section(
        "cards", gettext_lazy("KPIs by objective"), gettext_lazy("Every KPI of which something was measured"),
        gettext_lazy("No KPI has a figure in these days: figures are imported or entered by hand."), figures.cards,
    ),
    Section(
        "lines", gettext_lazy("Trends"), gettext_lazy("A chart of each chosen KPI"),
        gettext_lazy("None of the chosen KPIs has a figure in these days."), figures.lines,
    ),
    Section(
        "channels", gettext_lazy("Channels"), gettext_lazy("The channels beside each other"),
        gettext_lazy("No channel has figures in these days."), figures.channels,
    ),
    Section(
        "posts", gettext_lazy("Best and weakest posts"), gettext_lazy("Figures of single posts, from post-level files"),
        gettext_lazy("No post published in these days has figures of its own."), figures.posts,
    ),
    Section(
        "money", gettext_lazy("Money and return"), gettext_lazy("Income, costs and ROI, where the report shows money"),
        gettext_lazy("No income or cost is recorded in these days."), figures.money, is_money=True,
    ),
    Section(
        "campaigns", gettext_lazy("Campaigns"), gettext_lazy("Campaigns of these days and what came of them"),
        gettext_lazy("No campaign ran in these days."), around.campaigns,
    ),
    Section(
        "findings", gettext_lazy("Findings"), gettext_lazy("What was learned, with the figures that show it"),
        gettext_lazy("No finding was written down in these days."), around.findings,
    ),
    Section(
        "incidents", gettext_lazy("Alerts and incidents"), gettext_lazy("Watched figures outside their bounds, and what happened"),
        gettext_lazy("No watched figure left its bounds, and no incident was written down."), around.incidents,
    ),
    Section(
        "health", gettext_lazy("Health of the strategy"), gettext_lazy("The score and the rules that failed"),
        gettext_lazy("No strategy was checked in these days."), around.health,
    ),
    Section(
        "published", gettext_lazy("What was published"), gettext_lazy("Every post that went out, by its day"),
        gettext_lazy("Nothing was published in these days."), around.published,
    ),
    Section(
        "notes", gettext_lazy("Sources and formulas"), gettext_lazy("What the figures cover, gaps, and how they are worked out"),
        gettext_lazy("There are no figures to explain."), around.notes,
    ),
)  # fmt: skip
BY_NAME = {section.name: section for section in SECTIONS}


def chosen(names: Iterable[str], *, money: bool) -> list[Section]:
    """The sections by their names, each once, in the order given; those about money only for who may see it."""
    known = [BY_NAME[name] for name in dict.fromkeys(names) if name in BY_NAME]
    return [section for section in known if money or not section.is_money]


def read(report: Report, *, money: bool, span: Span | None = None, language: str = "") -> dict[str, Any]:
    """The report as plain data, in its language: live, or to be kept. `money`: whether the reader may see it."""
    sees = money and report.shows_money
    with translation.override(language or report.language):
        facts = Facts(report, span or span_of(report, report.brand.today()), sees)
        said = _cover(facts, language or report.language)
        said["sections"] = [_section(facts, section) for section in chosen(report.sections, money=sees)]
        said["notes"] = [block.as_json() for block in around.notes(facts)]
        return said


def _cover(facts: Facts, language: str) -> dict[str, Any]:
    report, span = facts.report, facts.span
    return {
        "name": report.name,
        "brand": report.brand.name,
        "about_brand": report.brand.about,
        "about": str(report.about or _("The whole brand")),
        "language": language,
        "start": span.start.isoformat(),
        "end": span.end.isoformat(),
        "base": [span.previous.start.isoformat(), span.previous.end.isoformat()] if report.compares else None,
        "as_of": facts.today.isoformat(),
        "money": facts.money,
        "in_short": list(figures.in_short(facts)),
    }


def _section(facts: Facts, section: Section) -> dict[str, Any]:
    blocks = [block.as_json() for block in section.build(facts)]
    return {
        "name": section.name,
        "anchor": section.anchor,
        "title": str(section.title),
        "blocks": blocks,
        "why": "" if blocks else str(section.why),
    }
