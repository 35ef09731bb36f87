from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.versions import Versioned
from calendar_app import links
from calendar_app.models.posts import Post
from strategies.models import Strategy


class PublicationQuerySet(models.QuerySet["Publication"]):
    def between(self, start: datetime, end: datetime) -> "PublicationQuerySet":
        """Those whose moment lies in [start, end)."""
        return self.filter(at__gte=start, at__lt=end)

    def for_strategy(self, strategy: Strategy) -> "PublicationQuerySet":
        return self.filter(post__strategy=strategy)

    def standing(self) -> "PublicationQuerySet":
        """Those that went out or still may."""
        return self.exclude(status=Publication.Status.CANCELLED)

    def published(self) -> "PublicationQuerySet":
        return self.filter(status=Publication.Status.PUBLISHED)

    def published_between(self, start: datetime, end: datetime) -> "PublicationQuerySet":
        return self.published().filter(published_at__gte=start, published_at__lt=end)

    def shown_as(self, status: str) -> "PublicationQuerySet":
        """Those whose `shown_status` is this word."""
        if status in Post.State.values:
            return self.filter(status=Publication.Status.PLANNED, post__state=status)
        return self.filter(status=status)


class Publication(Versioned):
    """A post on one channel: when, with which words, and whether it went out.

    Expired: its time passed before the post was approved. Missed: it was approved, and nobody marked it as published.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SCHEDULED = "scheduled", _("Scheduled")
        DUE = "due", _("Due")
        PUBLISHED = "published", _("Published")
        MISSED = "missed", _("Missed")
        EXPIRED = "expired", _("Expired")
        CANCELLED = "cancelled", _("Cancelled")

    class Origin(models.TextChoices):
        CALENDAR = "calendar", _("Planned here")
        IMPORT = "import", _("Found in an import")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="publications")
    post = models.ForeignKey(Post, models.CASCADE, related_name="publications")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="publications", verbose_name=_("channel"))
    at = models.DateTimeField(_("goes out"), null=True, blank=True)
    text_override = models.TextField(_("text for this channel"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)
    published_at = models.DateTimeField(_("went out"), null=True, blank=True)
    permalink = models.URLField(_("link to the post"), max_length=500, blank=True)
    platform_post_id = models.CharField(_("id on the platform"), max_length=100, blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.CALENDAR)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "channel"], name="a_post_goes_out_once_per_channel"),
            models.UniqueConstraint(
                fields=["channel", "platform_post_id"],
                condition=~models.Q(platform_post_id=""),
                name="platform_id_is_once_in_a_channel",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False), name="published_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["scheduled", "due"]) | models.Q(at__isnull=False), name="scheduled_has_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "at"], name="publications_by_day"),
            models.Index(fields=["status", "at"], name="publications_that_are_due"),
            models.Index(fields=["brand", "published_at"], name="publications_that_went_out"),
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.channel}"

    @property
    def text(self) -> str:
        return self.text_override or self.post.text

    @property
    def tagged_link(self) -> str:
        """The post's link as it goes out here: with UTM tags where the post wants them."""
        post = self.post
        if not post.link or not post.adds_utm:
            return post.link
        campaign = post.utm_campaign or (links.word(post.campaign.name) if post.campaign else "")
        medium = links.PAID if post.is_paid else links.ORGANIC
        return links.tagged(
            post.link, source=self.channel.platform.slug, medium=medium, campaign=campaign, content=post.utm_content
        )

    @property
    def is_settled(self) -> bool:
        """Out, or called off: its time and words stay as they are."""
        return self.status in (self.Status.PUBLISHED, self.Status.CANCELLED)

    @property
    def shown_status(self) -> str:
        """One word for the calendar: the delivery's where it has begun, else the post's state."""
        return self.post.state if self.status == self.Status.PLANNED else self.status
