from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from brands.models.people import EmailRhythm, User
from brands.models.teams import validate_zone
from brands.quiet import Quiet


class LetterSettings(models.Model):
    """When letters may come to a person; without a row, at any time."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letter_settings")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)
    quiet_days = models.JSONField(_("days off"), default=list, blank=True)
    reminders_pass = models.BooleanField(_("reminders of due posts may come through"), default=False)
    rhythm_before = models.CharField(max_length=8, choices=EmailRhythm, blank=True, editable=False)
    tested_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("letters of a person")
        verbose_name_plural = _("letters of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None) | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def of(cls, user: User) -> "LetterSettings":
        """The row of the person, or one that is not stored."""
        return getattr(user, "letter_settings", None) or cls(user=user)

    @property
    def zone(self) -> ZoneInfo:
        """Their own, or that of their first brand."""
        if self.time_zone:
            return ZoneInfo(self.time_zone)
        # Sorted here: whoever writes to many has fetched the memberships of all of them.
        memberships = sorted(self.user.memberships.all(), key=lambda row: row.pk)
        return memberships[0].brand.zone if memberships else ZoneInfo("UTC")

    @property
    def quiet(self) -> Quiet:
        return Quiet(self.zone, self.quiet_from, self.quiet_to, frozenset(self.quiet_days))

    @property
    def days_off_in_a_row(self) -> timedelta:
        """At most so long news may have waited for a person that is off."""
        return timedelta(days=len(self.quiet_days))
