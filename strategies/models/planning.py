from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


def picture_path(persona: "Persona", name: str) -> str:
    # The uploader's file name is never used as a path; a new picture gets a new name, so that no cache shows the old one.
    return f"personas/{persona.strategy.brand_id}/{uuid4().hex}.webp"


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
    picture = models.ImageField(_("picture"), upload_to=picture_path, blank=True, max_length=200)

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
    following = models.PositiveBigIntegerField(_("follows"), null=True, blank=True)
    content_types = models.CharField(_("kinds of content"), max_length=200, blank=True)
    popular_posts = models.TextField(_("popular posts"), blank=True)
    tactics = models.TextField(_("which tactics engage people?"), blank=True)
    neglected = models.TextField(_("which platforms look neglected?"), blank=True)
    flops = models.TextField(_("which content does not work?"), blank=True)
    gap = models.TextField(_("gap for us"), blank=True)
    earlier = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="later", verbose_name=_("the audit before"), editable=False
    )

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.competitor or str(self.channel or self.get_kind_display())


class AudienceNote(Versioned):
    """A way to find the audience that was tried, or a thought about what one follows oneself."""

    class Topic(models.TextChoices):
        PERSONAS = "personas", _("Define or create personas")
        WHERE = "where", _("Learn where the audience is active")
        RIVALS = "rivals", _("Look at competitors")
        SURVEY = "survey", _("Survey customers")
        GROUPS = "groups", _("Look for groups")
        FOLLOW = "follow", _("Which brands do you follow yourself, and why?")
        SEEK = "seek", _("What content do you look for there?")
        UNFOLLOW = "unfollow", _("Which did you stop following, and why?")

    WAYS = (Topic.PERSONAS, Topic.WHERE, Topic.RIVALS, Topic.SURVEY, Topic.GROUPS)
    REFLECTION = (Topic.FOLLOW, Topic.SEEK, Topic.UNFOLLOW)

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="audience_notes")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    is_done = models.BooleanField(_("done"), default=False)
    text = models.TextField(_("what came of it"), blank=True)

    class Meta:
        verbose_name = _("note about the audience")
        verbose_name_plural = _("notes about the audience")
        constraints = [models.UniqueConstraint(fields=["strategy", "topic"], name="audience_topic_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return self.get_topic_display()


class Asset(Versioned):
    """What the strategy can build on: content, people, equipment, relations."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("Content")
        PEOPLE = "people", _("People and skills")
        EQUIPMENT = "equipment", _("Equipment and places")
        BRAND = "brand", _("Brand, name, rights")
        RELATIONS = "relations", _("Customers, partners, lists")
        MONEY = "money", _("Money")

    class Supply(models.TextChoices):
        ENOUGH = "enough", _("Enough")
        SHORT = "short", _("Too little")
        MISSING = "missing", _("Missing")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="assets")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("what"), max_length=120)
    supply = models.CharField(_("is it enough?"), max_length=8, choices=Supply, default=Supply.ENOUGH)
    use = models.CharField(_("what for, or how to get it"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Risk(Versioned):
    """A problem foreseen, and what is done if it comes."""

    class Level(models.IntegerChoices):
        LOW = 1, pgettext_lazy("degree", "low")
        MEDIUM = 2, pgettext_lazy("degree", "medium")
        HIGH = 3, pgettext_lazy("degree", "high")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="risks")
    name = models.CharField(_("what may happen"), max_length=160)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Level, default=Level.MEDIUM)
    effect = models.PositiveSmallIntegerField(_("effect"), choices=Level, default=Level.MEDIUM)
    sign = models.CharField(_("how we notice it"), max_length=200, blank=True)
    response = models.TextField(_("what we do then"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(likelihood__gte=1, likelihood__lte=3, effect__gte=1, effect__lte=3),
                name="risk_levels_are_known",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def weight(self) -> int:
        """Likelihood × effect, 1 to 9."""
        return self.likelihood * self.effect
