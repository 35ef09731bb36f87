from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """Something a person should know. `key` says what it is about, so that it is said once, however often a task runs."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="notifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_person_is_told_once")]
        indexes = [models.Index(fields=["brand", "user", "read_at"], name="unread_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user}"
