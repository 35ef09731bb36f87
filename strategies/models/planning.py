from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Channel, Platform
from brands.versions import Versioned
from strategies.models.strategies import Strategy


class PlanningStep(Versioned):
    """One of the six planning steps, with the words, the person and the day that make it a plan."""

    class Step(models.TextChoices):
        PREPARATION = "preparation", _("Preparation")
        TARGET_GROUP = "target_group", _("Target group")
        APPROACH = "approach", _("Approach to that group")
        ASSETS = "assets", _("Assets")
        PROBLEMS = "problems", _("Problems foreseen")
        RESULT = "result", _("Expected result")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="planning_steps")
    step = models.CharField(_("step"), max_length=16, choices=Step)
    text = models.TextField(_("plan"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    due = models.DateField(_("by"), null=True, blank=True)

    class Meta:
        verbose_name = _("planning step")
        verbose_name_plural = _("planning steps")
        constraints = [models.UniqueConstraint(fields=["strategy", "step"], name="planning_step_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return self.get_step_display()


class AudienceAnswer(Versioned):
    """An answer to one of the six questions about the audience."""

    class Question(models.TextChoices):
        PRODUCT = "product", _("What is my product or service?")
        FOR_WHOM = "for_whom", _("Who is it for?")
        WHO_USES = "who_uses", _("Who uses it?")
        WHO_BUYS = "who_buys", _("Who buys from me?")
        WHO_CARES = "who_cares", _("Who takes an interest in my business?")
        WHO_BEFORE = "who_before", _("Who were my customers before?")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="audience_answers")
    question = models.CharField(_("question"), max_length=16, choices=Question)
    text = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("audience answer")
        verbose_name_plural = _("audience answers")
        constraints = [models.UniqueConstraint(fields=["strategy", "question"], name="audience_question_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return self.get_question_display()

    @property
    def is_complete(self) -> bool:
        return len(self.text.strip()) >= 10


class Persona(Versioned):
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="personas")
    name = models.CharField(_("name"), max_length=80)
    age_range = models.CharField(_("age"), max_length=20, blank=True)
    gender = models.CharField(_("gender"), max_length=40, blank=True)
    occupation = models.CharField(_("occupation"), max_length=120, blank=True)
    income = models.CharField(_("income"), max_length=80, blank=True)
    aspirations = models.TextField(_("aspirations"), blank=True)
    pain_points = models.TextField(_("pain points"), blank=True)
    how_we_help = models.TextField(_("how the brand helps"), blank=True)
    motive = models.CharField(_("motive"), max_length=200, blank=True)
    platforms = models.ManyToManyField(Platform, blank=True, related_name="personas", verbose_name=_("active platforms"))
    active_hours = models.CharField(_("active hours"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def missing_fields(self) -> list[str]:
        """Names of the fields a complete persona still needs."""
        needed = ["name", "age_range", "pain_points", "how_we_help"]
        missing = [name for name in needed if not getattr(self, name).strip()]
        if not self.platforms.all():
            missing.append("platforms")
        return missing


class Audit(Versioned):
    """A look at one of our channels, or at a competitor's."""

    class Kind(models.TextChoices):
        OWN = "own", _("Our channel")
        COMPETITOR = "competitor", _("Competitor")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="audits")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="audits", verbose_name=_("channel"))
    competitor = models.CharField(_("competitor"), max_length=120, blank=True)
    platform = models.ForeignKey(Platform, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("platform"))
    audited_on = models.DateField(_("looked at on"), null=True, blank=True)
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    posts_per_month = models.PositiveIntegerField(_("posts per month"), null=True, blank=True)
    best_format = models.CharField(_("best format"), max_length=120, blank=True)
    works = models.TextField(_("what works"), blank=True)
    to_improve = models.TextField(_("what to improve"), blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)
    hypothesis = models.TextField(_("hypothesis"), blank=True)
    gap = models.TextField(_("gap for us"), blank=True)

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.competitor or str(self.channel or self.get_kind_display())


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
    month = models.DateField(_("month"), null=True, blank=True, help_text=_("Leave empty for the whole period."))
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("channel"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(planned__gte=0), name="budget_is_not_negative")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
