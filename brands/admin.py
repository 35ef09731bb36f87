from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.forms import WebAddressField
from brands.models import Brand, Channel, ChannelCheck, Invitation, Membership, Notification, NotificationChoice, Platform, User
from brands.versions import Versioned

# One way to sign in for all, with its limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)


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
