"""Reports to begin with: which sections for whom, about which days."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.models import Report


@dataclass(frozen=True, slots=True)
class Preset:
    name: str
    title: Promise
    text: Promise
    period: str
    sections: tuple[str, ...]
    scope: str = Report.Scope.BRAND


PRESETS = (
    Preset(
        "client", _("Monthly for the client"), _("Last month in short, goals, channels and what was published. No inner matters."),
        "last_month", ("summary", "goals", "lines", "channels", "posts", "campaigns", "published", "notes"),
    ),
    Preset(
        "team", _("Weekly for the team"), _("The last seven days with every KPI, alerts, health and findings."),
        "7", ("summary", "cards", "lines", "posts", "incidents", "health", "findings", "published"),
    ),
    Preset(
        "campaign", _("Campaign wrap-up"), _("One campaign from its first day: what went out, what it brought, what was learned."),
        "strategy", ("summary", "campaigns", "goals", "lines", "channels", "posts", "money", "findings", "published", "notes"),
        Report.Scope.CAMPAIGN,
    ),
)  # fmt: skip
BY_NAME = {preset.name: preset for preset in PRESETS}
