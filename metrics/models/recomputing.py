from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.models import Brand


class Standing(models.Model):
    """What a brand's stored values stand for, and who is at work on them.

    `basis` is what the plan and the calendar said when the values were computed: whoever changes them, the difference shows
    which values are out of date. A claim ends by itself, so that a worker that was killed holds nobody up.
    """

    brand = models.OneToOneField(Brand, models.CASCADE, primary_key=True, related_name="standing")
    first = models.DateField(_("from"), null=True, blank=True)
    last = models.DateField(_("to"), null=True, blank=True)
    today = models.DateField(_("as of"), null=True, blank=True)
    basis = models.JSONField(default=dict, blank=True)
    looked_for = models.DateTimeField(_("somebody changed something"), null=True, blank=True, db_index=True)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)

    class Meta:
        verbose_name = _("standing of stored values")
        verbose_name_plural = _("standings of stored values")

    def __str__(self) -> str:
        return f"{self.brand}: {self.first} – {self.last}"


class RecomputeRun(models.Model):
    """One computation of a brand's values: what was done, how long it took, and whether anything had drifted."""

    class Kind(models.TextChoices):
        STALE = "stale", _("what was out of date")
        FULL = "full", _("everything")

    CUT_OFF = "The worker ended before its work did."

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="recompute_runs")
    kind = models.CharField(_("what"), max_length=5, choices=Kind)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    spans = models.PositiveIntegerField(_("scopes and periods"), default=0)
    values = models.PositiveIntegerField(_("values computed"), default=0)
    written = models.PositiveIntegerField(_("values changed"), default=0)
    drift = models.PositiveIntegerField(_("drift"), default=0, help_text=_("Values that differ from what increments had left."))
    examples = models.JSONField(_("first of them"), default=list, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("recomputation")
        verbose_name_plural = _("recomputations")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["-started_at"], name="recompute_runs_newest"),
            models.Index(fields=["brand", "-started_at"], name="recompute_runs_of_a_brand"),
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.started_at:%Y-%m-%d %H:%M}: {self.get_kind_display()}"

    @property
    def duration(self) -> timedelta | None:
        return self.finished_at - self.started_at if self.finished_at else None

    def was_cut_off(self, now: datetime) -> bool:
        """Whether its worker ended before it did: the claim ran out, and nobody wrote down an end."""
        return self.finished_at is None and (self.claimed_until is None or self.claimed_until < now)
