from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand, Channel
from brands.versions import Versioned
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.models import BudgetLine, Goal, Pillar, Slot, Strategy


class Campaign(Versioned):
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="campaigns")
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="campaigns", verbose_name=_("strategy")
    )
    name = models.CharField(_("name"), max_length=120)
    start = models.DateField(_("starts"))
    end = models.DateField(_("ends"))
    budget_lines = models.ManyToManyField(BudgetLine, blank=True, related_name="campaigns", verbose_name=_("budget lines"))

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="campaign_does_not_end_before_it_starts")
        ]

    def __str__(self) -> str:
        return self.name


class Post(Versioned):
    """What is said. Where and when it is said are its publications."""

    class State(models.TextChoices):
        IDEA = "idea", _("Idea")
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        APPROVED = "approved", pgettext_lazy("state of a post", "Approved")

    class Kind(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SERIES = "series", _("Series")
        BUFFER = "buffer", _("Buffer")
        REACTIVE = "reactive", _("Reactive")
        PROMO = "promo", _("Promotion")
        EVENT = "event", _("Event")
        UNPLANNED = "unplanned", _("Outside the plan")

    # The plan speaks of the same things, one floor below.
    Format = ContentFormat
    JourneyStage = JourneyStage
    Purpose = Purpose

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="posts")
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("strategy")
    )
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("goal"))
    pillar = models.ForeignKey(Pillar, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("pillar"))
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("campaign")
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), blank=True, max_length=500)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PLANNED)
    format = models.CharField(_("format"), max_length=12, choices=ContentFormat, blank=True)
    journey_stage = models.CharField(_("journey stage"), max_length=16, choices=JourneyStage, blank=True)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose, blank=True)
    is_paid = models.BooleanField(_("paid"), default=False)
    is_automated = models.BooleanField(
        _("made by a machine"), default=False, help_text=_("Sent out by a robot, without a person’s eye on it.")
    )
    slot = models.ForeignKey(Slot, models.SET_NULL, null=True, blank=True, related_name="posts", editable=False)
    slot_day = models.DateField(null=True, blank=True, editable=False, help_text="the day of the slot that it was made for")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="owned_posts", verbose_name=_("owner")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["brand", "state"], name="posts_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "slot_day"], condition=models.Q(slot__isnull=False), name="a_slot_makes_one_post_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calendar:post", args=[self.brand.slug, self.pk])


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
    """A post on one channel: when, with which words, and whether it went out."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SCHEDULED = "scheduled", _("Scheduled")
        DUE = "due", _("Due")
        PUBLISHED = "published", _("Published")
        MISSED = "missed", _("Missed")
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
    def is_settled(self) -> bool:
        """Out, or called off: its time and words stay as they are."""
        return self.status in (self.Status.PUBLISHED, self.Status.CANCELLED)

    @property
    def shown_status(self) -> str:
        """One word for the calendar: the delivery's where it has begun, else the post's state."""
        return self.post.state if self.status == self.Status.PLANNED else self.status


class PostEvent(models.Model):
    """A step in a post's life: who changed its state, from what to what."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="events")
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, blank=True, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=24)
    was = models.CharField(max_length=24, blank=True)
    became = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("step in a post’s life")
        verbose_name_plural = _("steps in a post’s life")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.post}: {self.was} → {self.became}"


class Comment(models.Model):
    """Talk about a post. What is internal is not for viewers, who are clients."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    visible_to_client = models.BooleanField(_("the client sees it"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
