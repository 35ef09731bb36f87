from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.versions import Versioned


class KeyDate(Versioned):
    """A day worth a post. Public holidays are not rows: they come from the `holidays` package (`key_dates.py`).

    Without a brand it is everybody's of the country (an administrator's date, such as a feast that moves each year).
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        INDUSTRY = "industry", _("Day of the industry")
        LAUNCH = "launch", _("Launch")
        EVENT = "event", _("Event")
        OTHER = "other", _("Other")

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="key_dates", verbose_name=_("brand"))
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters; for dates of all brands there."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("name"), max_length=100)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True, help_text=_("By language code."))
    start = models.DateField(_("day"))
    end = models.DateField(_("last day"), null=True, blank=True)
    repeats_yearly = models.BooleanField(_("every year"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="key_date_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(brand__isnull=False) | ~models.Q(country=""), name="key_date_is_of_a_brand_or_a_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PassedOver(models.Model):
    """A brand lets a key date go by without a post: it is not asked again that year."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="passed_over_dates")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("key date without a post")
        verbose_name_plural = _("key dates without a post")
        constraints = [models.UniqueConstraint(fields=["brand", "day", "name"], name="key_date_is_passed_over_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
