from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Channel
from brands.versions import Versioned
from strategies.models.planning import Risk
from strategies.models.strategies import Strategy


class WatchItem(Versioned):
    """What is watched while the strategy runs, how often and by whom."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="watch_items")
    metric = models.CharField(_("what is watched"), max_length=60)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where"))
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    at_least = models.DecimalField(_("not below"), max_digits=20, decimal_places=4, null=True, blank=True)
    at_most = models.DecimalField(_("not above"), max_digits=20, decimal_places=4, null=True, blank=True)
    risk = models.ForeignKey(
        Risk, models.SET_NULL, null=True, blank=True, related_name="watch_items", verbose_name=_("the risk it shows")
    )
    if_it_fails = models.CharField(_("what we do if it goes wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("watched figure")
        verbose_name_plural = _("watched figures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.metric


class Incident(Versioned):
    """Something that happened and was not planned, what was done, and what came of it."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="incidents")
    happened_on = models.DateField(_("day"))
    title = models.CharField(_("what happened"), max_length=160)
    text = models.TextField(_("in more words"), blank=True)
    risk = models.ForeignKey(
        Risk, models.SET_NULL, null=True, blank=True, related_name="incidents", verbose_name=_("the risk that came true")
    )
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where"))
    response = models.TextField(_("what we did"), blank=True)
    effect = models.TextField(_("what came of it"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Answer(Versioned):
    """The marketer's verdict on one of the five analysis questions."""

    class Question(models.TextChoices):
        GOALS = "goals", _("Were the goals reached?")
        PLAN = "plan", _("Was the strategy carried out as planned?")
        ASSETS = "assets", _("Were the invested assets enough?")
        SURPRISES = "surprises", _("Did anything unexpected happen?")
        BUSINESS = "business", _("Did it affect other parts of the business?")

    class Verdict(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=12, choices=Question)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)
    text = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("analysis answer")
        verbose_name_plural = _("analysis answers")
        constraints = [models.UniqueConstraint(fields=["strategy", "question"], name="analysis_question_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return self.get_question_display()
