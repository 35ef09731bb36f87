from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.models.teams import Currency
from brands.versions import Versioned
from calendar_app.models import Campaign
from strategies.models import BudgetLine, Strategy, Target


class LedgerEntry(Versioned):
    """Money spent for social marketing, or earned by it. Currencies are never added to each other."""

    class Kind(models.TextChoices):
        INVESTMENT = "investment", _("Investment")
        INCOME = "income", _("Income (revenue)")
        COGS = "cogs", _("Cost of goods")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="ledger_entries")
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="ledger_entries", verbose_name=_("strategy")
    )
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    budget_line = models.ForeignKey(
        BudgetLine, models.SET_NULL, null=True, blank=True, related_name="ledger_entries", verbose_name=_("budget line")
    )
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="ledger_entries", verbose_name=_("campaign")
    )
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="ledger_entries", verbose_name=_("channel")
    )
    is_ad = models.BooleanField(
        _("paid advertising"), default=False, help_text=_("Counts for ROAS: money spent on ads, or earned by them.")
    )
    hours = models.DecimalField(
        _("hours worked"), max_digits=7, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("For staff: how long it took."),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-date", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="amount_is_not_negative")]
        indexes = [models.Index(fields=["brand", "date"], name="ledger_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date}: {self.amount} {self.currency}"


class AssignedValue(Versioned):
    """What one result of a target is worth to the brand, as people say it: for an estimated return, never for ROI."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="assigned_values")
    target = models.OneToOneField(Target, models.CASCADE, related_name="assigned_value", verbose_name=_("target"))
    amount = models.DecimalField(
        _("worth of one result"), max_digits=18, decimal_places=2, validators=[MinValueValidator(0)]
    )  # fmt: skip
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    reason = models.CharField(_("why so much"), max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assigned value")
        verbose_name_plural = _("assigned values")
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="assigned_value_is_not_negative")]

    def __str__(self) -> str:
        return f"{self.target}: {self.amount} {self.currency}"
