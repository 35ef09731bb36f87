from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Channel
from brands.versions import Versioned
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
    if_it_fails = models.CharField(_("what we do if it goes wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("watched figure")
        verbose_name_plural = _("watched figures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.metric


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


class GateWaiver(models.Model):
    """A gate that the team chose to leave open, and why."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="waivers")
    gate = models.CharField(_("gate"), max_length=40)
    reason = models.CharField(_("reason"), max_length=200)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("waived gate")
        verbose_name_plural = _("waived gates")
        constraints = [models.UniqueConstraint(fields=["strategy", "gate"], name="gate_is_waived_once")]

    def __str__(self) -> str:
        return self.gate


class StrategySnapshot(models.Model):
    """An approved version as it was. Never changed; the live rows keep their ids."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("approved version")
        verbose_name_plural = _("approved versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="version_number_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return f"{self.strategy} · {self.number}"
