from django.contrib import admin

from brands.admin import WEB_ADDRESSES, VersionedAdmin
from brands.administration import NeverByHand
from calendar_app.models import (
    CalendarFeed,
    Campaign,
    Comment,
    HashtagSet,
    KeyDate,
    MediaFile,
    PassedOver,
    PlanFile,
    Post,
    PostEvent,
    PostMedia,
    PostTemplate,
    PostVersion,
    Publication,
    ReviewLink,
    SavedView,
    Series,
)


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
    list_filter = ["state", "kind", "format", "is_paid", "is_automated"]
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
    raw_id_fields = ["post", "author", "answers", "mentions"]


@admin.register(ReviewLink)
class ReviewLinkAdmin(admin.ModelAdmin):
    list_display = ["label", "brand", "expires_at", "revoked_at", "opened_at", "created_by"]
    list_select_related = ["brand", "created_by"]
    search_fields = ["label", "brand__name"]
    raw_id_fields = ["brand", "posts", "created_by"]
    readonly_fields = ["created_at", "opened_at"]


@admin.register(PostEvent)
class PostEventAdmin(NeverByHand):
    """The log is read, not written."""

    list_display = ["created_at", "post", "verb", "was", "became", "actor"]
    list_filter = ["verb"]
    list_select_related = ["post", "actor"]
    search_fields = ["post__title"]


@admin.register(CalendarFeed)
class CalendarFeedAdmin(admin.ModelAdmin):
    """Feeds are made by their owners, who alone see the address; here they are looked at and ended."""

    list_display = ["__str__", "only_mine", "created_at", "read_at", "revoked_at"]
    list_filter = ["only_mine"]
    list_select_related = ["brand", "user"]
    search_fields = ["brand__name", "user__email"]
    readonly_fields = ["brand", "user", "only_mine", "created_at", "read_at"]
    exclude = ["digest"]

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(MediaFile)
class MediaFileAdmin(admin.ModelAdmin):
    """Files come in through posts, where their content is looked at."""

    list_display = ["name", "brand", "kind", "content_type", "size", "created_at"]
    list_filter = ["kind", "content_type"]
    list_select_related = ["brand"]
    search_fields = ["name", "alt_text", "sha256", "brand__name"]
    fields = ["brand", "name", "alt_text", "kind", "content_type", "size", "width", "height", "seconds", "sha256", "uploaded_by"]
    readonly_fields = [name for name in fields if name != "alt_text"]

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(PlanFile)
class PlanFileAdmin(admin.ModelAdmin):
    list_display = ["name", "brand", "format", "status", "created_by", "created_at"]
    list_filter = ["status", "format"]
    list_select_related = ["brand", "created_by"]
    search_fields = ["name", "brand__name"]
    raw_id_fields = ["brand", "created_by"]
    readonly_fields = ["file", "created_at", "applied_at"]


@admin.register(PostMedia)
class PostMediaAdmin(admin.ModelAdmin):
    list_display = ["post", "file", "position"]
    list_select_related = ["post", "file"]
    search_fields = ["post__title", "file__name"]
    raw_id_fields = ["post", "file"]


@admin.register(HashtagSet)
class HashtagSetAdmin(VersionedAdmin):
    list_display = ["name", "brand", "tags"]
    list_select_related = ["brand"]
    search_fields = ["name", "tags", "brand__name"]
    raw_id_fields = ["brand"]


@admin.register(PostTemplate)
class PostTemplateAdmin(VersionedAdmin):
    list_display = ["name", "brand", "created_by", "created_at"]
    list_select_related = ["brand", "created_by"]
    search_fields = ["name", "brand__name"]
    raw_id_fields = ["brand", "created_by"]


@admin.register(PostVersion)
class PostVersionAdmin(NeverByHand):
    """What was said stays as it was said."""

    list_display = ["post", "number", "by", "at"]
    list_select_related = ["post", "by"]
    search_fields = ["post__title"]


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin):
    list_display = ["name", "user", "brand", "view"]
    list_filter = ["view"]
    list_select_related = ["user", "brand"]
    search_fields = ["name", "user__email", "brand__name"]
    raw_id_fields = ["user", "brand"]
