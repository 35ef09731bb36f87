from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand, Channel
from brands.versions import Versioned
from strategies.weeks import monday, weeks_between


class Stage(models.TextChoices):
    """The five stages of the cycle, in their order."""

    GOALS = "goals", _("Goals")
    PLANNING = "planning", _("Planning")
    STRATEGIES = "strategies", _("Strategies")
    MONITORING = "monitoring", _("Monitoring")
    ANALYSIS = "analysis", _("Analysis")

    @property
    def number(self) -> int:
        return list(Stage).index(self) + 1


class StrategyType(models.TextChoices):
    """Li, Larimo and Leonidou's four types, by strategic maturity."""

    COMMERCE = "commerce", _("Social commerce")
    CONTENT = "content", _("Social content")
    MONITORING = "monitoring", _("Social monitoring")
    CRM = "crm", _("Social CRM")


class Decision(models.TextChoices):
    CONTINUE = "continue", _("Continue")
    ADJUST = "adjust", _("Adjust")
    STOP = "stop", _("Stop")


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def running(self, day: date) -> "StrategyQuerySet":
        return self.exclude(status=Strategy.Status.ARCHIVED).filter(start__lte=day, end__gte=day)


class Strategy(Versioned):
    """One cycle of goals, planning, strategies, monitoring and analysis.

    It owns its channels within its dates: figures of those channels and dates are its figures.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a strategy", "Draft")
        IN_REVIEW = "in_review", pgettext_lazy("state of a strategy", "In review")
        APPROVED = "approved", pgettext_lazy("state of a strategy", "Approved")
        ARCHIVED = "archived", pgettext_lazy("state of a strategy", "Archived")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="strategies", verbose_name=_("brand"))
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("in one or two sentences"), blank=True)
    start = models.DateField(_("starts"))
    end = models.DateField(_("ends"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    primary_type = models.CharField(_("strategy type"), max_length=16, choices=StrategyType, blank=True)
    secondary_types = models.JSONField(_("further types"), default=list, blank=True)
    why_type = models.TextField(_("why this type"), blank=True)
    previous = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="following",
        verbose_name=_("the cycle before"),
        editable=False,
    )
    marketing_budget = models.DecimalField(
        _("all marketing money of the period"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    social_share = models.PositiveSmallIntegerField(
        _("share of social media, %"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    budget_reviewed_on = models.DateField(_("budget looked at on"), null=True, blank=True)
    organic_only = models.BooleanField(_("organic only, no budget"), default=False)
    watch_routine = models.TextField(_("how we watch"), blank=True)
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    decision_reason = models.TextField(_("why"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    channels = models.ManyToManyField(Channel, through="StrategyChannel", related_name="strategies")

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-start", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="strategy_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("strategies:strategy", args=[self.brand.slug, self.pk])

    def clean(self) -> None:
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("The end must come after the start.")})

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


class PilotVerdict(models.TextChoices):
    KEEP = "keep", _("We stay")
    LONGER = "longer", _("We try longer")
    STOP = "stop", _("We leave")


class StrategyChannel(Versioned):
    """A channel that the strategy uses, and how often it publishes there."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="strategy_channels")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="strategy_channels", verbose_name=_("channel"))
    posts_per_week = models.DecimalField(
        _("posts per week"), max_digits=4, decimal_places=1, default=0, validators=[MinValueValidator(0), MaxValueValidator(200)]
    )
    hours_per_post = models.DecimalField(
        _("hours per post"), max_digits=4, decimal_places=1, default=1, validators=[MinValueValidator(0)]
    )
    cadence_since = models.DateField(null=True, editable=False)
    why = models.CharField(_("why this channel"), max_length=200, blank=True)
    community_hours = models.DecimalField(
        _("hours for the community, per week"), max_digits=4, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    hours_available = models.DecimalField(
        _("hours kept for it, per week"), max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("Leave empty where the team shares its hours."),
    )  # fmt: skip
    needed_skills = models.JSONField(_("skills it needs"), default=list, blank=True)
    content_source = models.CharField(_("where its content comes from"), max_length=200, blank=True)
    resources_now = models.CharField(_("resources now"), max_length=200, blank=True)
    resources_later = models.CharField(_("resources over the years"), max_length=200, blank=True)
    pilot_until = models.DateField(_("pilot until"), null=True, blank=True)
    pilot_success = models.CharField(_("the pilot succeeds if"), max_length=200, blank=True)
    pilot_verdict = models.CharField(_("after the pilot"), max_length=8, choices=PilotVerdict, blank=True)

    class Meta:
        verbose_name = _("channel of a strategy")
        verbose_name_plural = _("channels of a strategy")
        ordering = ["channel__platform__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "channel"], name="channel_is_once_in_a_strategy"),
            models.CheckConstraint(condition=models.Q(posts_per_week__gte=0), name="cadence_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} · {self.strategy}"

    def save(self, *args, **kwargs) -> None:
        """A new cadence holds from this week on: the weeks that are over keep the one they were planned with."""
        today = self.strategy.brand.today()
        before = type(self).objects.filter(pk=self.pk).only("posts_per_week", "cadence_since", "strategy").first()
        with transaction.atomic():
            if before is None or before.posts_per_week != self.posts_per_week:
                if before is not None:
                    before._keep_past_weeks(today)
                self.cadence_since = today
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "cadence_since"}
            super().save(*args, **kwargs)

    def _keep_past_weeks(self, today: date) -> None:
        this_week = monday(today)
        if monday(self.cadence_since or self.strategy.start) >= this_week:
            # Said and changed within one week: no week was planned with it yet.
            return
        over = (week for week in weeks_between(self.strategy.start, self.strategy.end) if week < this_week)
        rows = [PlannedWeek(strategy_channel=self, week=week, posts=self.posts_per_week) for week in over]
        PlannedWeek.objects.bulk_create(rows, ignore_conflicts=True)

    def kept_weeks(self) -> dict[date, Decimal]:
        """Posts planned in the weeks that keep an earlier cadence, by their Monday."""
        return {row.week: row.posts for row in self.planned_weeks.all()}


class PlannedWeek(models.Model):
    """What a week that is over asked for on a channel, written down when the cadence changed."""

    strategy_channel = models.ForeignKey(StrategyChannel, models.CASCADE, related_name="planned_weeks")
    week = models.DateField(_("week"))
    posts = models.DecimalField(_("posts"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("planned week")
        verbose_name_plural = _("planned weeks")
        ordering = ["week"]
        constraints = [models.UniqueConstraint(fields=["strategy_channel", "week"], name="week_is_planned_once_per_channel")]

    def __str__(self) -> str:
        return f"{self.week}: {self.posts}"


class Pillar(Versioned):
    """A content pillar: one of the few subjects the brand keeps speaking about."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="pillars")
    name = models.CharField(_("name"), max_length=80)
    share = models.PositiveSmallIntegerField(_("share, %"), default=0, validators=[MaxValueValidator(100)])
    colour = models.PositiveSmallIntegerField(_("colour"), default=1, validators=[MinValueValidator(1), MaxValueValidator(6)])
    about = models.CharField(_("what it is about"), max_length=200, blank=True)
    goals = models.ManyToManyField("strategies.Goal", blank=True, related_name="pillars", verbose_name=_("goals it serves"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("content pillar")
        verbose_name_plural = _("content pillars")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "name"], name="pillar_is_once_in_a_strategy"),
            models.CheckConstraint(condition=models.Q(share__lte=100), name="pillar_share_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return self.name


class StageState(models.Model):
    """What is remembered of a stage: whether its gates were met, and which step was changed last, when.

    Kept so that every page can show the five dots with one query; `strategies.stages` works it out.
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="stage_states")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    is_met = models.BooleanField(_("complete"), default=False)
    changed_step = models.CharField(max_length=30, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    met_late = models.JSONField(default=list, blank=True, help_text=_("late gates that were met when they were asked last"))

    class Meta:
        verbose_name = _("state of a stage")
        verbose_name_plural = _("states of stages")
        constraints = [models.UniqueConstraint(fields=["strategy", "stage"], name="stage_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return f"{self.strategy} · {self.get_stage_display()}"
