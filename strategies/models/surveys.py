from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.versions import Versioned
from strategies.models.strategies import Strategy


class Survey(Versioned):
    """A few questions for the audience, answered by whoever has the link. The link carries a signature of `pk` and `issue`."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="surveys")
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"), max_length=1000, blank=True)
    thanks = models.CharField(_("words of thanks"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="uz")
    is_open = models.BooleanField(_("takes answers"), default=False)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    issue = models.PositiveIntegerField(default=1, editable=False, help_text=_("raised when the link is replaced"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(Versioned):
    class Kind(models.TextChoices):
        ONE = "one", _("One answer")
        SEVERAL = "several", _("Several answers")
        SCALE = "scale", _("From 1 to 5")
        TEXT = "text", _("In own words")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ONE)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class SurveyResponse(models.Model):
    """What one person answered. `sender` is a keyed hash of the address, kept to slow down a flood, and tells nobody who it was."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    answers = models.JSONField(_("answers"), default=dict, help_text=_("question's key → text, list of texts or number"))
    sender = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["survey", "sender", "created_at"], name="responses_by_sender")]

    def __str__(self) -> str:
        return f"{self.survey} · {self.created_at:%Y-%m-%d}"
