"""How often something was done of late: what every limit of the product counts with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """One thing that is limited, and how often it was done since the first time; after `ends` it begins anew."""

    # A keyed hash: what is counted may name an address or a person.
    key = models.CharField(_("what is counted"), max_length=64, primary_key=True)
    times = models.PositiveIntegerField(_("how often"))
    # No index: it would make each count write an entry of it, and only the nightly sweep asks.
    ends = models.FloatField(_("until"), help_text=_("in seconds since 1970"))

    class Meta:
        verbose_name = _("count of a limit")
        verbose_name_plural = _("counts of limits")
        ordering = ["-ends"]

    def __str__(self) -> str:
        return self.key
