from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands import administration, audit_log, erasure
from brands.forms import WebAddressField
from brands.models import (
    ApiToken,
    AuditEntry,
    Brand,
    BrandExport,
    Channel,
    ChannelCheck,
    Invitation,
    KeptAnswer,
    LetterSettings,
    Membership,
    Notification,
    NotificationChoice,
    Platform,
    PolicyReport,
    RateCount,
    Sample,
    User,
    WebhookDelivery,
    WebhookEndpoint,
)
from brands.versions import Versioned

# One way to sign in for all, with its limits on guessing and its second factor.
admin.site.has_permission = administration.lets_in
admin.site.login = secure_admin_login(administration.asks_for_second_factor(admin.site.login))
admin.options.AutocompleteSelect = administration.RowSelect


# Addresses without a scheme are https.
WEB_ADDRESSES = {models.URLField: {"form_class": WebAddressField}}


class VersionedAdmin(admin.ModelAdmin):
    """Saving here counts as an edit, too: whoever has the row open elsewhere is told."""

    formfield_overrides = WEB_ADDRESSES

    def save_model(self, request, obj, form, change) -> None:
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change) -> None:
        for row in formset.save(commit=False):
            if row.pk and isinstance(row, Versioned):
                row.version += 1
        super().save_formset(request, form, formset, change)


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]
        field_classes = {}


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes = {}


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    fields = ["brand", "user", "role", "hours_per_week"]
    autocomplete_fields = ["brand", "user"]


@admin.register(User)
class UserAdmin(StockUserAdmin):
    form, add_form = UserForm, NewUserForm
    list_display = ["email", "name", "language", "is_active", "is_staff", "date_joined", "last_login"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = ["date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["name", "language", "theme", "email_rhythm"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "name", "usable_password", "password1", "password2"]})]
    inlines = [MembershipInline]
    actions = ["ask_to_erase"]

    @admin.action(description=_("Erase these people, with days to take it back"), permissions=["delete"])
    def ask_to_erase(self, request, queryset) -> None:
        for user in queryset:
            try:
                erasure.ask(user, by=request.user)
            except ValidationError as problem:
                self.message_user(request, f"{user}: {' '.join(problem.messages)}", messages.ERROR)
            else:
                self.message_user(request, _("%(person)s will be erased.") % {"person": user})


@admin.register(Brand)
class BrandAdmin(VersionedAdmin):
    list_display = ["name", "slug", "business_type", "time_zone", "currency", "created_at"]
    list_filter = ["business_type", "currency", "language"]
    search_fields = ["name", "slug", "about"]
    inlines = [MembershipInline]


@admin.register(Membership)
class MembershipAdmin(VersionedAdmin):
    list_display = ["brand", "user", "role", "hours_per_week", "created_at"]
    list_filter = ["role"]
    search_fields = ["brand__name", "user__email", "user__name"]
    autocomplete_fields = ["brand", "user"]
    list_select_related = ["brand", "user"]


@admin.register(Platform)
class PlatformAdmin(admin.ModelAdmin):
    list_display = [
        "name", "is_active", "position", "media_type", "category_current", "text_limit", "count_mode", "hashtag_limit",
        "media_limit", "cadence_min", "cadence_max", "checked_on",
    ]  # fmt: skip
    list_editable = ["is_active", "position"]
    list_filter = ["is_active", "media_type", "category_current", "count_mode", "media_required", "needs_video", "checked_on"]
    search_fields = ["name", "slug", "strengths", "weaknesses", "audience", "source"]
    date_hierarchy = "checked_on"
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "is_active", "position"]}),
        (_("Kind"), {"fields": ["media_type", "secondary_types", "category_seed", "category_current"]}),
        (
            _("Text"),
            {"fields": ["count_mode", "text_limit", "text_limit_with_media", "text_shown", "title_limit",
                        "hashtag_limit", "hashtags_advised_min", "hashtags_advised_max"]},
        ),
        (_("Media and links"), {"fields": ["media_required", "media_limit", "mixes_media", "media_rules", "links_in_text", "link_rules"]}),
        (_("Character"), {"fields": ["strengths", "weaknesses", "audience", "formats", "needs_video", "advertising", "metrics_offered"]}),
        (_("Cadence"), {"fields": ["cadence_min", "cadence_max", "cadence_note"]}),
        (_("Where this is known from"), {"fields": ["source", "checked_on", "translations"]}),
    ]  # fmt: skip


@admin.register(Channel)
class ChannelAdmin(VersionedAdmin):
    list_display = ["handle", "platform", "brand", "kind", "is_active", "grew_by_buying", "created_at"]
    list_filter = ["platform", "kind", "is_active", "grew_by_buying"]
    search_fields = ["handle", "brand__name"]
    autocomplete_fields = ["brand", "platform"]
    list_select_related = ["brand", "platform"]


