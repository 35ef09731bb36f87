from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models.teams import Brand


class BrandExport(models.Model):
    """A brand as a file to take away: made in the background, and forgotten after some days."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Being prepared")
        READY = "ready", pgettext_lazy("an export", "Ready")
        FAILED = "failed", _("Could not be made")
        FORGOTTEN = "forgotten", _("Deleted")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    file = models.FileField(_("file"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("export of a brand")
        verbose_name_plural = _("exports of brands")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(status="waiting"), name="brand_has_one_export_in_preparation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.brand}, {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def forgotten_at(self) -> datetime | None:
        return self.made_at + timedelta(days=settings.EXPORT_DAYS) if self.made_at else None

    @property
    def is_there(self) -> bool:
        return self.status == self.Status.READY and self.forgotten_at is not None and self.forgotten_at > timezone.now()
