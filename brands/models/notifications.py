from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def in_app(self) -> "NotificationQuerySet":
        """Without the kinds that the person does not want to see in the app. (By e-mail they may still be told.)"""
        unwanted = NotificationChoice.objects.filter(user=models.OuterRef("user"), kind=models.OuterRef("kind"), in_app=False)
        return self.exclude(models.Exists(unwanted))


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


class NotificationChoice(models.Model):
    """How a person wants to hear of one kind of news; without a row it is said in the app and by e-mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices")
    kind = models.CharField(_("kind"), max_length=40)
    in_app = models.BooleanField(_("in the app"), default=True)
    by_email = models.BooleanField(_("by e-mail"), default=True)

    class Meta:
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_per_kind_and_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
