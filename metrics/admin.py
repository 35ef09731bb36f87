from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from brands.admin import VersionedAdmin
from brands.administration import NeverByHand, ReadOnlyAdmin
from metrics import admin_recomputing as admin_recomputing
from metrics.forms.health import RuleThresholdForm
from metrics.forms.standards import BenchmarkForm, KpiClassForm
from metrics.health.thresholds import THRESHOLDS
from metrics.models import (
    Acknowledgement,
    Alert,
    AlertSilence,
    AssignedValue,
    Benchmark,
    Finding,
    HealthCheck,
    Import,
    ImportIssue,
    IssuedReport,
    KpiClass,
    KpiValue,
    LedgerEntry,
    Mention,
    MentionFeed,
    Observation,
    Report,
    ReportLetter,
    ReportLink,
    ReportRecipient,
    ReportSchedule,
    RuleThreshold,
    ShareLink,
    StalePeriod,
)


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin):
    list_display = ["name", "brand", "importer", "status", "size", "uploaded_by", "uploaded_at", "applied_at"]
    list_filter = ["status", "importer"]
    search_fields = ["name", "brand__name", "sha256"]
    list_select_related = ["brand", "uploaded_by"]
    date_hierarchy = "uploaded_at"
    # What a file gave is changed by importing and undoing, never by hand.
    readonly_fields = ["brand", "channel", "file", "sha256", "size", "rows_done", "rows_total", "summary", "refusal", "touched_at", "applied_at", "undone_at", "uploaded_by"]  # fmt: skip

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ImportIssue)
class ImportIssueAdmin(admin.ModelAdmin):
    list_display = ["import_file", "table", "line", "column", "code", "raw", "is_error"]
    list_filter = ["code", "is_error"]
    search_fields = ["import_file__name", "raw"]
    list_select_related = ["import_file"]
    raw_id_fields = ["import_file"]
    show_full_result_count = False


@admin.register(Observation)
class ObservationAdmin(admin.ModelAdmin):
    list_display = ["measure", "start", "end", "value", "currency", "brand", "channel", "subject", "source"]
    list_filter = ["measure"]
    search_fields = ["brand__name", "subject"]
    list_select_related = ["brand", "channel__platform", "source"]
    raw_id_fields = ["brand", "channel", "publication", "campaign", "source", "recorded_by"]
    date_hierarchy = "start"
    show_full_result_count = False


@admin.register(KpiValue)
class KpiValueAdmin(admin.ModelAdmin):
    list_display = ["kpi", "period", "start", "end", "status", "value", "brand", "channel", "strategy", "campaign", "computed_at"]
    list_filter = ["period", "status", "kpi"]
    search_fields = ["brand__name"]
    list_select_related = ["brand", "channel__platform", "strategy", "campaign"]
    raw_id_fields = ["brand", "channel", "strategy", "campaign"]
    show_full_result_count = False


@admin.register(LedgerEntry)
class LedgerEntryAdmin(VersionedAdmin):
    list_display = ["date", "kind", "amount", "currency", "brand", "strategy", "channel", "is_ad", "note"]
    list_filter = ["kind", "currency", "is_ad"]
    search_fields = ["brand__name", "note"]
    list_select_related = ["brand", "strategy", "channel__platform"]
    raw_id_fields = ["brand", "strategy", "budget_line", "campaign", "channel", "recorded_by"]
    date_hierarchy = "date"


@admin.register(AssignedValue)
class AssignedValueAdmin(VersionedAdmin):
    list_display = ["target", "amount", "currency", "reason", "brand", "set_by", "set_at"]
    list_filter = ["currency"]
    search_fields = ["reason", "brand__name"]
    list_select_related = ["target", "brand", "set_by"]
    raw_id_fields = ["brand", "target", "set_by"]


@admin.register(MentionFeed)
class MentionFeedAdmin(VersionedAdmin):
    list_display = ["name", "brand", "rival", "is_active", "fetched_at", "due_at", "failures", "problem"]
    list_filter = ["is_active", "problem"]
    search_fields = ["name", "address", "brand__name"]
    list_select_related = ["brand"]
    raw_id_fields = ["brand", "added_by"]
    readonly_fields = ["fetched_at", "taken_until", "failures", "problem", "detail"]


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin, VersionedAdmin):
    """Looked at here, classified at the desk: only there do figures follow."""

    list_display = ["title", "brand", "site", "day", "rival", "sentiment", "is_issue", "is_irrelevant", "classified_by"]
    list_filter = ["sentiment", "is_issue", "is_irrelevant"]
    search_fields = ["title", "site", "brand__name"]
    list_select_related = ["brand", "classified_by"]
    date_hierarchy = "day"
    show_full_result_count = False


@admin.register(Finding)
class FindingAdmin(VersionedAdmin):
    list_display = ["text", "verdict", "brand", "strategy", "question", "author", "created_at"]
    list_filter = ["verdict", "question"]
    search_fields = ["text", "brand__name"]
    list_select_related = ["brand", "strategy", "author"]
    raw_id_fields = ["brand", "strategy", "goal", "author", "kpi_values", "posts"]


@admin.register(StalePeriod)
class StalePeriodAdmin(admin.ModelAdmin):
    list_display = ["brand", "channel", "start", "end", "marked_at"]
    search_fields = ["brand__name", "channel__handle"]
    list_select_related = ["brand", "channel__platform"]
    raw_id_fields = ["brand", "channel"]


