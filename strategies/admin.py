from django.contrib import admin

from brands.admin import VersionedAdmin
from brands.administration import NeverByHand
from strategies.models import (
    Activity,
    Answer,
    AppliedPreset,
    Asset,
    AudienceAnswer,
    AudienceNote,
    Audit,
    BudgetLine,
    BudgetMonth,
    BusinessObjective,
    CommunicationPlan,
    EditorialPlan,
    FitRating,
    GateWaiver,
    Goal,
    Incident,
    MixTarget,
    Persona,
    Pillar,
    PlanItem,
    PlannedWeek,
    PlanningStep,
    PlatformReview,
    Risk,
    Slot,
    StageState,
    StepComment,
    Strategy,
    StrategyChange,
    StrategyChannel,
    StrategyEvent,
    StrategySnapshot,
    Survey,
    SurveyQuestion,
    SurveyResponse,
    Target,
    Tool,
    WatchItem,
)


@admin.register(Strategy)
class StrategyAdmin(VersionedAdmin):
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
class GoalAdmin(VersionedAdmin):
    list_display = ["__str__", "strategy", "goal_type", "deadline"]
    list_filter = ["goal_type"]
    search_fields = ["text", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy", "objective"]
    inlines = [TargetInline]


@admin.register(BusinessObjective, Persona)
class TextAdmin(VersionedAdmin):
    list_display = ["__str__", "strategy"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(Target)
class TargetAdmin(VersionedAdmin):
    list_display = ["metric", "goal", "role", "window", "baseline", "value", "deadline"]
    list_filter = ["role", "window"]
    search_fields = ["metric", "goal__text", "goal__strategy__name"]
    list_select_related = ["goal"]
    raw_id_fields = ["goal", "channels"]


@admin.register(PlanningStep)
class PlanningStepAdmin(VersionedAdmin):
    list_display = ["step", "strategy", "owner", "due"]
    list_filter = ["step"]
    search_fields = ["text", "strategy__name"]
    list_select_related = ["strategy", "owner"]
    raw_id_fields = ["strategy", "owner"]


@admin.register(AudienceAnswer)
class AudienceAnswerAdmin(VersionedAdmin):
    list_display = ["question", "text", "strategy"]
    list_filter = ["question"]
    search_fields = ["text", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(WatchItem)
class WatchItemAdmin(VersionedAdmin):
    list_display = ["metric", "strategy", "channel", "rhythm", "owner"]
    list_filter = ["rhythm"]
    search_fields = ["metric", "strategy__name"]
    list_select_related = ["strategy", "channel__platform", "owner"]
    raw_id_fields = ["strategy", "channel", "owner"]


@admin.register(Answer)
class AnswerAdmin(VersionedAdmin):
    list_display = ["question", "verdict", "strategy"]
    list_filter = ["question", "verdict"]
    search_fields = ["text", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(StageState)
class StageStateAdmin(NeverByHand):
    list_display = ["strategy", "stage", "is_met", "changed_step", "changed_at"]
    list_filter = ["stage", "is_met"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy"]


@admin.register(Audit)
class AuditAdmin(VersionedAdmin):
    list_display = ["__str__", "kind", "platform", "audited_on", "strategy"]
    list_filter = ["kind", "platform"]
    search_fields = ["competitor", "strategy__name"]
    list_select_related = ["strategy", "platform", "channel__platform"]
    raw_id_fields = ["strategy", "channel"]


@admin.register(BudgetLine)
class BudgetLineAdmin(VersionedAdmin):
    list_display = ["__str__", "kind", "planned", "strategy"]
    list_filter = ["kind"]
    search_fields = ["name", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy", "channel"]


@admin.register(StrategyChannel)
class StrategyChannelAdmin(VersionedAdmin):
    list_display = ["channel", "strategy", "posts_per_week", "hours_per_post"]
    list_filter = ["channel__platform"]
    search_fields = ["channel__handle", "strategy__name"]
    list_select_related = ["strategy", "channel__platform"]
    raw_id_fields = ["strategy", "channel"]


@admin.register(PlannedWeek)
class PlannedWeekAdmin(NeverByHand):
    list_display = ["strategy_channel", "week", "posts"]
    search_fields = ["strategy_channel__strategy__name", "strategy_channel__channel__handle"]
    list_select_related = ["strategy_channel__strategy", "strategy_channel__channel__platform"]


@admin.register(Pillar)
class PillarAdmin(VersionedAdmin):
    list_display = ["name", "strategy", "share", "colour"]
    search_fields = ["name", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(StrategySnapshot)
class SnapshotAdmin(NeverByHand):
    list_display = ["strategy", "number", "approved_by", "approved_at"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy", "approved_by"]


@admin.register(GateWaiver)
class WaiverAdmin(NeverByHand):
    list_display = ["strategy", "gate", "reason", "waived_by", "created_at"]
    search_fields = ["strategy__name", "gate"]
    list_select_related = ["strategy", "waived_by"]


@admin.register(StrategyEvent)
class EventAdmin(NeverByHand):
    list_display = ["strategy", "kind", "by", "at"]
    list_filter = ["kind"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy", "by"]


@admin.register(Tool)
class ToolAdmin(VersionedAdmin):
    list_display = ["name", "group", "is_paid", "price_per_month", "brand"]
    list_filter = ["group", "is_paid"]
    search_fields = ["name", "brand__name"]
    list_select_related = ["brand"]
    raw_id_fields = ["brand", "owner", "channels"]


@admin.register(AppliedPreset)
class AppliedPresetAdmin(NeverByHand):
    list_display = ["strategy", "preset", "by", "at", "undone_at"]
    list_filter = ["preset"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy", "by"]


@admin.register(MixTarget)
class MixTargetAdmin(VersionedAdmin):
    list_display = ["strategy", "dimension", "value", "share"]
    list_filter = ["dimension"]
    search_fields = ["strategy__name", "value"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(Activity)
class ActivityAdmin(VersionedAdmin):
    list_display = ["__str__", "method", "partner", "start", "end", "strategy"]
    list_filter = ["method"]
    search_fields = ["name", "partner", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy", "channel", "budget_line", "owner"]


@admin.register(Asset)
class AssetAdmin(VersionedAdmin):
    list_display = ["name", "kind", "supply", "owner", "strategy"]
    list_filter = ["kind", "supply"]
    search_fields = ["name", "strategy__name"]
    list_select_related = ["strategy", "owner"]
    raw_id_fields = ["strategy", "owner"]


@admin.register(Risk)
class RiskAdmin(VersionedAdmin):
    list_display = ["name", "likelihood", "effect", "owner", "strategy"]
    list_filter = ["likelihood", "effect"]
    search_fields = ["name", "strategy__name"]
    list_select_related = ["strategy", "owner"]
    raw_id_fields = ["strategy", "owner"]


@admin.register(Incident)
class IncidentAdmin(VersionedAdmin):
    list_display = ["title", "happened_on", "settled_on", "channel", "strategy"]
    search_fields = ["title", "strategy__name"]
    list_select_related = ["strategy", "channel__platform"]
    raw_id_fields = ["strategy", "risk", "channel", "owner"]
    date_hierarchy = "happened_on"


@admin.register(CommunicationPlan)
class CommunicationPlanAdmin(VersionedAdmin):
    list_display = ["name", "brand", "start", "end"]
    search_fields = ["name", "brand__name"]
    list_select_related = ["brand"]
    raw_id_fields = ["brand", "created_by"]


@admin.register(PlanItem)
class PlanItemAdmin(VersionedAdmin):
    list_display = ["title", "plan", "month", "medium", "owner"]
    list_filter = ["medium"]
    search_fields = ["title", "plan__name"]
    list_select_related = ["plan", "owner"]
    raw_id_fields = ["plan", "owner"]


@admin.register(EditorialPlan)
class EditorialPlanAdmin(VersionedAdmin):
    list_display = ["__str__", "brand", "start", "end", "is_active"]
    list_filter = ["is_active", "channel__platform"]
    search_fields = ["brand__name", "medium", "channel__handle"]
    list_select_related = ["brand", "channel__platform"]
    raw_id_fields = ["brand", "communication_plan", "strategy", "channel", "created_by"]


@admin.register(Slot)
class SlotAdmin(VersionedAdmin):
    list_display = ["plan", "weekday", "time", "kind", "theme", "pillar"]
    list_filter = ["kind", "weekday"]
    search_fields = ["theme", "plan__brand__name"]
    list_select_related = ["plan__channel__platform", "pillar"]
    raw_id_fields = ["plan", "pillar", "goal", "owner"]


@admin.register(StrategyChange)
class ChangeAdmin(NeverByHand):
    list_display = ["strategy", "name", "act", "part", "field", "by", "at"]
    list_filter = ["act", "part"]
    search_fields = ["strategy__name", "name"]
    list_select_related = ["strategy", "by"]


@admin.register(StepComment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["strategy", "step", "text", "by", "at", "settled_at"]
    list_filter = ["step"]
    search_fields = ["strategy__name", "text"]
    list_select_related = ["strategy", "by"]
    raw_id_fields = ["strategy", "by", "settled_by"]


@admin.register(PlatformReview)
class PlatformReviewAdmin(VersionedAdmin):
    list_display = ["strategy", "reviewed_on"]
    list_filter = ["reviewed_on"]
    search_fields = ["strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(FitRating)
class FitRatingAdmin(VersionedAdmin):
    list_display = ["strategy", "platform", "criterion", "rating", "reason"]
    list_filter = ["criterion", "platform"]
    search_fields = ["strategy__name", "reason"]
    list_select_related = ["strategy", "platform"]
    raw_id_fields = ["strategy"]


@admin.register(AudienceNote)
class AudienceNoteAdmin(VersionedAdmin):
    list_display = ["topic", "is_done", "strategy"]
    list_filter = ["topic", "is_done"]
    search_fields = ["strategy__name", "text"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy"]


@admin.register(BudgetMonth)
class BudgetMonthAdmin(NeverByHand):
    list_display = ["line", "month", "planned"]
    search_fields = ["line__name", "line__strategy__name"]
    list_select_related = ["line"]


@admin.register(Survey)
class SurveyAdmin(VersionedAdmin):
    list_display = ["title", "strategy", "is_open", "language", "created_at"]
    list_filter = ["is_open", "language"]
    search_fields = ["title", "strategy__name"]
    list_select_related = ["strategy"]
    raw_id_fields = ["strategy", "created_by"]


@admin.register(SurveyQuestion)
class SurveyQuestionAdmin(VersionedAdmin):
    list_display = ["text", "kind", "survey"]
    list_filter = ["kind"]
    search_fields = ["text", "survey__title"]
    list_select_related = ["survey"]
    raw_id_fields = ["survey"]


@admin.register(SurveyResponse)
class SurveyResponseAdmin(NeverByHand):
    list_display = ["survey", "created_at"]
    search_fields = ["survey__title"]
    list_select_related = ["survey"]
