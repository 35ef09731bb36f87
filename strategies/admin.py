from django.contrib import admin

from strategies.models import (
    Audit,
    BudgetLine,
    BusinessObjective,
    GateWaiver,
    Goal,
    Persona,
    Pillar,
    Strategy,
    StrategyChannel,
    StrategyEvent,
    StrategySnapshot,
    Target,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """What was written once and is never changed: looked at, not edited."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Strategy)
class StrategyAdmin(admin.ModelAdmin):
    list_display = ["name", "brand", "status", "primary_type", "start", "end", "updated_at"]
    list_filter = ["status", "primary_type", "brand"]
    search_fields = ["name", "brand__name"]
    list_select_related = ["brand"]
    date_hierarchy = "start"
    raw_id_fields = ["brand", "created_by"]


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0
    fields = ["metric", "role", "window", "baseline", "value", "deadline"]


@admin.register(Goal)
class GoalAdmin(admin.ModelAdmin):
    list_display = ["__str__", "strategy", "goal_type", "deadline"]
    list_filter = ["goal_type"]
    search_fields = ["text", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy", "objective"]
    inlines = [TargetInline]


@admin.register(BusinessObjective, Persona)
class TextAdmin(admin.ModelAdmin):
    list_display = ["__str__", "strategy"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(Audit)
class AuditAdmin(admin.ModelAdmin):
    list_display = ["__str__", "kind", "platform", "audited_on", "strategy"]
    list_filter = ["kind", "platform"]
    search_fields = ["competitor", "strategy__name"]
    list_select_related = ["strategy", "platform", "channel__platform"]
    raw_id_fields = ["strategy", "channel"]


@admin.register(BudgetLine)
class BudgetLineAdmin(admin.ModelAdmin):
    list_display = ["__str__", "kind", "planned", "month", "strategy"]
    list_filter = ["kind"]
    search_fields = ["name", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy", "channel"]


@admin.register(StrategyChannel)
class StrategyChannelAdmin(admin.ModelAdmin):
    list_display = ["channel", "strategy", "posts_per_week", "hours_per_post"]
    list_filter = ["channel__platform"]
    search_fields = ["channel__handle", "strategy__name"]
    list_select_related = ["strategy", "channel__platform"]
    raw_id_fields = ["strategy", "channel"]


@admin.register(Pillar)
class PillarAdmin(admin.ModelAdmin):
    list_display = ["name", "strategy", "share", "colour"]
    search_fields = ["name", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(StrategySnapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ["strategy", "number", "approved_by", "approved_at"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy", "approved_by"]


@admin.register(GateWaiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ["strategy", "gate", "reason", "waived_by", "created_at"]
    search_fields = ["strategy__name", "gate"]
    list_select_related = ["strategy", "waived_by"]


@admin.register(StrategyEvent)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["strategy", "kind", "by", "at"]
    list_filter = ["kind"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy", "by"]
