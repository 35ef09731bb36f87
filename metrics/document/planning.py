"""Chapter 2: the six steps, the audience, the audits, what there is to build on, and what may go wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.document.chapters import Section
from strategies.fixed_rows import in_order
from strategies.models import Audit, Persona, Risk, Strategy

SECTIONS = (
    Section("plan", _("Six planning steps"), ("plan",)),
    Section("audience", _("Audience"), ("audience", "audience_notes")),
    Section("personas", _("Personas"), ("personas",)),
    Section("audits", _("Audits"), ("own_audits", "rival_audits")),
    Section("gaps", _("Gaps we use"), ("gaps",)),
    Section("assets", _("Assets and resources"), ("assets",)),
    Section("risks", _("Risks"), ("risks",)),
)


def said(strategy: Strategy, picture: Callable[[Persona], str]) -> dict[str, Any]:
    audits = newest(strategy.audits.all())
    risks = sorted(strategy.risks.all(), key=lambda risk: -risk.weight)
    return {
        "plan": [row for row in in_order(strategy, "planning_steps") if row.text],
        "audience": [row for row in in_order(strategy, "audience_answers") if row.text],
        "audience_notes": [row for row in strategy.audience_notes.all() if row.text],
        "personas": [_persona(persona, picture) for persona in strategy.personas.all()],
        "own_audits": [audit for audit in audits if audit.kind == Audit.Kind.OWN],
        "rival_audits": [audit for audit in audits if audit.kind == Audit.Kind.COMPETITOR],
        "gaps": [audit for audit in audits if audit.gap],
        "assets": list(strategy.assets.all()),
        "risks": risks,
        "risk_grid": risk_grid(risks) if risks else [],
    }


def _persona(persona: Persona, picture: Callable[[Persona], str]) -> Persona:
    persona.picture_address = picture(persona) if persona.picture else ""
    return persona


def newest(audits) -> list[Audit]:
    """Of each channel and rival the latest look: the ones before are history."""
    replaced = {audit.earlier_id for audit in audits if audit.earlier_id}
    return sorted((audit for audit in audits if audit.pk not in replaced), key=lambda audit: audit.audited_on or date.min)


def risk_grid(risks: list[Risk]) -> list[tuple[str, list[tuple[int, list[int]]]]]:
    """Likelihood (high first) × effect (low first): each cell has its weight and the numbers of its risks in the list."""
    levels = list(Risk.Level)
    return [
        (
            str(likelihood.label),
            [
                (
                    likelihood * effect,
                    [number for number, risk in enumerate(risks, 1) if (risk.likelihood, risk.effect) == (likelihood, effect)],
                )
                for effect in levels
            ],
        )
        for likelihood in reversed(levels)
    ]
