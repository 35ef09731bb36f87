from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.versions import Versioned

LONGEST_NAME = 120


class MentionFeed(Versioned):
    """A feed that is watched for the brand or for a rival: a Google Alert, a news site, a forum."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="mention_feeds")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    address = models.CharField(_("address of the feed"), max_length=1000)
    rival = models.CharField(
        _("rival"), max_length=LONGEST_NAME, blank=True, help_text=_("Empty where the feed is about your own brand.")
    )
    is_active = models.BooleanField(_("watched"), default=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    fetched_at = models.DateTimeField(_("fetched last"), null=True, blank=True)
    due_at = models.DateTimeField(_("fetched next"), default=timezone.now)
    taken_until = models.DateTimeField(null=True, blank=True, help_text=_("a worker has it until then"))
    failures = models.PositiveSmallIntegerField(_("failed times in a row"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=40, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("feed of mentions")
        verbose_name_plural = _("feeds of mentions")
        ordering = ["rival", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "address"], name="a_feed_is_watched_once"),
            models.CheckConstraint(
                condition=models.Q(address__startswith="https://") | models.Q(address__startswith="http://"),
                name="a_feed_is_on_the_web",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(is_active=True), name="feeds_that_are_due")]

    def __str__(self) -> str:
        return self.name


class Mention(Versioned):
    """Somebody wrote about the brand or a rival. It counts once a person has looked at it."""

    class Sentiment(models.TextChoices):
        POSITIVE = "positive", _("Positive")
        NEUTRAL = "neutral", _("Neutral")
        NEGATIVE = "negative", _("Negative")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="mentions")
    # A feed with mentions is no longer watched, but stays: where a mention came from is not forgotten.
    feed = models.ForeignKey(MentionFeed, models.RESTRICT, null=True, blank=True, related_name="mentions", verbose_name=_("feed"))
    guid = models.CharField(max_length=200, blank=True, help_text=_("what tells it from other entries of its feed"))
    link = models.CharField(_("link"), max_length=2000, blank=True)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("what is said"), max_length=2000, blank=True)
    site = models.CharField(_("where"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published"))
    day = models.DateField(_("day"), help_text=_("of publication, in the brand's zone: figures count it there"))
    rival = models.CharField(_("about a rival"), max_length=LONGEST_NAME, blank=True)
    sentiment = models.CharField(_("tone"), max_length=8, choices=Sentiment, blank=True)
    is_issue = models.BooleanField(_("asks for help or complains"), default=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_irrelevant = models.BooleanField(_("off topic"), default=False)
    classified_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    classified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    arrived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "guid"], condition=models.Q(feed__isnull=False), name="an_entry_of_a_feed_arrives_once"
            ),
            models.CheckConstraint(
                condition=models.Q(feed__isnull=True) | ~models.Q(guid=""), name="an_entry_of_a_feed_has_an_identity"
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True) | models.Q(is_issue=True), name="only_an_issue_is_resolved"
            ),
            models.CheckConstraint(condition=models.Q(is_issue=False) | models.Q(rival=""), name="an_issue_is_the_brands_own"),
            models.CheckConstraint(
                condition=models.Q(classified_at__isnull=False) | models.Q(sentiment="", is_issue=False, is_irrelevant=False),
                name="what_nobody_looked_at_is_not_classified",
            ),
            models.CheckConstraint(
                condition=models.Q(sentiment__in=["", "positive", "neutral", "negative"]), name="the_tone_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "day"], name="mentions_by_day"),
            models.Index(fields=["brand", "-published_at", "-id"], name="mentions_newest_first"),
            models.Index(fields=["brand", "-published_at"], condition=models.Q(classified_at=None), name="mentions_to_look_at"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_new(self) -> bool:
        return self.classified_at is None
