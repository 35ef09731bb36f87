from metrics.models.findings import Finding
from metrics.models.imports import Import, ImportIssue
from metrics.models.judging import Acknowledgement, Alert, HealthCheck, RuleThreshold, ShareLink
from metrics.models.ledger import LedgerEntry
from metrics.models.observations import Observation
from metrics.models.reports import IssuedReport, Report, ReportLetter, ReportLink, ReportRecipient, ReportSchedule
from metrics.models.values import KpiValue, StalePeriod

__all__ = [
    "Acknowledgement",
    "Alert",
    "Finding",
    "HealthCheck",
    "Import",
    "ImportIssue",
    "IssuedReport",
    "KpiValue",
    "LedgerEntry",
    "Observation",
    "Report",
    "ReportLetter",
    "ReportLink",
    "ReportRecipient",
    "ReportSchedule",
    "RuleThreshold",
    "ShareLink",
    "StalePeriod",
]
