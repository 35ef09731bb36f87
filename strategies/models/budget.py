from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.versions import Versioned
from strategies.models.strategies import Strategy


class BudgetLine(Versioned):
    class Kind(models.TextChoices):
        ADS = "ads", _("Paid advertising")
        INFLUENCERS = "influencers", _("Influencers")
        TOOLS = "tools", _("Tools")
        STAFF = "staff", _("Staff")
        PRODUCTION = "production", _("Design and production")
        UGC = "ugc", _("UGC rewards")
        TEST = "test", _("Test budget")
        RESERVE = "reserve", _("Reserve")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="budget_lines")
    kind = models.CharField(_("line"), max_length=12, choices=Kind)
    name = models.CharField(_("what for"), max_length=120, blank=True)
    planned = models.DecimalField(_("planned"), max_digits=18, decimal_places=2, default=0, validators=[MinValueValidator(0)])
    hours_per_week = models.DecimalField(
        _("hours per week"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    hourly_rate = models.DecimalField(
        _("cost of an hour"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("channel"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(planned__gte=0), name="budget_is_not_negative")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class BudgetMonth(models.Model):
    """What a line plans for one month. A line with months plans their sum; one without is spread over its period."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="months")
    month = models.DateField(_("month"), help_text=_("Its first day."))
    planned = models.DecimalField(_("planned"), max_digits=18, decimal_places=2, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = _("month of a budget line")
        verbose_name_plural = _("months of budget lines")
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["line", "month"], name="month_is_once_in_a_budget_line"),
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="month_budget_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.planned}"


class Tool(Versioned):
    """A tool the brand works with."""

    class Group(models.TextChoices):
        PLANNING = "planning", _("Planning")
        MANAGEMENT = "management", _("Managing (saves time)")
        MONITORING = "monitoring", _("Monitoring")
        RESEARCH = "research", _("Research")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="tools")
    name = models.CharField(_("name"), max_length=80)
    group = models.CharField(_("group"), max_length=12, choices=Group)
    url = models.URLField(_("address"), max_length=300, blank=True)
    is_paid = models.BooleanField(_("paid"), default=False)
    price_per_month = models.DecimalField(
        _("price per month"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who looks after it")
    )
    channels = models.ManyToManyField(Channel, blank=True, related_name="tools", verbose_name=_("channels"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        ordering = ["group", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="tool_is_once_in_a_brand")]

    def __str__(self) -> str:
        return self.name
