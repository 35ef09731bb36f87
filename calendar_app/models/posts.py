from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand
from brands.versions import Versioned
from calendar_app.models.campaigns import Campaign
from calendar_app.models.series import Series
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.models import Goal, Pillar, Slot, Strategy


class PostQuerySet(models.QuerySet["Post"]):
    def to_be_written(self) -> "PostQuerySet":
        """Drafts that have a day ahead and no words yet, the next one first."""
        bare = self.filter(state__in=(Post.State.IDEA, Post.State.DRAFT), text="", publications__at__gt=timezone.now())
        return bare.annotate(next_at=models.Min("publications__at")).order_by("next_at", "pk")


class Post(Versioned):
    """What is said. Where and when it is said are its publications."""

    class State(models.TextChoices):
        IDEA = "idea", _("Idea")
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        APPROVED = "approved", pgettext_lazy("state of a post", "Approved")

    class Kind(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("kind of content", "Planned")
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
    adds_utm = models.BooleanField(
        _("mark the link, so that visits can be counted"),
        default=False,
        help_text=_("Adds utm_source, utm_medium and utm_campaign, per channel."),
    )
    utm_campaign = models.CharField("utm_campaign", max_length=100, blank=True)
    utm_content = models.CharField("utm_content", max_length=100, blank=True)
    first_comment = models.TextField(
        _("first comment"), blank=True, help_text=_("Put under the post as soon as it is out: hashtags, or the link.")
    )
    hours = models.DecimalField(
        _("hours of work"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Leave empty for what the strategy counts for a post on this channel."),
    )
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
    slot_day = models.DateField(null=True, blank=True, editable=False, help_text=_("the day of the slot that it was made for"))
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="posts", editable=False)
    series_day = models.DateField(
        null=True, blank=True, editable=False, help_text=_("the day of the series that it was made for")
    )
    is_apart = models.BooleanField(
        default=False, editable=False, help_text=_("written by itself: changes of the series pass it by")
    )
    lead_approved_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("where two must approve: when the lead did, and the client is next")
    )
    lead_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="owned_posts", verbose_name=_("owner")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["brand", "state"], name="posts_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "slot_day"], condition=models.Q(slot__isnull=False), name="a_slot_makes_one_post_a_day"
            ),
            models.UniqueConstraint(
                fields=["series", "series_day"],
                condition=models.Q(series__isnull=False),
                name="a_series_makes_one_post_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(lead_approved_at__isnull=True) | models.Q(state="in_review"),
                name="only_what_is_in_review_waits_for_the_client",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calendar:post", args=[self.brand.slug, self.pk])

    @property
    def waits_for_client(self) -> bool:
        """A lead approved it, and the client has not yet."""
        return self.state == self.State.IN_REVIEW and self.lead_approved_at is not None
