from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from calendar_app.models import Campaign
from strategies.models import Strategy


class Period(models.TextChoices):
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")
    CUSTOM = "custom", _("Own dates")


class KpiValue(models.Model):
    """A KPI as it was computed for a scope and a period. Scope: channel, strategy, campaign, else the whole brand."""

    # The index of a brand's values begins with the brand; those of whose they are leave out the rows of all others.
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="kpi_values", db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="kpi_values", db_index=False)
    strategy = models.ForeignKey(Strategy, models.CASCADE, null=True, blank=True, related_name="kpi_values", db_index=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="kpi_values", db_index=False)
    kpi = models.CharField(_("KPI"), max_length=60)
    period = models.CharField(_("period"), max_length=8, choices=Period)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    status = models.CharField(_("status"), max_length=20)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=4, null=True, blank=True)
    exact = models.CharField(max_length=200, blank=True, help_text=_("the unrounded value as a fraction"))
    inputs = models.JSONField(default=dict)
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("KPI value")
        verbose_name_plural = _("KPI values")
        ordering = ["-start", "kpi"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "kpi", "period", "start", "end"],
                condition=models.Q(channel__isnull=False, strategy__isnull=True, campaign__isnull=True),
                name="one_value_per_channel_kpi_and_period",
            ),
            models.UniqueConstraint(
                fields=["strategy", "kpi", "period", "start", "end"],
                condition=models.Q(strategy__isnull=False, channel__isnull=True, campaign__isnull=True),
                name="one_value_per_strategy_kpi_and_period",
            ),
            models.UniqueConstraint(
                fields=["campaign", "kpi", "period", "start", "end"],
                condition=models.Q(campaign__isnull=False, channel__isnull=True, strategy__isnull=True),
                name="one_value_per_campaign_kpi_and_period",
            ),
            models.UniqueConstraint(
                fields=["brand", "kpi", "period", "start", "end"],
                condition=models.Q(channel__isnull=True, strategy__isnull=True, campaign__isnull=True),
                name="one_value_per_brand_kpi_and_period",
            ),
            models.CheckConstraint(
                condition=models.Q(status="ok", value__isnull=False) | (~models.Q(status="ok") & models.Q(value__isnull=True)),
                name="only_an_ok_value_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "kpi", "period", "start"], name="kpi_values_by_period"),
            models.Index(fields=["channel"], condition=models.Q(channel__isnull=False), name="kpi_values_of_a_channel"),
            models.Index(fields=["strategy"], condition=models.Q(strategy__isnull=False), name="kpi_values_of_a_strategy"),
            models.Index(fields=["campaign"], condition=models.Q(campaign__isnull=False), name="kpi_values_of_a_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.start} – {self.end}: {self.value}"

    def as_evidence(self) -> dict[str, object]:
        """The value as JSON, to stand in a finding whatever becomes of this row."""
        return {
            "row": self.pk,
            "kpi": self.kpi,
            "status": self.status,
            "value": None if self.value is None else str(self.value),
            "currency": self.brand.currency,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "channel": self.channel_id,
            "channel_name": str(self.channel or ""),
            "inputs": self.inputs,
        }


class StalePeriod(models.Model):
    """Days of a brand (or one of its channels) whose KPI values must be computed again."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="stale_periods")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    start = models.DateField()
    end = models.DateField()
    carries = models.BooleanField(
        _("carries on"), default=True, help_text=_("Figures that later periods open with may be among them.")
    )
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("stale period")
        verbose_name_plural = _("stale periods")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.brand}: {self.start} – {self.end}"
