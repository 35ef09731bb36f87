from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Channel
from brands.versions import Versioned
from strategies.models.strategies import Strategy


class BusinessObjective(Versioned):
    """What the business itself wants; a goal that serves none is a number nobody needs."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="objectives")
    text = models.CharField(_("business goal"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("business goal")
        verbose_name_plural = _("business goals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class GoalType(models.TextChoices):
    AWARENESS = "awareness", _("Brand awareness")
    ENGAGEMENT = "engagement", _("Community engagement")
    SALES = "sales", _("Leads and sales")
    AUDIENCE = "audience", _("Grow the brand’s audience")
    TRAFFIC = "traffic", _("Website traffic")
    SERVICE = "service", _("Customer service")
    ADVOCACY = "advocacy", _("Brand advocacy, PR")


class Goal(Versioned):
    """The sentence; its numbers are its targets."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="goals")
    goal_type = models.CharField(_("goal type"), max_length=16, choices=GoalType)
    text = models.CharField(_("goal in a few words"), max_length=200, blank=True)
    objective = models.ForeignKey(
        BusinessObjective, models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("business goal")
    )
    deadline = models.DateField(_("by"), null=True, blank=True)
    confirmed_achievable = models.BooleanField(_("I know it is a lot, and it can be done"), default=False)
    early_warning = models.CharField(_("what will tell you early that it will not work?"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text or str(self.get_goal_type_display())

    def clean(self) -> None:
        if self.deadline and self.strategy_id and self.deadline <= self.strategy.start:
            raise ValidationError({"deadline": _("The deadline must come after the strategy’s start.")})

    def last_day(self) -> date:
        return self.deadline or self.strategy.end


class Target(Versioned):
    """What a goal is judged by: a KPI or a measure, where, over which window, from what to what."""

    class Role(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        GUARD = "guard", _("Guard")

    class Window(models.TextChoices):
        TOTAL = "total", _("Total over the period")
        MONTHLY = "monthly", _("Per month")
        LATEST = "latest", _("Latest value")
        PER_POST = "per_post", _("Per post")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="targets")
    metric = models.CharField(_("what changes"), max_length=60, help_text=_("A KPI or a measure, by its name."))
    channels = models.ManyToManyField(Channel, blank=True, related_name="targets", verbose_name=_("where"))
    everywhere = models.BooleanField(_("all channels"), default=False)
    window = models.CharField(_("counted"), max_length=12, choices=Window, default=Window.TOTAL)
    baseline = models.DecimalField(_("today"), max_digits=20, decimal_places=4, null=True, blank=True)
    value = models.DecimalField(_("target"), max_digits=20, decimal_places=4, null=True, blank=True)
    deadline = models.DateField(_("by"), null=True, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.PRIMARY)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-role", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.metric} → {self.value}"

    def last_day(self) -> date:
        return self.deadline or self.goal.last_day()