@admin.register(ChannelCheck)
class ChannelCheckAdmin(admin.ModelAdmin):
    list_display = ["channel", "check_name", "state", "day", "changed_by", "changed_at"]
    list_filter = ["state", "check_name"]
    search_fields = ["channel__handle", "channel__brand__name", "note"]
    autocomplete_fields = ["channel", "changed_by"]
    list_select_related = ["channel__platform", "changed_by"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["email", "brand", "role", "invited_by", "created_at", "expires_at", "accepted_at"]
    list_filter = ["role", ("accepted_at", admin.EmptyFieldListFilter)]
    search_fields = ["email", "brand__name"]
    autocomplete_fields = ["brand", "invited_by"]
    list_select_related = ["brand", "invited_by"]


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):
    list_display = ["user", "kind", "brand", "created_at", "read_at", "emailed_at"]
    list_filter = ["kind", ("read_at", admin.EmptyFieldListFilter), ("emailed_at", admin.EmptyFieldListFilter)]
    search_fields = ["user__email", "key", "brand__name"]
    autocomplete_fields = ["brand", "user"]
    list_select_related = ["brand", "user"]
    date_hierarchy = "created_at"


@admin.register(NotificationChoice)
class NotificationChoiceAdmin(admin.ModelAdmin):
    list_display = ["user", "kind", "in_app", "by_email"]
    list_filter = ["kind", "in_app", "by_email"]
    search_fields = ["user__email", "kind"]
    autocomplete_fields = ["user"]
    list_select_related = ["user"]


@admin.register(LetterSettings)
class LetterSettingsAdmin(admin.ModelAdmin):
    list_display = ["user", "time_zone", "quiet_from", "quiet_to", "reminders_pass"]
    # Typed as JSON, it could be anything; people choose it on their own page.
    readonly_fields = ["quiet_days"]
    search_fields = ["user__email"]
    autocomplete_fields = ["user"]
    list_select_related = ["user"]


@admin.register(BrandExport)
class BrandExportAdmin(admin.ModelAdmin):
    list_display = ["brand", "asked_by", "asked_at", "status", "size", "rows", "made_at"]
    list_filter = ["status"]
    # The file is fetched through the brand's door, by a lead.
    exclude = ["file"]
    readonly_fields = ["brand", "asked_by", "asked_at", "status", "size", "rows", "made_at"]
    search_fields = ["brand__name", "asked_by__email"]
    list_select_related = ["brand", "asked_by"]

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(Sample)
class SampleAdmin(admin.ModelAdmin):
    list_display = ["user", "brand", "requested_at", "failed_at", "leaving_since"]
    # What is asked for or thrown away has work to do (metrics/samples.py), which a typed date would not.
    readonly_fields = ["user", "brand", "requested_at", "failed_at", "leaving_since"]
    search_fields = ["user__email", "brand__name"]
    list_select_related = ["user", "brand"]

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(PolicyReport)
class PolicyReportAdmin(administration.ReadOnlyAdmin):
    list_display = ["directive", "blocked", "page", "count", "first_at", "last_at"]
    list_filter = ["directive", "last_at"]
    search_fields = ["blocked", "page"]


@admin.register(AuditEntry)
class AuditEntryAdmin(administration.ReadOnlyAdmin):
    list_display = ["at", "who", "said", "title", "brand", "address"]
    list_filter = ["act", "at", "kind", "brand"]
    search_fields = ["title", "act", "person__email", "brand__name", "address", "request_id"]
    list_select_related = ["brand", "person"]
    # Counting a log that only grows takes longer each day.
    show_full_result_count = False

    @admin.display(description=_("who"), ordering="person")
    def who(self, row: AuditEntry) -> str:
        return audit_log.in_words(row).by

    @admin.display(description=_("what"), ordering="act")
    def said(self, row: AuditEntry) -> str:
        return audit_log.in_words(row).act


@admin.register(ApiToken)
class ApiTokenAdmin(administration.NeverByHand):
    list_display = ["name", "brand", "membership", "beginning", "created_at", "expires_at", "last_used_at", "revoked_at"]
    search_fields = ["name", "brand__name", "membership__user__email"]
    list_select_related = ["brand", "membership__brand", "membership__user"]


@admin.register(KeptAnswer)
class KeptAnswerAdmin(administration.NeverByHand):
    list_display = ["key", "token", "status", "created_at"]
    search_fields = ["key", "token__name"]
    list_select_related = ["token"]
    exclude = ["body"]


@admin.register(RateCount)
class RateCountAdmin(administration.NeverByHand):
    list_display = ["key", "times", "ends"]
    search_fields = ["key"]


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(administration.NeverByHand):
    formfield_overrides = WEB_ADDRESSES
    list_display = ["url", "brand", "is_on", "failing_since", "created_at"]
    list_filter = ["is_on"]
    search_fields = ["url", "brand__name"]
    list_select_related = ["brand"]
    exclude = ["secret"]


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(administration.NeverByHand):
    list_display = ["message", "endpoint", "event", "status", "attempts", "response_status", "created_at"]
    list_filter = ["status", "event"]
    search_fields = ["message", "endpoint__url"]
    list_select_related = ["endpoint"]
    exclude = ["body"]
