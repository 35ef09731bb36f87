"""What a brand tells other programs, and what became of each message."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand
from brands.versions import Versioned


class WebhookEndpoint(Versioned):
    """An address that hears of what happens in the brand. Its secret signs each message, so it is kept as it is."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="webhook_endpoints")
    url = models.URLField(_("address"), max_length=500)
    events = models.JSONField(_("what it hears of"), default=list)
    secret = models.CharField(max_length=80, editable=False)
    is_on = models.BooleanField(_("switched on"), default=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """A message to one endpoint: written together with what it tells of, sent afterwards, as often as it takes."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    # What the receiver tells messages apart by; it stays the same however often one is sent.
    message = models.CharField(max_length=40)
    event = models.CharField(_("event"), max_length=40)
    body = models.TextField(_("body"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    # Who sends it has it until then; a worker that died holds it up no longer.
    claimed_until = models.DateTimeField(null=True, blank=True)
    response_status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    response_ms = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    response_body = models.CharField(_("what it said"), max_length=500, blank=True)
    failure = models.CharField(max_length=40, blank=True, help_text=_("a code of brands.fetching"))
    created_at = models.DateTimeField(auto_now_add=True)
    attempted_at = models.DateTimeField(_("attempted last"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "message"], name="message_is_once_for_an_endpoint")]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(status="waiting"), name="webhook_messages_that_wait"),
            models.Index(fields=["created_at"], name="webhook_messages_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message}"
