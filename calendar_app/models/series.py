from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.versions import Versioned
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.models import Goal, Pillar, Strategy


class Series(Versioned):
    """The same kind of post again and again, with an end: #TastyTuesday. Its days follow from the rule (`series.py`)."""

    class Frequency(models.TextChoices):
        DAILY = "daily", _("Days")
        WEEKLY = "weekly", _("Weeks")
        MONTHLY = "monthly", _("Months, on the same day")
        MONTHLY_WEEKDAY = "monthly_weekday", _("Months, on the same weekday")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="series")
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="series", verbose_name=_("strategy")
    )
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="series", verbose_name=_("goal"))
    pillar = models.ForeignKey(Pillar, models.SET_NULL, null=True, blank=True, related_name="series", verbose_name=_("pillar"))
    channels = models.ManyToManyField(Channel, related_name="series", verbose_name=_("channels"))
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text to begin with"), blank=True)
    format = models.CharField(_("format"), max_length=12, choices=ContentFormat, blank=True)
    journey_stage = models.CharField(_("journey stage"), max_length=16, choices=JourneyStage, blank=True)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )

    frequency = models.CharField(_("every so many"), max_length=16, choices=Frequency, default=Frequency.WEEKLY)
    interval = models.PositiveSmallIntegerField(_("every"), default=1, validators=[MinValueValidator(1), MaxValueValidator(52)])
    weekdays = models.JSONField(_("on these weekdays"), default=list, blank=True, help_text=_("0 is Monday"))
    start = models.DateField(_("first day"))
    clock = models.TimeField(_("time"))
    until = models.DateField(_("last day"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("how many times"), null=True, blank=True, validators=[MinValueValidator(1)])
    skipped = models.JSONField(default=list, editable=False, help_text=_("days of the rule that were taken out"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["-start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=False, count__isnull=True) | models.Q(until__isnull=True, count__isnull=False),
                name="series_ends_on_a_day_or_after_so_many",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("start")),
                name="series_does_not_end_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title
