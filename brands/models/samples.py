from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand


class Sample(models.Model):
    """A person's copy of the demo brand, to look around in: asked for, being prepared, there, or on its way out."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sample", verbose_name=_("person"))
    brand = models.OneToOneField(Brand, models.CASCADE, null=True, blank=True, related_name="sample", verbose_name=_("brand"))
    requested_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    leaving_since = models.DateTimeField(_("being deleted since"), null=True, blank=True)

    class Meta:
        verbose_name = _("sample brand")
        verbose_name_plural = _("sample brands")

    def __str__(self) -> str:
        return f"{self.user}: {self.brand or '…'}"
