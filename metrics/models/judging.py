from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand, Channel
from strategies.models import Strategy, WatchItem


class HealthCheck(models.Model):
    """How a strategy stood against the rules on a day: the newest look of the day is kept."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="health_checks")
    day = models.DateField(_("day"))
    checked_at = models.DateTimeField(_("checked"))
    score = models.PositiveSmallIntegerField(_("score"))
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)
    infos = models.PositiveSmallIntegerField(default=0)
    verdicts = models.JSONField(default=list, help_text=_("plain data of every rule: name, outcome, what made it fire"))

    class Meta:
        verbose_name = _("health check")
        verbose_name_plural = _("health checks")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["strategy", "day"], name="one_health_check_a_day")]

    def __str__(self) -> str:
        return f"{self.strategy} · {self.day}: {self.score}"


class Acknowledgement(models.Model):
    """A rule that fired and may stay as it is, with the reason. It holds for what made it fire, not for what comes later."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="acknowledgements")
    rule = models.CharField(_("rule"), max_length=16)
    cause = models.CharField(max_length=64, blank=True, help_text=_("digest of what made the rule fire"))
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("accepted rule")
        verbose_name_plural = _("accepted rules")
        constraints = [models.UniqueConstraint(fields=["strategy", "rule"], name="rule_is_accepted_once_in_a_strategy")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class RuleThreshold(models.Model):
    """A threshold of a rule that the administrators set otherwise than it is declared."""

    name = models.CharField(_("threshold"), max_length=60, unique=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("threshold of a rule")
        verbose_name_plural = _("thresholds of rules")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class Alert(models.Model):
    """A watched figure that left its bounds, once per figure and span; or (without an item) a channel's unusual day, once.

    Of an unusual day, `measure` is the figure that was most unusual, `bound` the end of the usual range it passed, and
    `also` holds the other figures: [measure, value, low, high].
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of an alert", "Open")
        SEEN = "seen", _("Being dealt with")
        SETTLED = "settled", _("Settled")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="alerts")
    strategy = models.ForeignKey(Strategy, models.CASCADE, null=True, blank=True, related_name="alerts")
    item = models.ForeignKey(WatchItem, models.CASCADE, null=True, blank=True, related_name="alerts")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="alerts", verbose_name=_("channel"))
    measure = models.CharField(_("measure"), max_length=60, blank=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=4)
    bound = models.DecimalField(_("bound"), max_digits=24, decimal_places=4)
    is_below = models.BooleanField(default=False)
    usual_low = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    usual_high = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    also = models.JSONField(default=list, blank=True, help_text=_("other figures that were unusual on the day"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    note = models.CharField(_("what was done"), max_length=200, blank=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who deals with it")
    )
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "start", "end"], name="one_alert_per_watched_figure_and_span"),
            models.UniqueConstraint(
                fields=["channel", "start"], condition=models.Q(item__isnull=True), name="one_alert_per_channel_and_unusual_day"
            ),
            models.CheckConstraint(
                condition=models.Q(item__isnull=False, strategy__isnull=False)
                | models.Q(item__isnull=True, channel__isnull=False, usual_low__isnull=False, usual_high__isnull=False)
                & ~models.Q(measure=""),
                name="alert_is_of_a_watched_figure_or_of_an_unusual_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric}: {self.value}"

    @property
    def is_unusual_day(self) -> bool:
        return self.item_id is None

    @property
    def metric(self) -> str:
        return self.measure if self.item is None else self.item.metric

    @property
    def where(self) -> Channel | None:
        """The channel it speaks of; None for all of the strategy's."""
        return self.channel if self.item is None else self.item.channel


class AlertSilence(models.Model):
    """One person does not want to hear of unusual days: of one channel or all, of one measure or all."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alert_silences")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="alert_silences")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("channel"))
    measure = models.CharField(_("measure"), max_length=60, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("silence about unusual days")
        verbose_name_plural = _("silences about unusual days")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "channel", "measure"],
                condition=models.Q(channel__isnull=False),
                name="one_silence_per_channel_and_measure",
            ),
            models.UniqueConstraint(
                fields=["user", "brand", "measure"],
                condition=models.Q(channel__isnull=True),
                name="one_silence_per_brand_and_measure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.channel or self.brand} {self.measure}"

    def covers(self, channel: int, measure: str) -> bool:
        return self.channel_id in (None, channel) and self.measure in ("", measure)


class SignedLink(models.Model):
    """A read-only link for people without an account. The address carries a signature; the row takes it back."""

    name = models.CharField(_("for whom"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="uz")
    shows_money = models.BooleanField(_("shows money"), default=False)
    expires_at = models.DateTimeField(_("works until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened last"), null=True, blank=True)
    opened_count = models.PositiveIntegerField(_("times opened"), default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @property
    def works(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())

    @property
    def last_day(self) -> date | None:
        """The day that was chosen: the link ends with it, at midnight."""
        return timezone.localtime(self.expires_at - timedelta(microseconds=1)).date() if self.expires_at else None


class ShareLink(SignedLink):
    """A link to a strategy's document."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="share_links")

    class Meta(SignedLink.Meta):
        abstract = False
        verbose_name = _("link to a strategy")
        verbose_name_plural = _("links to strategies")

    def __str__(self) -> str:
        return f"{self.strategy} · {self.name}"

    @property
    def brand(self) -> Brand:
        return self.strategy.brand