@admin.register(AlertSilence)
class AlertSilenceAdmin(admin.ModelAdmin):
    search_fields = ["user__email", "brand__name", "measure"]
    list_display = ["user", "brand", "channel", "measure", "since"]
    list_filter = ["brand"]
    list_select_related = ["user", "brand", "channel__platform"]


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin):
    list_display = ["item", "value", "bound", "start", "end", "state", "brand", "strategy"]
    list_filter = ["state"]
    search_fields = ["item__metric", "brand__name", "note"]
    list_select_related = ["item", "brand", "strategy"]
    raw_id_fields = ["brand", "strategy", "item", "taken_by", "settled_by"]


@admin.register(HealthCheck)
class HealthCheckAdmin(admin.ModelAdmin):
    list_display = ["strategy", "day", "score", "errors", "warnings", "infos", "checked_at"]
    list_filter = ["errors"]
    search_fields = ["strategy__name", "strategy__brand__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]
    date_hierarchy = "day"


@admin.register(Acknowledgement)
class AcknowledgementAdmin(admin.ModelAdmin):
    list_display = ["rule", "strategy", "reason", "by", "at"]
    list_filter = ["rule"]
    search_fields = ["reason", "strategy__name", "strategy__brand__name"]
    list_select_related = ["strategy", "by"]
    raw_id_fields = ["strategy", "by"]


@admin.register(RuleThreshold)
class RuleThresholdAdmin(admin.ModelAdmin):
    """What is not in the list has its usual value."""

    form = RuleThresholdForm
    list_display = ["name", "label", "value", "unit", "usual"]
    search_fields = ["name"]

    @admin.display(description=_("what it means"))
    def label(self, row: RuleThreshold) -> str:
        return str(THRESHOLDS[row.name].label) if row.name in THRESHOLDS else ""

    @admin.display(description=_("unit"))
    def unit(self, row: RuleThreshold) -> str:
        return str(THRESHOLDS[row.name].unit) if row.name in THRESHOLDS else ""

    @admin.display(description=_("usual value"))
    def usual(self, row: RuleThreshold) -> int | None:
        return THRESHOLDS[row.name].default if row.name in THRESHOLDS else None


@admin.register(Benchmark)
class BenchmarkAdmin(admin.ModelAdmin):
    form = BenchmarkForm
    list_display = ["kpi", "platform", "low", "high", "currency", "over", "source", "as_of", "region"]
    list_filter = ["platform", "source", "region"]
    search_fields = ["kpi", "source", "note", "note_uz", "note_ru"]
    list_select_related = ["platform"]
    date_hierarchy = "as_of"


@admin.register(KpiClass)
class KpiClassAdmin(admin.ModelAdmin):
    """What is not in the list has the class it is declared with."""

    form = KpiClassForm
    list_display = ["kpi", "klass"]
    search_fields = ["kpi"]


@admin.register(ShareLink)
class ShareLinkAdmin(admin.ModelAdmin):
    """Taking a link back is done here, too; the address itself is never shown."""

    list_display = ["name", "strategy", "language", "shows_money", "expires_at", "revoked_at", "opened_count", "opened_at"]
    list_filter = ["language", "shows_money"]
    search_fields = ["name", "strategy__name", "strategy__brand__name"]
    list_select_related = ["strategy"]
    readonly_fields = ["strategy", "created_by", "opened_count", "opened_at"]

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(Report)
class ReportAdmin(VersionedAdmin):
    list_display = ["name", "brand", "scope", "preset", "language", "shows_money", "created_by", "created_at"]
    list_filter = ["scope", "language", "shows_money"]
    search_fields = ["name", "brand__name"]
    list_select_related = ["brand", "created_by"]
    raw_id_fields = ["brand", "strategy", "campaign", "channel", "created_by"]


@admin.register(ReportSchedule)
class ReportScheduleAdmin(VersionedAdmin):
    search_fields = ["report__name", "report__brand__name"]
    list_display = ["report", "rhythm", "weekday", "day", "hour", "is_paused", "counts_from"]
    list_filter = ["rhythm", "is_paused"]
    list_select_related = ["report"]
    raw_id_fields = ["report"]


@admin.register(ReportRecipient)
class ReportRecipientAdmin(admin.ModelAdmin):
    list_display = ["email", "report", "user", "unsubscribed_at", "created_at"]
    search_fields = ["email", "report__name"]
    list_select_related = ["report", "user"]
    raw_id_fields = ["report", "user"]


@admin.register(IssuedReport)
class IssuedReportAdmin(NeverByHand):
    list_display = ["report", "day", "start", "end", "state", "attempts", "next_try_at", "problem", "issued_at"]
    list_filter = ["state"]
    search_fields = ["report__name", "report__brand__name"]
    list_select_related = ["report"]


@admin.register(ReportLetter)
class ReportLetterAdmin(NeverByHand):
    list_display = ["issued", "recipient", "sent_at", "attempts", "next_try_at", "problem"]
    search_fields = ["recipient__email", "issued__report__name"]
    list_select_related = ["issued__report", "recipient"]


@admin.register(ReportLink)
class ReportLinkAdmin(ShareLinkAdmin):
    list_display = ["name", "report", "language", "shows_money", "expires_at", "revoked_at", "opened_count", "opened_at"]
    search_fields = ["name", "report__name", "report__brand__name"]
    list_select_related = ["report"]
    readonly_fields = ["report", "created_by", "opened_count", "opened_at"]
