"""What leaves the calendar without an account: a client's review link, and calendar feeds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from calendar_app.models.posts import Post


class ReviewLink(models.Model):
    """Lets a client look at posts, and approve them or ask for changes, without an account."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="review_links")
    label = models.CharField(_("for whom"), max_length=80)
    posts = models.ManyToManyField(Post, related_name="review_links", verbose_name=_("posts"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened last"), null=True, blank=True)

    class Meta:
        verbose_name = _("review link")
        verbose_name_plural = _("review links")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def works(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @cached_property
    def post_keys(self) -> frozenset[int]:
        return frozenset(self.posts.values_list("pk", flat=True))


class CalendarFeed(models.Model):
    """An address that other calendars read. Only a digest of its secret is kept."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    only_mine = models.BooleanField(_("only my posts"), default=False)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(_("read last"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.brand}"


class SavedView(models.Model):
    """A view of the calendar with its filters, under a name of one's own."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="saved_views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    view = models.CharField(max_length=12)
    query = models.CharField(max_length=600, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["brand", "user", "name"], name="saved_view_is_once_for_a_person")]

    def __str__(self) -> str:
        return self.name


class PlanFile(models.Model):
    """A file with posts that somebody brings: kept, looked at first, then written to the calendar as a whole."""

    class Status(models.TextChoices):
        CHECKED = "checked", _("Waits for your decision")
        APPLIED = "applied", _("In the calendar")
        REFUSED = "refused", _("Could not be read")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="plan_files")
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(max_length=200)
    format = models.CharField(_("format"), max_length=20, blank=True)
    answers = models.JSONField(default=dict, help_text=_("what the file cannot tell: channel, order of day and month, columns"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKED)
    summary = models.JSONField(default=dict, help_text=_("how many rows are new, known and refused"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file with posts")
        verbose_name_plural = _("files with posts")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
