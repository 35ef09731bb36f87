from django.contrib import admin

from brands.admin import WEB_ADDRESSES, VersionedAdmin
from calendar_app.models import Campaign, Comment, KeyDate, PassedOver, Post, PostEvent, Publication, Series


class PublicationInline(admin.TabularInline):
    model = Publication
    formfield_overrides = WEB_ADDRESSES
    extra = 0
    fields = ["channel", "at", "status", "published_at", "permalink", "origin"]
    raw_id_fields = ["channel"]
    readonly_fields = ["origin"]


@admin.register(Post)
class PostAdmin(VersionedAdmin):
    list_display = ["title", "brand", "state", "kind", "format", "owner", "updated_at"]
    list_filter = ["state", "kind", "format", "is_paid"]
    list_select_related = ["brand", "owner"]
    search_fields = ["title", "text", "brand__name"]
    raw_id_fields = ["brand", "strategy", "goal", "pillar", "campaign", "owner", "created_by"]
    readonly_fields = ["version", "created_at", "updated_at"]
    inlines = [PublicationInline]


@admin.register(Publication)
class PublicationAdmin(VersionedAdmin):
    list_display = ["post", "channel", "at", "status", "published_at", "origin"]
    list_filter = ["status", "origin", "channel__platform"]
    list_select_related = ["post", "channel__platform"]
    search_fields = ["post__title", "permalink", "platform_post_id", "brand__name"]
    raw_id_fields = ["brand", "post", "channel"]
    readonly_fields = ["version", "created_at", "updated_at"]
    date_hierarchy = "at"


@admin.register(Campaign)
class CampaignAdmin(VersionedAdmin):
    formfield_overrides = WEB_ADDRESSES
    list_display = ["name", "brand", "kind", "start", "end", "strategy"]
    list_filter = ["kind"]
    list_select_related = ["brand", "strategy"]
    search_fields = ["name", "brand__name"]
    raw_id_fields = ["brand", "strategy", "goal", "channels", "budget_lines"]


@admin.register(Series)
class SeriesAdmin(VersionedAdmin):
    list_display = ["title", "brand", "frequency", "start", "until", "count"]
    list_filter = ["frequency"]
    list_select_related = ["brand"]
    search_fields = ["title", "brand__name"]
    raw_id_fields = ["brand", "strategy", "goal", "pillar", "channels", "owner", "created_by"]


@admin.register(KeyDate)
class KeyDateAdmin(VersionedAdmin):
    """Without a brand: for all brands of a country. So the day of a feast that moves is entered each year."""

    list_display = ["name", "start", "end", "repeats_yearly", "kind", "country", "brand"]
    list_filter = ["kind", "repeats_yearly", "country"]
    list_select_related = ["brand"]
    search_fields = ["name", "brand__name"]
    raw_id_fields = ["brand", "created_by"]
    date_hierarchy = "start"


@admin.register(PassedOver)
class PassedOverAdmin(admin.ModelAdmin):
    list_display = ["day", "name", "brand", "by"]
    list_select_related = ["brand", "by"]
    search_fields = ["name", "brand__name"]
    raw_id_fields = ["brand", "by"]


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["__str__", "post", "author", "visible_to_client", "created_at"]
    list_filter = ["visible_to_client"]
    list_select_related = ["post", "author"]
    search_fields = ["text", "post__title"]
    raw_id_fields = ["post", "author"]


@admin.register(PostEvent)
class PostEventAdmin(admin.ModelAdmin):
    """The log is read, not written."""

    list_display = ["created_at", "post", "verb", "was", "became", "actor"]
    list_filter = ["verb"]
    list_select_related = ["post", "actor"]
    search_fields = ["post__title"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
