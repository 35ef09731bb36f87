from metrics.models.findings import Finding
from metrics.models.imports import Import, ImportIssue
from metrics.models.judging import Acknowledgement, Alert, AlertSilence, HealthCheck, RuleThreshold, ShareLink
from metrics.models.ledger import AssignedValue, LedgerEntry
from metrics.models.mentions import Mention, MentionFeed
from metrics.models.observations import Observation
from metrics.models.recomputing import RecomputeRun, Standing
from metrics.models.reports import IssuedReport, Report, ReportLetter, ReportLink, ReportRecipient, ReportSchedule
from metrics.models.standards import Benchmark, KpiClass
from metrics.models.values import KpiValue, StalePeriod

__all__ = [
    "Acknowledgement",
    "Alert",
    "AlertSilence",
    "AssignedValue",
    "Benchmark",
    "Finding",
    "HealthCheck",
    "Import",
    "ImportIssue",
    "IssuedReport",
    "KpiClass",
    "KpiValue",
    "LedgerEntry",
    "Mention",
    "MentionFeed",
    "Observation",
    "RecomputeRun",
    "Report",
    "ReportLetter",
    "ReportLink",
    "ReportRecipient",
    "ReportSchedule",
    "RuleThreshold",
    "ShareLink",
    "StalePeriod",
    "Standing",
]
