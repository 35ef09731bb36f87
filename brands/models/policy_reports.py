from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PolicyReport(models.Model):
    """What browsers refused because of our Content-Security-Policy, each once, with how often it happened.

    The page is its route, as the URLconf writes it: an address may hold a secret, or whose page it was.
    """

    directive = models.CharField(_("directive"), max_length=40)
    blocked = models.CharField(_("blocked"), max_length=200, help_text=_("An origin, or a word such as “inline”."))
    page = models.CharField(_("page"), max_length=200)
    count = models.PositiveIntegerField(_("how often"), default=1)
    first_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    last_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("refusal of the security policy")
        verbose_name_plural = _("refusals of the security policy")
        ordering = ["-last_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["directive", "blocked", "page"], name="policy_report_is_kept_once")]
        indexes = [models.Index(fields=["last_at"], name="policy_reports_by_day")]

    def __str__(self) -> str:
        return f"{self.directive}: {self.blocked}"
