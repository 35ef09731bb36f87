from metrics.models.findings import Finding
from metrics.models.imports import Import, ImportIssue
from metrics.models.judging import Acknowledgement, Alert, AlertSilence, HealthCheck, RuleThreshold, ShareLink
from metrics.models.ledger import LedgerEntry
from metrics.models.observations import Observation
from metrics.models.values import KpiValue, StalePeriod

__all__ = [
    "Acknowledgement",
    "Alert",
    "AlertSilence",
    "Finding",
    "HealthCheck",
    "Import",
    "ImportIssue",
    "KpiValue",
    "LedgerEntry",
    "Observation",
    "RuleThreshold",
    "ShareLink",
    "StalePeriod",
]
