"""Chapters 4 and 5, and what stands behind the document: watching, incidents, answers, findings, formulas, waived gates."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metrics import kpi_sources
from metrics.document.beside import Beside, Learned
from metrics.document.chapters import Section
from metrics.document.figures import Figures
from metrics.health.rules import find
from metrics.health.verdicts import Rule, Severity
from metrics.kept_figures import in_words
from metrics.kpi import KPIS, MEASURES
from metrics.readings import is_money, label_of, text
from strategies.fixed_rows import in_order
from strategies.gates import GATES, Missing
from strategies.models import Strategy

MONITORING = (
    Section("watching", _("What we watch"), ("watched", "watch_routine")),
    Section("kept", _("Plan and actual"), ("kept",)),
    Section("incidents", _("Incidents"), ("incidents",)),
)
SECTIONS = (
    Section("answers", _("Five questions"), ("answers",)),
    Section("findings", _("Findings"), ("findings",)),
    Section("decision", _("Decision"), ("decision",)),
)


@dataclass(frozen=True)
class Explained:
    """A figure that the document names, with the formula and where it comes from."""

    name: str
    label: str
    formula: str
    note: str
    source: str


def said(strategy: Strategy, found: Figures, also: Beside, *, money: bool) -> dict[str, Any]:
    return {
        "watched": sorted(found.watched, key=lambda row: (row.item.channel is not None, str(row.item.channel or ""))),
        "watch_routine": strategy.watch_routine,
        "kept": [row for row in found.kept if row.share is not None],
        "incidents": list(strategy.incidents.all()),
        "answers": [row for row in in_order(strategy, "answers") if row.verdict or row.text],
        "findings": [(row, _figures(row, money)) for row in also.findings],
        "decision": strategy.decision,
        "explained": explained(found),
        "waived": waived(strategy),
        "open_points": open_points(strategy),
        "health_points": health_points(also, money=money),
    }


def _figures(finding: Learned, money: bool) -> list[str]:
    """The figures that a finding keeps, as they stood when it was written."""
    known = [kept for kept in finding.evidence if kept["kpi"] in KPIS]
    return [in_words(kept) for kept in known if money or not is_money(KPIS[kept["kpi"]])]


def explained(found: Figures) -> list[Explained]:
    """Every KPI and measure that a target or a watched figure names, once."""
    named = [state.metric for goal in found.goals for state in goal.states] + [row.item.metric for row in found.watched]
    return [_explain(name) for name in sorted({*named, "schedule_adherence"}, key=label_of) if name in KPIS or name in MEASURES]


def _explain(name: str) -> Explained:
    kpi = KPIS.get(name)
    if kpi is None:
        return Explained(name, label_of(name), "", "", "")
    return Explained(name, label_of(name), kpi.formula.in_words(get_language()), text(kpi.note), kpi_sources.say(kpi.source))


def waived(strategy: Strategy) -> list[tuple[str, str, str]]:
    """(gate, reason, who) of the gates that the team chose to leave open."""
    labels = {gate.name: str(gate.label) for gate in GATES}
    return [(labels.get(row.gate, row.gate), row.reason, str(row.waived_by or "")) for row in strategy.waivers.all()]


def health_points(also: Beside, *, money: bool) -> list[Rule]:
    """The rules that failed at the newest stored look and count, the worst first."""
    failed = [row for row in also.health.verdicts if row["outcome"] == "fail" and not row["accepted"]] if also.health else []
    rules = [(Severity(row["severity"]), rule) for row in failed if (rule := find(row["rule"]))]
    ordered = sorted(rules, key=lambda pair: list(Severity).index(pair[0]))
    return [rule for _severity, rule in ordered if money or not rule.is_money]


def open_points(strategy: Strategy) -> list[Missing]:
    """What the plan itself still lacks before a review; what only figures tell is the health check's."""
    accepted = {row.gate for row in strategy.waivers.all()}
    asked = [gate for gate in GATES if gate.check and gate.for_review and gate.name not in accepted]
    return [missing for gate in asked for missing in gate.missing(strategy)]
